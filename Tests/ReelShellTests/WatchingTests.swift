import Testing
import VideoProviderKit

@testable import ReelShell

@Suite("what is left of a job")
struct TimeEstimateTests {
    private let start = UpstreamTime(milliseconds: 1_000_000)

    private func at(_ seconds: Int64) -> UpstreamTime { UpstreamTime(milliseconds: 1_000_000 + seconds * 1000) }

    @Test("two past jobs say nothing, three say their median, which then counts down and over")
    func median() {
        #expect(TimeEstimate(past: [.seconds(10), .seconds(20)]).rest(since: start, at: start) == nil)
        let estimate = TimeEstimate(past: [.seconds(100), .seconds(10), .seconds(20)])
        #expect(estimate.median == .seconds(20))
        #expect(estimate.rest(since: start, at: at(5))?.text.description == "~0:15 left")
        #expect(estimate.rest(since: start, at: at(40))?.text.description == "over by 0:20")
        #expect(estimate.rest(since: nil, at: at(5)) == nil)
    }

    @Test("an even number of past jobs has the mean of the middle two")
    func evenMedian() {
        let times: [Duration] = [.seconds(10), .seconds(20), .seconds(40), .seconds(90)]
        #expect(TimeEstimate(past: times).median == .seconds(30))
    }

    @Test("the vendor's progress counts once it has moved, and beats the past")
    func progress() {
        var estimate = TimeEstimate(past: [.seconds(300), .seconds(300), .seconds(300)])
        estimate.note(0.5, at: at(0))
        // Some say 50 % all the time.
        estimate.note(0.5, at: at(100))
        #expect(estimate.rest(since: start, at: at(100))?.text.description == "~3:20 left")
        estimate.note(0.75, at: at(110))
        #expect(estimate.rest(since: start, at: at(110))?.text.description == "~1:50 left")
        #expect(estimate.rest(since: start, at: at(130))?.text.description == "~1:30 left")
    }

    @Test("a step back begins anew, what is no number is left out")
    func stepBack() {
        var estimate = TimeEstimate(past: [])
        estimate.note(0.2, at: at(0))
        estimate.note(0.4, at: at(10))
        estimate.note(0.1, at: at(20))
        #expect(estimate.rest(since: start, at: at(20)) == nil)
        estimate.note(.nan, at: at(25))
        estimate.note(nil, at: at(25))
        estimate.note(0.6, at: at(70))
        #expect(estimate.rest(since: start, at: at(70)) == .left(.seconds(40)))
    }
}

@Suite("a link's life")
struct LinkLifeTests {
    private func at(_ seconds: Int64) -> UpstreamTime { UpstreamTime(milliseconds: seconds * 1000) }

    private var life: LinkLife { LinkLife(job: "j3", seenAt: at(0), expiresAt: at(600)) }

    @Test("is told at half, in the last minute and at its end, each once")
    func notices() {
        var life = life
        #expect(life.takeNotice(at: at(299)) == nil)
        #expect(life.takeNotice(at: at(300)) == .half(left: .seconds(300)))
        #expect(life.takeNotice(at: at(301)) == nil)
        #expect(life.takeNotice(at: at(541)) == .last(left: .seconds(59)))
        #expect(life.takeNotice(at: at(600)) == .over)
        #expect(life.takeNotice(at: at(700)) == nil)
    }

    @Test("after a pause only the latest is told")
    func pause() {
        var life = life
        #expect(life.takeNotice(at: at(590)) == .last(left: .seconds(10)))
        #expect(life.takeNotice(at: at(591)) == nil)
    }

    @Test("a life shorter than two minutes has no half of its own")
    func short() {
        var life = LinkLife(job: "j1", seenAt: at(0), expiresAt: at(80))
        #expect(life.takeNotice(at: at(41)) == .last(left: .seconds(39)))
        #expect(life.takeNotice(at: at(80)) == .over)
    }

    @Test("is shown in whole minutes, and changes once a minute")
    func minutes() {
        var life = life
        #expect(life.shown(at: at(0))?.description == "10 min")
        #expect(life.shown(at: at(1))?.description == "9 min")
        #expect(life.shown(at: at(545)) == "under 1 min")
        #expect(life.shown(at: at(600)) == nil)
        var (now, wakes) = (at(0), 0)
        while let next = life.nextChange(after: now), wakes < 100 {
            #expect(next.milliseconds > now.milliseconds)
            now = next
            wakes += 1
            _ = life.takeNotice(at: now)
        }
        // Ten minutes, and three notices of which the last is a minute's end as well.
        #expect((11...14).contains(wakes))
    }
}
