#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Answers every request with the same body, on one thread and many connections: as little server as there can be, so
/// that a client is what is measured.
struct LoopbackServer {
    private let listener: Int32
    private let answer: Answer
    private var connections: [LoopbackConnection] = []
    private var served = 0

    /// `serve PORT BODY [--retry-after S] [--film FILE]`; prints the port, then serves for ever.
    static func run(_ arguments: [String]) throws {
        guard arguments.count >= 2, let port = UInt16(arguments[0]) else {
            throw BenchFailure("serve needs PORT and BODY")
        }
        var answer = Answer(body: try Files.contents(of: arguments[1]))
        var rest = arguments.dropFirst(2)
        while let flag = rest.popFirst(), let value = rest.popFirst() {
            if flag == "--retry-after" { answer.retryAfter = value }
            if flag == "--film" { answer.film = try Files.contents(of: value) }
        }
        var server = try LoopbackServer(port: port, answer: answer)
        server.serve()
    }

    private init(port: UInt16, answer: Answer) throws {
        self.answer = answer
        #if canImport(Darwin)
        listener = socket(AF_INET, SOCK_STREAM, 0)
        #else
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
        var yes: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 1024) == 0
                    && getsockname(listener, $0, &length) == 0
            }
        }
        guard isBound else { throw BenchFailure("port \(port) cannot be served: errno \(errno)") }
        Files.print("\(UInt16(bigEndian: address.sin_port))")
    }

    private mutating func serve() {
        while true {
            var waiting = [pollfd(fd: listener, events: Int16(POLLIN), revents: 0)]
            waiting += connections.map { pollfd(fd: $0.descriptor, events: $0.events, revents: 0) }
            guard poll(&waiting, nfds_t(waiting.count), -1) > 0 else { continue }
            for index in connections.indices.reversed() where waiting[index + 1].revents != 0 {
                if !connections[index].proceed(answer, &served) {
                    close(connections[index].descriptor)
                    connections.remove(at: index)
                }
            }
            if waiting[0].revents != 0 { acceptOne() }
        }
    }

    private mutating func acceptOne() {
        let descriptor = accept(listener, nil, nil)
        guard descriptor >= 0 else { return }
        var yes: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        connections.append(LoopbackConnection(descriptor: descriptor))
    }
}

/// What is answered: the film where the path says so, else the body, in which `%N` counts from 10 to 99.
struct Answer {
    var body: [UInt8]
    var retryAfter: String?
    var film: [UInt8] = []

    func head(_ length: Int, _ type: String, _ number: Int) -> [UInt8] {
        var text = "HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\nContent-Length: \(length)\r\n"
        text += "x-request-id: trace-\(number)\r\nx-siliconcloud-trace-id: ti_\(number)\r\n"
        if let retryAfter { text += "Retry-After: \(retryAfter)\r\n" }
        return Array((text + "\r\n").utf8)
    }

    func numbered(_ number: Int) -> [UInt8] {
        guard let mark = body.firstIndex(of: UInt8(ascii: "%")), body[mark...].starts(with: "%N".utf8) else {
            return body
        }
        var body = body
        body.replaceSubrange(mark...(mark + 1), with: "\(10 + number % 90)".utf8)
        return body
    }
}
