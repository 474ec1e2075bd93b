import Synchronization
package import Transport

/// A transport that can write down what it carries, or answer from what was written down and never touch the network.
package final class CassetteTransport: HTTPTransport {
    /// What it does now.
    package enum Mode: String, Sendable, Hashable {
        /// Carries, and nothing else.
        case off
        /// Carries and writes down.
        case recording = "rec"
        /// Answers from what was written down.
        case playing = "play"
    }

    private enum State {
        case off
        case recording(CassetteWriter)
        case playing(CassetteReader)
    }

    private let inner: any HTTPTransport
    private let redactor: Redactor
    private let state = Mutex(State.off)

    /// Wraps the transport that touches the network.
    package init(_ inner: any HTTPTransport, redactor: Redactor) {
        self.inner = inner
        self.redactor = redactor
    }

    /// What it does now.
    package var mode: Mode {
        state.withLock { state in
            switch state {
            case .off: .off
            case .recording: .recording
            case .playing: .playing
            }
        }
    }

    /// Writes everything that is carried from now on into `folder`.
    ///
    /// - Parameters:
    ///   - folder: made when it is not there; what is in it is kept.
    ///   - onRefusal: told when an exchange is not written, because a key was found in it or the file failed.
    /// - Throws: ``CassetteError`` when the folder cannot be used.
    package func record(into folder: String, onRefusal: @escaping @Sendable (String) -> Void) throws(CassetteError) {
        let writer = try CassetteWriter(folder: folder, redactor: redactor, onRefusal: onRefusal)
        state.withLock { $0 = .recording(writer) }
    }

    /// Answers from `folder` from now on.
    ///
    /// - Returns: how many exchanges there are.
    /// - Throws: ``CassetteError`` when it holds none.
    package func play(from folder: String) throws(CassetteError) -> Int {
        let reader = try CassetteReader(folder: folder)
        state.withLock { $0 = .playing(reader) }
        return reader.count
    }

    /// Ends recording or playing.
    ///
    /// - Returns: how many exchanges were written.
    @discardableResult
    package func stop() -> Int {
        state.withLock { state in
            defer { state = .off }
            if case .recording(let writer) = state { return writer.count }
            return 0
        }
    }

    package func send(_ request: WireRequest) async throws(TransportFailure) -> WireReply {
        switch state.withLock(\.self) {
        case .off: return try await inner.send(request)
        case .playing(let reader): return try reader.answer(request, redactor)
        case .recording(let writer):
            var request = request
            let tap = request.sink.map(SinkTap.init)
            if let tap { request.sink = tap }
            let reply = try await inner.send(request)
            writer.write(request, reply, film: reply.body.isEmpty ? tap?.bytes : nil)
            return reply
        }
    }
}

/// Why a cassette cannot be used.
package struct CassetteError: Error, Sendable {
    /// What failed, without a full stop.
    package var what: String
    /// Why.
    package var why: String
}

/// Passes a film's bytes on and keeps a copy.
private final class SinkTap: WireSink {
    private let inner: any WireSink
    private let copy = Mutex<[UInt8]>([])

    init(_ inner: any WireSink) { self.inner = inner }

    var bytes: [UInt8] { copy.withLock(\.self) }

    func begin(status: Int, headerLines: [HeaderLine]) throws {
        try inner.begin(status: status, headerLines: headerLines)
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        try inner.write(bytes)
        copy.withLock { $0.append(contentsOf: bytes) }
    }
}
