import GRDB
import Journal
import LosslessJSON
import Testing
import VideoProviderKit

@Suite("What the journal stores comes back")
struct StoringTests {
    @Test("A job, from the intent on")
    func intent() async throws {
        let journal = try JobJournal.inMemory()
        let id = try await journal.intend(at: 1_234)
        let job = try #require(try await journal.job(id: id))
        #expect(job.state == .intended)
        #expect(job.name == "j1")
        #expect(job.provider == "siliconflow")
        #expect(job.instance == "siliconflow@work")
        #expect(job.baseURL == "https://vendor.test/v1")
        #expect(job.account == "a1b2c3d4")
        #expect(job.model == "wan")
        #expect(job.draft == #"{"values":{}}"#)
        #expect(job.tag == "reel-tag")
        #expect(job.note == "a note")
        #expect(job.createdAt == UpstreamTime(milliseconds: 1_234))
        #expect(job.owner == journal.processID)
        #expect(try await journal.jobs().map(\.id) == [id])
    }

    @Test("A receipt with its number, its time and the task's id")
    func receipt() async throws {
        let journal = try JobJournal.inMemory()
        let job = try await journal.submit()
        #expect(job.state == .queued)
        #expect(job.number == 1)
        #expect(job.receipt == Receipt(taskID: "task-1", values: ["form": "unified"]))
        #expect(job.submittedAt == UpstreamTime(milliseconds: 2_000))
        #expect(try await journal.job(number: 1) == job)
        #expect(try await journal.jobs(taskPrefix: "task") == [job])
        #expect(try await journal.jobs(taskPrefix: "ask").isEmpty)
        #expect(try await journal.currentJob() == job)
    }

    @Test("An exchange to the last field, its body segments and trace ids")
    func exchange() async throws {
        let journal = try JobJournal.inMemory()
        var record = ExchangeRecord.sample(body: #"{"a":1.0}"#)
        record.requestBody = [
            StoredSegment(bytes: Array("{\"image\":\"".utf8)), StoredSegment(bytes: [1, 2, 3], coding: .base64),
            StoredSegment(bytes: Array("\"}".utf8)),
        ]
        record.httpVersion = "HTTP/2"
        record.replyHead = Array("HTTP/2 200\r\nx: \u{1B}[31m\r\n\r\n".utf8)
        record.timing.dns = .microseconds(1)
        record.timing.connect = .microseconds(2)
        record.timing.tls = .microseconds(3)
        record.timing.send = .microseconds(4)
        record.timing.ttfb = .microseconds(5)
        record.timing.receive = .microseconds(6)
        record.timing.total = .seconds(21)
        record.remote = "[::1]:443"
        record.isReused = true
        record.tlsVersion = "TLSv1.3"
        record.bytesSent = 1 << 33
        record.bytesReceived = 77
        record.failurePhase = "receiving"
        record.failureText = "cut"
        record.fault = Fault(.network, "cut", code: "7")
        record.traceIDs = [TraceID(name: "a-trace", value: "t1"), TraceID(name: "b-trace", value: "t2")]
        record.number = try await journal.append(record)
        #expect(try await journal.exchange(record.number) == record)
        #expect(try await journal.lastExchange() == record.number)
        #expect(try await journal.bodySizes([record.number]) == [record.number: 9])
    }

    @Test("An exchange without an answer has no reply body, not an empty one")
    func noReply() async throws {
        let journal = try JobJournal.inMemory()
        var record = ExchangeRecord.sample()
        record.status = nil
        record.replyBody = nil
        let none = try await journal.append(record)
        record.replyBody = []
        let empty = try await journal.append(record)
        #expect(try await journal.exchange(none)?.replyBody == nil)
        #expect(try await journal.exchange(empty)?.replyBody == [])
    }

    @Test("A body is kept once for all exchanges that share it")
    func bodyOnce() async throws {
        let journal = try JobJournal.inMemory()
        var record = ExchangeRecord.sample(body: "shared")
        record.requestBody = [StoredSegment(bytes: Array("shared".utf8)), StoredSegment(bytes: [9], coding: .base64)]
        for _ in 0..<5 { _ = try await journal.append(record) }
        let bodies = try await journal.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM body") }
        #expect(bodies == 2)
    }

    @Test("A snapshot counts equal polls and begins anew with a change")
    func snapshots() async throws {
        let journal = try JobJournal.inMemory()
        let job = try await journal.submit()
        var snapshot = Snapshot(phase: .running, word: "InProgress")
        snapshot.queuePosition = 3
        snapshot.facts.seed = 7
        for second in 1...3 {
            _ = try await journal.record(
                PollResult(snapshot: snapshot, state: .running),
                for: job.id,
                exchange: .sample(job: job.id),
                lifetime: nil,
                at: UpstreamTime(milliseconds: Int64(second) * 1_000)
            )
        }
        snapshot.progress = Progress(asWritten: "50%", path: ".", fraction: 0.5)
        let last = try await journal.record(
            PollResult(snapshot: snapshot),
            for: job.id,
            exchange: .sample(job: job.id),
            lifetime: nil,
            at: noon
        )
        let records = try await journal.snapshots(job: job.id)
        #expect(records.map(\.phase) == ["queued", "running", "running"])
        #expect(records.map(\.count) == [1, 3, 1])
        #expect(records[1].exchanges == (last - 3)...(last - 1))
        #expect(records[1].times == UpstreamTime(milliseconds: 1_000)...UpstreamTime(milliseconds: 3_000))
        #expect(records[2].progressText == "50%")
        let now = try #require(try await journal.job(id: job.id))
        #expect(now.word == "InProgress")
        #expect(now.progress == 0.5)
        #expect(now.queuePosition == 3)
        #expect(now.facts.seed == 7)
        #expect(now.startedAt == UpstreamTime(milliseconds: 1_000))
    }

    @Test("What a snapshot carries goes into the receipt")
    func carry() async throws {
        let journal = try JobJournal.inMemory()
        let job = try await journal.submit()
        var snapshot = Snapshot(phase: .running)
        snapshot.carry = ["file": "f1", "form": "changed"]
        _ = try await journal.record(
            PollResult(snapshot: snapshot),
            for: job.id,
            exchange: .sample(),
            lifetime: nil,
            at: noon
        )
        #expect(try await journal.job(id: job.id)?.receipt?.values == ["file": "f1", "form": "changed"])
    }

    @Test("An asset through its life: known, loading, finalising, saved")
    func asset() async throws {
        let journal = try JobJournal.inMemory()
        let job = try await journal.submit()
        try await succeed(job, journal, link: "https://a.test/1", at: 10_000)
        let known = try #require(try await journal.assets(job: job.id).first)
        #expect(known.state == .known)
        #expect(known.asset == Asset(kind: .video, source: .remote("https://a.test/1")))
        #expect(known.seenAt == UpstreamTime(milliseconds: 10_000))
        #expect(known.expiresAt == UpstreamTime(milliseconds: 610_000))
        try await journal.assetLoading(known, part: "/f/.part", path: "/f/j1.mp4", validator: "\"v\"")
        let loading = try #require(try await journal.assets(job: job.id).first)
        #expect(loading.state == .loading)
        #expect(loading.part == "/f/.part")
        #expect(loading.validator == "\"v\"")
        try await journal.assetFinalising(loading, path: "/f/j1.mp4", size: 12, sha256: [1, 2])
        let finalising = try #require(try await journal.assets(job: job.id).first)
        #expect(finalising.state == .finalising)
        #expect(finalising.size == 12)
        #expect(finalising.sha256 == [1, 2])
        #expect(try await journal.unfetchedJobs(at: UpstreamTime(milliseconds: 20_000)).map(\.id) == [job.id])
        try await journal.assetSaved(finalising)
        let saved = try #require(try await journal.assets(job: job.id).first)
        #expect(saved.state == .saved)
        #expect(saved.path == "/f/j1.mp4")
        #expect(saved.part == nil)
        #expect(try await journal.unfetchedJobs(at: UpstreamTime(milliseconds: 20_000)).isEmpty)
    }

    @Test("An equal link keeps its life, a fresh one starts a new one and wakes an expired asset")
    func freshLink() async throws {
        let journal = try JobJournal.inMemory()
        let job = try await journal.submit()
        try await succeed(job, journal, link: "https://a.test/1", at: 10_000)
        try await succeed(job, journal, link: "https://a.test/1", at: 300_000)
        let first = try #require(try await journal.assets(job: job.id).first)
        #expect(first.expiresAt == UpstreamTime(milliseconds: 610_000))
        try await journal.assetExpired(first)
        try await succeed(job, journal, link: "https://a.test/2", at: 400_000)
        let fresh = try #require(try await journal.assets(job: job.id).first)
        #expect(fresh.state == .known)
        #expect(fresh.expiresAt == UpstreamTime(milliseconds: 1_000_000))
    }

    @Test("The vendor's own expiry counts when it is earlier")
    func vendorExpiry() async throws {
        let journal = try JobJournal.inMemory()
        let job = try await journal.submit()
        var snapshot = Snapshot(phase: .succeeded, assets: [Asset(kind: .video, source: .remote("https://a.test/1"))])
        snapshot.facts.expiresAt = UpstreamTime(milliseconds: 60_000)
        _ = try await journal.record(
            PollResult(snapshot: snapshot, state: .succeeded),
            for: job.id,
            exchange: .sample(),
            lifetime: .seconds(600),
            at: UpstreamTime(milliseconds: 10_000)
        )
        #expect(try await journal.assets(job: job.id).first?.expiresAt == UpstreamTime(milliseconds: 60_000))
    }

    @Test("Every state and reason to pause survives its spelling", arguments: JobState.allCases)
    func states(_ state: JobState) async throws {
        let journal = try JobJournal.inMemory()
        let job = try await journal.submit()
        for polling in [
            Polling.active, .paused(.user), .paused(.credentials), .paused(.certificate), .paused(.repeatedFault),
            .paused(.horizon),
        ] {
            try await journal.update(job.id, PollResult(state: state, polling: polling), at: noon)
            let stored = try #require(try await journal.job(id: job.id))
            #expect(stored.state == state)
            #expect(stored.polling == polling)
            #expect((stored.finishedAt != nil) == state.isTerminal)
        }
    }

    @Test(
        "A film keeps its number when its link is signed anew, in whatever order the films are listed",
        arguments: [
            (["b?2", "a?2"], ["a?2", "b?2"]), (["a?2", "b?2"], ["a?2", "b?2"]), (["b?2", "c?1"], ["c?1", "b?2"]),
            (["c?1", "d?1"], ["c?1", "d?1"]), (["c?1", "b?2", "a?2"], ["a?2", "b?2", "c?1"]),
            (["b?2"], ["a?1", "b?2"]),
        ]
    )
    func numbers(_ listed: [String], _ stored: [String]) async throws {
        let journal = try JobJournal.inMemory()
        let job = try await journal.submit()
        try await succeed(job, journal, links: ["https://s.test/a?1", "https://s.test/b?1"], at: 10_000)
        try await succeed(job, journal, links: listed.map { "https://s.test/\($0)" }, at: 20_000)
        let sources = try await journal.assets(job: job.id).map(\.asset.source)
        #expect(sources == stored.map { .remote("https://s.test/\($0)") })
    }

    private func succeed(_ job: JobRecord, _ journal: JobJournal, link: String, at time: Int64) async throws {
        try await succeed(job, journal, links: [link], at: time)
    }

    private func succeed(_ job: JobRecord, _ journal: JobJournal, links: [String], at time: Int64) async throws {
        let snapshot = Snapshot(
            phase: .succeeded,
            assets: links.map { Asset(kind: .video, source: .remote($0)) }
        )
        _ = try await journal.record(
            PollResult(snapshot: snapshot, state: .succeeded),
            for: job.id,
            exchange: .sample(job: job.id),
            lifetime: .seconds(600),
            at: UpstreamTime(milliseconds: time)
        )
    }
}
