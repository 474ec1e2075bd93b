import Journal
import LosslessJSON
import Synchronization
import TerminalOutput
import VideoProviderKit

/// `log`: exchanges, newest last.
enum LogCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(1)
        let session = runner.session
        var filter = ExchangeFilter()
        if let word = call.words.first {
            guard let count = Int(word), count > 0 else {
                throw ShellFailure("log takes a number, not \(word)", tries: ["log 20"])
            }
            filter.limit = count
        }
        if let word = call.value("job") { filter.job = try await References(session: session).job(word).id }
        filter.onlyErrors = call.has("errors")
        let exchanges: [ExchangeRecord]
        do throws(JournalError) { exchanges = try await session.journal.exchanges(filter) } catch {
            throw ShellFailure(error)
        }
        guard !exchanges.isEmpty else {
            runner.output.show(["no exchanges yet"], json: ["exchanges": []])
            return
        }
        session.state.withLock { state in for exchange in exchanges { state.printed(exchange.number) } }
        let rows = exchanges.map(ExchangeView.row)
        let width = runner.output.style.isTerminal ? runner.output.width : nil
        runner.output.show(
            Columns.aligned(rows, width: width, flexible: [3, 6]),
            json: ["exchanges": .array(exchanges.map(ExchangeView.json))]
        )
    }
}
