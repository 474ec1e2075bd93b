import Journal
import LosslessJSON
import Synchronization
import TerminalOutput
import VideoProviderKit

/// `trace`: the ids a vendor's support asks for, with UTC times.
enum TraceCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(1)
        let references = References(session: runner.session)
        guard let word = call.words.first else {
            return show([try await references.exchange(nil)], runner)
        }
        if References.isExchange(word) { return show([try await references.exchange(word)], runner) }
        do throws(JournalError) {
            let numbers = try await runner.session.journal.exchanges(trace: word)
            if !numbers.isEmpty {
                var found: [ExchangeRecord] = []
                for number in numbers {
                    if let exchange = try await runner.session.journal.exchange(number) { found.append(exchange) }
                }
                runner.session.state.withLock { $0.printed(numbers.last) }
                return show(found, runner)
            }
        } catch {
            throw ShellFailure(error)
        }
        let job = try await references.job(word)
        var filter = ExchangeFilter()
        filter.job = job.id
        filter.limit = 100_000
        let exchanges: [ExchangeRecord]
        do throws(JournalError) { exchanges = try await runner.session.journal.exchanges(filter) } catch {
            throw ShellFailure(error)
        }
        show(exchanges, runner, title: "\(job.instance) task \(job.receipt?.taskID ?? "unknown")")
    }

    private static func show(_ exchanges: [ExchangeRecord], _ runner: CommandRunner, title: String? = nil) {
        let rows = exchanges.map { exchange in
            let ids = exchange.traceIDs.map { TerminalText.sanitized("\($0.name): \($0.value)", for: .name) }
            let fault =
                exchange.fault?.vendorCode ?? exchange.failurePhase.map { "failed \(FaultWords.doing($0) ?? $0)" } ?? ""
            return [
                exchange.call.rawValue, exchange.name, exchange.startedAt.description,
                exchange.status.map(String.init) ?? "-",
                ids.isEmpty ? "no trace id" : ids.joined(separator: ", "), fault,
            ]
        }
        runner.output.show(
            (title.map { [$0] } ?? []) + Columns.aligned(rows),
            json: ["exchanges": .array(exchanges.map(ExchangeView.json))]
        )
    }
}
