import Journal
import LosslessJSON
import TerminalOutput
import VideoProviderKit

/// `get PATH`: a value of a reply, its own bytes.
enum GetCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(2)
        var words = call.words
        guard !words.isEmpty else {
            throw ShellFailure("get needs a path", why: call.spec.synopsis, tries: ["get .status"])
        }
        // Both orders are natural, `get .status r3` and `get r3 .status`.
        if words.count == 2, References.isExchange(words[0]) { words.swapAt(0, 1) }
        // A film's download is the newest exchange of a job that went well, and no JSON.
        let exchange = try await References(session: runner.session)
            .answer(words.count > 1 ? words[1] : nil, runner.output)
        let body = ReplyBody(exchange)
        let values: [JSONValue]
        if call.has("all") {
            values = try body.values(at: words[0])
        } else {
            values = [try body.value(at: words[0])]
        }
        var bytes: [UInt8] = []
        for value in values {
            if call.has("r"), let text = value.string { bytes += Array(text.utf8) } else { bytes += value.rawBytes }
            bytes.append(10)
        }
        try await BodyCommand.confirmSize(bytes.count, "get", runner)
        if runner.output.style.isTerminal { bytes = TerminalText.safe(bytes) }
        runner.output.show(
            bytes: bytes,
            json: ["exchange": .string(exchange.name), "values": .array(values.map(RequestJSON.value))]
        )
    }
}
