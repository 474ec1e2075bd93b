import Journal
import LosslessJSON
import TerminalOutput
import VideoProviderKit

/// `headers`, `body`, `raw`: one exchange as it was on the wire.
enum BodyCommand {
    static func headers(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        let exchange = try await exchange(call, runner)
        let style = runner.output.style
        var lines = ExchangeView.headLines(exchange.requestHead, mark: ">", style)
        lines += ExchangeView.headLines(exchange.replyHead, mark: "<", style)
        if let phase = exchange.failurePhase {
            lines.append("* failed \(FaultWords.doing(phase) ?? phase): \(style.name(exchange.failureText ?? ""))")
        }
        var json = ExchangeView.json(exchange)
        json.set(headersJSON(exchange.requestHead), at: ["request_headers"])
        json.set(headersJSON(exchange.replyHead), at: ["reply_headers"])
        runner.output.show(lines, json: json)
    }

    private static func headersJSON(_ head: [UInt8]) -> RequestJSON {
        .array(MessageHead(head).fields.map { .array([.string($0.name), .string($0.value)]) })
    }

    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        let exchange = try await exchange(call, runner)
        let bytes = call.has("request") ? requestBytes(exchange) : exchange.replyBody ?? []
        guard !bytes.isEmpty else {
            runner.output.show(
                ["\(exchange.name) has no \(call.has("request") ? "request " : "")body"],
                json: ExchangeView.json(exchange)
            )
            return
        }
        let style = runner.output.style
        // A body that is not JSON is shown as text, made harmless on a terminal and untouched elsewhere.
        let laidOut = JSONView.layout(bytes, style, isFull: call.has("full"))
        try await confirmSize(laidOut?.count ?? bytes.count, "body", runner)
        let shown = laidOut ?? safe(bytes, style)
        runner.output.show(bytes: shown, json: json(exchange, bytes))
    }

    static func raw(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        let exchange = try await exchange(call, runner)
        let bytes =
            call.has("request")
            ? exchange.requestHead + requestBytes(exchange) : exchange.replyHead + (exchange.replyBody ?? [])
        try await confirmSize(call.has("hex") ? bytes.count * 5 : bytes.count, "raw", runner)
        if call.has("hex") {
            return runner.output.show(HexDump.lines(bytes), json: json(exchange, bytes))
        }
        runner.output.show(bytes: safe(bytes, runner.output.style), json: json(exchange, bytes))
    }

    /// Asks before very much goes to a terminal.
    static func confirmSize(_ count: Int, _ verb: String, _ runner: CommandRunner) async throws(ShellFailure) {
        guard runner.output.style.isTerminal, !runner.output.style.isJSON, count > 256 << 10 else { return }
        try await runner.session.confirm(
            "\(humanBytes(count)) go to the terminal. Show them? [y/N] ",
            refusal: "not shown; \(verb) > FILE saves them"
        )
    }

    static func requestBytes(_ exchange: ExchangeRecord) -> [UInt8] { BodyBytes.request(exchange) }

    private static func exchange(
        _ call: CommandCall,
        _ runner: CommandRunner
    ) async throws(ShellFailure) -> ExchangeRecord {
        try call.atMost(1)
        return try await References(session: runner.session).exchange(call.words.first)
    }

    static func safe(_ bytes: [UInt8], _ style: OutputStyle) -> [UInt8] {
        guard style.isTerminal else { return bytes }
        // Line ends of HTTP and of some servers' texts are no news.
        var plain: [UInt8] = []
        plain.reserveCapacity(bytes.count + 1)
        for index in bytes.indices where bytes[index] != 13 || index + 1 == bytes.count || bytes[index + 1] != 10 {
            plain.append(bytes[index])
        }
        let text = TerminalText.safe(plain)
        return text.last == 10 ? text : text + [10]
    }

    private static func json(_ exchange: ExchangeRecord, _ bytes: [UInt8]) -> RequestJSON {
        var object = ExchangeView.json(exchange)
        let body = RequestJSON.body(bytes)
        if case .string = body { object.set(body, at: ["text"]) } else { object.set(body, at: ["body"]) }
        return object
    }
}

/// Bytes as offset, hexadecimal and text, sixteen a line, as `xxd` has them.
enum HexDump {
    static func lines(_ bytes: [UInt8]) -> [String] {
        stride(from: 0, to: bytes.count, by: 16).map { start in
            let row = bytes[start..<min(start + 16, bytes.count)]
            let offset = String(start, radix: 16)
            let hex = row.map { Hex.encode([$0]) }.joined(separator: " ")
            let text = row.map { (32...126).contains($0) ? String(UnicodeScalar($0)) : "." }.joined()
            let padding = String(repeating: " ", count: 47 - hex.count)
            return String(repeating: "0", count: max(0, 8 - offset.count)) + offset + "  \(hex)\(padding)  \(text)"
        }
    }
}
