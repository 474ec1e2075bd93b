import Journal
import LosslessJSON
import Synchronization
import VideoProviderKit

/// `errors`: the last failure again, and the exchanges that went wrong.
enum ErrorsCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(0)
        let session = runner.session
        var filter = ExchangeFilter()
        filter.onlyErrors = true
        filter.limit = 10
        let exchanges: [ExchangeRecord]
        do throws(JournalError) { exchanges = try await session.journal.exchanges(filter) } catch {
            throw ShellFailure(error)
        }
        let failure = session.state.withLock(\.failure)
        var lines = failure?.lines ?? []
        if !exchanges.isEmpty { lines += Columns.aligned(exchanges.map(ExchangeView.row)) }
        if lines.isEmpty { lines = ["no errors yet"] }
        if let last = exchanges.last { session.state.withLock { $0.printed(last.number) } }
        var json: RequestJSON = ["exchanges": .array(exchanges.map(ExchangeView.json))]
        if let failure { json.set(failure.json, at: ["last"]) }
        runner.output.show(lines, json: json)
    }
}
