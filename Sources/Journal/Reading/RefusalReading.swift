import GRDB
package import VideoProviderKit

extension JobJournal {
    /// The refusal for want of money or quota that was the last word of an account, unless it is older than `since` or
    /// a submit was accepted after it.
    package func lastRefusal(
        instance: String,
        baseURL: String,
        account: String,
        since: UpstreamTime
    ) async throws(JournalError) -> (fault: Fault, at: UpstreamTime)? {
        try await read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT state, fault, submittedAt, finishedAt, createdAt FROM job
                    WHERE instance = ? AND baseURL = ? AND account = ? ORDER BY id DESC LIMIT 50
                    """,
                arguments: [instance, baseURL, account]
            )
            while let row = try rows.next() {
                if row["submittedAt"] != nil { return nil }
                let time: Int64 = try (row.value("finishedAt") as Int64?) ?? row.value("createdAt")
                guard time >= since.milliseconds else { return nil }
                let state: String = try row.value("state")
                guard state == JobState.rejected.rawValue, let fault: Fault = StoredJSON.decode(try row.value("fault"))
                else { continue }
                if fault.kind == .balance || (fault.kind == .rateLimited && fault.isPermanent) {
                    return (fault, UpstreamTime(milliseconds: time))
                }
            }
            return nil
        }
    }
}
