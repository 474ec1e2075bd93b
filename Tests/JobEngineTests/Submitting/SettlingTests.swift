import GRDB
import JobEngine
import Journal
import Synchronization
import Testing
import Transport
import VideoProviderKit
import Xiexus

@Suite("Settling a submit that got no clear answer, without sending again")
struct SettlingTests {
    private let body = Array(#"{"requestId":"task-1","x":[1,2]}"#.utf8)

    @Test("Case 12: a 200 cut at any byte is submitted if the id had come whole and one poll knows it")
    func cutAnywhere() async throws {
        let end = try #require(body.firstRange(of: Array("task-1\"".utf8))?.upperBound)
        for count in 0...body.count {
            let shop = try Workshop()
            shop.network.script("/submit", .cut(Array(body.prefix(count))), Sample.submitted("second"))
            shop.network.script("/status", Sample.status("InProgress"))
            let report = await shop.engine.submit(Sample.draft, to: shop.instance)
            #expect(report.end.name == (count >= end ? "submitted" : "unconfirmed"), "\(count) bytes")
            #expect(shop.network.sent(to: "/submit").count == 1)
            if count >= end {
                #expect(report.end.job?.receipt?.taskID == "task-1")
                #expect(shop.network.sent(to: "/status").map(\.time) == [.seconds(5)])
            }
        }
    }

    @Test("Case 12: an id that no poll knows stays a candidate, and the job unconfirmed")
    func unknownToTheVendor() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", .cut(Array(body.dropLast())))
        shop.network.script("/status", .json(#"{"code":20015,"message":"no such task"}"#, status: 400))
        let report = await shop.engine.submit(Sample.draft, to: shop.instance)
        #expect(report.end.name == "unconfirmed")
        #expect(report.end.fault?.candidates == ["task-1"])
        #expect(try await shop.job(1).state == .submitUnknown)
        #expect(try await shop.job(1).fault?.candidates == ["task-1"])
    }

    @Test("A refusal that names a task leaves the job unconfirmed, with the task as candidate")
    func taskInRefusal() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", .json(#"{"requestId":"task-9"}"#, status: 429), Sample.submitted("second"))
        let report = await shop.engine.submit(Sample.draft, to: shop.instance)
        #expect(report.end.name == "unconfirmed")
        #expect(shop.network.sent.count == 1)
        #expect(try await shop.job(1).fault?.candidates == ["task-9"])
    }

    @Test("The unconfirmed state is on the disk before the wait for the poll begins")
    func storedFirst() async throws {
        let shop = try Workshop(.manual)
        shop.network.script("/submit", .cut(body))
        shop.network.script("/status", Sample.status("InProgress"))
        async let report = shop.engine.submit(Sample.draft, to: shop.instance)
        await shop.clock.untilSomebodySleeps()
        #expect(try await shop.job(1).state == .submitUnknown)
        while shop.clock.now < .seconds(5) {
            await shop.clock.untilSomebodySleeps()
            shop.clock.advance(by: .milliseconds(50))
        }
        #expect(await report.end.name == "submitted")
    }

    @Test("An id in Location is a candidate too")
    func location() async throws {
        let shop = try Workshop(.jumping, Sample.instance(XiexusProvider(), "https://vendor.test"))
        let headers: KeyValuePairs = ["Location": "https://vendor.test/v1/video/generations/task-77?x=1"]
        shop.network.script("/generations", .json("", status: 202, headers))
        shop.network.script("/generations", .json(#"{"task_id":"task-77","status":"queued"}"#))
        var draft = Draft()
        draft[.model] = .text("kling-v1")
        draft["prompt"] = .text("a cat")
        let report = await shop.engine.submit(draft, to: shop.instance)
        #expect(report.end.name == "submitted")
        #expect(report.end.job?.receipt?.taskID == "task-77")
    }

    @Test(
        "Case 12: broken JSON is ended after its last whole value",
        arguments: [
            (#"{"id":"abc"#, nil), (#"{"id":"abc""#, #"{"id":"abc"}"#), (#"{"a":{"id":12"#, nil),
            (#"{"a":{"id":12,"b":"#, #"{"a":{"id":12}}"#), (#"{"a":[1,2"#, #"{"a":[1]}"#), (#"{"a":"\"#, nil),
            (#"{"a":"\"x""#, #"{"a":"\"x"}"#), ("", nil), ("{", nil), ("}", nil), (#"{"id":tru"#, nil),
            (#"{"id":"x"}"#, #"{"id":"x"}"#), (#""whole""#, #""whole""#),
        ] as [(String, String?)]
    )
    func cutJSON(_ cut: String, _ whole: String?) {
        #expect(CutJSON.completed(Array(cut.utf8)).map { String(decoding: $0, as: UTF8.self) } == whole)
    }

    private func listing(_ replies: Answer...) throws -> Workshop {
        let shop = try Workshop(.jumping, Sample.instance(ListingProvider(), "https://vendor.test"))
        shop.network.script("/submit", .failure(.waiting, .timeout, gatePassed: true))
        for reply in replies { shop.network.script("/list", reply) }
        shop.network.script("/status", Sample.status("InProgress"))
        return shop
    }

    @Test("Case 24: a lookup that finds our tag makes the job submitted, with one POST")
    func ourTag() async throws {
        let shop = try Workshop(.jumping, Sample.instance(ListingProvider(), "https://vendor.test"))
        let tag = Mutex("")
        var lost = Answer.failure(.waiting, .timeout, gatePassed: true)
        let network = shop.network
        lost.afterGate = {
            let sent = network.sent.last?.header("X-Client-Tag") ?? ""
            tag.withLock { $0 = sent }
            network.script("/list", .json(#"{"data":[{"id":"other","tag":"x"},{"id":"ours","tag":"\#(sent)"}]}"#))
        }
        shop.network.script("/submit", lost, Sample.submitted("second"))
        shop.network.script("/status", Sample.status("InProgress"))
        let report = await shop.engine.submit(Sample.draft, to: shop.instance)
        #expect(report.end.name == "submitted")
        #expect(report.end.job?.receipt?.taskID == "ours")
        #expect(shop.network.sent(to: "/submit").count == 1)
        #expect(shop.network.sent(to: "/list").map(\.time) == [.seconds(5)])
    }

    @Test("Case 24: it is looked for after 5 s, 30 s and two minutes, and no more")
    func threeLooks() async throws {
        let shop = try listing()
        shop.network.always("/list", .json(#"{"data":[]}"#))
        try await shop.running { _ in
            #expect(await shop.engine.submit(Sample.draft, to: shop.instance).end.name == "unconfirmed")
            await shop.network.untilSent(4)
            _ = try await shop.submitted(Sample.draft("another"), answer: "t2")
            shop.network.always("/status", Sample.status("InProgress"))
            await shop.network.untilSent(20)
        }
        #expect(shop.network.sent(to: "/list").map(\.time) == [.seconds(5), .seconds(30), .seconds(120)])
    }

    @Test("Case 24: a task of that time without a tag is shown and settles nothing")
    func candidates() async throws {
        let wall = TestClock().wall.milliseconds
        let shop = try listing(
            .json(#"{"data":[{"id":"near","created":\#(wall + 2000)},{"id":"old","created":\#(wall - 86_400_000)}]}"#)
        )
        let events = EventList(shop.engine.events())
        let report = await shop.engine.submit(Sample.draft, to: shop.instance)
        #expect(report.end.name == "unconfirmed")
        #expect(report.end.job?.fault?.candidates == ["near"])
        let event = try await events.next { if case .candidates = $0.kind { true } else { false } }
        guard case .candidates(["near"]) = event.kind else { throw Workshop.Unexpected() }
        #expect(try await shop.job(1).state == .submitUnknown)
    }

    @Test("Case 24: a task of another model or prompt is no candidate, and the nearest is named first")
    func fittingCandidates() async throws {
        let (wall, model) = (TestClock().wall.milliseconds, "Wan-AI/Wan2.2-T2V-A14B")
        func task(_ id: String, _ after: Int64, _ rest: String) -> String {
            #"{"id":"\#(id)","created":\#(wall + after),\#(rest)}"#
        }
        let tasks = [
            task("other", 0, #""model":"x""#), task("dog", 0, #""model":"\#(model)","prompt":"a dog""#),
            task("late", 9000, #""model":"\#(model)""#),
            task("ours", 1000, #""model":"\#(model)","prompt":"a cat in the rain""#),
        ]
        let shop = try listing(.json(#"{"data":[\#(tasks.joined(separator: ","))]}"#))
        let report = await shop.engine.submit(Sample.draft, to: shop.instance)
        #expect(report.end.fault?.candidates == ["ours", "late"])
    }

    @Test("Case 24: a job that a kill left unconfirmed is looked for after the restart")
    func afterRestart() async throws {
        let folder = try TemporaryFolder()
        let instance = try Sample.instance(ListingProvider(), "https://vendor.test")
        do {
            let before = try Workshop(.jumping, instance, folder: folder)
            before.network.script("/submit", .failure(.waiting, .timeout, gatePassed: true))
            before.network.always("/list", .json(#"{"data":[]}"#))
            #expect(await before.engine.submit(Sample.draft, to: instance).end.name == "unconfirmed")
            try await before.journal.write { try $0.execute(sql: "UPDATE job SET state = 'sending'") }
        }
        let shop = try Workshop(.jumping, instance, folder: folder)
        let tag = try await shop.job(1).tag
        shop.network.script("/list", .json(#"{"data":[{"id":"ours","tag":"\#(tag)"}]}"#))
        shop.network.script("/status", Sample.status("InProgress"))
        try await shop.running { events in
            #expect(try await shop.engine.recover(schedules: true).unconfirmed.count == 1)
            let event = try await events.next { if case .submitted = $0.kind { true } else { false } }
            #expect(event.job.receipt?.taskID == "ours")
        }
        #expect(shop.network.sent(to: "/submit").isEmpty)
    }

    private func replaying(_ answers: Answer...) throws -> Workshop {
        var provider = ListingProvider()
        provider.descriptor.replayingKey = ReplayingKey("Idempotency-Key", source: "the vendor's page")
        let shop = try Workshop(.jumping, Sample.instance(provider, "https://vendor.test"))
        for answer in answers { shop.network.script("/submit", answer) }
        shop.network.always("/list", .json(#"{"data":[]}"#))
        return shop
    }

    @Test("Case 25: with a replaying key an unclear attempt is repeated with the same bytes and key")
    func sameBytes() async throws {
        let lost = Answer.failure(.waiting, .timeout, gatePassed: true)
        let shop = try replaying(lost, .json("", status: 502), Sample.submitted())
        let report = await shop.engine.submit(Sample.draft, to: shop.instance)
        #expect(report.end.name == "submitted")
        let sent = shop.network.sent(to: "/submit")
        #expect(sent.count == 3)
        #expect(Set(sent.map(\.body)).count == 1)
        #expect(Set(sent.map { $0.header("Idempotency-Key") }).count == 1)
        #expect(sent.first?.header("Idempotency-Key")?.hasPrefix("reel-") == true)
        #expect(report.end.job?.number == 1)
    }

    @Test("Case 25: three unclear attempts leave it unconfirmed")
    func threeAttempts() async throws {
        let lost = Answer.failure(.waiting, .timeout, gatePassed: true)
        let shop = try replaying(lost, lost, lost, Sample.submitted())
        #expect(await shop.engine.submit(Sample.draft, to: shop.instance).end.name == "unconfirmed")
        #expect(shop.network.sent(to: "/submit").count == 3)
    }

    @Test(
        "Case 25: after an unclear attempt no later refusal proves that nothing was accepted",
        arguments: [
            Answer.json(#"{"code":20012,"message":"bad"}"#, status: 400), .failure(.certificate, .certificate),
            .failure(.connect, .refused),
        ]
    )
    func refusedAfterwards(_ answer: Answer) async throws {
        let lost = Answer.failure(.waiting, .timeout, gatePassed: true)
        let shop = try replaying(lost, answer, answer)
        let report = await shop.engine.submit(Sample.draft, to: shop.instance)
        #expect(report.end.name == "unconfirmed")
        #expect(report.end.fault?.charged == .unknown)
        #expect(try await shop.job(1).state == .submitUnknown)
    }
}
