import CCurl

/// One request on its way through libcurl; belongs to the transport's thread.
///
/// Its methods are what libcurl's callbacks ask: each notes what it sees, and says no to end the exchange.
final class CurlExchange {
    let ticket: Ticket
    let easy: EasyHandle
    private(set) var timeline: ExchangeTimeline
    private(set) var reader: ReplyReader
    private(set) var outgoing = OutgoingBytes()
    private(set) var body: [UInt8] = []
    private(set) var endpoint: Endpoint?
    private(set) var tls: (version: String, cipher: String)?
    private(set) var openedSocket = false
    private(set) var refusedAddress = false
    var stop: Stop?

    private var source: BodySource
    private var bodyByteCount = 0
    private var hasStarted = false
    private var sinkTakesBody = false

    init(_ ticket: Ticket, easy: EasyHandle, now: ContinuousClock.Instant) {
        let request = ticket.plan.request
        self.ticket = ticket
        self.easy = easy
        timeline = ExchangeTimeline(limits: request.limits, bodyCount: ticket.plan.bodyCount, started: now)
        reader = ReplyReader(limits: request.limits, decodes: request.acceptsCompression)
        source = BodySource(request.body)
    }

    private var plan: RequestPlan { ticket.plan }

    /// The pointer by which callbacks find this exchange; valid as long as the runner keeps the exchange.
    var context: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

    func isOverdue(at now: ContinuousClock.Instant) -> Bool {
        timeline.isOverdue(at: now)
    }

    private func advance(to stage: WireProgress) {
        if timeline.advance(to: stage, at: .now) {
            plan.request.progress?(stage)
        }
    }
}

/// Until the gate.
extension CurlExchange {
    func begin() {
        plan.request.progress?(.resolving)
    }

    func mayOpen(_ address: UnsafeMutablePointer<curl_sockaddr>) -> Bool {
        // Behind a proxy this is the proxy's address, which the user chose.
        if plan.proxy == nil, let check = plan.request.addressCheck {
            let length = Int(address.pointee.addrlen)
            let candidate = withUnsafePointer(to: &address.pointee.addr) { pointer in
                SocketAddress(pointer, length: length)
            }
            guard let candidate, check(candidate) else {
                refusedAddress = true
                return false
            }
        }
        openedSocket = true
        advance(to: .connecting)
        return true
    }

    /// The gate: lets one request start, and no other.
    func mayStart(through endpoint: Endpoint) -> Bool {
        guard !hasStarted else {
            stop = .repeatStopped
            return false
        }
        // A pooled connection may have been opened for a request that was allowed more.
        if !openedSocket, plan.proxy == nil, let check = plan.request.addressCheck {
            guard let address = SocketAddress(literal: endpoint.remoteAddress), check(address) else {
                stop = Stop(
                    reason: .addressRefused,
                    message: "The address \(endpoint.remoteAddress) is not allowed here."
                )
                return false
            }
        }
        if let gate = plan.request.gate, !gate() {
            stop = .gateClosed
            return false
        }
        hasStarted = true
        self.endpoint = endpoint
        advance(to: .gatePassed)
        return true
    }
}

/// The request.
extension CurlExchange {
    func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        source.fill(buffer)
    }

    func observe(_ kind: curl_infotype, _ bytes: UnsafeRawBufferPointer) {
        switch kind {
        case CURLINFO_HEADER_OUT, CURLINFO_DATA_OUT:
            // In front of the gate this is a CONNECT, which is not the request.
            guard hasStarted, timeline.sentAll == nil else {
                return
            }
            outgoing.add(bytes)
            advance(to: outgoing.isComplete(bodyCount: plan.bodyCount) ? .waiting : .sending)
        case CURLINFO_SSL_DATA_OUT:
            advance(to: .tls)
        case CURLINFO_TEXT where bytes.first == UInt8(ascii: "S") && tls == nil:
            noteTLS(String(decoding: bytes, as: UTF8.self))
        default:
            break
        }
    }

    /// Reads `SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384`, to which newer versions append more.
    private func noteTLS(_ text: String) {
        let prefix = "SSL connection using "
        guard text.hasPrefix(prefix) else {
            return
        }
        let parts = text.dropFirst(prefix.count)
            .split(separator: "/")
            .map { part in
                String(part.prefix { character in !character.isNewline }).filter { character in character != " " }
            }
        if parts.count >= 2 {
            tls = (parts[0], parts[1])
        }
    }
}

/// The answer.
extension CurlExchange {
    func readHeader(_ line: UnsafeRawBufferPointer) -> Bool {
        switch reader.read(line) {
        case .proceed, .interim:
            return true
        case .finalBegun:
            advance(to: .receiving)
            return true
        case .finalComplete:
            return beginBody()
        case .tooLarge(let message):
            return refuse(.tooLarge, message)
        case .malformed(let message):
            return refuse(.malformed, message)
        case .badEncoding(let message):
            return refuse(.badEncoding, message)
        }
    }

    private func beginBody() -> Bool {
        guard let sink = plan.request.sink, (200..<300).contains(reader.status) else {
            let announced = reader.headerLines.values(named: "Content-Length").first.flatMap { value in Int(value) }
            body.reserveCapacity(min(max(announced ?? 0, 0), 256 * 1024))
            return true
        }
        sinkTakesBody = true
        do {
            try sink.begin(status: reader.status, headerLines: reader.headerLines)
            return true
        } catch {
            return refuse(error)
        }
    }

    func readBody(_ piece: UnsafeRawBufferPointer) -> Bool {
        timeline.received(piece.count)
        let limits = plan.request.limits
        let collects = plan.request.sink == nil || sinkTakesBody
        let cap = collects ? limits.body : min(limits.body, WireLimits().body)
        let room = min(piece.count, cap - bodyByteCount)
        bodyByteCount += room
        let taken = UnsafeRawBufferPointer(rebasing: piece[..<room])
        if sinkTakesBody, let sink = plan.request.sink {
            do {
                try sink.write(taken)
            } catch {
                return refuse(error)
            }
        } else {
            body.append(contentsOf: taken)
        }
        guard room == piece.count else {
            return refuse(.tooLarge, "The body is longer than \(cap) bytes.")
        }
        return true
    }

    private func refuse(_ reason: TransportFailure.Reason, _ message: String) -> Bool {
        stop = Stop(reason: reason, message: message)
        return false
    }

    private func refuse(_ error: any Error) -> Bool {
        stop = Stop(reason: .sinkFailed, message: "The body could not be stored.", underlying: error)
        return false
    }
}
