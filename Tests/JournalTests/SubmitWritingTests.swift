import GRDB
import Journal
import Testing
import VideoProviderKit

@Suite("Submits in the journal")
struct SubmitWritingTests {
    private func store(
        _ journal: JobJournal,
        _ intent: SubmitIntent = .sample(),
        recent: Int64 = 0,
        at now: Int64 = 1_000
    )
        async throws -> IntentOutcome
    {
        try await journal.store(
            intent,
            allowEqual: false,
            recent: UpstreamTime(milliseconds: recent),
            at: UpstreamTime(milliseconds: now)
        )
    }

    private func isEqual(_ outcome: IntentOutcome) -> Bool { if case .equal = outcome { true } else { false } }

    @Test("case 23: of two processes with an equal draft one stores it, and the other is told which")
    func twoProcesses() async throws {
        let folder = try TemporaryFolder()
        let first = try JobJournal(in: folder)
        let second = try JobJournal(in: folder)
        guard case .stored(let job) = try await store(first) else { throw JobJournal.Unexpected() }
        guard case .equal(let other) = try await store(second) else { throw JobJournal.Unexpected() }
        #expect(other.id == job)
    }

    @Test("case 23: of many equal drafts at once one is stored")
    func manyAtOnce() async throws {
        let folder = try TemporaryFolder()
        let journals = [try JobJournal(in: folder), try JobJournal(in: folder)]
        let stored = try await withThrowingTaskGroup(of: Bool.self) { group in
            for index in 0..<40 { group.addTask { !isEqual(try await store(journals[index % 2])) } }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(stored == 1)
    }

    @Test("An equal draft is found in every state in which it may still be sent or billed")
    func openStates() async throws {
        let journal = try JobJournal.inMemory()
        _ = try await journal.intend()
        #expect(isEqual(try await store(journal)))
        for end in [SubmitEnd.held(Fault(.network, "x")), .unknown(Fault(.unconfirmed, "x"))] {
            let journal = try JobJournal.inMemory()
            try await journal.submit(end)
            #expect(isEqual(try await store(journal)))
        }
    }

    @Test("An equal draft that was refused or never sent does not count")
    func closedStates() async throws {
        for end in [SubmitEnd.rejected(Fault(.auth, "x")), .unsent(Fault(.network, "x"))] {
            let journal = try JobJournal.inMemory()
            try await journal.submit(end)
            #expect(!isEqual(try await store(journal)))
        }
    }

    @Test("An equal draft that was accepted counts for a while only")
    func recentlyAccepted() async throws {
        let journal = try JobJournal.inMemory()
        try await journal.submit(at: 20_000)
        #expect(isEqual(try await store(journal, recent: 20_000, at: 30_000)))
        #expect(!isEqual(try await store(journal, recent: 20_001, at: 30_001)))
    }

    @Test("A user who confirms sends an equal draft all the same; another draft is nobody's equal")
    func allowed() async throws {
        let journal = try JobJournal.inMemory()
        let first = try await journal.intend()
        let second = try await journal.intend()
        #expect(first != second)
        #expect(!isEqual(try await store(journal, .sample(hash: [9]))))
    }

    @Test("From intended to sending only one gets through")
    func compareAndSwap() async throws {
        let journal = try JobJournal.inMemory()
        let job = try await journal.intend()
        let attempts = try await withThrowingTaskGroup(of: Int?.self) { group in
            for _ in 0..<20 { group.addTask { try await journal.beginSending(job, at: noon) } }
            return try await group.reduce(into: [Int?]()) { $0.append($1) }
        }
        #expect(attempts.compactMap(\.self) == [1])
    }

    @Test("Another process does not send what is not its own")
    func foreignJob() async throws {
        let folder = try TemporaryFolder()
        let first = try JobJournal(in: folder)
        let second = try JobJournal(in: folder)
        let job = try await first.intend()
        #expect(try await second.beginSending(job, at: noon) == nil)
        #expect(try await first.beginSending(job, at: noon) == 1)
    }

    @Test("A held job is sent again as the next attempt")
    func nextAttempt() async throws {
        let journal = try JobJournal.inMemory()
        let job = try await journal.submit(.held(Fault(.network, "refused")))
        #expect(job.state == .held)
        #expect(job.number == 1)
        #expect(try await journal.beginSending(job.id, at: noon) == 2)
    }

    @Test(
        "Each end has its state; a number stays unless nothing was accepted",
        arguments: [
            (SubmitEnd.sample, JobState.queued, true), (.rejected(Fault(.auth, "x")), .rejected, false),
            (.unsent(Fault(.network, "x")), .unsent, false), (.held(Fault(.network, "x")), .held, true),
            (.unknown(Fault(.unconfirmed, "x")), .submitUnknown, true),
            (.accepted(Receipt(taskID: "t"), Snapshot(phase: .unknown("new"))), .submitted, true),
        ]
    )
    func ends(_ end: SubmitEnd, _ state: JobState, _ hasNumber: Bool) async throws {
        let job = try await JobJournal.inMemory().submit(end)
        #expect(job.state == state)
        #expect((job.number != nil) == hasNumber)
    }

    @Test("A submit under way has a number that others see, and gives it back when nothing was accepted")
    func numberWhileSending() async throws {
        let folder = try TemporaryFolder()
        let (first, second) = (try JobJournal(in: folder), try JobJournal(in: folder))
        let job = try await first.intend()
        #expect(try await second.jobs().map(\.name) == ["j1"])
        #expect(try await second.jobs().map(\.state) == [.intended])
        guard case .equal(let equal) = try await store(second) else { throw JobJournal.Unexpected() }
        #expect(equal.name == "j1")
        try await first.giveUp(job, Fault(.network, "x"), at: noon)
        #expect(try await second.jobs().isEmpty)
        #expect(try await second.submit().name == "j1")
    }

    @Test("case 32: a success in the answer to the submit ends nothing while it names no film")
    func emptySuccess() async throws {
        let journal = try JobJournal.inMemory()
        let job = try await journal.submit(
            .accepted(Receipt(taskID: "t"), Snapshot(phase: .succeeded, word: "success"))
        )
        #expect(job.state == .submitted)
    }

    @Test("Exchange, verdict, receipt and number are one commit: without the receipt none of them stands")
    func oneCommit() async throws {
        let journal = try JobJournal.inMemory()
        try await journal.write { db in
            try db.execute(sql: "CREATE TRIGGER no BEFORE INSERT ON receipt BEGIN SELECT RAISE(ABORT, 'no'); END")
        }
        await #expect(throws: JournalError.self) { try await journal.submit() }
        let counts = try await journal.read { db in
            try [
                "exchange", "attempt WHERE verdict IS NULL", "job WHERE state = 'sending' AND taskID IS NULL",
            ].map { try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM \($0)") }
        }
        #expect(counts == [0, 1, 1])
    }

    @Test("Adopting settles an unconfirmed job, or makes one")
    func adopt() async throws {
        let journal = try JobJournal.inMemory()
        let unknown = try await journal.submit(.unknown(Fault(.unconfirmed, "x")))
        let settled = try await journal.adopt(
            .sample(),
            as: unknown.id,
            receipt: Receipt(taskID: "t7"),
            snapshot: Snapshot(phase: .running),
            exchange: .sample(),
            lifetime: nil,
            at: noon
        )
        #expect(settled.job.number == unknown.number)
        #expect(settled.job.state == .running)
        #expect(settled.job.fault == nil)
        let made = try await journal.adopt(
            .sample(),
            as: nil,
            receipt: Receipt(taskID: "t8"),
            snapshot: Snapshot(phase: .queued),
            exchange: .sample(),
            lifetime: nil,
            at: noon
        )
        #expect(made.job.number == 2)
        #expect(made.job.receipt?.taskID == "t8")
    }
}
