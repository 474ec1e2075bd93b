import JobEngine
import Journal
import LosslessJSON
import OrderedCollections
import TerminalOutput
import VideoProviderKit

/// `drift`: replies against the shapes their vendors document, and the documentation against itself.
enum DriftCommand {
    @Sendable static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) -> EntryResult {
        if call.has("docs") { return try documentation(call, runner) }
        var survey = DriftSurvey(runner.session)
        if call.has("all") || call.has("session") {
            try call.atMost(0)
            var filter = ExchangeFilter()
            filter.limit = .max
            if let word = call.value("provider") {
                filter.instance = try await LogCommand.provider(word, runner.session)
            }
            if call.has("session") { filter.since = runner.session.startedAt }
            try await runner.session.scan(filter) { survey.take($0) }
        } else {
            let references = References(session: runner.session)
            let isLast = call.words.isEmpty || call.words == ["last"]
            let exchanges =
                isLast
                ? [try await references.answer(nil, runner.output)] : try await references.exchanges(call.words)
            for exchange in exchanges { _ = survey.take(exchange) }
        }
        runner.output.show(lines(survey, runner.output), json: json(survey))
        // A script that asks wants the answer in the code.
        let isDrift = survey.groups.contains { !$0.deviations.isEmpty }
        return EntryResult(code: isDrift && !runner.session.isInteractive ? .unreadable : .ok)
    }

    private static func lines(_ survey: DriftSurvey, _ output: ShellOutput) -> [String] {
        let style = output.style
        func said(_ message: Message) -> String { style.name(output.language.say(message)) }
        guard !survey.groups.isEmpty else {
            let isUndocumented = survey.undocumented > 0
            return [said(isUndocumented ? "no shape is documented for these calls" : "there is no answer to check")]
        }
        var lines: [String] = []
        for group in survey.groups {
            let count = group.deviations.count
            let finding: Message =
                count == 0 ? "as documented" : count == 1 ? "1 deviation" : "\(count) deviations"
            let times: Message =
                group.exchanges.count > 1
                ? "  (\(group.exchanges.count) replies, \(group.names))" : "  (\(group.names))"
            let title = style.paint(said("\(group.title): \(finding)"), count == 0 ? .success : .heading)
            lines += output.narrowed([title + style.paint(said(times), .muted)])
            lines += DriftText.rows(group.deviations, output)
            if let shape = group.shape, count > 0 {
                let source = style.paint(said("source   \(output.language.say(shape.name)), \(shape.source)"), .muted)
                lines += output.wrapped(source, indent: "         ")
            }
        }
        if survey.undocumented > 0 {
            let calls = survey.undocumentedCalls.map { "\($0.key) (\($0.value))" }.joined(separator: ", ")
            let more = said("\(survey.undocumented) more of calls whose answers are not documented: \(calls)")
            lines += output.narrowed([more])
        }
        return lines
    }

    private static func json(_ survey: DriftSurvey) -> RequestJSON {
        let groups = survey.groups.map { group -> RequestJSON in
            var object: RequestJSON = [
                "reply": .string(group.title), "count": .int(group.exchanges.count),
                "exchanges": .array(group.exchanges.prefix(100).map { .string("r\($0)") }),
                "deviations": .array(
                    group.deviations.map { deviation in
                        var object: RequestJSON = [
                            "kind": .string(deviation.kind.rawValue), "path": .string(deviation.path.description),
                            "detail": .string(deviation.detail),
                        ]
                        if let note = deviation.note { object.set(.string(note), at: ["note"]) }
                        return object
                    }
                ),
            ]
            if let shape = group.shape { object.set(.string(shape.source), at: ["source"]) }
            return object
        }
        return ["replies": .array(groups), "undocumented": .int(survey.undocumented)]
    }

    /// `drift --docs`: where the vendors' own pages disagree with themselves.
    private static func documentation(_ call: CommandCall, _ runner: CommandRunner) throws(ShellFailure) -> EntryResult
    {
        try call.atMost(0)
        let style = runner.output.style
        let chosen = call.value("provider")
        var lines: [String] = []
        var findings: [RequestJSON] = []
        for instance in runner.session.instances.all where instance.name.profile == nil {
            let descriptor = instance.descriptor
            if let chosen, chosen != descriptor.id.rawValue { continue }
            var found = descriptor.shapes.flatMap { shape in shape.contradictions.map { (shape.source, $0) } }
            let lives = descriptor.assetLifetimes.filter { $0.duration != nil }
            if Set(lives.compactMap(\.duration)).count > 1 {
                let words = lives.map { "\(DurationText.rough($0.duration ?? .zero)) (\($0.source))" }
                found.append(("assetLifetimes", "how long a link lives: \(words.joined(separator: " against "))"))
            }
            found += descriptor.documentationConflicts.map { ("documentation", $0) }
            guard !found.isEmpty else { continue }
            lines.append(style.paint("\(descriptor.name)", .heading))
            for (source, finding) in found {
                lines += runner.output.wrapped("  \(finding)", indent: "    ")
                findings.append([
                    "provider": .string(descriptor.id.rawValue), "source": .string(source), "finding": .string(finding),
                ])
            }
        }
        if lines.isEmpty { lines = ["the documentation does not contradict itself"] }
        runner.output.show(lines, json: ["findings": .array(findings)])
        return EntryResult(code: .ok)
    }
}

/// Deviations as text.
enum DriftText {
    /// Rows by kind; those of missing and extra fields with the same note stand in one row.
    static func rows(_ deviations: [ShapeDeviation], _ output: ShellOutput) -> [String] {
        let (style, language) = (output.style, output.language)
        func said(_ text: String) -> String { language.say(Message(recognizing: TerminalText.words(text))) }
        func suffix(_ note: String?) -> String { note.map { "  (\(said($0)))" } ?? "" }
        var rows: [[String]] = []
        for kind in [ShapeDeviation.Kind.body, .type, .word, .missing, .extra] {
            let found = deviations.filter { $0.kind == kind }
            if kind == .missing || kind == .extra {
                var notes: [String?] = []
                for deviation in found where !notes.contains(deviation.note) { notes.append(deviation.note) }
                for note in notes {
                    let paths = found.filter { $0.note == note }.map { style.name($0.path.description) }
                    rows.append([language.say(kind.rawValue), paths.joined(separator: " ") + suffix(note)])
                }
            } else {
                for deviation in found {
                    let path = deviation.path == .root ? "" : style.name(deviation.path.description) + "  "
                    rows.append([
                        language.say(kind.rawValue), path + said(deviation.detail) + suffix(deviation.note),
                    ])
                }
            }
        }
        return Columns.described(rows, width: style.isTerminal ? output.width : nil)
    }
}

/// Collects the deviations of many replies; equal ones stand together.
struct DriftSurvey {
    struct Group {
        var title: String
        var shape: ReplyShape?
        var deviations: [ShapeDeviation]
        var exchanges: [Int]

        var names: String {
            let sorted = exchanges.sorted()
            guard sorted.count > 6 else { return sorted.map { "r\($0)" }.joined(separator: " ") }
            return "r\(sorted[0])...r\(sorted[sorted.count - 1])"
        }
    }

    private let session: ShellSession
    private(set) var groups: [Group] = []
    /// How many answers there were of each call that no shape is documented for.
    private(set) var undocumentedCalls: OrderedDictionary<String, Int> = [:]
    var undocumented: Int { undocumentedCalls.values.reduce(0, +) }
    private var positions: [String: Int] = [:]

    init(_ session: ShellSession) { self.session = session }

    private static func title(_ exchange: ExchangeRecord) -> String {
        "\(exchange.instance) \(exchange.method) \(pattern(exchange)) \(exchange.status ?? 0)"
    }

    /// Checks one exchange; always true, to go on.
    mutating func take(_ exchange: ExchangeRecord) -> Bool {
        guard let instance = session.instances[written: exchange.instance], let reply = ReplyReading.reply(exchange),
            exchange.call != .content
        else { return true }
        let descriptor = instance.descriptor
        guard case (let shape, var deviations)? = descriptor.deviations(of: reply, during: exchange.call) else {
            undocumentedCalls[Self.title(exchange), default: 0] += 1
            return true
        }
        if let word = Self.unmappedWord(exchange, reply, instance.provider) {
            deviations.append(ShapeDeviation(.word, .root, "\"\(word)\" is in no table; the job is polled on"))
        }
        let title = Self.title(exchange)
        let signature =
            "\(title) "
            + deviations.map { "\($0.kind.rawValue) \(Explanation.pattern($0.path)) \($0.detail)" }.joined(
                separator: "\n"
            )
        if let position = positions[signature] {
            groups[position].exchanges.append(exchange.number)
        } else {
            positions[signature] = groups.count
            groups.append(Group(title: title, shape: shape, deviations: deviations, exchanges: [exchange.number]))
        }
        return true
    }

    private static func unmappedWord(
        _ exchange: ExchangeRecord,
        _ reply: UpstreamReply,
        _ provider: any VideoProvider
    ) -> String? {
        guard exchange.call == .status, provider.fault(in: reply, during: .status) == nil,
            let snapshot = try? provider.snapshot(in: reply, for: Receipt(taskID: "unknown")),
            case .unknown(let word) = snapshot.phase, !word.isEmpty
        else { return nil }
        return word
    }

    /// The path with ids as `{id}`, so that all polls of a provider stand together.
    static func pattern(_ exchange: ExchangeRecord) -> String {
        let path = WebURL(exchange.url)?.rest.prefix { $0 != "?" } ?? ""
        return path.split(separator: "/", omittingEmptySubsequences: false).map { part in
            let hasDigit = part.contains(where: \.isNumber)
            let isVersion = part.first == "v" && part.dropFirst().allSatisfy(\.isNumber)
            return hasDigit && !isVersion && part.count > 5 ? "{id}" : String(part)
        }.joined(separator: "/")
    }
}
