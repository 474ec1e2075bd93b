#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A socket call that failed.
package struct SocketProblem: Error {
    package let call: String
    package let code = errno
}

/// Sockets on 127.0.0.1.
package enum LoopbackSocket {
    #if canImport(Darwin)
    private static let stream = SOCK_STREAM
    #else
    private static let stream = Int32(SOCK_STREAM.rawValue)
    #endif

    /// A socket bound to a free port.
    package static func bound() throws -> (descriptor: Int32, port: Int) {
        let descriptor = socket(AF_INET, stream, 0)
        // A program started by another test must not keep the port.
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        guard descriptor >= 0 else {
            throw SocketProblem(call: "socket")
        }
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let (status, address) = withGenericAddress(port: 0) { generic in
            bind(descriptor, generic, length) == 0 ? getsockname(descriptor, generic, &length) : -1
        }
        guard status == 0 else {
            throw SocketProblem(call: "bind")
        }
        return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    }

    /// Makes a bound socket listen.
    package static func listen(_ descriptor: Int32, backlog: Int32) throws {
        #if canImport(Darwin)
        let status = Darwin.listen(descriptor, backlog)
        #else
        let status = Glibc.listen(descriptor, backlog)
        #endif
        guard status == 0 else { throw SocketProblem(call: "listen") }
    }

    /// A listening socket on a free port.
    package static func listening(backlog: Int32) throws -> (descriptor: Int32, port: Int) {
        let (descriptor, port) = try bound()
        try listen(descriptor, backlog: backlog)
        return (descriptor, port)
    }

    /// Connects a socket; one that does not block may go on trying.
    package static func connect(_ descriptor: Int32, to port: Int, blocking: Bool = true) throws {
        if !blocking {
            _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        }
        let (status, _) = withGenericAddress(port: port) { generic in
            #if canImport(Darwin)
            Darwin.connect(descriptor, generic, socklen_t(MemoryLayout<sockaddr_in>.size))
            #else
            Glibc.connect(descriptor, generic, socklen_t(MemoryLayout<sockaddr_in>.size))
            #endif
        }
        guard status == 0 || errno == EINPROGRESS else {
            throw SocketProblem(call: "connect")
        }
    }

    /// Closes a socket.
    package static func close(_ descriptor: Int32) {
        #if canImport(Darwin)
        _ = Darwin.close(descriptor)
        #else
        _ = Glibc.close(descriptor)
        #endif
    }

    /// A port on which nothing listens.
    package static func unusedPort() throws -> Int {
        let (descriptor, port) = try bound()
        close(descriptor)
        return port
    }

    /// The port at the other end.
    package static func peerPort(of descriptor: Int32) -> Int {
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let (_, address) = withGenericAddress(port: 0) { generic in
            getpeername(descriptor, generic, &length)
        }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    private static func withGenericAddress(
        port: Int,
        _ body: (UnsafeMutablePointer<sockaddr>) -> Int32
    ) -> (status: Int32, address: sockaddr_in) {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1, body)
        }
        return (status, address)
    }
}
