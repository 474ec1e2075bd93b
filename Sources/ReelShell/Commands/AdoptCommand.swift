import JobEngine
import Journal
import Synchronization
import VideoProviderKit

/// `adopt ID`: follow a task made elsewhere; `--as J` settles an unconfirmed job.
enum AdoptCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(1)
        let session = runner.session
        guard let id = call.words.first, !id.allSatisfy(\.isWhitespace) else {
            throw ShellFailure("adopt needs the vendor's id", why: call.spec.synopsis, tries: ["adopt ID"])
        }
        var target: JobRecord?
        if let word = call.value("as") { target = try await References(session: session).job(word) }
        if let target, target.state != .submitUnknown, target.state != .lost {
            throw ShellFailure(
                "\(target.name) \(StateWords.has(target.state))",
                why: "only an unconfirmed or lost job can be settled",
                tries: ["adopt \(Quoting.word(id))", "status \(target.name)"]
            )
        }
        let instance = try instance(call, target, session)
        try await refuseKnown(id, instance, target, session)
        do throws(Fault) {
            let adopted = try await session.engine.adopt(id, at: instance, as: target)
            session.state.withLock {
                $0.job = adopted.job.number
                $0.printed(adopted.exchange)
            }
            let details = Message.list(JobView.details(adopted.job, adopted.snapshot))
            let word: Message = details.isEmpty ? "" : ": \(details)"
            let line: Message =
                "\(adopted.job.name) adopted, \(StateWords.said(adopted.job.state))\(word) (r\(adopted.exchange))"
            runner.output.tell(line, json: JobView.json(adopted.job))
        } catch {
            var failure = FaultWords.failure(error, instance: instance.name.description)
            failure.what = "\(id) was not adopted: \(failure.what)"
            let others = session.instances.names.filter { $0 != instance.name }
            failure.tries = [others.first.map { "adopt \(Quoting.word(id)) --provider \($0)" } ?? "providers"]
            throw failure
        }
    }

    /// A task that is followed already needs no adopting; nobody is asked about it.
    private static func refuseKnown(
        _ id: String,
        _ instance: ProviderInstance,
        _ target: JobRecord?,
        _ session: ShellSession
    ) async throws(ShellFailure) {
        let jobs = try await session.reading { (journal) throws(JournalError) in
            try await journal.jobs(taskPrefix: id)
        }
        let known = jobs.first {
            $0.receipt?.taskID == id && $0.instance == instance.name.description && $0.id != target?.id
        }
        guard let known else { return }
        throw ShellFailure(
            "\(id) is \(known.name) already",
            why: "\(known.name) \(StateWords.has(known.state))",
            tries: ["status \(known.name)"]
        )
    }

    private static func instance(
        _ call: CommandCall,
        _ job: JobRecord?,
        _ session: ShellSession
    ) throws(ShellFailure) -> ProviderInstance {
        let name = call.value("provider") ?? job?.instance
        guard let name else { return session.instance }
        guard let parsed = InstanceName(name), let instance = session.instances[parsed] else {
            throw ShellFailure("there is no provider \(name)", tries: ["providers"])
        }
        return instance
    }
}
