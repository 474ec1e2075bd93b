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
        let shop = try Workshop(.manual)
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

    @Test("case 41: after eight hours asleep each of a thousand jobs is asked once")
    func asleep() async throws {
        let shop = try Workshop(.manual)
        shop.network.always("/status", Sample.status("Failed"))
        let now = shop.clock.wall.milliseconds
        try await shop.journal.write { db in
            for index in 1...1000 {
                try db.execute(
                    sql: """
                        INSERT INTO job (id, number, state, provider, instance, baseURL, account, draft, draftHash, tag,
                            createdAt, submittedAt, taskID)
                        VALUES (?1, ?1, 'running', 'siliconflow', 'siliconflow', 'https://vendor.test/v1', 'a', '{}',
                            x'00', '', ?2, ?2, 't' || ?1)
                        """,
                    arguments: [index, now]
                )
                try db.execute(
                    sql: "INSERT INTO receipt (job, version, value) VALUES (?1, 1, ?2)",
                    arguments: [index, #"{"version":1,"taskID":"t\#(index)","values":{}}"#]
                )
            }
        }
        shop.clock.advance(by: .seconds(8 * 3600))
        try await shop.running { events in
            let recovery = try await shop.engine.recover(schedules: true)
            #expect(recovery.resumed.count == 1000)
            for _ in 0..<1000 { try await events.state(.failed) }
        }
        #expect(shop.network.sent.count == 1000)
        #expect(Set(shop.network.sent.map(\.body)).count == 1000)
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
