import JobEngine
import Journal
import LosslessJSON
import Synchronization
import TerminalOutput
import VideoProviderKit

/// `submit`: sends the draft, once.
enum SubmitCommand {
    @Sendable static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) -> EntryResult {
        let session = runner.session
        let draft = try await PreviewCommand.draft(call, runner)
        let count = try repetitions(call)
        let timeout = try call.duration("timeout")
        let follows = call.has("wait") || call.has("watch")
        guard timeout == nil || follows else {
            throw ShellFailure("--timeout ends a wait, and nothing is waited for", tries: ["--wait"])
        }
        try await Budget(session: session).require(count)
        var jobs: [JobRecord] = []
        while jobs.count < count, !session.isInterrupted, jobs.last?.state.endedInVain != true {
            let (note, isFirst) = (call.value("note"), jobs.isEmpty)
            do throws(ShellFailure) {
                jobs.append(try await submit(draft, to: session.instance, note, runner, isRepetition: !isFirst))
            } catch {
                if !isFirst { runner.output.remark(rest(jobs.count, of: count)) }
                throw error
            }
        }
        if session.isInterrupted, follows || jobs.count < count { throw .detached(from: jobs, session) }
        if jobs.count < count { runner.output.remark(rest(jobs.count, of: count)) }
        guard follows else { return try await end(jobs.last, session) }
        let watcher = Watcher(session: session, output: runner.output)
        return try await watcher.follow(jobs, shows: call.has("watch") ? .changes : .ends, until: nil, timeout: timeout)
    }

    private static func rest(_ accepted: Int, of count: Int) -> Message {
        "\(accepted) of \(count) were accepted; the rest was not sent"
    }

    /// The end of submits that are not followed: a task that the vendor ended in its answer is no success.
    static func end(_ job: JobRecord?, _ session: ShellSession) async throws(ShellFailure) -> EntryResult {
        if let job, let failure = await session.failure(endOf: job) { throw failure }
        return EntryResult(code: .ok)
    }

    private static func repetitions(_ call: CommandCall) throws(ShellFailure) -> Int {
        guard let text = call.value("n") else { return 1 }
        guard let count = Int(text), (1...100).contains(count) else {
            throw ShellFailure("-n cannot be \"\(text)\"", why: "it is a number from 1 to 100", tries: ["-n 2"])
        }
        return count
    }

    /// Sends `draft` once and says what came of it.
    ///
    /// With `isRepetition` an equal draft under way is what was asked for.
    static func submit(
        _ draft: Draft,
        to instance: ProviderInstance,
        _ note: String?,
        _ runner: CommandRunner,
        isRepetition: Bool,
    ) async throws(ShellFailure) -> JobRecord {
        let session = runner.session
        var options = SubmitOptions()
        options.note = note
        options.allowsEqual = isRepetition
        // What was agreed to for the first of a set holds for the rest of it.
        options.allowsDoubts = isRepetition || session.assumesYes
        let output = runner.output
        options.onHold = { fault, wait, exchange in
            let seconds = wait.components.seconds + 1
            let why = FaultWords.why(fault)
            var reason = FaultWords.sentence(fault, instance.name.description)
            if let why { reason += ", \(Message(verbatim: TerminalText.words(why)))" }
            if let place = FaultWords.place(fault, exchange) { reason += ", \(place)" }
            output.remark("not accepted (\(reason)); again in \(seconds) s")
            var fields: RequestJSON = [
                "kind": .string(fault.kind.rawValue), "wait_s": .number(String(seconds)),
            ]
            if let why { fields.set(.string(why), at: ["why"]) }
            if let exchange, exchange.number > 0 { fields.set(.string(exchange.name), at: ["exchange"]) }
            if let trace = exchange?.traceIDs.first { fields.set(.string(trace.value), at: ["trace"]) }
            output.event("retry", fields)
        }
        options.onUnstored = { receipt, error in
            // The id is worth more than the reason: it comes at once and on a line of its own.
            let id = TerminalText.sanitized(receipt.taskID, for: .name)
            output.remark("accepted as \(id)")
            output.remark("but that cannot be stored yet: \(error.description)")
            output.event(
                "warning",
                [
                    "task": .string(receipt.taskID), "instance": .string(instance.name.description),
                    "kind": .string(FaultKind.local.rawValue), "why": .string(error.description),
                ]
            )
        }
        let control = SubmitControl()
        session.control.withLock { $0 = control }
        defer { session.control.withLock { $0 = nil } }
        // Each by itself: while a question is open it is the user who is waited for.
        func send(_ options: SubmitOptions) async -> SubmitReport {
            let patience = Task {
                do { try await Task.sleep(for: Self.patience) } catch { return }
                output.remark("still waiting for the answer; Ctrl-C asks for the end")
            }
            defer { patience.cancel() }
            return await session.engine.submit(draft, to: instance, options: options, control: control)
        }
        var report = await send(options)
        if case .doubtful(let doubts) = report.end {
            try await DoubtWords.confirm(doubts, session)
            options.allowsDoubts = true
            report = await send(options)
        }
        guard case .equal(let job) = report.end else { return try finish(report, instance, runner) }
        let age = DurationText.said(.milliseconds(LocalClock.now.milliseconds - job.createdAt.milliseconds))
        let state: Message =
            job.state == .submitUnknown
            ? "is unconfirmed" : job.submittedAt == nil ? "is under way" : "was accepted \(age) ago"
        try await session.confirm(
            "\(job.name) has the same draft and \(state). Submit again?",
            refusal: "not submitted",
            tries: job.state.isPolled ? ["wait \(job.name)"] : []
        )
        options.allowsEqual = true
        return try finish(await send(options), instance, runner)
    }

    /// How long a submit is out before it is said that its answer is still waited for.
    private static let patience = Duration.seconds(5)

    private static func finish(
        _ report: SubmitReport,
        _ instance: ProviderInstance,
        _ runner: CommandRunner
    )
        throws(ShellFailure) -> JobRecord
    {
        let session = runner.session
        let name = instance.name.description
        session.state.withLock { $0.printed(report.exchange?.number) }
        for warning in report.warnings { runner.output.note(warning.said) }
        switch report.end {
        case .invalid(let problems):
            try PreviewCommand.report(problems, for: instance.descriptor, runner)
            throw ShellFailure("the draft cannot be sent", tries: ["check"])
        case .equal(let job):
            throw ShellFailure("\(job.name) has the same draft", tries: ["--yes"])
        case .doubtful(let doubts):
            throw DoubtWords.failure(doubts)
        case .submitted(let job, let snapshot):
            Budget(session: session).spend()
            session.state.withLock { $0.job = job.number }
            showAccepted(job, snapshot, report.exchange, runner)
            return job
        case .rejected(let fault):
            throw FaultWords.failure(fault, instance: name, exchange: report.exchange)
        case .unsent(let fault):
            throw FaultWords.failure(fault, instance: name, exchange: report.exchange)
        case .unconfirmed(let job, let fault):
            Budget(session: session).spend()
            session.state.withLock { $0.job = job.number }
            var failure = FaultWords.failure(fault, instance: name, exchange: report.exchange)
            failure.what = "\(name) may have accepted this request and may bill it; \(job.name) is unconfirmed"
            failure.why = sent(report.exchange, fault)
            failure.tries = JobView.adoptions(job) + ["stop \(job.name)"]
            if let exchange = report.exchange, exchange.number > 0 { failure.tries.append("replay \(exchange.name)") }
            failure.code = .unconfirmed
            failure.kind = FaultKind.unconfirmed.rawValue
            var fields: RequestJSON = ["job": .string(job.name), "state": "unconfirmed"]
            if let ids = job.fault?.candidates { fields.set(.array(ids.map { .string($0) }), at: ["candidates"]) }
            runner.output.event("state", fields)
            throw failure
        case .receiptNotStored(let receipt, let reason):
            Budget(session: session).spend()
            throw ShellFailure(
                "\(name) accepted \(receipt.taskID), but it could not be stored here",
                why: reason,
                tries: ["adopt \(receipt.taskID)"],
                code: .local,
                kind: "local"
            )
        }
    }

    private static func sent(_ exchange: ExchangeRecord?, _ fault: Fault) -> Message? {
        let why = FaultWords.why(fault).map(Message.init(recognizing:))
        guard let exchange else { return why }
        if let status = exchange.status {
            let answered: Message = "status \(status)"
            return why.map { .list([answered, $0]) } ?? answered
        }
        let (sent, received) = (humanBytes(exchange.bytesSent), humanBytes(exchange.bytesReceived))
        return "\(Message(recognizing: fault.message)) (\(sent) sent, \(received) received)"
    }

    private static func showAccepted(
        _ job: JobRecord,
        _ snapshot: Snapshot,
        _ exchange: ExchangeRecord?,
        _ runner: CommandRunner
    ) {
        let task = TerminalText.sanitized(job.receipt?.taskID ?? "", for: .name)
        var said: Message = "\(job.name) submitted, task \(task)"
        var fields = JobView.json(job)
        if let exchange {
            let milliseconds = exchange.timing.total.microseconds / 1000
            said += ", \(exchange.name) \(exchange.status ?? 0) in \(milliseconds) ms"
            fields.set(.string(exchange.name), at: ["exchange"])
            if let trace = exchange.traceIDs.first {
                said += ", trace \(trace.value)"
                fields.set(.string(trace.value), at: ["trace"])
            }
        }
        if runner.output.style.isJSON {
            runner.output.event("submitted", fields)
        } else {
            runner.output.tell(said)
        }
    }
}
