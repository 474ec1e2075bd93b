import CCurl

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

extension EasyHandle {
    /// Installs the C functions; each finds its exchange behind the context pointer, which outlives the transfer.
    func setCallbacks(_ context: UnsafeMutableRawPointer) {
        set(CURLOPT_HEADERDATA, context: context)
        note(
            ccurl_set_transfer(pointer, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
                guard let exchange = exchange(at: context) else {
                    return 0
                }
                let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
                return exchange.readHeader(line) ? line.count : 0
            }
        )
        set(CURLOPT_WRITEDATA, context: context)
        note(
            ccurl_set_transfer(pointer, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
                guard let exchange = exchange(at: context) else {
                    return 0
                }
                let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
                // Any other count than that of the piece ends the transfer.
                return exchange.readBody(piece) ? piece.count : piece.count + 1
            }
        )
        set(CURLOPT_READDATA, context: context)
        note(
            ccurl_set_transfer(pointer, CURLOPT_READFUNCTION) { bytes, size, count, context in
                guard let exchange = exchange(at: context) else {
                    return Int(CURL_READFUNC_ABORT)
                }
                return exchange.fill(UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
            }
        )
        // A body is rewound only to be sent again.
        note(ccurl_set_seek(pointer, CURLOPT_SEEKFUNCTION) { _, _, _ in CURL_SEEKFUNC_FAIL })

        set(CURLOPT_VERBOSE, true)
        set(CURLOPT_DEBUGDATA, context: context)
        note(
            ccurl_set_debug(pointer, CURLOPT_DEBUGFUNCTION) { _, kind, bytes, count, context in
                if let exchange = exchange(at: context) {
                    exchange.observe(kind, UnsafeRawBufferPointer(start: bytes, count: count))
                }
                return 0
            }
        )
        set(CURLOPT_PREREQDATA, context: context)
        note(
            ccurl_set_prereq(pointer, CURLOPT_PREREQFUNCTION) { context, remote, _, remotePort, localPort in
                guard let exchange = exchange(at: context) else {
                    return CURL_PREREQFUNC_ABORT
                }
                let address = remote.map { text in String(cString: text) } ?? ""
                let endpoint = Endpoint(
                    remoteAddress: address,
                    remotePort: Int(remotePort),
                    localPort: Int(localPort)
                )
                return exchange.mayStart(through: endpoint) ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
            }
        )
        set(CURLOPT_OPENSOCKETDATA, context: context)
        note(
            ccurl_set_opensocket(pointer, CURLOPT_OPENSOCKETFUNCTION) { context, _, address in
                guard let exchange = exchange(at: context), let address else {
                    return CURL_SOCKET_BAD
                }
                return exchange.mayOpen(address) ? openSocket(for: address.pointee) : CURL_SOCKET_BAD
            }
        )
    }
}

private func exchange(at context: UnsafeMutableRawPointer?) -> CurlExchange? {
    context.map { context in Unmanaged<CurlExchange>.fromOpaque(context).takeUnretainedValue() }
}

/// A socket that children do not inherit.
private func openSocket(for address: curl_sockaddr) -> curl_socket_t {
    #if canImport(Darwin)
    let descriptor = socket(address.family, address.socktype, address.protocol)
    if descriptor >= 0 {
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }
    return descriptor
    #else
    return socket(address.family, address.socktype | Int32(SOCK_CLOEXEC.rawValue), address.protocol)
    #endif
}
