import GRDB
import Journal
import Testing
import VideoProviderKit

@Suite("Writes that share a commit")
struct GroupCommitTests {
    @Test("Of two hundred writes at once one fails, and the others are on the disk")
    func neighbours() async throws {
        let folder = try TemporaryFolder()
        let journal = try JobJournal(in: folder)
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for index in 0..<200 {
                group.addTask {
                    do {
                        _ = try await journal.write { db in
                            _ = try journal.insert(.sample(body: "body \(index)"), db)
                            if index == 100 { try db.execute(sql: "INSERT INTO nowhere VALUES (1)") }
                        }
                        return true
                    } catch {
                        return false
                    }
                }
            }
            return await group.reduce(into: [Bool]()) { $0.append($1) }
        }
        #expect(outcomes.filter(\.self).count == 199)
        let other = try JobJournal(in: folder)
        #expect(try await other.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM exchange") } == 199)
        #expect(try await other.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM body") } == 199)
    }

    @Test("A write that fails says why and leaves nothing behind")
    func failure() async throws {
        let journal = try JobJournal.inMemory()
        let error = await #expect(throws: JournalError.self) {
            try await journal.write { db in
                _ = try journal.insert(.sample(), db)
                try db.execute(sql: "INSERT INTO nowhere VALUES (1)")
            }
        }
        #expect(error?.code == .failed)
        #expect(error?.underlying.contains("nowhere") == true)
        #expect(try await journal.lastExchange() == nil)
    }

    @Test("A write that comes after the end is an error, not the end of the process")
    func closed() async throws {
        let folder = try TemporaryFolder()
        let journal = try JobJournal(in: folder)
        journal.close()
        let error = await #expect(throws: JournalError.self) {
            _ = try await journal.write { db in try journal.insert(.sample(), db) }
        }
        #expect(error?.underlying == "the journal is closed")
    }

    @Test("Writes that come while it closes are stored or refused")
    func closing() async throws {
        for _ in 0..<20 {
            let journal = try JobJournal(in: TemporaryFolder())
            await withTaskGroup { group in
                for _ in 0..<20 { group.addTask { _ = try? await journal.write { try journal.insert(.sample(), $0) } } }
                group.addTask { journal.close() }
            }
        }
    }

    @Test("What a write returned is visible to the next read, here and in another process")
    func visible() async throws {
        let folder = try TemporaryFolder()
        let journal = try JobJournal(in: folder)
        let other = try JobJournal(in: folder)
        for _ in 0..<20 {
            let number = try await journal.append(.sample())
            #expect(try await other.lastExchange() == number)
        }
    }

    @Test("Two processes that write at the same time lose nothing")
    func twoProcesses() async throws {
        let folder = try TemporaryFolder()
        let journals = [try JobJournal(in: folder), try JobJournal(in: folder)]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<100 {
                group.addTask { _ = try await journals[index % 2].append(.sample(body: "\(index)")) }
            }
            try await group.waitForAll()
        }
        #expect(try await journals[0].lastExchange() == 100)
    }

    @Test("Numbers of jobs are given once each, whoever submits")
    func numbers() async throws {
        let folder = try TemporaryFolder()
        let journals = [try JobJournal(in: folder), try JobJournal(in: folder)]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<40 { group.addTask { try await journals[index % 2].submit() } }
            try await group.waitForAll()
        }
        #expect(try await journals[0].jobs().map(\.number) == (1...40).map { $0 })
    }
}
