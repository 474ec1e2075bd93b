import Foundation
import Synchronization
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// SIGKILL at the points of a submit that a server can see; after the restart each task is known or unconfirmed.
@Suite("kill -9 at named points of a submit", .fewAtOnce)
struct KillPointTests {
    enum Point: String, CaseIterable, Sendable {
        /// Connected, before the first byte: the handshake does not go on.
        case k4
        /// In the middle of the body.
        case k5
        /// All sent, no answer.
        case k6
        /// Half of the answer has come.
        case k7
        /// The receipt is stored: the first poll arrives.
        case k8
        /// A poll's answer is half here.
        case k9
    }

    private func script(_ point: Point, _ reached: @escaping @Sendable () -> Void) -> [ServerStep] {
        let stop: [ServerStep] = [.call(reached), .awaitClose]
        let accepted = Upstream.answer("200 OK", #"{"requestId":"task-7f3c9a"}"#)
        switch point {
        case .k4: return [.read(20)] + stop
        case .k5: return [.read(200)] + stop
        case .k6: return [.readRequest] + stop
        case .k7: return [.readRequest, .text("HTTP/1.1 200 OK\r\nContent-Length: 27\r\n\r\n{\"requ")] + stop
        case .k8, .k9:
            return [
                .serve { request in
                    if request.target.hasSuffix("submit") { return accepted }
                    let half = ServerStep.text("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"sta")
                    return (point == .k9 ? [half] : []) + stop
                }
            ]
        }
    }

    @Test("After the restart nothing was sent again, and the job is there", arguments: Point.allCases)
    func killed(_ point: Point) async throws {
        let isReached = Mutex(false)
        let server = try RawServer(script(point) { isReached.withLock { $0 = true } })
        var reel = try Reel()
        reel.variables = Upstream.variables(server)
        if point == .k4 { reel.variables["SILICONFLOW_BASE_URL"] = server.url("", scheme: "https") }
        let words = ["--fetch-auto", "off", "--poll-every", "1"] + Upstream.submit
        let child = try reel.start(words + ["prompt=cat", "--wait"], place: "first")
        #expect(try await Waiting.until { isReached.withLock(\.self) })
        child.signal(SIGKILL)
        #expect(try await child.exitCode() == 137)
        let connections = server.log.connections

        let jobs = try await reel.run(["jobs"])
        #expect(jobs.code == 0, "\(jobs.errors)")
        let isKnown = point == .k8 || point == .k9
        #expect(jobs.output.contains(isKnown ? "queued" : "unconfirmed"), "\(jobs.output)")
        #expect(server.log.connections == connections)
        if isKnown {
            let status = try await reel.run(["status", "j1"])
            #expect((status.output + jobs.output).contains("task-7f3c9a"), "\(status.output)")
        }
        let submits = server.log.requests.filter { RawRequest($0).target.hasSuffix("submit") }
        #expect(submits.count <= 1)
    }
}
