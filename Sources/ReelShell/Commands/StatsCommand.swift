import Journal
import LosslessJSON
import TerminalOutput
import VideoProviderKit

/// `stats`: latency, errors and words, by provider and model.
enum StatsCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(0)
        let everything = try await LogCommand.filter(call, runner.session)
        var filter = everything
        // How servers answer is told by those that were asked.
        filter.onlyLive = true
        let calls: [CallStatistics]
        let words: [WordStatistics]
        let recorded: Int
        do throws(JournalError) {
            recorded = try await runner.session.journal.countExchanges(everything)
            calls = try await runner.session.journal.callStatistics(filter)
            words = try await runner.session.journal.wordStatistics(instance: filter.instance, since: filter.since)
        } catch {
            throw ShellFailure(error)
        }
        let left = recorded - calls.reduce(0) { $0 + $1.durations.count }
        if left > 0 { runner.output.note("\(left) calls are not counted: imported, played, or never sent") }
        guard !calls.isEmpty else { return runner.output.tell("no exchanges yet", json: ["calls": [], "words": []]) }
        let style = runner.output.style
        let say = runner.output.language.say as (String) -> String
        var rows = [["provider", "model", "call", "n", "errors", "p50", "p90", "p99", "max"].map(say)]
        for group in calls {
            rows.append([
                group.instance, style.name(model(group.model)), group.call.rawValue, String(group.durations.count),
                share(group), ms(group.quantile(0.5)), ms(group.quantile(0.9)), ms(group.quantile(0.99)),
                ms(group.quantile(1)),
            ])
        }
        var lines = table(rows, runner)
        if !words.isEmpty {
            rows = [["provider", "model", "word", "taken for", "replies", "jobs"].map(say)]
            for word in words {
                rows.append([
                    word.instance, style.name(model(word.model)),
                    TerminalText.words(word.word.map { "\"\($0)\"" } ?? say("(none)")),
                    word.phase == "unknown" ? "unmapped" : word.phase, String(word.count), String(word.jobs),
                ])
            }
            lines += [""] + table(rows, runner)
        }
        runner.output.show(lines, json: json(calls, words))
    }

    private static func table(_ rows: [[String]], _ runner: CommandRunner) -> [String] {
        let style = runner.output.style
        var lines = Columns.aligned(rows, width: style.isTerminal ? runner.output.width : nil, flexible: [1])
        lines[0] = style.paint(lines[0], .heading)
        return lines
    }

    private static func model(_ model: String?) -> String {
        model.flatMap { $0.split(separator: "/").last.map(String.init) } ?? "-"
    }

    private static func share(_ group: CallStatistics) -> String {
        guard group.errors > 0 else { return "0" }
        let tenths = (group.errors * 1000 + group.durations.count / 2) / max(group.durations.count, 1)
        return "\(group.errors) (\(tenths / 10).\(tenths % 10)%)"
    }

    private static func ms(_ duration: Duration) -> String {
        let microseconds = duration.microseconds
        return microseconds < 10_000 ? "\(Double(microseconds / 100) / 10) ms" : "\(microseconds / 1000) ms"
    }

    private static func json(_ calls: [CallStatistics], _ words: [WordStatistics]) -> RequestJSON {
        func number(_ duration: Duration) -> RequestJSON { .number(String(Double(duration.microseconds) / 1000)) }
        return [
            "calls": .array(
                calls.map { group in
                    [
                        "provider": .string(group.instance), "model": group.model.map(RequestJSON.string) ?? .null,
                        "call": .string(group.call.rawValue), "count": .number(String(group.durations.count)),
                        "errors": .number(String(group.errors)), "p50_ms": number(group.quantile(0.5)),
                        "p90_ms": number(group.quantile(0.9)), "p99_ms": number(group.quantile(0.99)),
                        "max_ms": number(group.quantile(1)),
                    ]
                }
            ),
            "words": .array(
                words.map { word in
                    [
                        "provider": .string(word.instance), "model": word.model.map(RequestJSON.string) ?? .null,
                        "word": word.word.map(RequestJSON.string) ?? .null, "phase": .string(word.phase),
                        "replies": .number(String(word.count)), "jobs": .number(String(word.jobs)),
                    ]
                }
            ),
        ]
    }
}
