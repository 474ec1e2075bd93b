import Foundation
import GRDB
import JobEngine
import Journal
import Testing
import VideoProviderKit

@Suite("What is worth the reserve of a full disk")
struct ReserveTests {
    private let film = Sample.film()

    /// Has `change` refused for as long as the reserve takes its place on the disk.
    private func fill(_ shop: Workshop, for change: String) async throws {
        let reserve = shop.folder.file("state/reserve")
        #expect(FileManager.default.fileExists(atPath: reserve))
        let isFull = DatabaseFunction("isFull", argumentCount: 0) { _ in
            FileManager.default.fileExists(atPath: reserve)
        }
        try await shop.journal.write { db in
            db.add(function: isFull)
            try db.execute(
                sql: "CREATE TEMP TRIGGER full BEFORE \(change) WHEN isFull() BEGIN SELECT RAISE(ABORT, 'full'); END"
            )
        }
    }

    @Test("A film that a poll names is noted, and then saved", arguments: ["INSERT ON asset", "UPDATE ON asset"])
    func film(change: String) async throws {
        let shop = try Workshop()
        shop.network.script("/submit", Sample.submitted())
        shop.network.script("/status", Sample.status("Succeed", link: Sample.link))
        shop.network.script("film.mp4", .bytes(film))
        let job = try await shop.submitted()
        try await fill(shop, for: change)
        let done = try await shop.engine.pollNow(job).job
        #expect(done.state == .succeeded)
        #expect(try await shop.engine.fetch(done).size == film.count)
        #expect(!FileManager.default.fileExists(atPath: shop.folder.file("state/reserve")))
    }

    @Test("A poll that names none waits for space, and leaves the reserve to what is worth it")
    func noFilm() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", Sample.submitted())
        shop.network.script("/status", Sample.status("InProgress"))
        let job = try await shop.submitted()
        try await fill(shop, for: "INSERT ON exchange")
        _ = try? await shop.engine.pollNow(job)
        #expect(FileManager.default.fileExists(atPath: shop.folder.file("state/reserve")))
        #expect(try await shop.job(job.id).word == nil)
    }

    @Test("Jobs of an earlier run are followed")
    func recovery() async throws {
        let folder = try TemporaryFolder()
        let job: JobRecord
        do {
            let before = try Workshop(folder: folder)
            before.network.script("/submit", Sample.submitted())
            job = try await before.submitted()
            before.journal.close()
        }
        let shop = try Workshop(folder: folder)
        try await fill(shop, for: "UPDATE ON job")
        #expect(try await shop.engine.recover(schedules: true).resumed.map(\.id) == [job.id])
        #expect(!FileManager.default.fileExists(atPath: folder.file("state/reserve")))
    }
}
