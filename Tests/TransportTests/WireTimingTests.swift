import Testing

@testable import Transport

@Suite("Timing")
struct WireTimingTests {
    private func timing(_ marks: [Int?], total: Int) -> [Int] {
        let marks = marks.map { mark in mark.map { milliseconds in Duration.milliseconds(milliseconds) } }
        let timing = WireTiming(
            marks: .init(dns: marks[0], connect: marks[1], tls: marks[2], send: marks[3], ttfb: marks[4]),
            total: .milliseconds(total)
        )
        let phases = [timing.dns, timing.connect, timing.tls, timing.send, timing.ttfb, timing.receive]
        #expect(phases.reduce(.zero, +) == timing.total)
        return phases.map { phase in Int(phase / .milliseconds(1)) }
    }

    @Test("Phases lie between the marks and add up to the total")
    func complete() {
        #expect(timing([3, 24, 68, 77, 408], total: 412) == [3, 21, 44, 9, 331, 4])
    }

    @Test("A failed exchange spent the rest of its time in the phase it did not finish")
    func unfinished() {
        #expect(timing([nil, nil, nil, nil, nil], total: 10) == [10, 0, 0, 0, 0, 0])
        #expect(timing([3, nil, nil, nil, nil], total: 10) == [3, 7, 0, 0, 0, 0])
        #expect(timing([3, 4, 5, 6, nil], total: 10) == [3, 1, 1, 1, 4, 0])
    }

    @Test("An answer that came before the request was sent ends the sending")
    func early() {
        #expect(timing([1, 2, 2, nil, 5], total: 9) == [1, 1, 0, 3, 0, 4])
    }

    @Test("Marks of two clocks that disagree do not make a phase negative")
    func disagreement() {
        #expect(timing([5, 4, 6, 9, 8], total: 8) == [5, 0, 1, 2, 0, 0])
    }

    @Test("A reused connection has no time before sending")
    func reused() {
        #expect(timing([0, 0, 0, 2, 5], total: 6) == [0, 0, 0, 2, 3, 1])
    }
}
