package import Journal
package import VideoProviderKit

extension Engine {
    /// Asks the vendor to stop a task, then asks how it is.
    ///
    /// The word of the vendor decides: a task that ended meanwhile stays what it is.
    ///
    /// - Throws: ``Fault``; of kind unsupported when the vendor has no such call.
    package func cancel(_ job: JobRecord) async throws(Fault) -> (job: JobRecord, exchange: Int?) {
        let (instance, base) = try home(of: job)
        guard let provider = instance.provider as? any Cancels, let receipt = job.receipt else {
            throw Fault(.unsupported, "There is no call that cancels a task.")
        }
        let asked = try await ask(provider.cancelRequest(for: receipt), .cancel, instance, base)
        var record = asked.record
        record.job = job.id
        let number = try? await journal.append(record)
        if var fault = asked.fault {
            fault.exchange = number
            throw fault
        }
        let polled = try await pollNow(job)
        return (polled.job, polled.exchange ?? number)
    }
}
