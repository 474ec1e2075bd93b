import CCurl
import Foundation
import Testing

@testable import Transport

@Suite("Phase and reason of a failure")
struct FailureEvidenceTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var evidence: FailureEvidence
        var phase: TransportFailure.Phase
        var reason: TransportFailure.Reason

        var testDescription: String { name }

        init(
            _ name: String,
            _ code: CURLcode,
            _ stage: WireProgress,
            _ phase: TransportFailure.Phase,
            _ reason: TransportFailure.Reason,
            _ change: (inout FailureEvidence) -> Void = { _ in }
        ) {
            self.name = name
            evidence = FailureEvidence(code: code, stage: stage)
            evidence.sentAll = stage >= .waiting
            evidence.answered = stage >= .receiving
            change(&evidence)
            self.phase = phase
            self.reason = reason
        }
    }

    static let before = [
        Case("unknown name", CURLE_COULDNT_RESOLVE_HOST, .resolving, .resolve, .unresolved),
        Case("slow name server", CURLE_OPERATION_TIMEDOUT, .resolving, .resolve, .timeout),
        Case("refused", CURLE_COULDNT_CONNECT, .connecting, .connect, .refused) { $0.systemError = ECONNREFUSED },
        Case("no route", CURLE_COULDNT_CONNECT, .connecting, .connect, .timeout) { $0.systemError = ETIMEDOUT },
        Case("silent host", CURLE_OPERATION_TIMEDOUT, .connecting, .connect, .timeout),
        Case("forbidden addresses", CURLE_COULDNT_CONNECT, .resolving, .connect, .addressRefused) {
            $0.resolved = true
            $0.onlyRefusedAddresses = true
        },
        Case("silent handshake", CURLE_OPERATION_TIMEDOUT, .tls, .tls, .timeout),
        Case("reset in the handshake", CURLE_SSL_CONNECT_ERROR, .tls, .tls, .reset) { $0.systemError = ECONNRESET },
        Case("unknown authority", CURLE_PEER_FAILED_VERIFICATION, .tls, .certificate, .certificate) {
            $0.message = "SSL certificate problem: unable to get local issuer certificate"
        },
        Case("wrong name", CURLE_PEER_FAILED_VERIFICATION, .tls, .certificate, .hostname) {
            $0.message = "SSL: no alternative certificate subject name matches target host name 'h'"
        },
        Case("unreadable CA file", CURLE_SSL_CACERT_BADFILE, .connecting, .certificate, .certificate),
        Case("unknown proxy", CURLE_COULDNT_RESOLVE_PROXY, .resolving, .proxy, .unresolved),
        Case("dead proxy", CURLE_COULDNT_CONNECT, .connecting, .proxy, .refused) { $0.usesProxy = true },
        Case("proxy says no", CURLE_RECV_ERROR, .connecting, .proxy, .refused) {
            $0.usesProxy = true
            $0.connectCode = 407
        },
        Case("silent tunnel", CURLE_OPERATION_TIMEDOUT, .connecting, .proxy, .timeout) { $0.usesProxy = true },
        Case("handshake through a tunnel", CURLE_SSL_CONNECT_ERROR, .tls, .tls, .closed) {
            $0.message = "OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to h:443"
            $0.usesProxy = true
            $0.connectCode = 200
        },
        Case("closed gate", CURLE_ABORTED_BY_CALLBACK, .tls, .gate, .gateClosed) { $0.stop = .gateClosed },
        Case("cancelled", CURLE_ABORTED_BY_CALLBACK, .connecting, .cancelled, .stopped) { $0.stop = .cancelled },
    ]

    static let behind = [
        Case("reset before a byte", CURLE_SEND_ERROR, .gatePassed, .sending, .reset) { $0.systemError = EPIPE },
        Case("reset mid-body", CURLE_SEND_ERROR, .sending, .sending, .reset) { $0.systemError = ECONNRESET },
        Case("empty reply", CURLE_GOT_NOTHING, .waiting, .waiting, .closed),
        Case("reset while waiting", CURLE_RECV_ERROR, .waiting, .waiting, .reset) {
            $0.message = "Recv failure: Connection reset by peer"
        },
        Case("second sending", CURLE_ABORTED_BY_CALLBACK, .waiting, .waiting, .repeatStopped) {
            $0.stop = .repeatStopped
        },
        Case("rewind refused", CURLE_SEND_FAIL_REWIND, .waiting, .waiting, .repeatStopped),
        Case("refused stream", CURLE_HTTP2_STREAM, .waiting, .waiting, .reset),
        Case("not HTTP", CURLE_UNSUPPORTED_PROTOCOL, .waiting, .waiting, .malformed),
        Case("cut body", CURLE_PARTIAL_FILE, .receiving, .receiving, .closed),
        Case("broken chunk", CURLE_RECV_ERROR, .receiving, .receiving, .closed),
        Case("bad gzip", CURLE_BAD_CONTENT_ENCODING, .receiving, .receiving, .badEncoding),
        Case("libcurl's own header limit", CURLE_OUT_OF_MEMORY, .receiving, .receiving, .tooLarge),
        Case("over a cap", CURLE_WRITE_ERROR, .receiving, .receiving, .tooLarge) {
            $0.stop = Stop(reason: .tooLarge, message: "")
        },
        Case("cancelled in the answer", CURLE_ABORTED_BY_CALLBACK, .receiving, .cancelled, .stopped) {
            $0.stop = .cancelled
        },
    ]

    @Test("Before the gate nothing was sent", arguments: before)
    func beforeTheGate(row: Case) {
        #expect(row.evidence.phase == row.phase)
        #expect(row.evidence.reason == row.reason)
        #expect(!row.evidence.gatePassed)
    }

    @Test("Behind the gate anything may have been", arguments: behind)
    func behindTheGate(row: Case) {
        #expect(row.evidence.phase == row.phase)
        #expect(row.evidence.reason == row.reason)
        #expect(row.evidence.gatePassed)
    }

    @Test("What libcurl says of its own workings is said in our words")
    func words() {
        var evidence = FailureEvidence(
            code: CURLE_SEND_FAIL_REWIND,
            message: "seek callback returned error 1",
            stage: .waiting
        )
        #expect(evidence.words(general: "").contains("closed the connection before answering"))
        evidence.answered = true
        #expect(evidence.words(general: "").contains("asks for the body again"))
        evidence.code = CURLE_RECV_ERROR
        #expect(evidence.words(general: "") == "seek callback returned error 1")
        evidence.message = ""
        #expect(evidence.words(general: "Failure when receiving data") == "Failure when receiving data")
        evidence.stop = .cancelled
        #expect(evidence.words(general: "") == Stop.cancelled.message)
    }

    @Test("Every phase has its own sentence")
    func sentences() {
        let sentences = TransportFailure.Phase.allCases.map(\.sentence)
        #expect(Set(sentences).count == sentences.count)
        #expect(sentences.allSatisfy { sentence in sentence.hasSuffix(".") })
    }
}
