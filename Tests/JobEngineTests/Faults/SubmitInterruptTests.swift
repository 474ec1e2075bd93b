import JobEngine
import Journal
import TestSupport
import Testing
import Transport
import VideoProviderKit

@Suite("Case 28: Ctrl-C in each phase of a submit over real sockets", .serialized, .timeLimit(.minutes(10)))
struct SubmitInterruptTests {
    private func stopped(
        at reached: Signal,
        _ server: RawServer,
        base: String? = nil,
        padding: Int = 0,
        stops: Int,
        opening latch: Latch? = nil,
        _ check: (SubmitReport, [SubmitControl.StopEffect], FaultHouse) async throws -> Void
    ) async throws {
        try await FaultHouse.run(server, base: base, clock: SystemClock()) { house in
            let control = SubmitControl()
            let submit = Task { try await house.submit(padding: padding, control: control) }
            await reached.wait()
            var effects: [SubmitControl.StopEffect] = []
            for _ in 0..<stops { effects.append(await house.engine.stopSubmit(control)) }
            latch?.open()
            try await check(try await submit.value, effects, house)
        }
    }

    @Test("Case 28: in the handshake nothing was sent")
    func handshake() async throws {
        let reached = Signal()
        let server = try RawServer([.read(20), .call { reached.give() }, .stall(Latch())])
        try await stopped(at: reached, server, base: server.url("", scheme: "https"), stops: 1) {
            report,
            effects,
            house in
            #expect(effects == [.nothingSent])
            #expect(report.end.name == "unsent")
            #expect(report.end.fault?.charged == .no)
            #expect(house.posts == 0)
            let states = try house.statesOnDisk
            #expect(states == ["unsent"])
        }
    }

    @Test("Case 28: while sending, the first waits for the id and the second leaves it unconfirmed")
    func sending() async throws {
        let reached = Signal()
        let server = try RawServer([.readHead, .call { reached.give() }, .stall(Latch())])
        try await stopped(at: reached, server, padding: 32 << 20, stops: 2) { report, effects, house in
            #expect(effects == [.awaitingID, .abandoned])
            #expect(report.end.name == "unconfirmed")
            #expect(report.end.fault?.charged == .unknown)
            let states = try house.statesOnDisk
            #expect(states == ["submitUnknown"])
        }
    }

    @Test("Case 28: while waiting, a receipt that comes after the first wins")
    func waiting() async throws {
        let (reached, latch) = (Signal(), Latch())
        let server = try RawServer([
            .readRequest, .call { reached.give() }, .stall(latch),
            .answer("200 OK", Vendor.siliconflow.acceptance()),
        ])
        try await stopped(at: reached, server, stops: 1, opening: latch) { report, effects, house in
            #expect(effects == [.awaitingID])
            #expect(report.end.job?.receipt?.taskID == "task-7f3c9a")
            #expect(house.posts == 1)
        }
    }

    @Test("Case 28: while receiving, the second leaves it unconfirmed with what came")
    func receiving() async throws {
        let reached = Signal()
        let server = try RawServer([
            .readRequest, .raw("200 OK", ["Content-Length: 40"], #"{"reque"#), .call { reached.give() },
            .stall(Latch()),
        ])
        try await stopped(at: reached, server, stops: 2) { report, effects, house in
            #expect(effects == [.awaitingID, .abandoned])
            #expect(report.end.name == "unconfirmed")
            #expect(house.posts == 1)
        }
    }
}
