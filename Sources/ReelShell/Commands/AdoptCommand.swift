import JobEngine
import Journal
import Synchronization
import VideoProviderKit

/// `adopt ID`: follow a task made elsewhere; `--as J` settles an unconfirmed job.
enum AdoptCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(1)
        let session = runner.session
        guard let id = call.words.first else {
            throw ShellFailure("adopt needs the vendor's id", why: call.spec.synopsis, tries: ["adopt ID"])
        }
        var target: JobRecord?
        if let word = call.value("as") { target = try await References(session: session).job(word) }
        let instance = try instance(call, target, session)
        do throws(Fault) {
            let adopted = try await session.engine.adopt(id, at: instance, as: target)
            session.state.withLock {
                $0.job = adopted.job.number
                $0.printed(adopted.exchange)
            }
            let details = JobView.details(adopted.job, adopted.snapshot).joined(separator: ", ")
            let line =
                "\(adopted.job.name) adopted, \(adopted.job.state.shown)\(details.isEmpty ? "" : ": \(details)") (r\(adopted.exchange))"
            runner.output.show([line], json: JobView.json(adopted.job))
        } catch {
            var failure = FaultWords.failure(error, instance: instance.name.description)
            failure.what = "\(id) was not adopted: \(failure.what)"
            failure.tries = ["providers", "adopt ID --provider NAME"]
            throw failure
        }
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
