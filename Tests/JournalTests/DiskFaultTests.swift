import Foundation
import GRDB
import GRDBSQLite
import Journal
import TestSupport
import Testing
import VideoProviderKit

@Suite("A disk that fails")
struct DiskFaultTests {
    init() { FaultyDisk.prepare() }

    /// A whole submit as the engine stores it; returns what was promised to be on the disk before it broke off.
    private func work(_ journal: JobJournal) async -> (sent: [Int64], receipts: [Int64: String]) {
        var sent: [Int64] = []
        var receipts: [Int64: String] = [:]
        do {
            for index in 0..<2 {
                let job = try await journal.intend(.sample("{\"n\":\(index)}", hash: [UInt8(index)]))
                guard let attempt = try await journal.beginSending(job, at: noon) else { break }
                // Here the request leaves.
                sent.append(job)
                let end = SubmitEnd.accepted(Receipt(taskID: "t\(index)"), Snapshot(phase: .queued))
                _ = try await journal.finishAttempt(
                    job,
                    attempt: attempt,
                    exchange: .sample(.submit, job: job, body: "{\"id\":\"t\(index)\"}"),
                    end: end,
                    lifetime: nil,
                    at: noon
                )
                receipts[job] = "t\(index)"
            }
        } catch {}
        return (sent, receipts)
    }

    /// What a restart must find after the disk failed: every request that left is known or unconfirmed, every receipt that was
    /// announced is there, none was invented.
    private func check(_ folder: TemporaryFolder, _ sent: [Int64], _ receipts: [Int64: String]) async throws {
        let journal = try JobJournal(in: folder)
        #expect(journal.notice == nil)
        // Its lock may be held for a moment longer than its process lived.
        let ownID = journal.processID
        try await journal.write { db in
            try db.execute(sql: "UPDATE process SET lockFile = '' WHERE id != ?", arguments: [ownID])
        }
        let recovery = try await journal.recover(at: noon)
        let known = Set((recovery.resumed + recovery.unconfirmed).map(\.id))
        for job in sent { #expect(known.contains(job), "job \(job) was sent and is not known") }
        for (job, id) in receipts { #expect(try await journal.job(id: job)?.receipt?.taskID == id) }
        let intact = try await journal.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") }
        #expect(intact == "ok")
    }

    private func trial(
        _ failsAt: Int,
        _ code: Int32,
        stays: Bool,
        onlySyncs: Bool = false
    ) async throws -> (count: Int, sent: Int) {
        let folder = try TemporaryFolder()
        var disk: FaultyDisk?
        var result: (sent: [Int64], receipts: [Int64: String])
        do {
            let journal = try JobJournal(in: folder)
            disk = FaultyDisk(folder.file("state"), failsAt: failsAt, code: code, stays: stays, onlySyncs: onlySyncs)
            result = await work(journal)
            // As killed there: nothing is folded in or tidied up.
        }
        let count = disk?.count ?? 0
        disk?.heal()
        disk = nil
        try await check(folder, result.sent, result.receipts)
        return (count, result.sent.count)
    }

    @Test(
        "Case 71: EIO, ENOSPC or a failed fsync at each write is as if killed there",
        arguments: [
            (ioWriteError, false, true), (SQLITE_FULL, false, false), (ioSyncError, true, true),
            (ioSyncError, true, false),
        ] as [(Int32, Bool, Bool)]
    )
    func eachWrite(_ code: Int32, _ onlySyncs: Bool, _ stays: Bool) async throws {
        let whole = try await trial(.max, code, stays: true, onlySyncs: onlySyncs)
        #expect(whole.sent == 2)
        #expect(whole.count >= 6)
        for failsAt in 1...whole.count { _ = try await trial(failsAt, code, stays: stays, onlySyncs: onlySyncs) }
    }

    @Test("Each commit is synced before it is told")
    func synced() async throws {
        let folder = try TemporaryFolder()
        let journal = try JobJournal(in: folder)
        let disk = FaultyDisk(folder.file("state"), failsAt: .max, onlySyncs: true)
        for index in 1...5 {
            _ = try await journal.intend()
            #expect(disk.count >= index)
        }
    }

    @Test("Case 71: a write that failed is said to have failed, and the next one goes through")
    func goesOn() async throws {
        let folder = try TemporaryFolder()
        let journal = try JobJournal(in: folder)
        let disk = FaultyDisk(folder.file("state"), failsAt: 1, code: SQLITE_FULL, stays: true)
        let error = await #expect(throws: JournalError.self) { try await journal.intend() }
        #expect(error?.code == .diskFull)
        disk.heal()
        _ = try await journal.intend()
    }

    @Test("Case 27: the reserve gives back a mebibyte once, and is made again when there is room")
    func reserve() async throws {
        let folder = try TemporaryFolder()
        let journal = try JobJournal(in: folder)
        let path = folder.file("state/reserve")
        #expect(FileManager.default.contents(atPath: path)?.count == 1 << 20)
        #expect(try folder.mode("state/reserve") == 0o600)
        #expect(journal.spendReserve())
        #expect(!FileManager.default.fileExists(atPath: path))
        #expect(!journal.spendReserve())
        journal.restoreReserve()
        #expect(FileManager.default.contents(atPath: path)?.count == 1 << 20)
    }

    /// A journal as the reel before this one left it.
    private func old(_ folder: TemporaryFolder) async throws {
        let journal = try JobJournal(in: folder)
        for index in 0..<3 {
            try await journal.submit(.accepted(Receipt(taskID: "t\(index)"), Snapshot(phase: .queued)))
        }
        try await journal.write { db in
            try db.execute(sql: OldJournal.sql)
        }
        journal.close()
    }

    @Test("Case 75: a migration killed at each of its writes opens afterwards, with nothing lost")
    func killedMigration() async throws {
        var failsAt = 1
        while true {
            let folder = try TemporaryFolder()
            try await old(folder)
            let disk = FaultyDisk(folder.file("state/journal.sqlite"), failsAt: failsAt)
            let opened = try? JobJournal(in: folder)
            let isThrough = disk.count < failsAt
            disk.heal()
            // A write that fails for want of space is tried once more with the reserve.
            #expect(opened != nil || !isThrough, "at write \(failsAt)")
            let journal = try opened ?? JobJournal(in: folder)
            #expect(try await journal.jobs().map { $0.receipt?.taskID } == ["t0", "t1", "t2"])
            #expect(try await journal.recover(at: noon).resumed.count == 3)
            guard !isThrough else { break }
            failsAt += 1
        }
        #expect(failsAt > 3)
    }

    @Test("Case 75: before a migration the journal is copied, readable by its owner alone")
    func copied() async throws {
        let folder = try TemporaryFolder()
        try await old(folder)
        _ = try JobJournal(in: folder)
        #expect(try folder.mode("state/journal.before-3") == 0o600)
        let copy = try DatabaseQueue(path: folder.file("state/journal.before-3"))
        let receipts = try await copy.read { db in try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM receipt") }
        #expect(receipts == 3)
    }
}
