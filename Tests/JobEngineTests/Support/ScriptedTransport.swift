import JobEngine
import Synchronization
import Transport
import VideoProviderKit

/// What a scripted server does with one request.
struct Answer: Sendable {
    enum End: Sendable {
        case reply(Int, [HeaderLine], [UInt8])
        case failure(TransportFailure.Phase, TransportFailure.Reason, gatePassed: Bool, partial: WireReply?)
        /// The body breaks off after what is given.
        case cut(Int, [HeaderLine], [UInt8])
        /// The body stops after what is given, and nothing more comes until the request is cancelled.
        case stalled(Int, [HeaderLine], [UInt8])
        /// No answer until the request is cancelled.
        case silence
    }

    var end: End
    /// Happens when connected, before the first byte may leave.
    var beforeGate: @Sendable () async -> Void = {}
    /// Happens when all of the request has left.
    var afterGate: @Sendable () async -> Void = {}

    static func json(_ body: String, status: Int = 200, _ headers: KeyValuePairs<String, String> = [:]) -> Answer {
        bytes(Array(body.utf8), status: status, headers)
    }

    static func bytes(_ body: [UInt8], status: Int = 200, _ headers: KeyValuePairs<String, String> = [:]) -> Answer {
        Answer(end: .reply(status, headers.map { HeaderLine(name: $0.key, value: $0.value) }, body))
    }

    static func cut(_ body: [UInt8], status: Int = 200, _ headers: KeyValuePairs<String, String> = [:]) -> Answer {
        Answer(end: .cut(status, headers.map { HeaderLine(name: $0.key, value: $0.value) }, body))
    }

    static func failure(
        _ phase: TransportFailure.Phase,
        _ reason: TransportFailure.Reason,
        gatePassed: Bool = false,
        partial: WireReply? = nil
    ) -> Answer {
        Answer(end: .failure(phase, reason, gatePassed: gatePassed, partial: partial))
    }

    static let silence = Answer(end: .silence)
}

/// A request as it would have left.
struct SentRequest: Sendable {
    var method: String
    var url: String
    var headerLines: [HeaderLine]
    var body: [UInt8]
    var isFresh: Bool
    var time: Duration

    func header(_ name: String) -> String? { headerLines.values(named: name).last }
}

/// A transport without a network.
///
/// Each request takes the next answer of the first queue that has one and whose
/// key is in its URL. A request for which nothing is left waits until it is cancelled.
final class ScriptedTransport: HTTPTransport {
    private struct State {
        var queues: [(key: String, answers: [Answer])] = []
        var last: [String: Answer] = [:]
        var sent: [SentRequest] = []
        var refusedAtGate = 0
        var counters: [(count: Int, reached: CheckedContinuation<Void, Never>)] = []
        var inFlight = 0
        var mostInFlight = 0
    }

    private let state = Mutex(State())
    private let clock: TestClock

    init(_ clock: TestClock) { self.clock = clock }

    /// Adds answers for requests whose URL holds `key`.
    func script(_ key: String, _ answers: Answer...) {
        state.withLock { state in
            if let index = state.queues.firstIndex(where: { $0.key == key }) {
                state.queues[index].answers += answers
            } else {
                state.queues.append((key, answers))
            }
        }
    }

    /// Gives this answer whenever the queue of `key` is empty.
    func always(_ key: String, _ answer: Answer) {
        script(key)
        state.withLock { $0.last[key] = answer }
    }

    /// The requests that were let out, in order.
    var sent: [SentRequest] { state.withLock(\.sent) }

    /// The most requests that were under way at the same time.
    var mostInFlight: Int { state.withLock(\.mostInFlight) }

    func sent(to key: String) -> [SentRequest] { sent.filter { $0.url.contains(key) } }

    /// Returns once so many requests were let out.
    func untilSent(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isReached = state.withLock { state in
                if state.sent.count < count { state.counters.append((count, continuation)) }
                return state.sent.count >= count
            }
            if isReached { continuation.resume() }
        }
    }

    func send(_ request: WireRequest) async throws(TransportFailure) -> WireReply {
        enter()
        defer { leave() }
        let answer = take(request.url)
        await answer.beforeGate()
        if Task.isCancelled { throw failure(.cancelled, .stopped, false) }
        switch answer.end {
        case .failure(let phase, let reason, gatePassed: false, let partial):
            throw failure(phase, reason, false, partial)
        default: break
        }
        if let gate = request.gate, !gate() {
            throw failure(Task.isCancelled ? .cancelled : .gate, .gateClosed, false)
        }
        note(request)
        await answer.afterGate()
        switch answer.end {
        case .reply(let status, let headers, let body): return try deliver(status, headers, body, to: request.sink)
        case .failure(let phase, let reason, _, let partial): throw failure(phase, reason, true, partial)
        case .cut(let status, let headers, let body):
            let partial = try deliver(status, headers, body, to: request.sink)
            throw failure(.receiving, .closed, true, partial)
        case .stalled(let status, let headers, let body):
            let partial = try deliver(status, headers, body, to: request.sink)
            await Signal().wait()
            throw failure(.cancelled, .stopped, true, partial)
        case .silence:
            await Signal().wait()
            throw failure(.cancelled, .stopped, true)
        }
    }

    private func deliver(
        _ status: Int,
        _ headers: [HeaderLine],
        _ body: [UInt8],
        to sink: (any WireSink)?
    )
        throws(TransportFailure) -> WireReply
    {
        let head = headers.map { "\($0.name): \($0.value)\r\n" }.joined()
        var reply = WireReply(
            status: status,
            statusLine: "HTTP/1.1 \(status)",
            headerLines: headers,
            headerBytes: Array("HTTP/1.1 \(status)\r\n\(head)\r\n".utf8),
            body: body
        )
        guard let sink, (200..<300).contains(status) else { return reply }
        do {
            try sink.begin(status: status, headerLines: headers)
            try body.withUnsafeBytes { try sink.write($0) }
        } catch {
            throw TransportFailure(
                phase: .receiving,
                reason: .sinkFailed,
                gatePassed: true,
                message: "\(error)",
                underlying: error
            )
        }
        reply.body = []
        return reply
    }

    private func failure(
        _ phase: TransportFailure.Phase,
        _ reason: TransportFailure.Reason,
        _ gatePassed: Bool,
        _ partial: WireReply? = nil
    ) -> TransportFailure {
        TransportFailure(
            phase: phase,
            reason: reason,
            gatePassed: gatePassed,
            message: "scripted \(reason.rawValue)",
            partial: partial
        )
    }

    private func take(_ url: String) -> Answer {
        state.withLock { state in
            let fitting = state.queues.indices.filter { url.contains(state.queues[$0].key) }
            guard let index = fitting.first(where: { !state.queues[$0].answers.isEmpty }) else {
                return fitting.compactMap { state.last[state.queues[$0].key] }.first ?? .silence
            }
            return state.queues[index].answers.removeFirst()
        }
    }

    private func note(_ request: WireRequest) {
        var body: [UInt8] = []
        if case .segments(let segments) = request.body { body = segments.flatMap(\.self) }
        let sent = SentRequest(
            method: request.method,
            url: request.url,
            headerLines: request.headerLines,
            body: body,
            isFresh: request.connection == .fresh,
            time: clock.now
        )
        let reached = state.withLock { state in
            state.sent.append(sent)
            let reached = state.counters.filter { $0.count <= state.sent.count }
            state.counters.removeAll { $0.count <= state.sent.count }
            return reached.map(\.reached)
        }
        for continuation in reached { continuation.resume() }
    }

    private func enter() {
        state.withLock { state in
            state.inFlight += 1
            state.mostInFlight = max(state.mostInFlight, state.inFlight)
        }
    }

    private func leave() { state.withLock { $0.inFlight -= 1 } }
}
