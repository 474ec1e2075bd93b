import Synchronization
import Transport

/// Answers requests from a list instead of a network, and remembers what was asked.
final class ScriptedTransport: HTTPTransport {
    private struct State {
        var answers: [String]
        var asked: [String] = []
        var bodies: [String] = []
    }

    private let state: Mutex<State>

    /// Makes a transport that gives `answers` with HTTP 200, in order.
    init(_ answers: [String]) { state = Mutex(State(answers: answers)) }

    /// Method and URL of each request.
    var asked: [String] { state.withLock(\.asked) }

    /// The body of each request.
    var bodies: [String] { state.withLock(\.bodies) }

    func send(_ request: WireRequest) async throws(TransportFailure) -> WireReply {
        // A submit counts as sent only behind its gate.
        _ = request.gate?()
        let body: [UInt8] = if case .segments(let segments) = request.body { segments.flatMap(\.self) } else { [] }
        let answer = state.withLock { state in
            state.bodies.append(String(decoding: body, as: UTF8.self))
            state.asked.append("\(request.method) \(request.url)")
            return state.answers.isEmpty ? "{}" : state.answers.removeFirst()
        }
        return WireReply(
            status: 200,
            headerLines: [HeaderLine(name: "Content-Type", value: "application/json")],
            body: Array(answer.utf8)
        )
    }
}
