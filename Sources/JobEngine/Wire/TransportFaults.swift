package import Transport
package import VideoProviderKit

extension TransportFailure {
    /// The failure in the terms of a fault.
    package var fault: Fault {
        var fault = Fault(kind, words)
        fault.phase = phase.rawValue
        fault.httpStatus = partial?.status
        fault.sent = gatePassed ? (phase == .waiting || phase == .receiving ? .yes : .partly) : .no
        return fault
    }

    private var words: String {
        if phase == .cancelled, gatePassed { return "the wait for the answer was given up" }
        if phase == .receiving, kind == .network, let came { return "\(came) of the answer came: \(message)" }
        guard phase == .proxy, let proxy = record.proxyUsed else { return message }
        return "\(message) (proxy \(proxy))"
    }

    /// `25 of 50 bytes`; nil where the body went elsewhere or its length was not announced.
    private var came: String? {
        guard let partial, partial.contentEncoding == nil, !partial.body.isEmpty,
            let length = partial.headerLines.last(where: { $0.name.lowercased() == "content-length" })?.value
        else { return nil }
        return "\(partial.body.count) of \(length) bytes"
    }

    private var kind: FaultKind {
        switch (phase, reason) {
        case (_, .notRecorded): .local
        case (.certificate, _), (_, .certificate), (_, .hostname): .certificate
        case (.cancelled, _): .cancelled
        case (.invalid, _): .invalidRequest
        case (_, .tooLarge): .tooLarge
        case (_, .badEncoding): .decoding
        case (_, .sinkFailed): .local
        default: .network
        }
    }
}
