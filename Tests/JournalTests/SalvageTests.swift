import Foundation
import GRDB
import Journal
import Testing
import VideoProviderKit

@Suite("What is saved of a damaged journal")
struct SalvageTests {
    /// A closed journal of `count` accepted jobs, the first of them saved as a film.
    private func filled(_ count: Int, prompt: String = "film", isClosed: Bool = true) async throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let journal = try JobJournal(in: folder)
        for index in 1...count {
            var receipt = Receipt(taskID: "task-\(index)", values: ["form": "x"])
            receipt.origin = SubmitIntent.sample().origin
            try await journal.submit(
                .accepted(receipt, Snapshot(phase: .queued)),
                .sample(#"{"values":{"prompt":"\#(prompt) \#(index)"}}"#, hash: [UInt8(index & 255)])
            )
        }
        if isClosed { journal.close() } else { try keepLog(journal, folder) }
        return folder
    }

    /// Leaves the folder as a process that was killed does.
    private func keepLog(_ journal: JobJournal, _ folder: TemporaryFolder) throws {
        let names = ["journal.sqlite", "journal.sqlite-wal"].map { folder.file("state/\($0)") }
        let bytes = try names.map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
        journal.close()
        try? FileManager.default.removeItem(atPath: names[0] + "-shm")
        for (name, bytes) in zip(names, bytes) { try bytes.write(to: URL(fileURLWithPath: name)) }
    }

    private func bytes(_ folder: TemporaryFolder) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: folder.file("state/journal.sqlite")))
    }

    /// Opens the journal with `bytes` as its file, as a start after the damage was met.
    private func reopened(_ folder: TemporaryFolder, _ bytes: Data) throws -> JobJournal {
        try bytes.write(to: URL(fileURLWithPath: folder.file("state/journal.sqlite")))
        _ = FileManager.default.createFile(atPath: folder.file("state/damaged"), contents: nil)
        return try JobJournal(in: folder)
    }

    /// Removes the journal and what was set aside.
    private func clean(_ folder: TemporaryFolder) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.file("state"))
        where name.hasPrefix("journal") || name == "lost" || name == "damaged" {
            try FileManager.default.removeItem(atPath: folder.file("state/\(name)"))
        }
    }

    @Test(
        "Case 73: whichever page is bad, every job whose id stands in another is saved",
        arguments: [(2, 0xDB), (45, 0xDB), (45, 0x00)] as [(Int, UInt8)]
    )
    func eachPage(_ count: Int, _ filling: UInt8) async throws {
        let folder = try await filled(count)
        let whole = try bytes(folder)
        for page in 0..<whole.count / 4096 {
            var damaged = whole
            damaged.replaceSubrange(page * 4096..<(page + 1) * 4096, with: Data(repeating: filling, count: 4096))
            let journal = try reopened(folder, damaged)
            let jobs = try await journal.jobs()
            let found = Set(jobs.compactMap { $0.receipt?.taskID })
            // The id of a job is in its row and in its receipt, which share no page.
            #expect(found == Set((1...count).map { "task-\($0)" }), "page \(page)")
            #expect(Set(jobs.compactMap(\.number)).count == count, "page \(page)")
            #expect(jobs.allSatisfy { $0.instance == "siliconflow@work" && $0.state.isPolled }, "page \(page)")
            // Numbers are not used again.
            try await journal.submit()
            #expect(try await journal.lastExchange() ?? 0 == count + 1, "page \(page)")
            journal.close()
            try clean(folder)
        }
    }

    @Test("Case 73: rows longer than a page are put together, and what is only in the log is read")
    func longRows() async throws {
        let folder = try await filled(5, prompt: String(repeating: "影片 ", count: 2_000), isClosed: false)
        var damaged = try bytes(folder)
        damaged.replaceSubrange(
            0..<min(4096, damaged.count),
            with: Data(repeating: 0xDB, count: min(4096, damaged.count))
        )
        let journal = try reopened(folder, damaged)
        let jobs = try await journal.jobs()
        #expect(jobs.count == 5)
        for job in jobs { #expect(job.draft.hasSuffix(#"影片  \#(job.id)"}}"#)) }
        #expect(jobs.compactMap { $0.receipt?.values["form"] } == Array(repeating: "x", count: 5))
    }

    @Test(
        "Case 73: a bad frame in the log of a killed process hides nothing that was stored after it",
        arguments: [0, 1, 5, 9]
    )
    func brokenLog(_ tenth: Int) async throws {
        let folder = try await filled(10, isClosed: false)
        let log = folder.file("state/journal.sqlite-wal")
        var bytes = try Data(contentsOf: URL(fileURLWithPath: log))
        let frames = (bytes.count - 32) / 4120
        #expect(frames > 20)
        // 0 is the head of the log.
        let start = tenth == 0 ? 0 : 32 + frames * tenth / 10 * 4120 + 100
        bytes.replaceSubrange(start..<start + 8, with: Data(repeating: 0xDB, count: 8))
        try bytes.write(to: URL(fileURLWithPath: log))
        let journal = try JobJournal(in: folder)
        #expect(journal.notice?.contains("the journal was damaged") == true)
        #expect(Set(try await journal.jobs().compactMap { $0.receipt?.taskID }).count == 10)
    }

    @Test("Case 73: a log without its beginning is told of, and read", arguments: [32, 48, 512, 4096, 8192])
    func zeroedLog(_ count: Int) async throws {
        let folder = try await filled(10, isClosed: false)
        let log = folder.file("state/journal.sqlite-wal")
        var bytes = try Data(contentsOf: URL(fileURLWithPath: log))
        bytes.replaceSubrange(0..<count, with: Data(count: count))
        try bytes.write(to: URL(fileURLWithPath: log))
        let journal = try JobJournal(in: folder)
        #expect(journal.notice?.contains("the journal was damaged") == true)
        #expect(Set(try await journal.jobs().compactMap { $0.receipt?.taskID }).count == 10)
    }

    @Test("Case 73: a bit that changed in the head of a row ends no process and takes no id along")
    func flippedBits() async throws {
        let folder = try await filled(12)
        let whole = try bytes(folder)
        let start = (try rootPage(of: "job", folder) - 1) * 4096
        for cell in [0, 11] {
            let pointer = start + 8 + 2 * cell
            let row = start + Int(whole[pointer]) << 8 + Int(whole[pointer + 1])
            for byte in stride(from: cell % 2, to: 32, by: 2) {
                var damaged = whole
                damaged[row + byte] ^= 1 << ((byte * 5 + cell) % 8)
                try damaged.write(to: URL(fileURLWithPath: folder.file("state/journal.sqlite")))
                do {
                    let journal = try JobJournal(in: folder)
                    _ = try? await journal.jobs()
                    _ = try? await journal.recover(at: noon)
                    journal.close()
                } catch {}
                let journal = try reopened(folder, damaged)
                let jobs = try await journal.jobs()
                let found = Set(jobs.compactMap { $0.receipt?.taskID })
                #expect(found == Set((1...12).map { "task-\($0)" }), "cell \(cell), byte \(byte)")
                #expect(Set(jobs.compactMap(\.number)).count == jobs.count, "cell \(cell), byte \(byte)")
                journal.close()
                try clean(folder)
            }
        }
    }

    @Test(
        "Case 73: where only the list of migrations is damaged, the jobs are saved",
        arguments: [nil, "CAST(x'fffe' || rowid AS BLOB)", "REPLACE(identifier, '1', '0')"]
    )
    func migrations(_ name: String?) async throws {
        let folder = try await filled(12)
        let queue = try DatabaseQueue(path: folder.file("state/journal.sqlite"))
        try await queue.write { db in
            try db.execute(
                sql: name.map { "UPDATE grdb_migrations SET identifier = \($0)" } ?? "DELETE FROM grdb_migrations"
            )
        }
        try queue.close()
        let journal = try JobJournal(in: folder)
        #expect(journal.notice?.contains("12 jobs, 12 with their ids, were saved") == true, "\(journal.notice ?? "")")
        #expect(journal.lostJobs(since: UpstreamTime(milliseconds: 0)) == nil)
    }

    @Test("A job whose receipt is lost or cannot be read has the id of its own row")
    func bareReceipt() async throws {
        let folder = try await filled(2)
        let journal = try JobJournal(in: folder)
        try await journal.write { db in
            try db.execute(sql: "UPDATE receipt SET value = '{\"taskID' WHERE job = 1")
            try db.execute(sql: "DELETE FROM receipt WHERE job = 2")
        }
        for job in try await journal.jobs() {
            #expect(job.hasReceipt)
            #expect(job.receipt?.taskID == "task-\(job.id)")
            #expect(job.receipt?.origin == SubmitIntent.sample().origin)
        }
    }

    @Test("A log that ends within a frame, as after a loss of power, is read up to there without a word")
    func tornLog() async throws {
        let folder = try await filled(10, isClosed: false)
        let log = folder.file("state/journal.sqlite-wal")
        let bytes = try Data(contentsOf: URL(fileURLWithPath: log))
        try bytes.dropLast(2_000).write(to: URL(fileURLWithPath: log))
        let journal = try JobJournal(in: folder)
        #expect(journal.notice == nil)
        #expect(try await journal.jobs().count >= 9)
    }

    @Test("Where jobs may be missing that is kept in mind for submits to come, and only there")
    func lost() async throws {
        let folder = try await filled(60)
        let whole = try bytes(folder)
        do {
            let journal = try reopened(folder, whole)
            #expect(journal.notice?.contains("60 jobs, 60 with their ids, were saved") == true)
            #expect(journal.notice?.contains("there may be more") == false)
            #expect(journal.lostJobs(since: UpstreamTime(milliseconds: 0)) == nil)
            journal.close()
        }
        let page = try rootPage(of: "job", folder)
        var damaged = try bytes(folder)
        damaged.replaceSubrange((page - 1) * 4096..<page * 4096, with: Data(repeating: 0xDB, count: 4096))
        let other = try reopened(folder, damaged)
        #expect(other.notice?.contains("there may be more") == true)
        #expect(other.lostJobs(since: UpstreamTime(milliseconds: 0)) != nil)
        let later = UpstreamTime(milliseconds: Int64(Date().timeIntervalSince1970 + 3600) * 1000)
        #expect(other.lostJobs(since: later) == nil)
    }

    private func rootPage(of table: String, _ folder: TemporaryFolder) throws -> Int {
        let queue = try DatabaseQueue(path: folder.file("state/journal.sqlite"))
        defer { try? queue.close() }
        return try queue.read { db in
            try Int.fetchOne(db, sql: "SELECT rootpage FROM sqlite_schema WHERE name = ?", arguments: [table])
        } ?? 0
    }

    @Test("A call that meets the damage says that the next start saves what can be read")
    func met() async throws {
        let folder = try await filled(60)
        let page = try rootPage(of: "job", folder)
        var damaged = try bytes(folder)
        damaged.replaceSubrange((page - 1) * 4096..<page * 4096, with: Data(repeating: 0xDB, count: 4096))
        try damaged.write(to: URL(fileURLWithPath: folder.file("state/journal.sqlite")))
        do {
            let journal = try JobJournal(in: folder)
            let error = await #expect(throws: JournalError.self) { try await journal.jobs() }
            #expect(error?.description.contains("start reel again") == true)
            journal.close()
        }
        #expect(try await JobJournal(in: folder).jobs().count == 60)
    }
}
