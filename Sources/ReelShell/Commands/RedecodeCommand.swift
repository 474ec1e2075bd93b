import JobEngine
import Journal
import LosslessJSON
import TerminalOutput
import VideoProviderKit

/// `redecode R...`: recorded answers read with today's provider, beside what they were taken for then.
enum RedecodeCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        let session = runner.session
        var exchanges: [ExchangeRecord] = []
        if call.has("all") {
            try call.atMost(0)
            var filter = ExchangeFilter()
            filter.limit = .max
            try await session.scan(filter) { exchange in
                exchanges.append(exchange)
                return true
            }
            exchanges.reverse()
        } else {
            exchanges = try await References(session: session).exchanges(call.words)
        }
        var snapshots: [Int64: [SnapshotRecord]] = [:]
        var receipts: [Int64: Receipt] = [:]
        for job in Set(exchanges.compactMap(\.job)) {
            snapshots[job] = try await session.reading { (journal) throws(JournalError) in
                try await journal.snapshots(job: job)
            }
            receipts[job] = try await session.reading { (journal) throws(JournalError) in try await journal.job(id: job)
            }?.receipt
        }
        var lines: [String] = []
        var changed: [RequestJSON] = []
        var read = 0
        for exchange in exchanges {
            let receipt = exchange.job.flatMap { receipts[$0] }
            guard let reading = ReplyReading(exchange, receipt: receipt, session) else { continue }
            if case .unread = reading.outcome { continue }
            read += 1
            let then = Self.then(exchange, snapshots[exchange.job ?? 0] ?? [], receipt)
            for change in Self.changes(then, Self.judged(reading, then)) {
                let name = runner.output.style.name
                lines.append(
                    "\(exchange.name) \(change.name)  \(name(change.old ?? "(nothing)")) -> \(name(change.new ?? "(nothing)"))"
                )
                changed.append([
                    "exchange": .string(exchange.name), "name": .string(change.name),
                    "old": change.old.map(RequestJSON.string) ?? .null,
                    "new": change.new.map(RequestJSON.string) ?? .null,
                ])
            }
        }
        let answers: Message = read == 1 ? "1 answer read again" : "\(read) answers read again"
        let summary: Message =
            lines.isEmpty ? "\(answers), nothing changed" : "\(answers), \(lines.count) readings changed"
        runner.output.show(
            lines + [runner.output.language.say(summary)],
            json: ["read": .int(read), "changes": .array(changed)]
        )
    }

    /// What was made of an exchange when it came, as far as the journal tells.
    private static func then(
        _ exchange: ExchangeRecord,
        _ snapshots: [SnapshotRecord],
        _ receipt: Receipt?
    ) -> [(name: String, value: String)] {
        if let fault = exchange.fault {
            var rows = [("fault", fault.kind.rawValue)]
            if let code = fault.vendorCode { rows.append(("code", code)) }
            return rows
        }
        if exchange.call == .submit { return receipt.map { [("id", $0.taskID)] } ?? [] }
        guard exchange.call == .status,
            let snapshot = snapshots.first(where: { $0.exchanges.contains(exchange.number) })
        else { return [] }
        var rows = [("phase", snapshot.phase)]
        if let word = snapshot.word { rows.append(("word", word)) }
        if let progress = snapshot.progressText { rows.append(("progress", progress)) }
        return rows
    }

    /// The reading as the job took it: a success that names no film is no success yet, and in the end a failure.
    private static func judged(
        _ reading: ReplyReading,
        _ then: [(name: String, value: String)]
    ) -> [(name: String, value: String)] {
        var results = reading.results
        guard case .snapshot(let snapshot) = reading.outcome, case .succeeded = snapshot.phase, snapshot.assets.isEmpty,
            let phase = then.first(where: { $0.name == "phase" })?.value, ["running", "failed"].contains(phase),
            let index = results.firstIndex(where: { $0.name == "phase" })
        else { return results }
        results[index].value = phase
        return results
    }

    private struct Change {
        var name: String
        var old: String?
        var new: String?
    }

    /// The differences in what the journal keeps of a reading; nothing where it keeps nothing.
    private static func changes(
        _ then: [(name: String, value: String)],
        _ now: [(name: String, value: String)]
    ) -> [Change] {
        guard !then.isEmpty else { return [] }
        let isFault = then.contains { $0.name == "fault" } || now.first?.name == "fault"
        let names = isFault ? ["fault", "code", "phase", "id"] : ["id", "phase", "word", "progress"]
        return names.compactMap { name in
            let (old, new) = (then.first { $0.name == name }?.value, now.first { $0.name == name }?.value)
            // The journal keeps the phase of a submit's answer with its job, not with its exchange.
            if old == new || (name == "phase" && then.contains { $0.name == "id" }) { return nil }
            if name == "word" || name == "progress", then.contains(where: { $0.name == "id" }) { return nil }
            return Change(name: name, old: old, new: new)
        }
    }
}
