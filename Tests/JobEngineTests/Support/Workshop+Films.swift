import JobEngine
import Journal
import Testing
import VideoProviderKit

extension Workshop {
    /// A succeeded job whose film stands behind ``Sample/link``.
    func succeeded(links: [String] = [Sample.link]) async throws -> JobRecord {
        network.script("/submit", Sample.submitted())
        network.script("/status", Sample.status("Succeed", links: links))
        let job = try await submitted()
        return try await engine.pollNow(job).job
    }

    func asset(_ job: JobRecord) async throws -> AssetRecord {
        try #require(try await journal.assets(job: job.id).first)
    }

    /// The names in the folder for films.
    var films: [String] { folder.names.filter { $0 != "state" } }
}
