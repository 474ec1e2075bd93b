import Journal
import LosslessJSON
import TerminalOutput
import VideoProviderKit

/// Exchanges as text.
enum ExchangeView {
    /// `r46 12:01:25 POST /v1/video/status 503 40 ms  50505, "…"  ti_9f5b`.
    static func row(
        _ exchange: ExchangeRecord,
        now: UpstreamTime = LocalClock.now,
        isCut: Bool = true
    ) -> [String] {
        let status = exchange.status.map(String.init) ?? "-"
        return [
            exchange.name, LocalTime.stamp(exchange.startedAt, now: now), exchange.method, path(exchange), status,
            "\(exchange.timing.total.microseconds / 1000) ms",
            TerminalText.words(remark(exchange, maxColumns: isCut ? 60 : .max)),
            TerminalText.sanitized(exchange.traceIDs.first?.value ?? "", for: .name),
        ]
    }

    /// `r46 12:01:25 status 503 50505 "…" ti_9f5b`: an exchange that failed, with room for the reason.
    static func errorRow(_ exchange: ExchangeRecord, now: UpstreamTime = LocalClock.now) -> [String] {
        [
            exchange.name, LocalTime.stamp(exchange.startedAt, now: now), exchange.call.rawValue,
            exchange.status.map(String.init) ?? "-",
            TerminalText.sanitized(exchange.traceIDs.first?.value ?? "", for: .name),
            TerminalText.words(remark(exchange, maxColumns: 300)),
        ]
    }

    /// The path of an exchange's URL, without its query, harmless on a terminal.
    static func path(_ exchange: ExchangeRecord) -> String {
        let path = WebURL(exchange.url)?.rest.split(separator: "?").first.map(String.init) ?? exchange.url
        return TerminalText.sanitized(path.isEmpty ? "/" : path, for: .name)
    }

    private static func remark(_ exchange: ExchangeRecord, maxColumns: Int) -> String {
        if let fault = exchange.fault {
            return elide(FaultWords.why(fault) ?? fault.kind.rawValue, maxColumns: maxColumns)
        }
        if let failed = FaultWords.failed(exchange) { return failed.description }
        if exchange.bytesSent > 10_000 { return "up \(humanBytes(exchange.bytesSent))" }
        return exchange.bytesReceived > 100_000 ? "down \(humanBytes(exchange.bytesReceived))" : ""
    }

    /// The head of the request or the reply as lines, with the marks of curl: `>` sent, `<` received.
    static func headLines(_ head: [UInt8], mark: String, _ style: OutputStyle) -> [String] {
        let text = style.isTerminal ? TerminalText.sanitized(bytes: head) : String(decoding: head, as: UTF8.self)
        var lines = text.replacing("\\u000d", with: "").replacing("\r\n", with: "\n")
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.map { line in
            var shown = line
            if let colon = line.dropFirst().firstIndex(of: ":"), !line.hasPrefix("HTTP/"), !line.contains(" HTTP/") {
                shown = style.paint(String(line[..<colon]), .key) + line[colon...]
            }
            if line.lowercased().hasPrefix("authorization:") { shown += style.paint("   (redacted)", .muted) }
            return "\(style.paint(mark, .muted)) \(shown)"
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
        if exchange.traceIDs.count > 1 {
            object.set(
                .array(exchange.traceIDs.map { ["name": .string($0.name), "value": .string($0.value)] }),
                at: ["traces"]
            )
        }
        if let source = exchange.source { object.set(.string(source.rawValue), at: ["source"]) }
        if let fault = exchange.fault {
            object.set(.string(fault.kind.rawValue), at: ["fault", "kind"])
            if let code = fault.vendorCode { object.set(.string(code), at: ["fault", "code"]) }
            object.set(.string(fault.message), at: ["fault", "message"])
        }
        return object
    }
}
