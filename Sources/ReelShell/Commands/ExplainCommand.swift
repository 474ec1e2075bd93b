import JobEngine
import Journal
import LosslessJSON
import TerminalOutput
import VideoProviderKit

/// `explain R`: which fields the provider read and what each became, which it never read, which rule chose.
enum ExplainCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(1)
        let exchange = try await References(session: runner.session).answer(call.words.first, runner.output)
        let reading = try await reading(of: exchange, runner.session)
        let explanation = Explanation(reading)
        runner.output.show(lines(explanation, runner.output), json: json(explanation))
    }

    /// The reading of an exchange by its provider, with its job's receipt.
    static func reading(of exchange: ExchangeRecord, _ session: ShellSession) async throws(ShellFailure) -> ReplyReading
    {
        var receipt: Receipt?
        do throws(JournalError) {
            if let id = exchange.job { receipt = try await session.journal.job(id: id)?.receipt }
        } catch {
            throw ShellFailure(error)
        }
        if let reading = ReplyReading(exchange, receipt: receipt, session) { return reading }
        guard exchange.status != nil else {
            throw ShellFailure(
                "\(exchange.name) has no answer to read",
                why: FaultWords.failed(exchange).map { "it \($0)" },
                tries: ["errors \(exchange.name)"]
            )
        }
        throw ShellFailure("\(exchange.instance) is not configured here", tries: ["providers"])
    }

    private static func lines(_ explanation: Explanation, _ output: ShellOutput) -> [String] {
        let style = output.style
        // A server's words must not move the cursor.
        func said(_ message: Message) -> String { style.name(output.language.say(message)) }
        let reading = explanation.reading
        let exchange = reading.exchange
        let answer = "\(exchange.name) \(reading.instance.name) \(exchange.call.rawValue) \(exchange.status ?? 0)"
        let title: Message = "\(answer), read by \(reading.instance.descriptor.name)"
        var lines = [said(title)]
        if let record = explanation.record { lines.append(said("record    \(record)")) }
        // On a terminal a rule has lines of its own below; elsewhere everything of a result is one line.
        let rules = explanation.items.map { item in item.rule.map { "(\(said($0)))" } ?? "" }
        let rows = zip(explanation.items, rules).map { item, rule in
            let value = style.name(item.value) + (style.isTerminal || rule.isEmpty ? "" : "  \(rule)")
            return [item.name, item.path.map { "<- \(style.name($0.description))" } ?? "", value]
        }
        let table = Columns.aligned(rows, width: style.isTerminal ? output.width : nil)
        for (line, rule) in zip(table, rules) {
            lines.append(line)
            guard style.isTerminal, !rule.isEmpty else { continue }
            lines += wrapped("    \(rule)", output).map { style.paint($0, .muted) }
        }
        if case .unread(let why) = reading.outcome { return lines + [said("nothing is read: \(why)")] }
        if reading.reply.document == nil, !reading.reply.body.isEmpty {
            let why: Message = reading.reply.jsonError.map { Message(verbatim: "\($0)") } ?? "the body is no JSON"
            lines.append(said("not JSON  \(why)"))
        }
        if !explanation.neverRead.isEmpty {
            lines += wrapped(said("never read: \(explanation.neverRead.joined(separator: " "))"), output)
        }
        if !explanation.absent.isEmpty {
            let names = explanation.absent.joined(separator: " ")
            lines += wrapped(said("asked for, not there: \(names)"), output).map { style.paint($0, .muted) }
        }
        return lines
    }

    private static func wrapped(_ text: String, _ output: ShellOutput) -> [String] {
        output.style.isTerminal ? HelpText.wrap(text, width: output.width, indent: "    ") : [text]
    }

    private static func json(_ explanation: Explanation) -> RequestJSON {
        [
            "exchange": .string(explanation.reading.exchange.name),
            "provider": .string(explanation.reading.instance.name.description),
            "record": explanation.record.map { .string($0.description) } ?? .null,
            "results": .array(
                explanation.items.map { item in
                    var object: RequestJSON = ["name": .string(item.name), "value": .string(item.value)]
                    if let path = item.path { object.set(.string(path.description), at: ["path"]) }
                    if let rule = item.rule { object.set(.string(rule.description), at: ["rule"]) }
                    return object
                }
            ),
            "never_read": .array(explanation.neverRead.map(RequestJSON.string)),
            "absent": .array(explanation.absent.map(RequestJSON.string)),
        ]
    }
}
