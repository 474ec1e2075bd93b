import Synchronization

/// Sends requests with libcurl, all on one thread of its own, which starts with the first request.
package final class CurlTransport: HTTPTransport {
    /// What holds for all requests of a transport.
    package struct Configuration: Sendable {
        /// The proxies that `ProxyPolicy.environment` means.
        package var proxies: ProxyEnvironment

        /// How many idle connections are kept.
        package var idleConnections: Int

        /// Makes a configuration; without arguments that of this process.
        package init(proxies: ProxyEnvironment = .current(), idleConnections: Int = 64) {
            self.proxies = proxies
            self.idleConnections = idleConnections
        }
    }

    private enum State {
        case unused
        case running(Mailbox)
        case shutDown
    }

    private let configuration: Configuration
    private let state = Mutex(State.unused)

    /// Makes a transport; no thread is started and libcurl is not touched before the first request.
    ///
    /// Removes `SSLKEYLOGFILE` from the environment, so make it before there are threads that read that.
    package init(_ configuration: Configuration = Configuration()) {
        self.configuration = configuration
        CurlLibrary.forbidKeyLog()
    }

    deinit {
        // Nobody waits for an answer here, because `send` keeps its transport.
        state.withLock { state in
            if case .running(let mailbox) = state {
                mailbox.shutDown()
            }
        }
    }

    /// Whether the thread has been started.
    var hasStarted: Bool {
        state.withLock { state in
            if case .running = state { true } else { false }
        }
    }

    package func send(_ request: WireRequest) async throws(TransportFailure) -> WireReply {
        var request = request
        var followed = 0
        while true {
            let plan = try RequestPlan(request, proxies: configuration.proxies, redirectCount: followed)
            let reply = try await perform(plan)
            guard case .follow(let maximum) = request.redirects, followed < maximum,
                let next = RedirectStep.next(after: reply, of: plan)
            else {
                return reply
            }
            request = next
            followed += 1
        }
    }

    /// Ends all exchanges as cancelled and waits until the thread is gone; nothing can be sent afterwards.
    ///
    /// Call it before the process exits: the TLS library frees its globals then, in use or not.
    package func shutdown() async {
        let mailbox: Mailbox? = state.withLock { state in
            defer { state = .shutDown }
            guard case .running(let mailbox) = state else {
                return nil
            }
            return mailbox
        }
        await mailbox?.shutDownAndWait()
    }

    private func perform(_ plan: RequestPlan) async throws(TransportFailure) -> WireReply {
        guard !Task.isCancelled else {
            throw .neverStarted(.cancelled)
        }
        let mailbox = try openMailbox()
        let key = Ticket.Key()
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let ticket = Ticket(key: key, plan: plan, continuation: continuation)
                if !mailbox.start(ticket) {
                    continuation.resume(returning: .failure(.neverStarted(.shutDown)))
                }
            }
        } onCancel: {
            // The letter may overtake the ticket, which then finds the mark on its key.
            key.cancel()
            mailbox.cancel(key)
        }
        return try outcome.get()
    }

    private func openMailbox() throws(TransportFailure) -> Mailbox {
        let idleConnections = configuration.idleConnections
        let outcome: Result<Mailbox, TransportFailure> = state.withLock { state in
            switch state {
            case .running(let mailbox):
                return .success(mailbox)
            case .shutDown:
                return .failure(.neverStarted(.shutDown))
            case .unused:
                let mailbox = Mailbox()
                let isRunning = TransportThread.start {
                    CurlRunner.run(mailbox, idleConnections: idleConnections)
                }
                guard isRunning else {
                    let message = "The transport's thread could not be started."
                    return .failure(TransportFailure(phase: .invalid, reason: .other, message: message))
                }
                state = .running(mailbox)
                return .success(mailbox)
            }
        }
        return try outcome.get()
    }
}
