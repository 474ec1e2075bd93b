import Foundation
import GRDB
import Journal
import Testing
import VideoProviderKit

@Suite("The journal's files")
struct StorageTests {
    @Test("The folder is 0700 and every file in it 0600, the log included")
    func modes() async throws {
        let folder = try TemporaryFolder()
        let journal = try JobJournal(in: folder)
        try await journal.submit()
        #expect(try folder.mode("state") == 0o700)
        #expect(try folder.mode("state/procs") == 0o700)
        for name in ["journal.sqlite", "journal.sqlite-wal", "journal.sqlite-shm"] {
            #expect(try folder.mode("state/\(name)") == 0o600, "\(name)")
        }
        let locks = try FileManager.default.contentsOfDirectory(atPath: folder.file("state/procs"))
        #expect(locks.count == 1)
        for name in locks { #expect(try folder.mode("state/procs/\(name)") == 0o600) }
    }

    @Test("Every commit is synced before it counts")
    func synchronous() async throws {
        let journal = try JobJournal(in: try TemporaryFolder())
        let (mode, level) = try await journal.read { db in
            (
                try String.fetchOne(db, sql: "PRAGMA journal_mode"),
                try Int.fetchOne(db, sql: "PRAGMA synchronous")
            )
        }
        #expect(mode == "wal")
        // 2 is FULL (sqlite.org/pragma.html#pragma_synchronous); 1, NORMAL, would lose commits with the power.
        #expect(level == 2)
    }

    @Test("A folder or file that others may read is made private")
    func madePrivate() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(
            atPath: folder.file("state"),
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o755]
        )
        _ = FileManager.default.createFile(
            atPath: folder.file("state/journal.sqlite"),
            contents: nil,
            attributes: [.posixPermissions: 0o644]
        )
        _ = try JobJournal(in: folder)
        #expect(try folder.mode("state") == 0o700)
        #expect(try folder.mode("state/journal.sqlite") == 0o600)
    }

    @Test("A symbolic link in place of the folder is refused")
    func linkedFolder() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.file("elsewhere"), withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("state"),
            withDestinationPath: folder.file("elsewhere")
        )
        let error = #expect(throws: JournalError.self) { try JobJournal(in: folder) }
        #expect(error?.code == .unsafeFile)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("elsewhere")).isEmpty)
    }

    @Test("A symbolic link in place of the file is refused")
    func linkedFile() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.file("state"), withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("state/journal.sqlite"),
            withDestinationPath: folder.file("elsewhere")
        )
        #expect(throws: JournalError.self) { try JobJournal(in: folder) }
        #expect(!FileManager.default.fileExists(atPath: folder.file("elsewhere")))
    }

    @Test("Opening again keeps what is there and gives this process a row of its own")
    func reopening() async throws {
        let folder = try TemporaryFolder()
        let first = try JobJournal(in: folder)
        let job = try await first.submit()
        let second = try JobJournal(in: folder)
        #expect(second.processID != first.processID)
        #expect(try await second.job(id: job.id) == job)
    }

    @Test("A process has a row from its first write on, and none before or afterwards")
    func ownRow() async throws {
        let folder = try TemporaryFolder()
        let first = try JobJournal(in: folder)
        let rows = { () async throws in
            try await first.read { try Int64.fetchAll($0, sql: "SELECT id FROM process ORDER BY startedAt") }
        }
        _ = try await first.recover(at: noon, takesOver: false)
        #expect(try await rows() == [])
        let job = try await first.submit()
        #expect(try await rows() == [first.processID])
        let second = try JobJournal(in: folder)
        _ = try await second.job(id: job.id)
        second.close()
        #expect(try await rows() == [first.processID])
        try await first.beat()
        #expect(try await rows() == [first.processID])
    }

    @Test("A lock file that nobody holds goes after an hour, one that is held stays")
    func staleLocks() async throws {
        let folder = try TemporaryFolder()
        let journal = try JobJournal(in: folder)
        let stale = folder.file("state/procs/stale1")
        #expect(FileManager.default.createFile(atPath: stale, contents: nil))
        let names = { try FileManager.default.contentsOfDirectory(atPath: folder.file("state/procs")).count }
        let now = UpstreamTime(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        _ = try await journal.sweep(limit: 1 << 30, at: now)
        #expect(try names() == 2)
        _ = try await journal.sweep(limit: 1 << 30, at: UpstreamTime(milliseconds: now.milliseconds + 7_200_000))
        #expect(try names() == 1)
        #expect(!FileManager.default.fileExists(atPath: stale))
    }

    @Test("The lock file goes with its process")
    func lockFile() throws {
        let folder = try TemporaryFolder()
        do { _ = try JobJournal(in: folder) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("state/procs")).isEmpty)
    }
}
