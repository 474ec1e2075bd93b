import Foundation
import Journal
import LosslessJSON
import TerminalOutput
import VideoProviderKit

/// `headers`, `body`, `raw`: one exchange as it was on the wire.
enum BodyCommand {
    static func headers(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        let exchange = try await exchange(call, runner)
        let isTerminal = runner.output.style.isTerminal
        var lines = ExchangeView.headLines(exchange.requestHead, mark: ">", isTerminal: isTerminal)
        lines += ExchangeView.headLines(exchange.replyHead, mark: "<", isTerminal: isTerminal)
        if let phase = exchange.failurePhase {
            lines.append("* failed \(FaultWords.doing(phase) ?? phase): \(exchange.failureText ?? "")")
        }
        runner.output.show(lines, json: ExchangeView.json(exchange))
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
        let shown =
            style.isTerminal
            ? JSONView.forTerminal(bytes, style, isFull: call.has("full")) : try? JSONFormatter.format(bytes)
        // A body that is not JSON is shown as text, made harmless on a terminal and untouched elsewhere.
        runner.output.show(bytes: shown ?? safe(bytes, style), json: json(exchange, bytes))
    }

    static func raw(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        let exchange = try await exchange(call, runner)
        let style = runner.output.style
        let bytes =
            call.has("request")
            ? exchange.requestHead + requestBytes(exchange) : exchange.replyHead + (exchange.replyBody ?? [])
        if call.has("hex") {
            return runner.output.show(HexDump.lines(bytes), json: json(exchange, bytes))
        }
        if style.isTerminal, bytes.count > 256 << 10 {
            try await runner.session.confirm(
                "\(humanBytes(bytes.count)) go to the terminal. Show them? [y/N] ",
                refusal: "not shown; raw > FILE saves them"
            )
        }
        runner.output.show(bytes: safe(bytes, style), json: json(exchange, bytes))
    }

    static func requestBytes(_ exchange: ExchangeRecord) -> [UInt8] {
        exchange.requestBody.flatMap { $0.coding == .base64 ? Array(Data($0.bytes).base64EncodedData()) : $0.bytes }
    }

    private static func exchange(
        _ call: CommandCall,
        _ runner: CommandRunner
    ) async throws(ShellFailure) -> ExchangeRecord {
        try call.atMost(1)
        return try await References(session: runner.session).exchange(call.words.first)
    }

    private static func safe(_ bytes: [UInt8], _ style: OutputStyle) -> [UInt8] {
        guard style.isTerminal else { return bytes }
        let text = TerminalText.sanitized(bytes: bytes).replacing("\\u000d\n", with: "\n")
        return Array(text.utf8) + (text.hasSuffix("\n") ? [] : [10])
    }

    private static func json(_ exchange: ExchangeRecord, _ bytes: [UInt8]) -> RequestJSON {
        var object = ExchangeView.json(exchange)
        if let json = try? RawJSON(parsing: String(decoding: bytes, as: UTF8.self)) {
            object.set(.raw(json), at: ["body"])
        } else {
            object.set(.string(String(decoding: bytes, as: UTF8.self)), at: ["text"])
        }
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
