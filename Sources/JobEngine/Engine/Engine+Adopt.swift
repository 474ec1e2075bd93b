package import Journal
import Transport
package import VideoProviderKit

extension Engine {
    /// Follows a task made elsewhere, or settles an unconfirmed job with the id the user found.
    ///
    /// One poll must know it.
    ///
    /// - Throws: ``Fault``; nothing is stored then but the exchange.
    package func adopt(
        _ taskID: String,
        at instance: ProviderInstance,
        as job: JobRecord? = nil,
        values: [String: String] = [:],
    ) async throws(Fault) -> (job: JobRecord, exchange: Int, snapshot: Snapshot) {
        if let job, job.state != .submitUnknown, job.state != .lost {
            throw Fault(
                .invalidRequest,
                "\(job.name) is \(job.state.shown); only an unconfirmed or lost job can be settled."
            )
        }
        let known = try? await journal.jobs(taskPrefix: taskID).first {
            $0.receipt?.taskID == taskID && $0.instance == instance.name.description && $0.id != job?.id
        }
        if let known {
            throw Fault(.invalidRequest, "\(taskID) is \(known.name) already, \(known.state.shown).")
        }
        return try await follow(Receipt(taskID: taskID, values: values), at: instance, as: job)
    }

    /// Follows the task of `receipt`, which one poll must know.
    func follow(
        _ task: Receipt,
        at instance: ProviderInstance,
        as job: JobRecord?
    ) async throws(Fault) -> (job: JobRecord, exchange: Int, snapshot: Snapshot) {
        let base = if let job { try base(of: job, for: instance) } else { try instance.requireBaseURL() }
        let account = try await secret(for: instance)?.fingerprint ?? "none"
        var receipt = task
        receipt.origin = Receipt.Origin(
            instance: instance.name.description,
            baseURL: base.description,
            account: account,
            model: job?.model
        )
        let asked = try await ask(instance.provider.statusRequest(for: receipt), .status, instance, base)
        let snapshot: Snapshot
        do throws(Fault) {
            if let fault = asked.fault { throw fault }
            guard case .success(let reply) = asked.result else { throw Fault(.network, "No answer came.") }
            snapshot = try reading(instance).snapshot(in: reply, for: receipt)
        } catch {
            var (fault, record) = (error, asked.record)
            record.fault = fault
            fault.exchange = try? await journal.append(record)
            throw fault
        }
        let intent = SubmitIntent(
            provider: instance.descriptor.id,
            origin: receipt.origin
                ?? .init(
                    instance: instance.name.description,
                    baseURL: base.description,
                    account: account,
                    model: nil
                ),
            draft: "{}",
            draftHash: Array("adopted \(instance.name) \(task.taskID)".utf8),
            tag: "",
            note: nil
        )
        do throws(JournalError) {
            let stored = try await journal.adopt(
                intent,
                as: job?.id,
                receipt: receipt,
                snapshot: snapshot,
                exchange: asked.record,
                lifetime: instance.descriptor.shortestAssetLifetime,
                at: clock.wall
            )
            publish(.submitted, stored.job, exchange: stored.exchange)
            if stored.job.state == .succeeded, settings.fetchesAutomatically { fetchQueue.append(stored.job.id) }
            watch(stored.job, after: firstWait(instance))
            wake.yield()
            return (stored.job, stored.exchange, snapshot)
        } catch {
            throw Self.fault(error)
        }
    }
}
