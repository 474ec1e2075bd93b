import Synchronization
import TestSupport
import Testing

@testable import Transport

/// Runs a body with a transport that is gone afterwards.
func withTransport<Result>(
    _ proxies: ProxyEnvironment = ProxyEnvironment([:]),
    _ body: (CurlTransport) async throws -> Result
) async throws -> Result {
    let transport = CurlTransport(CurlTransport.Configuration(proxies: proxies))
    do {
        let result = try await body(transport)
        await transport.shutdown()
        return result
    } catch {
        await transport.shutdown()
        throw error
    }
}

/// Runs a body with a transport and a scripted server, and returns what the server saw once all connections ended.
func withServer(
    _ server: RawServer,
    _ body: (CurlTransport) async throws -> Void
) async throws -> ServerLog {
    do {
        try await withTransport { transport in try await body(transport) }
    } catch {
        _ = try await server.finish()
        throw error
    }
    return try await server.finish()
}

extension CurlTransport {
    /// Sends a request that must fail, and returns how it did.
    func failure(
        _ request: WireRequest,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws
        -> TransportFailure
    {
        do throws(TransportFailure) {
            let reply = try await send(request)
            Issue.record("answered with \(reply.status) instead of failing", sourceLocation: sourceLocation)
            return TransportFailure(phase: .invalid, reason: .other, message: "it did not fail")
        } catch {
            return error
        }
    }
}

/// The stages an exchange went through, and a way to wait for one.
final class Stages: Sendable {
    private struct State {
        var seen: [WireProgress] = []
        var waiters: [(WireProgress, CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    var seen: [WireProgress] { state.withLock { state in state.seen } }

    @Sendable
    func note(_ stage: WireProgress) {
        let ready = state.withLock { state in
            state.seen.append(stage)
            let ready = state.waiters.filter { waiter in waiter.0 <= stage }
            state.waiters.removeAll { waiter in waiter.0 <= stage }
            return ready
        }
        for (_, continuation) in ready {
            continuation.resume()
        }
    }

    func wait(for stage: WireProgress) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                let isThere = state.seen.contains { seen in seen >= stage }
                if !isThere {
                    state.waiters.append((stage, continuation))
                }
                return isThere
            }
            if isThere {
                continuation.resume()
            }
        }
    }
}

/// Counts calls.
final class Counter: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { count in count } }

    func add() {
        count.withLock { count in count += 1 }
    }
}

extension [UInt8] {
    var text: String { String(decoding: self, as: UTF8.self) }

    init(text: String) {
        self = Array(text.utf8)
    }
}

extension HeaderLine {
    init(_ name: String, _ value: String) {
        self.init(name: name, value: value)
    }
}
