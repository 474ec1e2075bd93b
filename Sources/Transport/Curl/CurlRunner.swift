import CCurl

/// The transport's thread: drives all transfers until it is told to end.
///
/// Everything here belongs to one thread, which is why libcurl needs no locks; only `Mailbox` is shared.
final class CurlRunner {
    private let mailbox: Mailbox
    private let multi: MultiHandle
    private var running: [Ticket.Key: CurlExchange] = [:]
    private var idle: [EasyHandle] = []
    private var connections = ConnectionTable()
    private var nextLook = ContinuousClock.now

    private let idleHandleLimit = 64

    private init(mailbox: Mailbox, multi: MultiHandle) {
        self.mailbox = mailbox
        self.multi = multi
    }

    /// Runs the loop on the current thread; returns after a shutdown.
    static func run(_ mailbox: Mailbox, idleConnections: Int) {
        defer { mailbox.sayFarewell() }
        guard CurlLibrary.status == CURLE_OK, let multi = MultiHandle(idleConnections: idleConnections) else {
            for ticket in mailbox.close().starts {
                ticket.fail("libcurl cannot be loaded; install it (Debian: libcurl4, macOS: part of the system).")
            }
            return
        }
        mailbox.open(multi)
        let runner = CurlRunner(mailbox: mailbox, multi: multi)
        runner.loop()
        runner.end()
    }

    private func loop() {
        while true {
            let letters = mailbox.collect()
            for ticket in letters.starts {
                start(ticket)
            }
            for key in letters.cancels {
                if let exchange = running[key] {
                    end(exchange, because: .cancelled)
                }
            }
            guard !letters.shutdown else {
                return
            }
            var active: Int32 = 0
            guard curl_multi_perform(multi.pointer, &active) == CURLM_OK else {
                return
            }
            finishCompleted()
            curl_multi_poll(multi.pointer, nil, 0, expire(), nil)
        }
    }

    private func start(_ ticket: Ticket) {
        guard !ticket.key.isCancelled else {
            ticket.continuation.resume(returning: .failure(.neverStarted(.cancelled)))
            return
        }
        guard let easy = idle.popLast() ?? EasyHandle() else {
            ticket.fail("libcurl could not make a transfer.")
            return
        }
        let exchange = CurlExchange(ticket, easy: easy, now: .now)
        easy.configure(for: ticket.plan, context: exchange.context)
        guard easy.problem == CURLE_OK else {
            ticket.fail(
                "libcurl lacks an option that reel relies on: \(String(cString: curl_easy_strerror(easy.problem)))"
            )
            return
        }
        guard curl_multi_add_handle(multi.pointer, easy.pointer) == CURLM_OK else {
            ticket.fail("libcurl did not accept the transfer.")
            return
        }
        running[ticket.key] = exchange
        exchange.begin()
    }

    private func finishCompleted() {
        var remaining: Int32 = 0
        while let message = curl_multi_info_read(multi.pointer, &remaining) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle,
                let context = ccurl_get_private(easy)
            else {
                continue
            }
            let code = message.pointee.data.result
            finish(Unmanaged<CurlExchange>.fromOpaque(context).takeUnretainedValue(), code)
        }
    }

    /// Ends what is overdue.
    ///
    /// Where much is under way not every turn of the loop looks: there are thousands a second, and limits are seconds.
    ///
    /// - Returns: How long to wait for the next limit, in milliseconds.
    private func expire() -> Int32 {
        guard !running.isEmpty else {
            return Int32.max
        }
        let now = ContinuousClock.now
        guard running.count <= Self.fewExchanges || now >= nextLook else {
            return Int32(Self.lookDistance / .milliseconds(1))
        }
        nextLook = now + Self.lookDistance
        let overdue = running.values.filter { exchange in exchange.isOverdue(at: now) }
        for exchange in overdue {
            end(exchange, because: Stop(reason: .timeout, message: exchange.timeline.limitMessage))
        }
        let next = running.values.map(\.timeline.deadline).min() ?? now + .seconds(3600)
        let milliseconds = (next - now) / .milliseconds(1)
        return Int32(min(max(milliseconds.rounded(.up), 0), 3_600_000))
    }

    private static let fewExchanges = 4
    private static let lookDistance = Duration.milliseconds(20)

    private func end(_ exchange: CurlExchange, because stop: Stop) {
        exchange.stop = stop
        finish(exchange, CURLE_ABORTED_BY_CALLBACK)
    }

    private func finish(_ exchange: CurlExchange, _ code: CURLcode) {
        running[exchange.ticket.key] = nil
        let outcome = exchange.outcome(code, connections: &connections, now: .now)
        // First the caller, then the clean-up: closing a connection can take a while.
        exchange.ticket.continuation.resume(returning: outcome)
        curl_multi_remove_handle(multi.pointer, exchange.easy.pointer)
        exchange.easy.reset()
        if idle.count < idleHandleLimit {
            idle.append(exchange.easy)
        }
    }

    private func end() {
        for ticket in mailbox.close().starts {
            ticket.continuation.resume(returning: .failure(.neverStarted(.shutDown)))
        }
        for exchange in running.values {
            end(exchange, because: .shutDown)
        }
        idle = []
    }
}

extension Ticket {
    fileprivate func fail(_ message: String) {
        let failure = TransportFailure(phase: .invalid, reason: .other, message: message)
        continuation.resume(returning: .failure(failure))
    }
}

extension TransportFailure {
    /// The end of a request that never came to the transport's thread.
    static func neverStarted(_ stop: Stop) -> Self {
        Self(phase: .cancelled, reason: stop.reason, message: stop.message)
    }
}
