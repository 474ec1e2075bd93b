import GRDB
import JobEngine
import Journal
import Testing
import Transport
import VideoProviderKit

@Suite("When polls are made")
struct PollScheduleTests {
    @Test("The first poll comes after five seconds, the next ones at growing distances")
    func schedule() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", Sample.submitted())
        shop.network.always("/status", Sample.status("InProgress"))
        try await shop.running { _ in
            try await shop.submitted()
            await shop.network.untilSent(12)
        }
        let times = shop.network.sent(to: "/status").prefix(11).map(\.time)
        #expect(times[0] == .seconds(5))
        for (time, next) in zip(times, times.dropFirst()) {
            #expect(next - time >= .seconds(4))
            #expect(next - time <= .seconds(15))
        }
        #expect(times[10] > .seconds(80))
    }

    @Test("A poll hint of the server is obeyed")
    func hint() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", Sample.submitted())
        shop.network.script(
            "/status",
            .json(#"{"status":"InProgress"}"#, ["Retry-After": "120"]),
            Sample.status("InProgress")
        )
        try await shop.running { _ in
            try await shop.submitted()
            await shop.network.untilSent(3)
        }
        let times = shop.network.sent(to: "/status").map(\.time)
        #expect(times[1] - times[0] == .seconds(120))
    }

    @Test(
        "case 39: a hint that makes no sense leaves the schedule alone",
        arguments: ["0", "-5", "1e12", "1000000000000", "Fri, 31 Dec 9999 23:59:59 GMT", "soon", ""]
    )
    func badHint(_ value: String) async throws {
        let shop = try Workshop()
        shop.network.script("/submit", Sample.submitted())
        shop.network.script("/status", .json("", status: 503, ["Retry-After": value]), Sample.status("InProgress"))
        try await shop.running { _ in
            try await shop.submitted()
            await shop.network.untilSent(3)
        }
        let times = shop.network.sent(to: "/status").map(\.time)
        #expect(times[1] - times[0] >= .seconds(1))
        #expect(times[1] - times[0] <= .seconds(900))
    }

    @Test("At most four polls of an account are under way at once, and every job gets its turn")
    func parallelPolls() async throws {
        let shop = try Workshop(.manual) { $0.pollRate = nil }
        let allWait = Signal()
        var slow = Sample.status("Succeed", link: Sample.link)
        slow.afterGate = { await allWait.wait() }
        shop.network.always("/status", slow)
        for index in 0..<10 {
            shop.network.script("/submit", Sample.submitted("t\(index)"))
            try await shop.submitted(Sample.draft("film \(index)"))
        }
        try await shop.running { events in
            shop.clock.advance(by: .seconds(30))
            await shop.network.untilSent(14)
            #expect(shop.network.sent.count == 14)
            allWait.give()
            for _ in 0..<10 { try await events.state(.succeeded) }
        }
        #expect(shop.network.mostInFlight == 4)
    }

    @Test("Case 41: after eight hours asleep each of a thousand jobs is asked once, at the account's rate")
    func asleep() async throws {
        let shop = try Workshop()
        shop.network.always("/status", Sample.status("Failed"))
        try await insertJobs(1000, shop) { _ in nil }
        shop.clock.advance(by: .seconds(8 * 3600))
        try await shop.running { events in
            let recovery = try await shop.engine.recover(schedules: true)
            #expect(recovery.resumed.count == 1000)
            for _ in 0..<1000 { try await events.state(.failed) }
        }
        #expect(Set(shop.network.sent.map(\.body)).count == 1000)
        // A thousand jobs at two a second would be seen too seldom for links of ten minutes, so it is more.
        try expectRate(shop.network.sent.map(\.time), count: 1000, perSecond: 1000.0 * 4 / 600)
    }

    @Test("A watched job takes at most 512 bytes with its timer")
    func small() async throws {
        let bytes = await (try Workshop()).engine.timerBytes
        #expect(bytes <= 512)
    }

    @Test("Case 42: of jobs that are due together two a second are asked, with four at once")
    func rateHeld() async throws {
        let shop = try Workshop()
        shop.network.always("/status", Sample.status("InProgress"))
        try await insertJobs(100, shop) { _ in nil }
        try await shop.running { _ in
            _ = try await shop.engine.recover(schedules: true)
            await shop.network.untilSent(200)
        }
        try expectRate(Array(shop.network.sent.map(\.time).prefix(200)), count: 200, perSecond: 2)
        #expect(shop.network.mostInFlight <= 4)
        // Nobody is asked twice before everybody was asked once.
        #expect(Set(shop.network.sent.prefix(100).map(\.body)).count == 100)
    }

    /// At most four at once and so many for each second after that.
    private func expectRate(_ times: [Duration], count: Int, perSecond rate: Double) throws {
        #expect(times.count == count)
        let start = try #require(times.first)
        for (index, time) in times.enumerated() {
            #expect((time - start) / .seconds(1) >= Double(index - 4) / rate - 0.01, "poll \(index)")
        }
    }

    @Test("case 40: a wall clock that jumps changes no due time", arguments: [86_400, -86_400])
    func wallClock(_ seconds: Int) async throws {
        let shop = try Workshop()
        shop.network.script("/submit", Sample.submitted())
        var jump = Sample.status("InProgress")
        let clock = shop.clock
        jump.afterGate = { clock.setWall(by: .seconds(seconds)) }
        shop.network.script("/status", jump, Sample.status("InProgress"), Sample.status("Failed"))
        try await shop.running { events in
            try await shop.submitted()
            try await events.state(.failed)
        }
        let times = shop.network.sent(to: "/status").map(\.time)
        for (time, next) in zip(times, times.dropFirst()) { #expect(next - time <= .seconds(15)) }
    }
}
