import Journal
import LosslessJSON
import TerminalOutput
import VideoProviderKit

/// Exchanges as text.
enum ExchangeView {
    /// `r46 12:01:25 POST /v1/video/status 503 40 ms  50505, "…"  ti_9f5b`.
    static func row(_ exchange: ExchangeRecord) -> [String] {
        let path = WebURL(exchange.url)?.rest.split(separator: "?").first.map(String.init) ?? exchange.url
        let status = exchange.status.map(String.init) ?? "-"
        return [
            exchange.name, LocalTime.text(exchange.startedAt), exchange.method, path, status,
            "\(exchange.timing.total.microseconds / 1000) ms", TerminalText.sanitized(remark(exchange), for: .name),
            TerminalText.sanitized(exchange.traceIDs.first?.value ?? "", for: .name),
        ]
    }

    private static func remark(_ exchange: ExchangeRecord) -> String {
        if let fault = exchange.fault { return elide(FaultWords.why(fault) ?? fault.kind.rawValue, maxColumns: 60) }
        if let phase = exchange.failurePhase { return "failed \(FaultWords.doing(phase) ?? phase)" }
        return exchange.bytesSent > 10_000 ? "up \(humanBytes(exchange.bytesSent))" : ""
    }

    /// The head of the request or the reply as lines, with the marks of curl: `>` sent, `<` received.
    static func headLines(_ head: [UInt8], mark: String?, isTerminal: Bool) -> [String] {
        let text = isTerminal ? TerminalText.sanitized(bytes: head) : String(decoding: head, as: UTF8.self)
        var lines = text.replacing("\\u000d", with: "").replacing("\r\n", with: "\n")
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.map { line in
            let shown = line.lowercased().hasPrefix("authorization:") ? "\(line)   (redacted)" : line
            return mark.map { "\($0) \(shown)" } ?? shown
        }
    }

    static func json(_ exchange: ExchangeRecord) -> RequestJSON {
        var object: RequestJSON = [
            "exchange": .string(exchange.name), "call": .string(exchange.call.rawValue),
            "instance": .string(exchange.instance), "method": .string(exchange.method), "url": .string(exchange.url),
            "started": .string(exchange.startedAt.description),
            "total_ms": .number(String(Double(exchange.timing.total.microseconds) / 1000)),
            "bytes_sent": .number(String(exchange.bytesSent)),
            "bytes_received": .number(String(exchange.bytesReceived)),
        ]
        if let status = exchange.status { object.set(.number(String(status)), at: ["status"]) }
        if let phase = exchange.failurePhase { object.set(.string(phase), at: ["failed_while"]) }
        if let trace = exchange.traceIDs.first { object.set(.string(trace.value), at: ["trace"]) }
        if let fault = exchange.fault {
            object.set(.string(fault.kind.rawValue), at: ["fault", "kind"])
            if let code = fault.vendorCode { object.set(.string(code), at: ["fault", "code"]) }
            object.set(.string(fault.message), at: ["fault", "message"])
        }
        return object
    }
}
