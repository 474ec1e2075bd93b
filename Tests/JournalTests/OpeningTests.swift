import Foundation
import GRDB
import Journal
import Testing
import VideoProviderKit

@Suite("Opening a journal that cannot be used as it is")
struct OpeningTests {
    private func filled(_ count: Int = 200) async throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let journal = try JobJournal(in: folder)
        for index in 0..<count {
            let end = SubmitEnd.accepted(Receipt(taskID: "t\(index)", values: ["form": "x"]), Snapshot(phase: .queued))
            try await journal.submit(
                end,
                .sample(#"{"values":{"prompt":"film \#(index)"}}"#, hash: [UInt8(index & 255)])
            )
        }
        journal.close()
        return folder
    }

    /// Overwrites `count` pages from `page` on, counted from 0.
    private func damage(_ folder: TemporaryFolder, page: Int, count: Int = 1) throws {
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.file("state/journal.sqlite")))
        try file.seek(toOffset: UInt64(page * 4096))
        try file.write(contentsOf: Data(repeating: 0xDB, count: 4096 * count))
        try file.close()
    }

    private func pages(_ folder: TemporaryFolder) throws -> Int {
        try FileManager.default.attributesOfItem(atPath: folder.file("state/journal.sqlite"))[.size] as? Int ?? 0 / 4096
    }

    @Test(
        "Case 73: a journal that was emptied is told of, though there is nothing to set right",
        arguments: [0, 1, 99]
    )
    func emptied(_ rest: Int) async throws {
        let folder = try await filled(3)
        try Data(repeating: 0x53, count: rest).write(to: URL(fileURLWithPath: folder.file("state/journal.sqlite")))
        let journal = try JobJournal(in: folder)
        #expect(journal.notice?.contains("the journal was damaged") == true)
        #expect(journal.notice?.contains("Tasks may run at the vendor") == true)
        #expect(!journal.isReadOnly)
        journal.close()
        #expect(try JobJournal(in: folder).notice == nil)
    }

    @Test("Case 75: many processes at once make the tables of a new journal once")
    func firstStart() async throws {
        for _ in 0..<5 {
            let folder = try TemporaryFolder()
            await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask { _ = try await JobJournal(in: folder).submit() }
                }
                while let result = await group.nextResult() {
                    #expect(throws: Never.self) { try result.get() }
                }
            }
            #expect(try await JobJournal(in: folder).jobs().count == 8)
        }
    }

    @Test("Nothing is written into a journal that was deleted or replaced while it was open", arguments: [true, false])
    func movedAway(_ isReplaced: Bool) async throws {
        let folder = try await filled(1)
        let journal = try JobJournal(in: folder)
        try await journal.submit()
        try FileManager.default.removeItem(atPath: folder.file("state/journal.sqlite"))
        if isReplaced { try Data().write(to: URL(fileURLWithPath: folder.file("state/journal.sqlite"))) }
        let error = await #expect(throws: JournalError.self) { try await journal.intend() }
        #expect(error?.code == .movedAway)
        #expect(try await journal.jobs().count == 2)
    }

    @Test(
        "Nothing is written into a log that was deleted while it was open, nor folded over what others write",
        arguments: [
            ["-wal"], ["-shm"], ["-wal", "-shm"],
        ]
    )
    func logMovedAway(_ parts: [String]) async throws {
        let folder = try await filled(1)
        let journal = try JobJournal(in: folder)
        try await journal.submit()
        for part in parts { try FileManager.default.removeItem(atPath: folder.file("state/journal.sqlite\(part)")) }
        let error = await #expect(throws: JournalError.self) { try await journal.intend() }
        #expect(error?.code == .movedAway)
        let file = URL(fileURLWithPath: folder.file("state/journal.sqlite"))
        let before = try Data(contentsOf: file)
        journal.close()
        #expect(try Data(contentsOf: file) == before)
        // What the log held is not gone.
        let state = try FileManager.default.contentsOfDirectory(atPath: folder.file("state"))
        let rescued = try #require(state.first { $0.contains(".rescued-") })
        let queue = try DatabaseQueue(path: folder.file("state/\(rescued)"))
        #expect(try await queue.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM receipt") } == 2)
    }

    @Test("Case 73: a journal of a newer reel is opened for reading, and nothing in it is changed")
    func newerSchema() async throws {
        let folder = try await filled(3)
        do {
            let journal = try JobJournal(in: folder)
            try await journal.write { try $0.execute(sql: "PRAGMA user_version = 99") }
            journal.close()
        }
        let journal = try JobJournal(in: folder)
        #expect(journal.isReadOnly)
        #expect(journal.notice?.contains("newer reel") == true)
        #expect(try await journal.jobs().count == 3)
        let error = await #expect(throws: JournalError.self) { try await journal.intend() }
        #expect(error?.code == .newerSchema)
    }

    @Test("Case 73: a reel that is running when a newer one changes the file stops writing")
    func newerMeanwhile() async throws {
        let folder = try await filled(1)
        let (journal, newer) = (try JobJournal(in: folder), try JobJournal(in: folder))
        #expect(try await !journal.noticeNewerSchema())
        try await newer.write { try $0.execute(sql: "PRAGMA user_version = 99") }
        #expect(try await journal.noticeNewerSchema())
        #expect(journal.isReadOnly)
        await #expect(throws: JournalError.self) { try await journal.intend() }
        #expect(try await journal.jobs().count == 1)
    }

    @Test("Case 73: on a read-only disk the journal is opened for reading")
    func readOnlyDisk() async throws {
        let folder = try await filled(3)
        let disk = FaultyDisk(readOnly: folder.file("state"))
        let journal = try JobJournal(in: folder)
        #expect(journal.isReadOnly)
        #expect(try await journal.jobs().count == 3)
        let error = await #expect(throws: JournalError.self) { try await journal.intend() }
        #expect(error?.code == .readOnly)
        journal.close()
        disk.heal()
    }

    @Test("Case 73: a file that is no database is set aside, said loudly, and a new journal begun")
    func notADatabase() async throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.file("state"), withIntermediateDirectories: false)
        let text = Data(String(repeating: "this is no database ", count: 100).utf8)
        _ = FileManager.default.createFile(atPath: folder.file("state/journal.sqlite"), contents: text)
        let journal = try JobJournal(in: folder)
        let aside = folder.file("state/journal.corrupt-0")
        #expect(FileManager.default.contents(atPath: aside) == text)
        #expect(journal.notice?.contains(aside) == true)
        try await journal.submit()
        #expect(try await journal.jobs().count == 1)
    }

    @Test("Case 73: of a damaged file the jobs that can be read are saved with their receipts", arguments: [2, 5, 9])
    func damaged(_ part: Int) async throws {
        let folder = try await filled()
        let page = try pages(folder) / 4096 * part / 10
        try damage(folder, page: max(page, 2), count: 2)
        // The damage may lie where an opening does not look; the first read that meets it leaves a mark.
        var journal = try JobJournal(in: folder)
        _ = try? await journal.recover(at: noon)
        _ = try? await journal.jobs()
        _ = try? await journal.read { db in
            for table in ["receipt", "exchange", "attempt", "body", "snapshot"] {
                _ = try Row.fetchAll(db, sql: "SELECT * FROM \(table)")
            }
        }
        journal.close()
        journal = try JobJournal(in: TemporaryFolder())
        journal = try JobJournal(in: folder)
        #expect(journal.notice?.contains("set aside") == true)
        let jobs = try await journal.jobs()
        #expect(jobs.count > 100)
        for job in jobs { #expect(job.receipt?.taskID == "t\((job.number ?? 0) - 1)") }
        let intact = try await journal.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") }
        #expect(intact == "ok")
        try await journal.submit()
        // Numbers are not used again.
        #expect(try await journal.lastExchange() ?? 0 > 200)
    }

    @Test("Case 73: a file whose header is overwritten is read with another", arguments: [1, 16, 22, 100])
    func header(_ count: Int) async throws {
        let folder = try await filled(5)
        let path = folder.file("state/journal.sqlite")
        var bytes = try #require(FileManager.default.contents(atPath: path))
        bytes.replaceSubrange(0..<count, with: Data(repeating: 0x58, count: count))
        try bytes.write(to: URL(fileURLWithPath: path))
        let journal = try JobJournal(in: folder)
        #expect(journal.notice?.contains("5 jobs, 5 with their ids, were saved") == true)
        #expect(try await journal.jobs().compactMap { $0.receipt?.taskID }.count == 5)
        #expect(FileManager.default.contents(atPath: folder.file("state/journal.corrupt-0")) == bytes)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.file("state"))
        #expect(!names.contains { $0.contains("repaired") })
    }

    @Test("Case 73: where nothing can be read that is said, with what helps")
    func nothingReadable() async throws {
        let folder = try await filled(2)
        let path = folder.file("state/journal.sqlite")
        let size = try #require(FileManager.default.contents(atPath: path)).count
        try Data(repeating: 0x58, count: size).write(to: URL(fileURLWithPath: path))
        let journal = try JobJournal(in: folder)
        #expect(journal.notice?.contains("nothing in it can be read") == true)
        #expect(journal.notice?.contains("adopt ID") == true)
    }

    @Test("Case 73: while another process has the damaged file open it is left alone")
    func anotherInside() async throws {
        let folder = try await filled(3)
        let other = try JobJournal(in: folder)
        _ = FileManager.default.createFile(atPath: folder.file("state/damaged"), contents: nil)
        let error = #expect(throws: JournalError.self) { try JobJournal(in: folder) }
        #expect(error?.code == .corrupt)
        #expect(error?.description.contains("another reel") == true)
        #expect(try await other.jobs().count == 3)
    }
}
