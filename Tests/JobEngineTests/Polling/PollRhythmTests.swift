import JobEngine
import Testing
import VideoProviderKit

@Suite("The rhythm of polls")
struct PollRhythmTests {
    private let advice = PollAdvice()

    /// The times of polls until `end`, with the same jitter throughout.
    private func times(until end: Duration, jitter: Double, life: Duration? = nil) -> [Duration] {
        var rhythm = PollRhythm()
        var time = rhythm.first(advice)
        var times: [Duration] = []
        while time <= end {
            times.append(time)
            time += rhythm.afterAnswer(advice, age: time, assetLife: life, jitter: jitter)
        }
        return times
    }

    @Test("About twelve polls watch two minutes, the first after five seconds")
    func twoMinutes() {
        let times = times(until: .seconds(120), jitter: 0.5)
        #expect(times.first == .seconds(5))
        #expect((10...12).contains(times.count))
    }

    @Test(
        "Waits grow from five seconds to fifteen, to thirty after ten minutes, to sixty after an hour",
        arguments: [0, 0.5, 0.999]
    )
    func bounds(_ jitter: Double) {
        let times = times(until: .seconds(7200), jitter: jitter)
        for (time, next) in zip(times, times.dropFirst()) {
            let longest: Duration =
                time > .seconds(3600) ? .seconds(60) : time > .seconds(600) ? .seconds(30) : .seconds(15)
            #expect(next - time >= .seconds(4))
            #expect(next - time <= longest)
        }
    }

    @Test("A wait never exceeds a tenth of the life of a link", arguments: [0, 0.5, 0.999])
    func assetLife(_ jitter: Double) {
        var rhythm = PollRhythm()
        for _ in 0..<20 {
            let wait = rhythm.afterAnswer(advice, age: .seconds(4000), assetLife: .seconds(60), jitter: jitter)
            #expect(wait <= .seconds(6))
        }
    }

    @Test("Moving progress asks again at a third of the rest, within the same bounds")
    func remaining() {
        var rhythm = PollRhythm()
        func wait(_ rest: Duration) -> Duration {
            rhythm.afterAnswer(advice, age: .seconds(60), assetLife: nil, remaining: rest, jitter: 0.5)
        }
        #expect(wait(.seconds(30)) == .seconds(9))
        #expect(wait(.seconds(2)) == .seconds(5))
        #expect(wait(.seconds(900)) == .seconds(15))
    }

    @Test(
        "case 39: a server's hint overrides the schedule, within one second and fifteen minutes",
        arguments: [
            (Duration.milliseconds(1), Duration.seconds(1)), (.seconds(42), .seconds(42)),
            (.seconds(900), .seconds(900)),
            (.seconds(86_400), .seconds(900)),
        ]
    )
    func hints(_ hint: Duration, _ wait: Duration) {
        var rhythm = PollRhythm()
        #expect(rhythm.afterAnswer(advice, age: .zero, assetLife: .seconds(10), hint: hint, jitter: 0.9) == wait)
        #expect(rhythm.afterFailure(advice, hint: hint, jitter: 0.9) == wait)
    }

    @Test("Failures double the wait up to a minute, and an answer ends that")
    func failures() {
        var rhythm = PollRhythm()
        let waits = (0..<6).map { _ in rhythm.afterFailure(advice, jitter: 0.5) }
        #expect(waits == [.seconds(10), .seconds(20), .seconds(40), .seconds(60), .seconds(60), .seconds(60)])
        #expect(rhythm.afterAnswer(advice, age: .zero, assetLife: nil, jitter: 0.5) == .seconds(5))
        #expect(rhythm.afterFailure(advice, jitter: 0.5) == .seconds(10))
    }

    @Test("A thousand polls later the wait is still the longest one")
    func longRun() {
        var rhythm = PollRhythm()
        for _ in 0..<1000 { _ = rhythm.afterAnswer(advice, age: .zero, assetLife: nil, jitter: 0.5) }
        #expect(rhythm.afterAnswer(advice, age: .zero, assetLife: nil, jitter: 0.5) == .seconds(15))
        for _ in 0..<1000 { _ = rhythm.afterFailure(advice, jitter: 0.5) }
        #expect(rhythm.afterFailure(advice, jitter: 0.5) == .seconds(60))
    }
}
