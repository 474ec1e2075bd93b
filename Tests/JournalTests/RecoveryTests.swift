import Foundation
import GRDB
import Journal
import Testing
import VideoProviderKit

@Suite("What a restart finds after a kill")
struct RecoveryTests {
    /// The state a process killed after `work` leaves: the rows stand, and its lock is free.
    private func afterKill<Value>(
        _ folder: TemporaryFolder,
        _ work: (JobJournal) async throws -> Value
    ) async throws -> Value {
        let journal = try JobJournal(in: folder)
        defer { journal.close() }
        return try await work(journal)
    }

    private func recover(_ folder: TemporaryFolder) async throws -> (JobJournal, Recovery) {
        let journal = try JobJournal(in: folder)
        return (journal, try await journal.recover(at: noon))
    }

    @Test("case K1: before the intent there is nothing")
    func nothing() async throws {
        let folder = try TemporaryFolder()
        try await afterKill(folder) { _ in }
        let (journal, recovery) = try await recover(folder)
        #expect(recovery.all.isEmpty)
        #expect(try await journal.jobs().isEmpty)
    }

    @Test("case K2: after the intent nothing was sent, and nothing is sent by itself")
    func intended() async throws {
        let folder = try TemporaryFolder()
        let job = try await afterKill(folder) { try await $0.intend() }
        let (journal, recovery) = try await recover(folder)
        #expect(recovery.unsent.map(\.id) == [job])
        #expect(recovery.unsent.first?.state == .unsent)
        #expect(recovery.unsent.first?.fault?.accepted == .no)
        #expect(try await journal.beginSending(job, at: noon) == nil)
    }

    @Test("case K3: a held submit is unsent, its draft at hand")
    func held() async throws {
        let folder = try TemporaryFolder()
        _ = try await afterKill(folder) { try await $0.submit(.held(Fault(.network, "x")), .sample("the draft")) }
        let (_, recovery) = try await recover(folder)
        #expect(recovery.unsent.map(\.draft) == ["the draft"])
        #expect(recovery.unsent.map(\.state) == [.unsent])
    }

    @Test("case K4-K7: after sending it may be billed: unconfirmed, with a number")
    func sending() async throws {
        let folder = try TemporaryFolder()
        let job = try await afterKill(folder) { journal in
            let job = try await journal.intend()
            _ = try await journal.beginSending(job, at: noon)
            return job
        }
        let (journal, recovery) = try await recover(folder)
        #expect(recovery.unconfirmed.map(\.id) == [job])
        #expect(recovery.unconfirmed.map(\.number) == [1])
        #expect(recovery.unconfirmed.first?.fault?.kind == .unconfirmed)
        #expect(recovery.unconfirmed.first?.fault?.charged == .unknown)
        #expect(try await journal.beginSending(job, at: noon) == nil)
    }

    @Test("case K8, K9: after the receipt polling goes on from the last snapshot")
    func submitted() async throws {
        let folder = try TemporaryFolder()
        let job = try await afterKill(folder) { try await $0.submit() }
        let (journal, recovery) = try await recover(folder)
        #expect(recovery.resumed.map(\.id) == [job.id])
        #expect(recovery.resumed.first?.receipt == job.receipt)
        #expect(recovery.resumed.first?.owner == journal.processID)
    }

    @Test("a job that only a cassette had no answer for is asked about again by the next process")
    func notRecorded() async throws {
        let folder = try TemporaryFolder()
        try await afterKill(folder) { journal in
            let job = try await journal.submit()
            try await journal.update(job.id, PollResult(polling: .paused(.notRecorded)), at: noon)
            let other = try await journal.submit()
            try await journal.update(other.id, PollResult(polling: .paused(.user)), at: noon)
        }
        let (_, recovery) = try await recover(folder)
        #expect(recovery.resumed.map(\.polling) == [.active, .paused(.user)])
    }

    @Test("case K10, K11: a film that is not saved is still to be fetched")
    func unfetched() async throws {
        let folder = try TemporaryFolder()
        let job = try await afterKill(folder) { journal in
            let snapshot = Snapshot(
                phase: .succeeded,
                assets: [Asset(kind: .video, source: .remote("https://a.test/1"))]
            )
            let job = try await journal.submit(.accepted(Receipt(taskID: "t"), snapshot))
            let asset = try #require(try await journal.assets(job: job.id).first)
            try await journal.assetLoading(asset, part: "/f/.part", path: "", validator: "\"v\"")
            return job
        }
        let (journal, _) = try await recover(folder)
        #expect(try await journal.unfetchedJobs(at: noon).map(\.id) == [job.id])
        #expect(try await journal.assets(job: job.id).first?.validator == "\"v\"")
    }

    @Test("Terminal jobs are left alone")
    func terminal() async throws {
        let folder = try TemporaryFolder()
        try await afterKill(folder) { journal in
            try await journal.submit(.rejected(Fault(.auth, "x")))
            try await journal.submit(.accepted(Receipt(taskID: "t"), Snapshot(phase: .failed)))
        }
        let (_, recovery) = try await recover(folder)
        #expect(recovery.all.isEmpty)
    }

    @Test("One command settles what was being sent and leaves the polling to others")
    func oneCommand() async throws {
        let folder = try TemporaryFolder()
        let running = try await afterKill(folder) { journal in
            let sending = try await journal.intend()
            _ = try await journal.beginSending(sending, at: noon)
            return try await journal.submit()
        }
        let journal = try JobJournal(in: folder)
        let recovery = try await journal.recover(at: noon, takesOver: false)
        #expect(recovery.resumed.isEmpty)
        #expect(Set(try await journal.jobs().map(\.state)) == [.submitUnknown, running.state])
        #expect(try await journal.job(id: running.id)?.owner != journal.processID)
    }

    @Test("Jobs of a living process are not touched")
    func livingOwner() async throws {
        let folder = try TemporaryFolder()
        let living = try JobJournal(in: folder)
        let job = try await living.submit()
        let sending = try await living.intend()
        _ = try await living.beginSending(sending, at: noon)
        let (_, recovery) = try await recover(folder)
        #expect(recovery.foreign.map(\.id) == [job.id, sending])
        #expect(recovery.unconfirmed.isEmpty)
        #expect(try await living.job(id: sending)?.state == .sending)
    }

    @Test("A lock file that nobody holds proves its process dead, as after kill -9")
    func staleLockFile() async throws {
        let folder = try TemporaryFolder()
        let journal = try JobJournal(in: folder)
        let stale = folder.file("state/procs/stale1")
        #expect(FileManager.default.createFile(atPath: stale, contents: nil))
        let job = try await journal.submit()
        try await journal.write { db in
            try db.execute(sql: "INSERT INTO process (id, lockFile, startedAt) VALUES (99, ?, 0)", arguments: [stale])
            try db.execute(sql: "UPDATE job SET owner = 99")
        }
        let recovery = try await journal.recover(at: noon)
        #expect(recovery.resumed.map(\.id) == [job.id])
        #expect(!FileManager.default.fileExists(atPath: stale))
        let left = try await journal.read { try Int.fetchAll($0, sql: "SELECT id FROM process") }
        #expect(left == [Int(journal.processID)])
    }

    @Test("A take-over counts an epoch")
    func epoch() async throws {
        let folder = try TemporaryFolder()
        let job = try await afterKill(folder) { try await $0.submit() }
        let (journal, _) = try await recover(folder)
        let epoch = try await journal.read { db in
            try Int.fetchOne(db, sql: "SELECT epoch FROM job WHERE id = ?", arguments: [job.id])
        }
        #expect(epoch == 1)
    }

    @Test("Everything committed before a kill is there, although the log was never folded in")
    func writeAheadLog() async throws {
        let folder = try TemporaryFolder()
        let journal = try JobJournal(in: folder)
        for index in 0..<20 {
            try await journal.submit(.accepted(Receipt(taskID: "t\(index)"), Snapshot(phase: .queued)))
        }
        // The files as they are now are what a kill leaves behind.
        let copy = try TemporaryFolder()
        try FileManager.default.copyItem(atPath: folder.file("state"), toPath: copy.file("state"))
        let (reopened, recovery) = try await recover(copy)
        #expect(recovery.foreign.count + recovery.resumed.count == 20)
        #expect(try await reopened.jobs().map { $0.receipt?.taskID } == (0..<20).map { "t\($0)" })
    }

    @Test(
        "case 70: a log cut anywhere opens with the commits before the cut",
        arguments: Array(stride(from: 0, through: 100, by: 4))
    )
    func cutLog(_ percent: Int) async throws {
        let folder = try TemporaryFolder()
        let journal = try JobJournal(in: folder)
        for index in 0..<6 {
            try await journal.submit(.accepted(Receipt(taskID: "t\(index)"), Snapshot(phase: .queued)))
        }
        let copy = try TemporaryFolder()
        try FileManager.default.copyItem(atPath: folder.file("state"), toPath: copy.file("state"))
        try? FileManager.default.removeItem(atPath: copy.file("state/journal.sqlite-shm"))
        let log = copy.file("state/journal.sqlite-wal")
        let bytes = try #require(FileManager.default.contents(atPath: log))
        try bytes.prefix(bytes.count * percent / 100).write(to: URL(fileURLWithPath: log))
        let reopened = try JobJournal(in: copy)
        // The last of them may have been cut between its intent and its receipt.
        let jobs = try await reopened.jobs()
        let ids = jobs.compactMap { $0.receipt?.taskID }
        #expect(ids == (0..<ids.count).map { "t\($0)" })
        #expect(jobs.dropFirst(ids.count).count <= 1 && jobs.dropFirst(ids.count).allSatisfy { !$0.state.isPolled })
        if percent == 100 { #expect(ids.count == 6) }
    }
}

extension Recovery {
    var all: [JobRecord] { unsent + unconfirmed + resumed + foreign }
}
