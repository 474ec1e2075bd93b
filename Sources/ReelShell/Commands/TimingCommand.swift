import Journal
import LosslessJSON
import TerminalOutput
import VideoProviderKit

/// `timing`: where the time of an exchange or a job went.
enum TimingCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(1)
        let word = call.words.first
        let references = References(session: runner.session)
        if let word, !References.isExchange(word), !word.contains(".") {
            return try await show(references.job(word), runner)
        }
        let exchange = try await references.exchange(word)
        runner.output.show([line(exchange)], json: json(exchange))
    }

    private static func line(_ exchange: ExchangeRecord) -> String {
        let timing = exchange.timing
        func ms(_ duration: Duration) -> String {
            let microseconds = duration.microseconds
            return microseconds < 10_000 ? "\(Double(microseconds / 100) / 10)" : "\(microseconds / 1000)"
        }
        let isPlain = exchange.url.hasPrefix("http:")
        var parts: [String] = []
        if exchange.isReused {
            parts.append("dns, connect, tls reused")
        } else {
            parts += [
                "dns \(ms(timing.dns))", "connect \(ms(timing.connect))", "tls \(isPlain ? "-" : ms(timing.tls))",
            ]
        }
        parts += [
            "send \(ms(timing.send))", "ttfb \(ms(timing.ttfb))", "receive \(ms(timing.receive))",
            "total \(ms(timing.total)) ms",
        ]
        parts.append(exchange.isReused ? "reused connection" : "new connection")
        var rest = [exchange.httpVersion, exchange.tlsVersion, exchange.remote.map { "to \($0)" }].compactMap(\.self)
        if let phase = exchange.failurePhase { rest.append("failed \(FaultWords.doing(phase) ?? phase)") }
        return ([exchange.name] + parts).joined(separator: "  ")
            + (rest.isEmpty ? "" : ", " + rest.joined(separator: ", "))
    }

    private static func json(_ exchange: ExchangeRecord) -> RequestJSON {
        var object = ExchangeView.json(exchange)
        let phases: [(String, Duration)] = [
            ("dns", exchange.timing.dns), ("connect", exchange.timing.connect), ("tls", exchange.timing.tls),
            ("send", exchange.timing.send), ("ttfb", exchange.timing.ttfb), ("receive", exchange.timing.receive),
        ]
        for (name, duration) in phases {
            object.set(.number(String(Double(duration.microseconds) / 1000)), at: ["timing_ms", name])
        }
        object.set(.bool(exchange.isReused), at: ["reused"])
        if let remote = exchange.remote { object.set(.string(remote), at: ["remote"]) }
        return object
    }

    private static func show(_ job: JobRecord, _ runner: CommandRunner) async throws(ShellFailure) {
        var filter = ExchangeFilter()
        filter.job = job.id
        filter.limit = 100_000
        let exchanges: [ExchangeRecord]
        do throws(JournalError) { exchanges = try await runner.session.journal.exchanges(filter) } catch {
            throw ShellFailure(error)
        }
        let end = job.finishedAt ?? LocalClock.now
        let accepted = job.submittedAt ?? job.createdAt
        let started = job.startedAt ?? end
        let polls = exchanges.filter { $0.call == .status }
        let retried = polls.filter { $0.fault != nil || $0.failurePhase != nil }.count
        let download = exchanges.filter { $0.call == .content }.reduce(Duration.zero) { $0 + $1.timing.total }
        let queue = Duration.milliseconds(started.milliseconds - accepted.milliseconds)
        let run = Duration.milliseconds(end.milliseconds - started.milliseconds)
        let claim = job.facts.inferenceSeconds.map { " (vendor: inference \($0) s)" } ?? ""
        let line = """
            \(job.name)  queue \(humanDuration(queue))  run \(humanDuration(run))\(claim)  \
            download \(download.microseconds / 1000) ms  \(polls.count) polls, \(retried) failed
            """
        runner.output.show(
            [line],
            json: [
                "job": .string(job.name), "queue_ms": .number(String(queue.microseconds / 1000)),
                "run_ms": .number(String(run.microseconds / 1000)), "polls": .number(String(polls.count)),
                "failed_polls": .number(String(retried)), "download_ms": .number(String(download.microseconds / 1000)),
            ]
        )
    }
}
