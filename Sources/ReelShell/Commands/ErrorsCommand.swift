import Journal
import LosslessJSON
import Synchronization
import TerminalOutput
import VideoProviderKit

/// `errors`, `why`: the last failure, or one named, with what was sent, what came, the time it took and the retries.
enum ErrorsCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(1)
        let session = runner.session
        let found = try await finding(call.words.first, session)
        guard found.exchange != nil || found.own != nil || found.job?.fault != nil else {
            let what: Message = call.words.first.map { "\($0) has no error" } ?? "no errors yet"
            return runner.output.tell(what, json: ["error": .null])
        }
        let last = try await told(found, session)
        var failure = last.failure
        let (shown, job) = (last.exchange, last.job)
        // What there is to try about a draft or a file is known best where it failed.
        if shown != nil || found.own == nil { failure?.tries = tries(shown, job) }
        if let typed = found.typed {
            let known = failure?.tries ?? []
            failure?.place = typed.place
            failure?.tries += typed.tries.filter { !known.contains($0) }
        }
        var lines = failure.map { runner.output.lines(of: $0) } ?? []
        if let typed = found.typed, let failure { lines += typed.explanation(of: failure, session, runner.output) }
        var json: RequestJSON = ["error": failure.map(\.json) ?? .null]
        if let shown {
            lines += try await evidence(shown, runner)
            json.set(ExchangeView.json(shown), at: ["exchange"])
            if let body = shown.replyBody { json.set(.body(body), at: ["body"]) }
            session.state.withLock { $0.printed(shown.number) }
        }
        let others = try await earlier(shown, session)
        if !others.isEmpty, call.words.isEmpty {
            let title = runner.output.language.say("other errors, newest first")
            lines += ["", runner.output.style.paint(title, .heading)]
            let width = runner.output.style.isTerminal ? runner.output.width : nil
            lines += Columns.aligned(others.map { ExchangeView.errorRow($0) }, width: width, flexible: [5])
        }
        json.set(.array(others.map(ExchangeView.json)), at: ["others"])
        runner.output.show(lines, json: json)
    }

    /// The last error of any kind, for a report.
    static func last(_ session: ShellSession) async throws(ShellFailure) -> LastError {
        try await told(newest(session), session)
    }

    private static func told(_ found: Finding, _ session: ShellSession) async throws(ShellFailure) -> LastError {
        var last = LastError(
            failure: found.own ?? found.exchange.flatMap(Self.failure),
            exchange: found.exchange,
            job: found.job
        )
        if found.own == nil, let job = found.job, let fault = job.fault {
            var told = FaultWords.failure(fault, instance: job.instance, exchange: found.exchange)
            told.what =
                job.state == .submitUnknown
                ? "\(job.instance) may have accepted this request and may bill it; \(job.name) is unconfirmed"
                : "\(job.name) \(job.state.shown): \(told.what)"
            last.failure = told
        }
        if last.job == nil, let id = found.exchange?.job {
            last.job = try await session.reading { (journal) throws(JournalError) in try await journal.job(id: id) }
        }
        return last
    }

    /// What is to be told.
    private struct Finding {
        /// The failed exchange, or the one whose answer said that a task failed.
        var exchange: ExchangeRecord?
        /// The job that it is about.
        var job: JobRecord?
        /// The failure as this session told it.
        var own: ShellFailure?
        /// What was typed, if that was wrong.
        var typed: TypedEntry?
    }

    private static func finding(_ word: String?, _ session: ShellSession) async throws(ShellFailure) -> Finding {
        guard let word else { return try await newest(session) }
        let references = References(session: session)
        if case .exchange(let exchange) = try await references.subject(word) { return Finding(exchange: exchange) }
        let job = try await references.job(word)
        var filter = ExchangeFilter()
        (filter.onlyErrors, filter.limit, filter.job) = (true, 1, job.id)
        let wanted = filter
        let last = try await session.reading { (journal) throws(JournalError) -> Int? in
            if job.fault != nil, job.state == .failed { return try await journal.lastExchange(job: job.id) }
            if let failed = try await journal.exchanges(wanted).last { return failed.number }
            return job.fault == nil ? nil : try await journal.lastExchange(job: job.id)
        }
        return Finding(exchange: try await whole(last, session), job: job)
    }

    /// The newest of: an exchange that failed, a job that ended badly, and a failure of this session.
    private static func newest(_ session: ShellSession) async throws(ShellFailure) -> Finding {
        var filter = ExchangeFilter()
        (filter.onlyErrors, filter.limit) = (true, 1)
        let wanted = filter
        let (failed, ended) = try await session.reading { (journal) throws(JournalError) in
            (try await journal.exchanges(wanted).last?.number ?? 0, try await lastFailedJob(journal))
        }
        // That a task failed is told in an answer, which is no error of its own.
        let told = ended?.exchange ?? 0
        if let own = session.state.withLock(\.failure), own.isFor(why: max(failed, told)) {
            let exchange = try await whole(own.failure.exchange, session)
            return Finding(exchange: exchange, own: own.failure, typed: own.typed)
        }
        if let ended, told > failed { return Finding(exchange: try await whole(told, session), job: ended.job) }
        return Finding(exchange: failed == 0 ? nil : try await whole(failed, session))
    }

    /// The job that ended badly last, with the exchange that told so.
    private static func lastFailedJob(
        _ journal: JobJournal
    ) async throws(JournalError) -> (job: JobRecord, exchange: Int)? {
        var filter = JobFilter()
        (filter.states, filter.limit) = ([.failed, .expired], 50)
        let jobs = try await journal.jobs(filter).filter { $0.fault != nil }
        func end(_ job: JobRecord) -> Int64 { job.finishedAt?.milliseconds ?? 0 }
        guard let job = jobs.max(by: { end($0) < end($1) }),
            let exchange = try await journal.lastExchange(job: job.id)
        else { return nil }
        return (job, exchange)
    }

    private static func whole(
        _ number: Int?,
        _ session: ShellSession
    ) async throws(ShellFailure) -> ExchangeRecord? {
        guard let number else { return nil }
        return try await session.reading { (journal) throws(JournalError) in try await journal.exchange(number) }
    }

    private static func failure(_ exchange: ExchangeRecord) -> ShellFailure? {
        guard let fault = exchange.fault else {
            return FaultWords.failed(exchange).map { failed in
                ShellFailure("the exchange \(failed)", why: exchange.failureText)
            }
        }
        return FaultWords.failure(fault, instance: exchange.instance, exchange: exchange)
    }

    private static func tries(_ exchange: ExchangeRecord?, _ job: JobRecord?) -> [String] {
        // What never left this machine is no news to the vendor, and what was not answered is nothing to read.
        // It may have been billed: what settles it comes first.
        if let job, job.state == .submitUnknown {
            let replay = exchange.map { ["replay \($0.name)"] } ?? []
            return ["adopt ID --as \(job.name)", "stop \(job.name)"] + replay
        }
        guard let exchange, exchange.fault?.kind != .local else { return [] }
        let subject = job?.number != nil ? job?.name : nil
        let reading = exchange.status == nil ? [] : ["explain \(exchange.name)"]
        return reading + ["trace \(subject ?? exchange.name) --ticket ticket.txt"]
    }

    /// Heads, body, time and retries of the exchange.
    private static func evidence(
        _ exchange: ExchangeRecord,
        _ runner: CommandRunner
    ) async throws(ShellFailure) -> [String] {
        let style = runner.output.style
        var lines = [""]
        lines += ExchangeView.headLines(exchange.replyHead, mark: "<", style)
        let body = exchange.replyBody ?? []
        if !body.isEmpty {
            // Laid out JSON is elided and harmless already, and holds the escapes of its colours.
            let laidOut = JSONView.layout(body, style, isFull: false)
            let shown = String(decoding: laidOut ?? BodyCommand.safe(Array(body.prefix(4000)), style), as: UTF8.self)
            let text = shown.split(whereSeparator: \.isNewline).map { line in
                laidOut == nil ? style.clipped(String(line), 1000) : String(line)
            }
            lines += text.prefix(20)
            if text.count > 20 {
                let more: Message = "... \(text.count - 20) more lines; body \(exchange.name)"
                lines.append(runner.output.language.say(more))
            }
        }
        lines.append(runner.output.language.say(TimingCommand.line(exchange)))
        let retries = try await retries(around: exchange, runner.session)
        if !retries.isEmpty { lines.append(runner.output.language.say(retries)) }
        return lines
    }

    /// How often the same call failed in a row, and whether it succeeded afterwards.
    private static func retries(
        around exchange: ExchangeRecord,
        _ session: ShellSession
    ) async throws(ShellFailure) -> Message {
        guard let job = exchange.job, exchange.isError else { return "" }
        var filter = ExchangeFilter()
        (filter.job, filter.calls, filter.limit) = (job, [exchange.call], 100_000)
        let all: [ExchangeRecord]
        do throws(JournalError) { all = try await session.journal.exchanges(filter) } catch {
            throw ShellFailure(error)
        }
        guard let index = all.firstIndex(where: { $0.number == exchange.number }) else { return "" }
        let before = all[..<index].reversed().prefix(while: \.isError).count
        let after = all[(index + 1)...].prefix(while: \.isError).count
        let next = all.dropFirst(index + 1 + after).first
        let failures: Message = before + after > 0 ? "\(before + after + 1) failed in a row" : "one failure"
        let then: Message =
            next.map { ", then \($0.name) answered \($0.status.map(String.init) ?? "-")" } ?? ", nothing after it"
        return failures + then
    }

    private static func earlier(
        _ shown: ExchangeRecord?,
        _ session: ShellSession
    ) async throws(ShellFailure) -> [ExchangeRecord] {
        var filter = ExchangeFilter()
        (filter.onlyErrors, filter.limit) = (true, 10)
        do throws(JournalError) {
            return try await session.journal.exchanges(filter).filter { $0.number != shown?.number }.reversed()
        } catch {
            throw ShellFailure(error)
        }
    }
}
