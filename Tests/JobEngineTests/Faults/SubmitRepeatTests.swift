import JobEngine
import Journal
import Synchronization
import TestSupport
import Testing
import Transport
import VideoProviderKit

@Suite("Repeats of a submit over real sockets", .serialized, .timeLimit(.minutes(10)))
struct SubmitRepeatTests {
    private let clock = TestClock(.jumping)

    @Test("Case 1: refused twice, then taken: one request, and a receipt")
    func refusedTwice() async throws {
        let server = try RawServer(refusingUntilOpened: [
            .readRequest, .answer("200 OK", Vendor.siliconflow.acceptance()),
        ])
        try await FaultHouse.run(server, clock: clock) { house in
            let holds = Mutex(0)
            var options = SubmitOptions()
            options.onHold = { _, _, _ in
                let count = holds.withLock { holds in
                    holds += 1
                    return holds
                }
                if count == 2 { try? server.open() }
            }
            let report = try await house.submit(options: options)
            #expect(report.end.name == "submitted")
            #expect(holds.withLock(\.self) == 2)
            #expect(house.posts == 1)
        }
    }

    @Test("Case 2: a port that takes connections and does not speak TLS: three attempts, nothing sent")
    func noTLS() async throws {
        let server = try RawServer([.read(20)])
        try await FaultHouse.run(server, base: server.url("", scheme: "https"), clock: clock) { house in
            let report = try await house.submit()
            #expect(report.end.name == "unsent")
            #expect(report.end.fault?.kind == .network)
            #expect(report.end.fault?.sent == .no)
            #expect(report.end.fault?.charged == .no)
            #expect(server.log.connections == 3)
            #expect(house.posts == 0)
        }
    }

    @Test("Case 3: a name that does not exist: nothing sent, and the fault is the network's")
    func noName() async throws {
        let server = try RawServer([.readRequest])
        try await FaultHouse.run(server, base: "https://nonexistent.invalid", clock: clock) { settings in
            settings.submitLimits.connect = .seconds(2)
        } _: { house in
            let report = try await house.submit()
            #expect(report.end.name == "unsent")
            #expect(report.end.fault?.kind == .network)
            let states = try house.statesOnDisk
            #expect(states == ["unsent"])
        }
    }

    @Test("Case 5: a proxy that refuses is named, without its password, and nothing was sent")
    func proxyRefuses() async throws {
        let server = try RawServer([.readHead, .answer("403 Forbidden")])
        let proxy = "http://user:hunter2-secret@127.0.0.1:\(server.port)"
        try await FaultHouse.run(server, base: "https://vendor.test", clock: clock, proxies: ["https_proxy": proxy]) {
            house in
            let report = try await house.submit()
            #expect(report.end.name == "unsent")
            let fault = try #require(report.end.fault)
            #expect(fault.message.contains("127.0.0.1:\(server.port)"))
            #expect(!fault.message.contains("hunter2"))
            #expect(server.log.connections == 3)
            #expect(house.posts == 0)
        }
    }

    @Test("Case 9: a pooled connection that dies under a request is not what a submit uses")
    func warmPool() async throws {
        let server = try RawServer(
            [.readRequest, .answer("200 OK", #"{"object":"list","data":[]}"#), .awaitClose],
            [.readRequest]
        )
        try await FaultHouse.run(server, clock: clock) { house in
            _ = try await house.engine.callFree(.get("v1/models"), .models, house.instance)
            let report = try await house.submit()
            #expect(report.end.name == "unconfirmed")
            #expect(house.posts == 1)
            #expect(server.log.connections == 2)
        }
    }

    @Test("Case 16: a documented overload is waited out for as long as the server asks")
    func overloaded() async throws {
        let times = Mutex<[Duration]>([])
        let clock = clock
        let note = ServerStep.call { times.withLock { $0.append(clock.now) } }
        let busy = #"{"code":50505,"message":"Model service overloaded. Please try again later.","data":null}"#
        let server = try RawServer(
            [.readRequest, note, .answer("503 Busy", busy, ["Retry-After: 2"])],
            [.readRequest, note, .answer("200 OK", Vendor.siliconflow.acceptance())]
        )
        try await FaultHouse.run(server, clock: clock) { house in
            let report = try await house.submit()
            #expect(report.end.name == "submitted")
            #expect(house.posts == 2)
            let times = times.withLock(\.self)
            #expect(times.count == 2 && times[1] - times[0] >= .seconds(2))
        }
    }

    @Test("Case 19: repeats after a bare 429 keep a distance that is not the same each time")
    func jittered() async throws {
        let times = Mutex<[Duration]>([])
        let clock = clock
        let note = ServerStep.call { times.withLock { $0.append(clock.now) } }
        let server = try RawServer([.readRequest, note, .answer("429 Too Many Requests")])
        try await FaultHouse.run(server, .xiexus, clock: clock) { house in
            for film in 0..<4 { _ = try await house.submit("film \(film)") }
            let times = times.withLock(\.self)
            #expect(times.count == 16)
            let gaps = (0..<16).filter { $0 % 4 != 3 }.map { times[$0 + 1] - times[$0] }
            #expect(gaps.allSatisfy { $0 >= .milliseconds(500) })
            #expect(Set(gaps).count > 4)
        }
    }

    @Test("Case 22: a redirect is told with its target and not followed", arguments: [301, 302, 307, 308])
    func redirected(_ status: Int) async throws {
        let elsewhere = try RawServer([.readRequest, .answer("200 OK", Vendor.siliconflow.acceptance())])
        let server = try RawServer([
            .readRequest, .answer("\(status) Moved", "", ["Location: \(elsewhere.url("/v1/video/submit"))"]),
        ])
        try await FaultHouse.run(server, clock: clock) { house in
            let report = try await house.submit()
            #expect(report.end.name == "rejected")
            #expect(report.end.fault?.kind == .redirected)
            #expect(report.end.fault?.message.contains("127.0.0.1:\(elsewhere.port)") == true)
            #expect(elsewhere.log.connections == 0)
            #expect(house.posts == 1)
        }
    }
}
