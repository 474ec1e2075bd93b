import LosslessJSON
import SandboxScenarios
import SandboxServer
import Synchronization

/// A clock that stands still until it is moved.
final class ManualClock: Sendable {
    private let wall = Mutex<Int64>(1_760_000_000_000)

    func now() -> Int64 { wall.withLock { $0 } }

    func advance(_ milliseconds: Int64) {
        wall.withLock { $0 += milliseconds }
    }
}

/// Runs a test against a sandbox that is stopped afterwards, whatever happens.
func withSandbox(
    port: Int? = nil,
    stateFile: String? = nil,
    clock: ManualClock = ManualClock(),
    _ body: (SandboxServer, SandboxEndpoints, ManualClock) async throws -> Void
) async throws {
    let server = SandboxServer(
        configuration: SandboxConfiguration(
            port: port,
            stateFile: stateFile,
            now: { clock.now() },
            refusal: .seconds(86_400),
            bodyLimit: 1_000_000
        )
    )
    let endpoints = try await server.start()
    do {
        try await body(server, endpoints, clock)
    } catch {
        await server.stop()
        throw error
    }
    await server.stop()
}

/// A connection of its own for one request.
func send(
    _ method: String,
    _ base: String,
    _ target: String,
    json: String? = nil,
    key: String? = "sandbox-test",
    more: String = ""
) async throws -> RawConnection.Reply {
    let prefix = base.dropFirst("http://".count).drop { $0 != "/" }
    let connection = try await RawConnection(to: base)
    try await connection.sendRequest(method, "\(prefix)\(target)", json: json, key: key, more: more)
    let reply = try await connection.reply(toHead: method == "HEAD")
    await connection.close()
    guard let reply else { throw NoReply() }
    return reply
}

/// The connection ended without a reply.
struct NoReply: Error {}

let order = #"{"model":"Wan-AI/Wan2.2-T2V-A14B","prompt":"a cat","image_size":"960x960","seed":7}"#

extension RawConnection.Reply {
    var root: JSONValue { get throws { try JSONDocument(parsing: body).root } }
}
