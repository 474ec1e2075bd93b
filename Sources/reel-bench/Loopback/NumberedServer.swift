import Dispatch
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A server inside this process, a thread a connection, that knows when it answered last.
///
/// Each answer tells another progress, so each poll brings news.
final class NumberedServer: Sendable {
    let port: UInt16
    private let listener: Int32
    private let answered = Atomic<Int>(0)
    private let lastAnswer = Mutex<ContinuousClock.Instant?>(nil)

    init() throws {
        #if canImport(Darwin)
        let listener = socket(AF_INET, SOCK_STREAM, 0)
        #else
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 64) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        guard isBound else { throw BenchFailure("no port can be served: errno \(errno)") }
        self.listener = listener
        port = UInt16(bigEndian: address.sin_port)
        DispatchQueue.global().async { self.serve() }
    }

    var url: String { "http://127.0.0.1:\(port)" }
    /// How many requests were answered.
    var count: Int { answered.load(ordering: .relaxed) }
    /// When the last answer was written.
    var lastAnsweredAt: ContinuousClock.Instant? { lastAnswer.withLock(\.self) }

    private func serve() {
        while true {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { return }
            var yes: Int32 = 1
            setsockopt(connection, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
            Thread.start { self.answer(connection) }
        }
    }

    private func answer(_ connection: Int32) {
        defer { close(connection) }
        var received: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 8192)
        while true {
            let count = read(connection, &chunk, chunk.count)
            guard count > 0 else { return }
            received += chunk.prefix(count)
            // Polls have no body: the end of the head is the end of the request.
            guard received.suffix(4).elementsEqual("\r\n\r\n".utf8) else { continue }
            received = []
            let number = answered.add(1, ordering: .relaxed).newValue
            let body =
                #"{"code":"success","data":{"task_id":"t","status":"IN_PROGRESS","progress":"\#(number % 98 + 1)%"}}"#
            let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
            lastAnswer.withLock { $0 = .now }
            try? Files.writeAll(Array((head + body).utf8), to: connection)
        }
    }
}

/// A thread of the system's, for what blocks.
private enum Thread {
    static func start(_ work: @escaping @Sendable () -> Void) {
        DispatchQueue(label: "connection").async(execute: work)
    }
}
