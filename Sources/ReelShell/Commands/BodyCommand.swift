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
        if let failed = FaultWords.failed(exchange) {
            lines.append("* \(runner.output.language.say(failed)): \(style.name(exchange.failureText ?? ""))")
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
            let none = call.has("request") ? "\(exchange.name) has no request body" : await missing(exchange, runner)
            runner.output.tell(none, json: ExchangeView.json(exchange))
            return
        }
        let style = runner.output.style
        // A body that is not JSON is shown as text, made harmless on a terminal and untouched elsewhere.
        let laidOut = JSONView.layout(bytes, style, isFull: call.has("full"))
        try await confirmSize(laidOut?.count ?? bytes.count, "body", runner)
        let shown = laidOut ?? safe(bytes, style)
        runner.output.show(bytes: shown, json: json(exchange, bytes))
    }

    /// Why there is no body: a film goes into its file, and not into the journal.
    private static func missing(_ exchange: ExchangeRecord, _ runner: CommandRunner) async -> Message {
        guard isFilm(exchange), let id = exchange.job else { return "\(exchange.name) has no body" }
        let films = (try? await runner.session.journal.assets(job: id)) ?? []
        let files = films.filter { $0.state == .saved }.compactMap(\.path)
        guard !files.isEmpty else {
            return "\(exchange.name) brought a film or a part of it, which the journal does not keep"
        }
        return
            "\(exchange.name) brought a film, which the journal does not keep; saved as \(files.joined(separator: ", "))"
    }

    /// Whether its body was a film's bytes.
    private static func isFilm(_ exchange: ExchangeRecord) -> Bool {
        exchange.call == .content && [200, 206].contains(exchange.status) && exchange.replyBody?.isEmpty != false
    }

    static func raw(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        let exchange = try await exchange(call, runner)
        let bytes =
            call.has("request")
            ? exchange.requestHead + requestBytes(exchange) : exchange.replyHead + (exchange.replyBody ?? [])
        try await confirmSize(call.has("hex") ? bytes.count * 5 : bytes.count, "raw", runner)
        if call.has("hex"), !runner.output.style.isJSON {
            // A piece at a time: the dump is five times as long as what it shows.
            for start in stride(from: 0, to: bytes.count, by: HexDump.piece) {
                let piece = bytes[start..<min(start + HexDump.piece, bytes.count)]
                runner.output.show(bytes: HexDump.dump(piece, offset: start))
            }
            return
        }
        runner.output.show(bytes: safe(bytes, runner.output.style), json: json(exchange, bytes))
        if !call.has("request"), isFilm(exchange) { runner.output.note(await missing(exchange, runner)) }
    }

    /// Asks before very much goes to a terminal.
    static func confirmSize(_ count: Int, _ verb: String, _ runner: CommandRunner) async throws(ShellFailure) {
        guard runner.output.style.isTerminal, !runner.output.style.isJSON, count > 256 << 10 else { return }
        try await runner.session.confirm(
            "\(humanBytes(count)) go to the terminal. Show them?",
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
    /// A whole number of lines.
    static let piece = 1 << 16

    private static let digits = Array("0123456789abcdef".utf8)

    /// The lines of `bytes`, the first of which stands at `offset`.
    static func dump(_ bytes: ArraySlice<UInt8>, offset: Int) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity((bytes.count / 16 + 1) * 76)
        for start in stride(from: bytes.startIndex, to: bytes.endIndex, by: 16) {
            let row = bytes[start..<min(start + 16, bytes.endIndex)]
            let place = offset + start - bytes.startIndex
            // Eight digits, more where a body is longer than they can say.
            for shift in stride(from: place >> 32 == 0 ? 28 : 60, through: 0, by: -4) {
                out.append(digits[place >> shift & 15])
            }
            out += [32, 32]
            for byte in row { out += [digits[Int(byte >> 4)], digits[Int(byte & 15)], 32] }
            out.append(contentsOf: repeatElement(32, count: (16 - row.count) * 3 + 1))
            for byte in row { out.append((32...126).contains(byte) ? byte : UInt8(ascii: ".")) }
            out.append(10)
        }
        return out
    }
}
