import Foundation
import Synchronization

/// One step of what a scripted server does with a connection.
package enum ServerStep: Sendable {
    /// Reads one request: its head, and as much body as `Content-Length` says.
    case readRequest
    /// Reads the head of a request.
    case readHead
    /// Reads so many bytes.
    case read(Int)
    /// Writes these bytes.
    case send([UInt8])
    /// Writes the bytes again and again, until the peer hangs up at the latest.
    case flood([UInt8], times: Int)
    /// Does nothing until the latch is opened; `finish` opens it.
    case stall(Latch)
    /// Writes the bytes one by one with a pause after each, until the peer hangs up at the latest.
    case drip([UInt8], pause: Duration)
    /// Reads until the peer hangs up.
    case awaitClose
    /// Reads requests until the peer hangs up, and does with each what is said for it.
    case serve(@Sendable (RawRequest) -> [ServerStep])
    /// Calls this, on the connection's thread.
    case call(@Sendable () -> Void)
    /// Closes the connection.
    case close
    /// Ends the connection with RST.
    case reset

    package static func text(_ text: String) -> Self {
        .send(Array(text.utf8))
    }

    /// A complete answer with the given body, keeping the connection.
    package static func reply(_ status: String = "200 OK", body: String = "") -> Self {
        .text("HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }
}

/// Holds a connection until it is opened.
///
/// `@unchecked Sendable`: the flag is only touched while the condition is locked.
package final class Latch: @unchecked Sendable {
    private let condition = NSCondition()
    private var isOpen = false

    /// A latch that holds.
    package init() {}

    /// Lets everybody through from now on.
    package func open() {
        condition.withLock {
            isOpen = true
            condition.broadcast()
        }
    }

    /// Returns once it is open.
    package func wait() {
        condition.withLock {
            while !isOpen {
                condition.wait()
            }
        }
    }
}

/// What a server saw.
package struct ServerLog: Sendable {
    /// Connections accepted.
    package var connections = 0
    /// Connections that have ended.
    package var ended = 0
    /// What each request step read, in order of completion.
    package var requests: [[UInt8]] = []
    /// All bytes read.
    package var byteCount = 0
    /// Whether no connection is accepted any more.
    package var isComplete = false
}

/// A TCP server on loopback that follows a script for each connection, for faults that no real server commits.
package final class RawServer: Sendable {
    /// Where it listens.
    package let port: Int

    private struct State {
        var log = ServerLog()
        /// Those that hold a connection now.
        var latches: [Latch] = []
        var isFinishing = false
        /// The port of the connection that ends the server.
        var lastPort: Int?
        var waiters: [(@Sendable (ServerLog) -> Bool, CheckedContinuation<Void, Never>)] = []
    }

    private let listener: Int32
    private let script: @Sendable (Int) -> [ServerStep]
    private let state = Mutex(State())

    /// Starts a server; the last script serves all further connections.
    package convenience init(_ scripts: [ServerStep]...) throws {
        try self.init { number in scripts[min(number, scripts.count - 1)] }
    }

    /// Starts a server that asks for the script of each connection by its number, from 0.
    package init(_ script: @escaping @Sendable (Int) -> [ServerStep]) throws {
        (listener, port) = try LoopbackSocket.listening(backlog: 256)
        self.script = script
        Thread.detachNewThread { [self] in acceptLoop() }
    }

    /// Makes a server whose port refuses connections until ``open()``.
    package init(refusingUntilOpened script: [ServerStep]) throws {
        (listener, port) = try LoopbackSocket.bound()
        self.script = { _ in script }
    }

    /// Begins to listen.
    package func open() throws {
        try LoopbackSocket.listen(listener, backlog: 256)
        Thread.detachNewThread { [self] in acceptLoop() }
    }

    /// What was seen so far.
    package var log: ServerLog { state.withLock { state in state.log } }

    /// An address at this server.
    package func url(_ path: String = "/", scheme: String = "http") -> String {
        "\(scheme)://127.0.0.1:\(port)\(path)"
    }

    /// Returns when the log fulfils the condition.
    package func wait(until condition: @escaping @Sendable (ServerLog) -> Bool) async {
        await withCheckedContinuation { continuation in
            let holds = state.withLock { state in
                let holds = condition(state.log)
                if !holds {
                    state.waiters.append((condition, continuation))
                }
                return holds
            }
            if holds {
                continuation.resume()
            }
        }
    }

    /// Accepts what has connected so far, waits for the end of each connection and returns what was seen.
    ///
    /// The client has to have hung up.
    package func finish() async throws -> ServerLog {
        let latches = state.withLock { state in
            state.isFinishing = true
            return state.latches
        }
        for latch in latches { latch.open() }
        // Accepted in order, this connection comes behind all that were there before.
        let (last, lastPort) = try LoopbackSocket.bound()
        state.withLock { state in state.lastPort = lastPort }
        try LoopbackSocket.connect(last, to: port)
        await wait { log in log.isComplete && log.ended == log.connections }
        close(last)
        return state.withLock { state in state.log }
    }

    private func change(_ change: (inout ServerLog) -> Void) {
        let ready = state.withLock { state in
            change(&state.log)
            let log = state.log
            let ready = state.waiters.filter { waiter in waiter.0(log) }
            state.waiters.removeAll { waiter in waiter.0(log) }
            return ready
        }
        for (_, continuation) in ready {
            continuation.resume()
        }
    }
}

/// The threads, which may block.
extension RawServer {
    private func acceptLoop() {
        var count = 0
        while true {
            let descriptor = accept(listener, nil, nil)
            guard descriptor >= 0 else {
                continue
            }
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            let peer = LoopbackSocket.peerPort(of: descriptor)
            guard state.withLock({ state in state.lastPort }) != peer else {
                close(descriptor)
                close(listener)
                change { log in log.isComplete = true }
                return
            }
            let script = script(count)
            count += 1
            change { log in log.connections += 1 }
            Thread.detachNewThread { [self] in
                follow(script, on: descriptor)
                close(descriptor)
                change { log in log.ended += 1 }
            }
        }
    }

    private func follow(_ script: [ServerStep], on descriptor: Int32) {
        for step in script {
            guard perform(step, on: descriptor) else {
                return
            }
        }
    }

    private func perform(_ step: ServerStep, on descriptor: Int32) -> Bool {
        switch step {
        case .readRequest:
            return record(readRequest(descriptor, withBody: true))
        case .readHead:
            return record(readRequest(descriptor, withBody: false))
        case .read(let count):
            return record(read(count, from: descriptor))
        case .send(let bytes):
            return write(bytes, to: descriptor)
        case .flood(let bytes, let times):
            return (0..<times).allSatisfy { _ in write(bytes, to: descriptor) }
        case .stall(let latch):
            let isOver = state.withLock { state in
                state.latches.append(latch)
                return state.isFinishing
            }
            if !isOver { latch.wait() }
            return true
        case .close:
            return false
        case .call(let action):
            action()
            return true
        case .drip(let bytes, let pause):
            let pieces = pause.components
            let seconds = Double(pieces.seconds) + Double(pieces.attoseconds) / 1e18
            return bytes.allSatisfy { byte in
                Thread.sleep(forTimeInterval: seconds)
                return write([byte], to: descriptor)
            }
        case .serve(let answer):
            while let bytes = readRequest(descriptor, withBody: true), record(bytes) {
                guard answer(RawRequest(bytes)).allSatisfy({ step in perform(step, on: descriptor) }) else {
                    return false
                }
            }
            return false
        case .awaitClose:
            while !read(1, from: descriptor, upTo: 65536).isEmpty {}
            return true
        case .reset:
            var abrupt = linger(l_onoff: 1, l_linger: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &abrupt, socklen_t(MemoryLayout<linger>.size))
            return false
        }
    }

    private func record(_ bytes: [UInt8]?) -> Bool {
        guard let bytes, !bytes.isEmpty else {
            return false
        }
        change { log in log.requests.append(bytes) }
        return true
    }

    private func readRequest(_ descriptor: Int32, withBody: Bool) -> [UInt8]? {
        var bytes: [UInt8] = []
        while !bytes.suffix(4).elementsEqual([13, 10, 13, 10]) {
            let next = read(1, from: descriptor)
            guard !next.isEmpty else {
                return nil
            }
            bytes += next
        }
        let length = String(decoding: bytes, as: UTF8.self)
            .split(separator: "\r\n")
            .first { line in line.lowercased().hasPrefix("content-length:") }
            .flatMap { line in Int(line.dropFirst("content-length:".count).filter { $0 != " " }) }
        if withBody, let length {
            let body = read(length, from: descriptor)
            return body.count == length ? bytes + body : nil
        }
        return bytes
    }

    /// Reads exactly `count` bytes unless the peer hangs up; with `upTo`, whatever is there.
    private func read(_ count: Int, from descriptor: Int32, upTo limit: Int? = nil) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            var chunk = [UInt8](repeating: 0, count: limit ?? min(count - bytes.count, 1 << 20))
            let got = recv(descriptor, &chunk, chunk.count, 0)
            guard got > 0 else {
                break
            }
            bytes += chunk[..<got]
            change { log in log.byteCount += got }
        }
        return bytes
    }

    private func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        #if canImport(Darwin)
        let flags: Int32 = 0
        var on: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size))
        #else
        let flags = Int32(MSG_NOSIGNAL)
        #endif
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { raw in
                send(descriptor, raw.baseAddress?.advanced(by: sent), bytes.count - sent, flags)
            }
            guard count > 0 else {
                return false
            }
            sent += count
        }
        return true
    }
}
