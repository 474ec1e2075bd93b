import JobEngine
import Journal
import Synchronization
import VideoProviderKit

extension ShellSession {
    /// Reads the journal; its failure is the command's.
    func reading<Value>(
        _ body: (JobJournal) async throws(JournalError) -> Value
    ) async throws(ShellFailure) -> Value {
        do throws(JournalError) { return try await body(journal) } catch { throw ShellFailure(error) }
    }

    /// The failure that tells of `fault`, with what the journal knows of the exchange it happened in.
    func failure(_ fault: Fault, instance: String) async -> ShellFailure {
        var exchange: ExchangeRecord?
        if let number = fault.exchange { exchange = try? await journal.exchange(number) }
        if exchange != nil { state.withLock { $0.printed(exchange?.number) } }
        return FaultWords.failure(fault, instance: instance, exchange: exchange)
    }

    /// Visits exchanges with their bodies, newest first; see ``JobJournal/scan(_:page:_:)``.
    func scan(_ filter: ExchangeFilter, _ visit: (ExchangeRecord) throws -> Bool) async throws(ShellFailure) {
        do { try await journal.scan(filter, visit) } catch {
            throw ShellFailure("the journal cannot be read", why: "\(error)", code: .local, kind: "local")
        }
    }
}
