import JobEngine
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
        let filter = try await filter(call, session)
        let exchanges: [ExchangeRecord]
        if let text = call.value("text") {
            exchanges = try await holding(text, filter, session)
        } else {
            do throws(JournalError) { exchanges = try await session.journal.exchanges(filter) } catch {
                throw ShellFailure(error)
            }
        }
        guard !exchanges.isEmpty else {
            let isFiltered = filter != ExchangeFilter() || call.value("text") != nil
            runner.output.tell(isFiltered ? "no exchange fits" : "no exchanges yet", json: ["exchanges": []])
            return
        }
        session.state.withLock { state in for exchange in exchanges { state.printed(exchange.number) } }
        let now = LocalClock.now
        let isCut = runner.output.style.isTerminal
        let rows = exchanges.map { ExchangeView.row($0, now: now, isCut: isCut) }
        runner.output.show(
            runner.output.table(
                rows,
                headings: ["", "time", "", "path", "status", "took", "remark", "trace"],
                flexible: [3, 6, 7],
                first: [6],
                last: [7],
                // Of a path the end says which call it was, and of which task.
                middle: [3, 7],
                narrowest: [3: 12, 7: 16]
            ),
            json: ["exchanges": .array(exchanges.map(ExchangeView.json))]
        )
    }

    /// The filter that the flags of `log`, `grep` and `stats` describe.
    static func filter(_ call: CommandCall, _ session: ShellSession) async throws(ShellFailure) -> ExchangeFilter {
        var filter = ExchangeFilter()
        if call.spec.name == "log", let word = call.words.first {
            guard let count = Int(word), count > 0 else {
                throw ShellFailure("log takes a number, not \(word)", tries: ["log 20"])
            }
            filter.limit = count
        }
        if let word = call.value("job") { filter.job = try await References(session: session).job(word).id }
        filter.onlyErrors = call.has("errors")
        if let word = call.value("provider") { filter.instance = try await provider(word, session) }
        filter.trace = call.value("trace")
        filter.since = try call.time("since")
        filter.until = try call.time("until")
        if let word = call.value("call") {
            guard let kind = UpstreamCall(rawValue: word) else {
                let words = UpstreamCall.allCases.map(\.rawValue).joined(separator: ", ")
                throw ShellFailure("there is no call \(word)", why: "calls are \(words)", tries: ["log --call status"])
            }
            filter.calls = [kind]
        }
        if let word = call.value("status") { filter.statuses = try statuses(word) }
        return filter
    }

    /// A provider or an instance: one that is configured, or one that was when something was recorded.
    static func provider(_ word: String, _ session: ShellSession) async throws(ShellFailure) -> String {
        let known = session.instances.all.flatMap { [$0.descriptor.id.rawValue, $0.name.description] }
        if known.contains(word) { return word }
        var filter = ExchangeFilter()
        (filter.instance, filter.limit) = (word, 1)
        let wanted = filter
        let recorded = try await session.reading { (journal) throws(JournalError) in try await journal.exchanges(wanted)
        }
        guard recorded.isEmpty else { return word }
        let names = session.instances.names.map(\.description)
        throw ShellFailure(
            "there is no provider \(word)",
            why: "providers are \(names.joined(separator: ", "))",
            tries: EditDistance.nearest(to: word, in: names).map { ["--provider \($0)"] } ?? ["providers"]
        )
    }

    /// `503`, `5xx`, `400-499`, `-` for no answer, several with commas.
    static func statuses(_ text: String) throws(ShellFailure) -> [ClosedRange<Int>?] {
        var ranges: [ClosedRange<Int>?] = []
        for word in text.split(separator: ",") {
            let bounds = word.split(separator: "-").compactMap { Int($0) }
            if word == "-" || word == "none" {
                ranges.append(nil)
            } else if word.count == 3, word.lowercased().hasSuffix("xx"), let digit = word.first?.wholeNumberValue {
                ranges.append(digit * 100...digit * 100 + 99)
            } else if let first = bounds.first, let last = bounds.last, first <= last {
                ranges.append(first...last)
            } else {
                throw ShellFailure(
                    "--status cannot be \"\(text)\"",
                    why: "a status is 503, 5xx, 400-499, or - for no answer",
                    tries: ["log --status 5xx"]
                )
            }
        }
        return ranges
    }

    /// The newest exchanges in whose bodies `text` stands, oldest first.
    private static func holding(
        _ text: String,
        _ filter: ExchangeFilter,
        _ session: ShellSession
    )
        async throws(ShellFailure) -> [ExchangeRecord]
    {
        let needle = Array(text.utf8)
        let wanted = filter.limit
        var everything = filter
        everything.limit = .max
        var found: [ExchangeRecord] = []
        try await session.scan(everything) { record in
            if BodyBytes.reply(record).contains(needle) || BodyBytes.request(record).contains(needle) {
                found.append(record)
            }
            return found.count < wanted
        }
        return found.reversed()
    }
}
