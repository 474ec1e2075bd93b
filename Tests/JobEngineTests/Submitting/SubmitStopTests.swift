import JobEngine
import Journal
import Synchronization
import Testing
import Transport
import VideoProviderKit

@Suite("case 28: stopping a submit")
struct SubmitStopTests {
    /// The draft submitted with `control`, and what came of it.
    private func submit(_ shop: Workshop, _ control: SubmitControl) async -> SubmitReport {
        await shop.engine.submit(Sample.draft, to: shop.instance, control: control)
    }

    @Test("Before it began: nothing is sent")
    func beforeStart() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", Sample.submitted())
        let control = SubmitControl()
        #expect(control.stop() == .nothingSent)
        let report = await submit(shop, control)
        #expect(report.end.name == "unsent")
        #expect(report.end.fault?.kind == .cancelled)
        #expect(shop.network.sent.isEmpty)
        #expect(try await shop.job(1).state == .unsent)
    }

    @Test("While it connects: nothing is sent")
    func beforeGate() async throws {
        let shop = try Workshop()
        let control = SubmitControl()
        var answer = Sample.submitted()
        answer.beforeGate = { control.stop() }
        shop.network.script("/submit", answer)
        let report = await submit(shop, control)
        #expect(report.end.name == "unsent")
        #expect(!control.hasPassedGate)
        #expect(shop.network.sent.isEmpty)
    }

    @Test("Behind the gate the first stop waits for the id, and an id that comes wins")
    func idWins() async throws {
        let shop = try Workshop(.manual)
        let control = SubmitControl()
        let effects = Mutex<[SubmitControl.StopEffect]>([])
        var answer = Sample.submitted("task-7")
        let engine = shop.engine
        answer.afterGate = {
            let effect = await engine.stopSubmit(control)
            effects.withLock { $0.append(effect) }
        }
        shop.network.script("/submit", answer)
        let report = await submit(shop, control)
        #expect(report.end.job?.receipt?.taskID == "task-7")
        #expect(effects.withLock(\.self) == [.awaitingID])
    }

    @Test("Behind the gate the second stop leaves it unconfirmed")
    func secondStop() async throws {
        let shop = try Workshop(.manual)
        let control = SubmitControl()
        shop.network.script("/submit", .silence)
        async let report = submit(shop, control)
        await shop.network.untilSent(1)
        #expect(await shop.engine.stopSubmit(control) == .awaitingID)
        #expect(await shop.engine.stopSubmit(control) == .abandoned)
        #expect(await report.end.name == "unconfirmed")
        #expect(try await shop.job(1).state == .submitUnknown)
    }

    @Test("Behind the gate one stop and ten seconds without an id leave it unconfirmed")
    func patienceEnds() async throws {
        let shop = try Workshop(.manual)
        let control = SubmitControl()
        shop.network.script("/submit", .silence)
        async let report = submit(shop, control)
        await shop.network.untilSent(1)
        _ = await shop.engine.stopSubmit(control)
        await shop.clock.untilSomebodySleeps()
        shop.clock.advance(by: .seconds(10))
        #expect(await report.end.name == "unconfirmed")
    }

    @Test("While it is held: nothing more is sent")
    func whileHeld() async throws {
        let shop = try Workshop(.manual)
        let control = SubmitControl()
        shop.network.script("/submit", .failure(.connect, .refused), Sample.submitted())
        async let report = submit(shop, control)
        await shop.clock.untilSomebodySleeps()
        #expect(control.stop() == .nothingSent)
        shop.clock.advance(by: .milliseconds(50))
        #expect(await report.end.name == "unsent")
        #expect(shop.network.sent.isEmpty)
        #expect(try await shop.job(1).state == .unsent)
    }

    @Test("While it is held after an answer: what was sent was refused, with the vendor's words")
    func afterRefusal() async throws {
        let shop = try Workshop(.manual)
        let control = SubmitControl()
        shop.network.script("/submit", .json(#"{"message":"slow down"}"#, status: 429), Sample.submitted())
        async let report = submit(shop, control)
        await shop.clock.untilSomebodySleeps()
        control.stop()
        shop.clock.advance(by: .milliseconds(50))
        let fault = await report.end.fault
        #expect(fault?.kind == .cancelled && fault?.httpStatus == 429)
        #expect(fault?.message == "slow down")
        #expect(shop.network.sent.count == 1)
    }

    @Test("An engine that ends while a submit is held sends nothing more")
    func engineEnds() async throws {
        let shop = try Workshop(.manual)
        shop.network.script("/submit", .failure(.connect, .refused), Sample.submitted())
        async let report = submit(shop, SubmitControl())
        await shop.clock.untilSomebodySleeps()
        await shop.engine.stop()
        shop.clock.advance(by: .milliseconds(50))
        #expect(await report.end.name == "unsent")
        #expect(shop.network.sent.isEmpty)
    }

    @Test("A task that is cancelled while its submit is held sends nothing more")
    func taskCancelled() async throws {
        let shop = try Workshop(.manual)
        shop.network.script("/submit", .failure(.connect, .refused), Sample.submitted())
        let task = Task { await submit(shop, SubmitControl()) }
        await shop.clock.untilSomebodySleeps()
        task.cancel()
        #expect(await task.value.end.name == "unsent")
        #expect(shop.network.sent.isEmpty)
    }

    @Test("A refusal that comes after the stop is not sent again")
    func heldAfterStop() async throws {
        let shop = try Workshop()
        let control = SubmitControl()
        var busy = Answer.json("", status: 429)
        busy.afterGate = { control.stop() }
        shop.network.script("/submit", busy, Sample.submitted())
        #expect(await submit(shop, control).end.name == "unsent")
        #expect(shop.network.sent.count == 1)
    }

    @Test("The gate lets one request through and tells who stopped before it")
    func gate() {
        let control = SubmitControl()
        #expect(!control.isStopped)
        #expect(control.stop() == .nothingSent)
        #expect(control.isStopped)
        #expect(!control.hasPassedGate)
    }
}
