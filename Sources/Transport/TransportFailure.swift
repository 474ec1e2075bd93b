/// Why there is no complete answer.
package struct TransportFailure: Error, Sendable {
    /// How far the exchange had come.
    package enum Phase: String, Sendable, Hashable, Codable, CaseIterable {
        case resolve
        case connect
        case tls
        case certificate
        case proxy
        case gate
        case sending
        case waiting
        case receiving
        /// The task was cancelled or the transport shut down.
        case cancelled
        /// The request cannot be sent as it is.
        case invalid
    }

    /// What happened there.
    package enum Reason: String, Sendable, Hashable, Codable, CaseIterable {
        case timeout
        case reset
        case closed
        case refused
        case unresolved
        case tooLarge
        case badEncoding
        case addressRefused
        case certificate
        case hostname
        case malformed
        case gateClosed
        case repeatStopped
        case sinkFailed
        case stopped
        /// A recorded run has no answer for this request.
        case notRecorded
        case other
    }

    /// How far the exchange had come.
    package var phase: Phase

    /// What happened there.
    package var reason: Reason

    /// False proves that no byte of the request has left; true means that any may have.
    package var gatePassed: Bool

    /// libcurl's words, or ours where we ended the exchange.
    package var message: String

    /// The `CURLcode`; 0 where libcurl did not report one.
    package var curlCode: Int32

    /// How the exchange went until then.
    package var record: WireRecord

    /// What came of the answer: evidence, and perhaps an id to salvage.
    package var partial: WireReply?

    /// What the sink threw.
    package var underlying: (any Error)?

    /// Makes a failure.
    package init(
        phase: Phase,
        reason: Reason,
        gatePassed: Bool = false,
        message: String,
        curlCode: Int32 = 0,
        record: WireRecord = WireRecord(),
        partial: WireReply? = nil,
        underlying: (any Error)? = nil
    ) {
        self.phase = phase
        self.reason = reason
        self.gatePassed = gatePassed
        self.message = message
        self.curlCode = curlCode
        self.record = record
        self.partial = partial
        self.underlying = underlying
    }
}

extension TransportFailure: CustomStringConvertible {
    /// One sentence, then libcurl's words.
    package var description: String {
        "\(phase.sentence) (\(reason.rawValue)): \(message)"
    }
}

extension TransportFailure.Phase {
    /// What this phase means for the request, in one sentence.
    package var sentence: String {
        switch self {
        case .resolve: "The host name could not be resolved, and nothing was sent."
        case .connect: "No connection could be opened, and nothing was sent."
        case .tls: "The TLS handshake failed, and nothing was sent."
        case .certificate: "The server's certificate was not accepted, and nothing was sent."
        case .proxy: "The proxy did not let the connection through, and nothing was sent."
        case .gate: "The request was held back just before its first byte, and nothing was sent."
        case .sending: "The connection failed while the request was being sent."
        case .waiting: "The request was sent, and no answer came."
        case .receiving: "The answer ended before it was complete."
        case .cancelled: "The exchange was cancelled."
        case .invalid: "The request cannot be sent as it is, and nothing was sent."
        }
    }
}
