import CCurl

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Why we ended an exchange ourselves; libcurl then only reports that a callback did.
struct Stop {
    let reason: TransportFailure.Reason
    let message: String
    var underlying: (any Error)?

    static let cancelled = Self(reason: .stopped, message: "The caller cancelled the exchange.")
    static let shutDown = Self(reason: .stopped, message: "The transport was shut down.")
    static let gateClosed = Self(reason: .gateClosed, message: "The gate did not open.")
    static let repeatStopped = Self(
        reason: .repeatStopped,
        message: "The server closed the connection before answering; nothing was sent a second time."
    )
}

/// What is known of an exchange when it ends without a complete answer.
struct FailureEvidence {
    var code: CURLcode
    /// libcurl's words.
    var message = ""
    var stop: Stop?
    var stage: WireProgress
    /// Whether head and body have left in full.
    var sentAll = false
    /// Whether a final answer has begun.
    var answered = false
    var usesProxy = false
    /// The proxy's answer to CONNECT, 0 if there was none.
    var connectCode = 0
    var systemError: Int32 = 0
    /// Whether the name was resolved.
    var resolved = false
    /// Whether addresses were refused, and no other was tried.
    var onlyRefusedAddresses = false

    var gatePassed: Bool { stage >= .gatePassed }

    /// What happened, in our words where libcurl's tell of its own workings, else in its words; `general` are those of
    /// its code.
    func words(general: String) -> String {
        if let stop { return stop.message }
        if code == CURLE_SEND_FAIL_REWIND {
            // Libcurl found a kept connection closed, or was asked, and wanted to send the body again, which it may not.
            return answered
                ? "The answer asks for the body again, which is not sent twice." : Stop.repeatStopped.message
        }
        return message.isEmpty ? general : message
    }

    var phase: TransportFailure.Phase {
        if stop?.reason == .stopped {
            return .cancelled
        }
        if gatePassed {
            return answered ? .receiving : sentAll ? .waiting : .sending
        }
        if let stop {
            switch stop.reason {
            case .gateClosed: return .gate
            case .addressRefused: return .connect
            default: break
            }
        }
        switch code {
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CRL_BADFILE,
            CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_PINNEDPUBKEYNOTMATCH:
            return .certificate
        case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY:
            return .proxy
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL, CURLE_NOT_BUILT_IN, CURLE_UNKNOWN_OPTION,
            CURLE_BAD_FUNCTION_ARGUMENT, CURLE_OUT_OF_MEMORY, CURLE_FAILED_INIT:
            return .invalid
        default:
            break
        }
        if usesProxy, connectCode != 200, stage < .tls || connectCode != 0 {
            return .proxy
        }
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST: return .resolve
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_SSL_ENGINE_INITFAILED, CURLE_USE_SSL_FAILED: return .tls
        default: break
        }
        switch stage {
        case .resolving: return resolved ? .connect : .resolve
        case .connecting: return .connect
        default: return .tls
        }
    }

    var reason: TransportFailure.Reason {
        if let stop {
            return stop.reason
        }
        switch code {
        case CURLE_OPERATION_TIMEDOUT:
            return .timeout
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
            return .unresolved
        case CURLE_PEER_FAILED_VERIFICATION:
            // Only the words tell, in each TLS library: the code and CURLINFO_SSL_VERIFYRESULT are the same for both.
            return message.contains("host name") || message.contains("hostname") ? .hostname : .certificate
        case CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CRL_BADFILE, CURLE_SSL_INVALIDCERTSTATUS:
            return .certificate
        case CURLE_SEND_FAIL_REWIND:
            return .repeatStopped
        case CURLE_BAD_CONTENT_ENCODING:
            return .badEncoding
        case CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE:
            return .closed
        case CURLE_WEIRD_SERVER_REPLY:
            return .malformed
        case CURLE_UNSUPPORTED_PROTOCOL where gatePassed:
            // An answer that does not begin as HTTP does is taken for HTTP/0.9.
            return .malformed
        case CURLE_OUT_OF_MEMORY where gatePassed, CURLcode(100) where gatePassed:
            // libcurl's own limit for a header line: CURLE_TOO_LARGE, in older versions out of memory.
            return .tooLarge
        case CURLE_COULDNT_CONNECT where onlyRefusedAddresses:
            return .addressRefused
        default:
            return connectionReason
        }
    }

    private var connectionReason: TransportFailure.Reason {
        switch systemError {
        case ECONNREFUSED: return .refused
        case ECONNRESET, EPIPE, ECONNABORTED: return .reset
        case ETIMEDOUT: return .timeout
        default: break
        }
        if connectCode >= 300 {
            return .refused
        }
        if message.contains("reset by peer") || message.contains("Broken pipe") {
            return .reset
        }
        switch code {
        case CURLE_COULDNT_CONNECT: return .refused
        case CURLE_HTTP2_STREAM, CURLE_HTTP2: return .reset
        case CURLE_RECV_ERROR, CURLE_SEND_ERROR: return .closed
        case CURLE_SSL_CONNECT_ERROR: return message.contains("SYSCALL") || message.contains("eof") ? .closed : .other
        default: return .other
        }
    }
}
