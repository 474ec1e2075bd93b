import Testing

@testable import Transport

@Suite("Limits in time")
struct ExchangeTimelineTests {
    private let start = ContinuousClock.now

    private func timeline(_ limits: WireLimits = WireLimits(), bodyCount: Int = 0) -> ExchangeTimeline {
        ExchangeTimeline(limits: limits, bodyCount: bodyCount, started: start)
    }

    private func at(_ seconds: Double) -> ContinuousClock.Instant {
        start + .seconds(seconds)
    }

    private func isOverdue(_ timeline: inout ExchangeTimeline, _ seconds: Double) -> Bool {
        timeline.isOverdue(at: at(seconds))
    }

    @Test("Stages only go forward")
    func forward() {
        var timeline = timeline()
        let steps: [(WireProgress, Bool)] = [
            (.connecting, true), (.connecting, false), (.tls, true), (.connecting, false), (.gatePassed, true),
            (.receiving, true), (.sending, false), (.waiting, false),
        ]
        for (step, isNew) in steps {
            let moved = timeline.advance(to: step, at: start)
            #expect(moved == isNew)
        }
        #expect(timeline.stage == .receiving)
    }

    @Test(
        "Until the gate, name, connection and TLS share one limit",
        arguments: [WireProgress.resolving, .connecting, .tls]
    )
    func connect(stage: WireProgress) {
        var timeline = timeline(WireLimits(connect: .seconds(3)))
        _ = timeline.advance(to: stage, at: at(2))
        #expect(isOverdue(&timeline, 2.999) == false)
        #expect(isOverdue(&timeline, 3) == true)
    }

    @Test("Sending is granted the time that its body needs")
    func sending() {
        var timeline = timeline(WireLimits(firstByte: .seconds(5), sendRate: 100), bodyCount: 1000)
        _ = timeline.advance(to: .gatePassed, at: at(1))
        _ = timeline.advance(to: .sending, at: at(2))
        #expect(timeline.deadline == at(16))
    }

    @Test("The wait for an answer begins with the last byte of the request")
    func waiting() {
        var timeline = timeline(WireLimits(firstByte: .seconds(5)))
        _ = timeline.advance(to: .gatePassed, at: at(1))
        _ = timeline.advance(to: .waiting, at: at(4))
        #expect(isOverdue(&timeline, 8.9) == false)
        #expect(isOverdue(&timeline, 9) == true)
    }

    @Test("The body has a limit from the first line of the answer")
    func body() {
        var timeline = timeline(WireLimits(bodyTime: .seconds(2)))
        _ = timeline.advance(to: .receiving, at: at(10))
        #expect(timeline.deadline == at(12))
        #expect(isOverdue(&timeline, 12) == true)
    }

    @Test("A download ends when one period was too slow, and not before")
    func slow() {
        let slow = WireLimits.LowSpeed(bytesPerSecond: 100, period: .seconds(10))
        var timeline = timeline(WireLimits(bodyTime: nil, lowSpeed: slow))
        _ = timeline.advance(to: .receiving, at: at(0))
        timeline.received(1000)
        #expect(isOverdue(&timeline, 10) == false)
        #expect(timeline.deadline == at(20))
        timeline.received(999)
        #expect(isOverdue(&timeline, 20) == true)
    }

    @Test("A fast body still ends at the body's limit")
    func fastButLong() {
        let slow = WireLimits.LowSpeed(bytesPerSecond: 1, period: .seconds(1))
        var timeline = timeline(WireLimits(bodyTime: .seconds(1), lowSpeed: slow))
        _ = timeline.advance(to: .receiving, at: at(0))
        timeline.received(1_000_000)
        #expect(isOverdue(&timeline, 1) == true)
    }

    @Test("An early answer does not lose the moment of the last byte sent")
    func early() {
        var timeline = timeline()
        _ = timeline.advance(to: .receiving, at: at(1))
        _ = timeline.advance(to: .waiting, at: at(2))
        #expect(timeline.stage == .receiving)
        #expect(timeline.sentAll == at(2))
    }
}
