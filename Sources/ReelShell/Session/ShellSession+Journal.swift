import JobEngine
import Journal

extension ShellSession {
    /// Reads the journal; its failure is the command's.
    func reading<Value>(
        _ body: (JobJournal) async throws(JournalError) -> Value
    ) async throws(ShellFailure) -> Value {
        do throws(JournalError) { return try await body(journal) } catch { throw ShellFailure(error) }
    }

    /// Visits exchanges with their bodies, newest first; see ``JobJournal/scan(_:page:_:)``.
    func scan(_ filter: ExchangeFilter, _ visit: (ExchangeRecord) throws -> Bool) async throws(ShellFailure) {
        do { try await journal.scan(filter, visit) } catch {
            throw ShellFailure("the journal cannot be read", why: "\(error)", code: .local, kind: "local")
        }
    }
}
