import Journal
import LosslessJSON
import Synchronization
import TerminalOutput
import VideoProviderKit

/// `trace`: the ids a vendor's support asks for, with UTC times; with `--ticket` a letter to paste.
enum TraceCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(1)
        let session = runner.session
        if call.has("ticket") || call.value("ticket") != nil { return try await ticket(call, runner) }
        switch try await subject(call.words.first, session) {
        case .exchanges(let exchanges):
            session.state.withLock { $0.printed(exchanges.last?.number) }
            runner.output.show(
                exchanges.count == 1 ? one(exchanges[0], runner.output) : rows(exchanges, runner.output),
                json: ["exchanges": .array(exchanges.map(ExchangeView.json))]
            )
        case .job(let job):
            let dossier = try await JobDossier.gather(job, session)
            runner.output.show(
                lines(dossier, runner.output),
                json: [
                    "job": .string(job.name), "task": job.receipt.map { .string($0.taskID) } ?? .null,
                    "exchanges": .array(dossier.exchanges.map(ExchangeView.json)),
                ]
            )
        }
    }

    private enum Found {
        case exchanges([ExchangeRecord])
        case job(JobRecord)
    }

    /// A word is an exchange, a trace id in full, a job, or the beginning of a trace id, in this order.
    private static func subject(_ word: String?, _ session: ShellSession) async throws(ShellFailure) -> Found {
        let references = References(session: session)
        guard let word else {
            let last = try await references.exchange(nil)
            // A film's download names no trace id; what was said of its job before does.
            if last.call == .content, last.traceIDs.isEmpty, let id = last.job, let job = try await job(id, session) {
                return .job(job)
            }
            return .exchanges([last])
        }
        if References.isExchange(word) { return .exchanges([try await references.exchange(word)]) }
        let exact = try await exchanges(trace: word, allowsPrefix: false, session)
        if !exact.isEmpty { return .exchanges(exact) }
        do throws(ShellFailure) {
            if word.contains("."), !word.contains(":") { return .exchanges([try await references.exchange(word)]) }
            return .job(try await references.job(word))
        } catch {
            let begun = word.count >= 4 ? try await exchanges(trace: word, allowsPrefix: true, session) : []
            guard begun.isEmpty else { return .exchanges(begun) }
            throw ShellFailure(
                "nothing recorded has \(word)",
                why: "no job, exchange or trace id is called so",
                tries: ["log", "jobs -a"]
            )
        }
    }

    private static func exchanges(
        trace: String,
        allowsPrefix: Bool,
        _ session: ShellSession
    )
        async throws(ShellFailure) -> [ExchangeRecord]
    {
        do throws(JournalError) {
            var found: [ExchangeRecord] = []
            for number in try await session.journal.exchanges(trace: trace, allowsPrefix: allowsPrefix, limit: 50) {
                if let exchange = try await session.journal.exchange(number) { found.append(exchange) }
            }
            return found
        } catch {
            throw ShellFailure(error)
        }
    }

    /// The language named, or that of the session.
    private static func ticketLanguage(_ word: String?, _ runner: CommandRunner) throws(ShellFailure) -> Language {
        guard let word else { return runner.output.language }
        guard let language = Language(rawValue: word) else {
            throw ShellFailure(
                "--lang cannot be \"\(word)\"",
                why: "tickets are written in en or zh",
                tries: ["trace --ticket - --lang zh"]
            )
        }
        return language
    }

    private static func ids(_ exchange: ExchangeRecord, _ language: Language) -> String {
        let ids = exchange.traceIDs.map { TerminalText.sanitized("\($0.name): \($0.value)", for: .name) }
        return ids.isEmpty ? language.say("no trace id") : ids.joined(separator: ", ")
    }

    private static func fault(_ exchange: ExchangeRecord, _ language: Language) -> String {
        TerminalText.sanitized(
            exchange.fault?.vendorCode ?? FaultWords.failed(exchange).map(language.say)
                ?? exchange.fault.map(\.kind.rawValue) ?? "",
            for: .name
        )
    }

    private static func status(_ exchange: ExchangeRecord) -> String { exchange.status.map(String.init) ?? "-" }

    /// Call, name, time and status, the ids, and what was wrong.
    private static func row(_ what: String, _ exchange: ExchangeRecord, _ language: Language) -> [String] {
        [
            what, exchange.name, exchange.startedAt.description, status(exchange), ids(exchange, language),
            fault(exchange, language),
        ]
    }

    /// On a terminal the ids have lines of their own where they would be broken.
    private static func laidOut(_ rows: [[String]], _ output: ShellOutput) -> [String] {
        guard output.style.isTerminal else { return Columns.aligned(rows) }
        let joined = rows.map { $0.dropLast(2) + [$0.suffix(2).filter { !$0.isEmpty }.joined(separator: "  ")] }
        return Columns.described(joined.map(Array.init), width: output.width)
    }

    private static func rows(_ exchanges: [ExchangeRecord], _ output: ShellOutput) -> [String] {
        laidOut(exchanges.map { row($0.call.rawValue, $0, output.language) }, output)
    }

    private static func one(_ exchange: ExchangeRecord, _ output: ShellOutput) -> [String] {
        let request = "\(exchange.instance) \(exchange.method) \(ExchangeView.path(exchange))"
        return rows([exchange], output) + output.narrowed(["\(request), \(TimingCommand.ms(exchange.timing.total)) ms"])
    }

    /// The submit, the polls in one line, every poll that failed, and the download.
    private static func lines(_ dossier: JobDossier, _ output: ShellOutput) -> [String] {
        let language = output.language
        let task = TerminalText.sanitized(dossier.job.receipt?.taskID ?? "", for: .name)
        let title: Message =
            task.isEmpty ? "\(dossier.job.instance), task unknown" : "\(dossier.job.instance) task \(task)"
        var rows: [[String]] = []
        func add(_ what: String, _ exchange: ExchangeRecord) { rows.append(row(what, exchange, language)) }
        for submit in dossier.exchanges where submit.call == .submit { add("submit", submit) }
        if let first = dossier.polls.first, let last = dossier.polls.last {
            let range = TimelineCommand.name(first.number...last.number)
            // Calls of other jobs may lie between them.
            let (count, all) = (dossier.polls.count, last.number - first.number + 1)
            let of: Message = count == all ? "\(count)" : "\(count) of \(all)"
            let ids: Message = "first \(ids(first, language)), last \(ids(last, language))"
            rows.append([language.say("polls"), range, language.say(of), "", language.say(ids), ""])
            for poll in dossier.polls where poll.isError { add("", poll) }
            if dossier.job.state.isTerminal { add(language.say("last"), last) }
        }
        for other in dossier.exchanges where ![.submit, .status].contains(other.call) {
            add(other.call.rawValue, other)
        }
        return output.narrowed([language.say(title)]) + laidOut(rows, output)
    }

    private static func ticket(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        let session = runner.session
        let subject: TicketSubject
        switch try await Self.subject(call.words.first, session) {
        case .job(let job): subject = .job(try await JobDossier.gather(job, session))
        case .exchanges(let exchanges):
            guard let exchange = exchanges.last else { throw await References(session: session).noExchange(nil) }
            // A ticket about one poll tells of its job, which is what the vendor can look up.
            var job: JobRecord?
            if let id = exchange.job { job = try await Self.job(id, session) }
            if let job, job.number != nil {
                subject = .job(try await JobDossier.gather(job, session))
            } else {
                subject = .exchange(exchange, draft: job?.draft)
            }
        }
        let language = try ticketLanguage(call.value("lang"), runner)
        let ticket = SupportTicket(subject, language: language, session)
        let filter = ticket.filter
        let bytes = Array(filter.text(ticket.text).utf8)
        try filter.check(bytes, "the ticket")
        try Artefact(bytes: bytes, name: "the ticket", kind: "ticket").deliver(to: call.value("ticket"), runner)
    }

    private static func job(_ id: Int64, _ session: ShellSession) async throws(ShellFailure) -> JobRecord? {
        do throws(JournalError) { return try await session.journal.job(id: id) } catch { throw ShellFailure(error) }
    }
}
