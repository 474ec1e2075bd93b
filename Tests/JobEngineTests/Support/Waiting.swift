import GRDB
import Journal
import VideoProviderKit

/// Returns once `condition` holds; the test's own time limit ends it otherwise.
func until(_ condition: () async throws -> Bool) async rethrows {
    while try await !condition() { await Task.yield() }
}

/// Stores running jobs as a long session would have left them, each owned as `owner` says.
func insertJobs(_ count: Int, _ shop: Workshop, owner: @escaping @Sendable (Int) -> Int64?) async throws {
    let now = shop.clock.wall.milliseconds
    let origin = #"{"account":"a","baseURL":"https://vendor.test/v1","instance":"siliconflow"}"#
    try await shop.journal.write { db in
        for index in 1...count {
            try db.execute(
                sql: """
                    INSERT INTO job (id, number, state, provider, instance, baseURL, account, draft, draftHash, tag,
                        createdAt, submittedAt, taskID, owner)
                    VALUES (?1, ?1, 'running', 'siliconflow', 'siliconflow', 'https://vendor.test/v1', 'a', '{}',
                        x'00', '', ?2, ?2, 't' || ?1, ?3)
                    """,
                arguments: [index, now, owner(index)]
            )
            try db.execute(
                sql: "INSERT INTO receipt (job, version, value) VALUES (?1, 1, ?2)",
                arguments: [index, #"{"version":1,"taskID":"t\#(index)","values":{},"origin":\#(origin)}"#]
            )
        }
    }
}
