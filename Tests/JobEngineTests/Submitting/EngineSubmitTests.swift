import Foundation
import GRDB
import JobEngine
import Journal
import Synchronization
import Testing
import Transport
import VideoProviderKit
import Xiexus

@Suite("Submitting once")
struct EngineSubmitTests {
    @Test("The receipt is on the disk before the event is told")
    func receiptBeforeEvent() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", Sample.submitted())
        let events = EventList(shop.engine.events())
        let job = try await shop.submitted()
        let event = try await events.next { _ in true }
        guard case .submitted = event.kind else { throw Workshop.Unexpected() }
        let other = try JobJournal(directory: shop.folder.file("state"), scrubber: Redactor(), now: 0)
        #expect(try await other.job(id: job.id)?.receipt?.taskID == "task-1")
        #expect(event.job.receipt?.origin?.baseURL == "https://vendor.test/v1")
        #expect(event.exchange == 1)
    }

    @Test("Intent and sending are on the disk before the first byte leaves")
    func intentBeforeByte() async throws {
        let shop = try Workshop()
        let states = Mutex<[JobState?]>([])
        var answer = Sample.submitted()
        let path = shop.folder.file("state")
        answer.beforeGate = {
            let other = try? JobJournal(directory: path, scrubber: Redactor(), now: 0)
            let job = try? await other?.job(id: 1)
            states.withLock { $0.append(job?.state) }
        }
        shop.network.script("/submit", answer)
        try await shop.submitted()
        #expect(states.withLock(\.self) == [.sending])
    }

    @Test(
        "A submit has a connection of its own, a POST has the key, and the journal has neither key nor gap in the body"
    )
    func onTheWire() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", Sample.submitted())
        try await shop.submitted()
        let sent = try #require(shop.network.sent.first)
        #expect(sent.isFresh)
        #expect(sent.method == "POST")
        #expect(sent.url == "https://vendor.test/v1/video/submit")
        #expect(sent.header("Authorization") == "Bearer \(Sample.key)")
        let stored = try #require(try await shop.journal.exchange(1))
        #expect(stored.requestBody.flatMap(\.bytes) == sent.body)
        let head = String(decoding: stored.requestHead, as: UTF8.self)
        #expect(head.contains("Authorization: Bearer sk-..."))
        #expect(!head.contains("canary"))
    }

    @Test(
        "case 6, 7, 8, 11: what breaks behind the gate is unconfirmed, one POST, and is never sent again",
        arguments: [
            (TransportFailure.Phase.sending, TransportFailure.Reason.reset), (.waiting, .timeout), (.waiting, .reset),
            (.waiting, .closed), (.waiting, .repeatStopped), (.receiving, .closed), (.receiving, .tooLarge),
        ]
    )
    func unconfirmed(_ phase: TransportFailure.Phase, _ reason: TransportFailure.Reason) async throws {
        let shop = try Workshop()
        shop.network.script("/submit", .failure(phase, reason, gatePassed: true), Sample.submitted())
        let events = EventList(shop.engine.events())
        let report = await shop.engine.submit(Sample.draft, to: shop.instance)
        #expect(report.end.name == "unconfirmed")
        #expect(shop.network.sent.count == 1)
        let job = try #require(report.end.job)
        #expect(job.state == .submitUnknown)
        #expect(job.number == 1)
        let event = try await events.next { _ in true }
        guard case .unconfirmed(let fault) = event.kind else { throw Workshop.Unexpected() }
        #expect(fault.charged == .unknown)
        let exchange = try #require(try await shop.journal.exchange(1))
        #expect(exchange.failurePhase == phase.rawValue)
    }

    @Test("An unconfirmed job stays unconfirmed over restarts, and nobody sends it")
    func staysUnconfirmed() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", .failure(.waiting, .timeout, gatePassed: true))
        let report = await shop.engine.submit(Sample.draft, to: shop.instance)
        let job = try #require(report.end.job)
        for _ in 0..<3 {
            let again = try Workshop(folder: shop.folder)
            try await again.running { _ in
                let recovery = try await again.engine.recover(schedules: true)
                #expect(recovery.unconfirmed.isEmpty)
            }
            #expect(again.network.sent.isEmpty)
            #expect(try await again.job(job.id).state == .submitUnknown)
        }
    }

    @Test(
        "case 12: a 200 cut at any byte is unconfirmed, with what came kept as evidence",
        arguments: [0, 1, 7, 14, 19]
    )
    func cutReply(_ count: Int) async throws {
        let shop = try Workshop()
        let body = Array(#"{"requestId":"task-1"}"#.utf8).prefix(count)
        shop.network.script("/submit", .cut(Array(body)))
        let report = await shop.engine.submit(Sample.draft, to: shop.instance)
        #expect(report.end.name == "unconfirmed")
        #expect(shop.network.sent.count == 1)
        #expect(try await shop.journal.exchange(1)?.replyBody == Array(body))
    }

    @Test(
        "case 13: a 2xx without an id is unconfirmed, with the raw reply kept",
        arguments: ["<html>ok</html>", "{}", "null", ""]
    )
    func noID(_ body: String) async throws {
        let shop = try Workshop()
        shop.network.script("/submit", .json(body), Sample.submitted())
        #expect(await shop.engine.submit(Sample.draft, to: shop.instance).end.name == "unconfirmed")
        #expect(shop.network.sent.count == 1)
        #expect(try await shop.journal.exchange(1)?.replyBody == Array(body.utf8))
    }

    @Test("case 15: 500, 502, 504 and 522 are unconfirmed", arguments: [500, 502, 504, 522])
    func serverFailure(_ status: Int) async throws {
        let shop = try Workshop()
        shop.network.script("/submit", .json("oops", status: status), Sample.submitted())
        #expect(await shop.engine.submit(Sample.draft, to: shop.instance).end.name == "unconfirmed")
        #expect(shop.network.sent.count == 1)
    }

    @Test("case 1: refused twice, then taken: one request left")
    func refusedTwice() async throws {
        let shop = try Workshop()
        let refused = Answer.failure(.connect, .refused)
        shop.network.script("/submit", refused, refused, Sample.submitted())
        let holds = Mutex<[Duration]>([])
        var options = SubmitOptions()
        options.onHold = { _, wait, _ in holds.withLock { $0.append(wait) } }
        let report = await shop.engine.submit(Sample.draft, to: shop.instance, options: options)
        #expect(report.end.name == "submitted")
        #expect(shop.network.sent.count == 1)
        let waits = holds.withLock(\.self)
        #expect(waits.count == 2)
        #expect(shop.clock.now >= waits.reduce(.zero, +))
        let verdicts = try await shop.journal.read { db in
            try String.fetchAll(db, sql: "SELECT verdict FROM attempt ORDER BY n")
        }
        #expect(verdicts == ["held", "held", "accepted"])
    }

    @Test(
        "case 2, 3: what never connects is tried three times and then unsent",
        arguments: [
            (TransportFailure.Phase.tls, TransportFailure.Reason.closed), (.resolve, .unresolved), (.connect, .timeout),
            (.proxy, .refused),
        ]
    )
    func neverConnects(_ phase: TransportFailure.Phase, _ reason: TransportFailure.Reason) async throws {
        let shop = try Workshop()
        shop.network.always("/submit", .failure(phase, reason))
        let report = await shop.engine.submit(Sample.draft, to: shop.instance)
        #expect(report.end.name == "unsent")
        #expect(report.end.fault?.kind == .network)
        #expect(report.end.fault?.charged == .no)
        #expect(shop.network.sent.isEmpty)
        let attempts = try await shop.journal.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM attempt") }
        #expect(attempts == 3)
        #expect(try await shop.job(1).state == .unsent)
        #expect(try await shop.job(1).number == nil)
    }

    @Test("case 4: a wrong certificate is not tried again")
    func certificate() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", .failure(.certificate, .certificate), Sample.submitted())
        let report = await shop.engine.submit(Sample.draft, to: shop.instance)
        #expect(report.end.fault?.kind == .certificate)
        #expect(shop.network.sent.isEmpty)
    }

    @Test("case 16: 50505 with Retry-After 2 is sent again, two seconds later at the earliest")
    func overloaded() async throws {
        let shop = try Workshop()
        let busy = Answer.json(#"{"code":50505,"message":"overloaded"}"#, status: 503, ["Retry-After": "2"])
        shop.network.script("/submit", busy, Sample.submitted())
        #expect(await shop.engine.submit(Sample.draft, to: shop.instance).end.name == "submitted")
        let times = shop.network.sent.map(\.time)
        #expect(times.count == 2)
        #expect(times[1] - times[0] >= .seconds(2))
        #expect(try await shop.journal.exchanges().map(\.status) == [503, 200])
    }

    @Test("case 19: an empty 429 is sent at most four times")
    func rateLimited() async throws {
        let shop = try Workshop(.jumping, Sample.instance(XiexusProvider(), "https://vendor.test"))
        shop.network.always("/generations", .json("", status: 429))
        var draft = Draft()
        draft[.model] = .text("kling-v1")
        draft["prompt"] = .text("a cat")
        let report = await shop.engine.submit(draft, to: shop.instance)
        #expect(report.end.name == "rejected")
        #expect(shop.network.sent.count == 4)
        #expect(Set(shop.network.sent.map(\.body)).count == 1)
    }

    @Test(
        "case 18, 20, 21: answers that mean no are told once",
        arguments: [
            Answer.json(#"{"message":"Details:RPD limit reached."}"#, status: 429),
            .json(#"{"code":30001,"message":"balance"}"#, status: 403),
            .json("", status: 429, ["Retry-After": "600"]), .json(#""Invalid token""#, status: 401),
        ]
    )
    func rejected(_ answer: Answer) async throws {
        let shop = try Workshop()
        shop.network.script("/submit", answer, Sample.submitted())
        let report = await shop.engine.submit(Sample.draft, to: shop.instance)
        #expect(report.end.name == "rejected")
        #expect(shop.network.sent.count == 1)
        #expect(try await shop.job(1).state == .rejected)
        #expect(try await shop.journal.exchange(1)?.fault != nil)
    }

    @Test("case 22: a redirect of a submit is not followed; 303 means it was processed")
    func redirected() async throws {
        for (status, end) in [(307, "rejected"), (301, "rejected"), (303, "unconfirmed")] {
            let shop = try Workshop()
            shop.network.script("/submit", .json("", status: status, ["Location": "https://evil.test/submit"]))
            #expect(await shop.engine.submit(Sample.draft, to: shop.instance).end.name == end)
            #expect(shop.network.sent.map(\.url) == ["https://vendor.test/v1/video/submit"])
        }
    }

    @Test("case 23: two Enters with an equal draft send one; the second is told which")
    func twoEnters() async throws {
        let shop = try Workshop()
        var answer = Sample.submitted()
        let arrived = Signal()
        let goesOn = Signal()
        answer.afterGate = {
            arrived.give()
            await goesOn.wait()
        }
        shop.network.script("/submit", answer)
        async let first = shop.engine.submit(Sample.draft, to: shop.instance)
        await arrived.wait()
        let second = await shop.engine.submit(Sample.draft, to: shop.instance)
        goesOn.give()
        #expect(await first.end.name == "submitted")
        #expect(second.end.name == "equal")
        #expect(second.end.job?.state == .sending)
        #expect(shop.network.sent.count == 1)
    }

    @Test("case 30: beside an equal unconfirmed job a submit asks; confirmed, it is a job of its own")
    func besideUnconfirmed() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", .failure(.waiting, .reset, gatePassed: true), Sample.submitted())
        _ = await shop.engine.submit(Sample.draft, to: shop.instance)
        #expect(await shop.engine.submit(Sample.draft, to: shop.instance).end.name == "equal")
        #expect(shop.network.sent.count == 1)
        var options = SubmitOptions()
        options.allowsEqual = true
        let third = await shop.engine.submit(Sample.draft, to: shop.instance, options: options)
        #expect(third.end.job?.number == 2)
        #expect(try await shop.job(1).state == .submitUnknown)
    }

    @Test("An equal draft asks for ten seconds after it was accepted, and no longer")
    func recently() async throws {
        let shop = try Workshop(.manual)
        shop.network.script("/submit", Sample.submitted("a"), Sample.submitted("b"))
        try await shop.submitted()
        #expect(await shop.engine.submit(Sample.draft, to: shop.instance).end.name == "equal")
        shop.clock.advance(by: .seconds(11))
        #expect(await shop.engine.submit(Sample.draft, to: shop.instance).end.name == "submitted")
    }

    @Test("case 26: without a place for the intent nothing is sent")
    func intentNotWritable() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", Sample.submitted())
        try await refuse("INSERT ON job", shop.journal)
        let report = await shop.engine.submit(Sample.draft, to: shop.instance)
        #expect(report.end.name == "unsent")
        #expect(report.end.fault?.kind == .local)
        #expect(shop.network.sent.isEmpty)
    }

    @Test("Without a place for sending nothing is sent")
    func sendingNotWritable() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", Sample.submitted())
        try await refuse("INSERT ON attempt", shop.journal)
        #expect(await shop.engine.submit(Sample.draft, to: shop.instance).end.name == "unsent")
        #expect(shop.network.sent.isEmpty)
    }

    @Test("case 27: a receipt that cannot be stored is handed to the caller at once")
    func receiptNotWritable() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", Sample.submitted("task-9"))
        try await refuse("INSERT ON receipt", shop.journal)
        guard case .receiptNotStored(let receipt, _) = await shop.engine.submit(Sample.draft, to: shop.instance).end
        else {
            throw Workshop.Unexpected()
        }
        #expect(receipt.taskID == "task-9")
        #expect(try await shop.job(1).state == .sending)
    }

    @Test("An unclear answer that cannot be stored is still called unconfirmed, never unsent")
    func unknownNotWritable() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", .failure(.waiting, .reset, gatePassed: true))
        try await refuse("INSERT ON exchange", shop.journal)
        let report = await shop.engine.submit(Sample.draft, to: shop.instance)
        #expect(report.end.name == "unconfirmed")
        #expect(report.end.fault?.charged != .no)
    }

    @Test("case 29: a gate reached too late stays shut")
    func lateGate() async throws {
        let shop = try Workshop()
        var late = Sample.submitted()
        let clock = shop.clock
        late.beforeGate = { clock.advance(by: .seconds(60)) }
        shop.network.script("/submit", late, late, late, Sample.submitted())
        #expect(await shop.engine.submit(Sample.draft, to: shop.instance).end.name == "unsent")
        #expect(shop.network.sent.isEmpty)
    }

    @Test("case 79: a draft that holds a key is refused")
    func keyInDraft() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", Sample.submitted())
        let report = await shop.engine.submit(Sample.draft("use \(Sample.key) please"), to: shop.instance)
        #expect(report.end.fault?.kind == .invalidRequest)
        #expect(report.end.fault?.message.contains("canary") == false)
        #expect(shop.network.sent.isEmpty)
        #expect(try await shop.journal.job(id: 1) == nil)
    }

    @Test("A draft with errors is stored and sent nowhere")
    func invalidDraft() async throws {
        let shop = try Workshop()
        var draft = Sample.draft
        draft["prompt"] = nil
        #expect(await shop.engine.submit(draft, to: shop.instance).end.name == "invalid")
        #expect(try await shop.journal.job(id: 1) == nil)
    }

    @Test("A submit without a key says which variable to set")
    func noKey() async throws {
        var instance = try Sample.siliconFlow()
        instance.credentials = [.environment("NOT_SET_API_KEY")]
        let shop = try Workshop(.jumping, instance)
        let report = await shop.engine.submit(Sample.draft, to: instance)
        #expect(report.end.fault?.kind == .auth)
        #expect(shop.network.sent.isEmpty)
    }

    @Test("What the user adds to the head goes along, and replaces the line of that name")
    func addedHeader() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", Sample.submitted())
        var draft = Sample.draft
        draft.headerFields = [QueryItem("X-Trace", "7"), QueryItem("user-agent", "mine")]
        draft.query = [QueryItem("debug", "1")]
        try await shop.submitted(draft)
        let sent = try #require(shop.network.sent.first)
        #expect(sent.header("X-Trace") == "7")
        #expect(sent.headerLines.values(named: "User-Agent") == ["mine"])
        #expect(sent.url.hasSuffix("?debug=1"))
    }

    @Test("A preview is what a submit sends")
    func preview() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", Sample.submitted())
        let preview = try await shop.engine.preview(Sample.draft, to: shop.instance)
        try await shop.submitted()
        let sent = try #require(shop.network.sent.first)
        #expect(preview.body.bytes == sent.body)
        #expect(preview.url == sent.url)
        #expect(preview.wire.headerLines == sent.headerLines)
    }

    private func refuse(_ what: String, _ journal: JobJournal) async throws {
        try await journal.write { db in
            try db.execute(sql: "CREATE TEMP TRIGGER no BEFORE \(what) BEGIN SELECT RAISE(ABORT, 'disk full'); END")
        }
    }
}
