import Journal
import LosslessJSON
import TerminalOutput
import VideoProviderKit

/// `timing`: where the time of an exchange or a job went.
enum TimingCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(1)
        switch try await References(session: runner.session).subject(call.words.first) {
        case .job(let job): show(try await JobDossier.gather(job, runner.session), runner)
        case .exchange(let exchange): runner.output.tell(line(exchange), json: json(exchange))
        }
    }

    /// `r41  dns 3  connect 21  tls 44  send 9  ttfb 331  receive 4  total 412 ms  new connection, HTTP/2`.
    static func line(_ exchange: ExchangeRecord) -> Message {
        let timing = exchange.timing
        let isPlain = exchange.url.hasPrefix("http:")
        var parts: [Message] = [Message(verbatim: exchange.name)]
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
        var rest = [exchange.httpVersion, exchange.tlsVersion].compactMap(\.self).map(Message.init(verbatim:))
        if let remote = exchange.remote { rest.append("to \(remote)") }
        if let failed = FaultWords.failed(exchange) { rest.append(failed) }
        return rest.isEmpty ? .spaced(parts) : .list([.spaced(parts)] + rest)
    }

    static func ms(_ duration: Duration) -> String {
        let microseconds = duration.microseconds
        return microseconds < 10_000 ? "\(Double(microseconds / 100) / 10)" : "\(microseconds / 1000)"
    }

    private static func json(_ exchange: ExchangeRecord) -> RequestJSON {
        var object = ExchangeView.json(exchange)
        let phases: [(String, Duration)] = [
            ("dns", exchange.timing.dns), ("connect", exchange.timing.connect), ("tls", exchange.timing.tls),
            ("send", exchange.timing.send), ("ttfb", exchange.timing.ttfb), ("receive", exchange.timing.receive),
        ]
        for (name, duration) in phases { object.set(.milliseconds(duration), at: ["timing_ms", name]) }
        object.set(.bool(exchange.isReused), at: ["reused"])
        if let version = exchange.httpVersion { object.set(.string(version), at: ["http"]) }
        if let version = exchange.tlsVersion { object.set(.string(version), at: ["tls"]) }
        if let remote = exchange.remote { object.set(.string(remote), at: ["remote"]) }
        return object
    }

    private static func show(_ dossier: JobDossier, _ runner: CommandRunner) {
        let times = JobTimes(dossier)
        var parts: [Message] = [Message(verbatim: dossier.job.name)]
        if dossier.job.submittedAt == nil {
            parts.append("submit \(SpanText.text(times.submit)), not known as accepted")
        }
        if let queue = times.queue { parts.append("queue \(SpanText.text(queue))") }
        if let run = times.run {
            let ran: Message = "run \(SpanText.text(run))"
            parts.append(times.claim.map { "\(ran) (vendor: \($0))" } ?? ran)
        } else if let claim = times.claim {
            parts.append("vendor: \(claim)")
        }
        if let download = times.download {
            let loaded: Message = "download \(SpanText.text(download))"
            parts.append(times.downloadRate.map { "\(loaded) at \(humanBytes($0))/s" } ?? loaded)
        }
        let polls: Message = times.polls == 1 ? "1 poll" : "\(times.polls) polls"
        parts.append(times.retried > 0 ? "\(polls), \(times.retried) retried" : polls)
        runner.output.tell(.spaced(parts), json: times.json(dossier.job))
    }
}

/// How long a job waited, ran and was loaded, beside what the vendor says.
struct JobTimes: Sendable {
    /// From the first byte of the submit to its answer, all attempts together.
    var submit: Duration
    /// From the acceptance until it was seen running; nil for what is not known to be accepted.
    var queue: Duration?
    /// From there to its end; nil as long as it was not seen running.
    var run: Duration?
    var download: Duration?
    var downloadBytes = 0
    var polls: Int
    var retried: Int
    var inferenceSeconds: Double?
    var vendorSpan: Duration?

    init(_ dossier: JobDossier, now: UpstreamTime = LocalClock.now) {
        let job = dossier.job
        let end = job.finishedAt ?? now
        submit = dossier.exchanges.lazy.filter { $0.call == .submit }.reduce(.zero) { $0 + $1.timing.total }
        // What passed before the vendor took it was our time, or nobody's.
        queue = job.submittedAt.map { Self.span($0, job.startedAt ?? end) }
        run = job.startedAt.map { Self.span($0, end) }
        polls = dossier.polls.count
        retried = dossier.polls.count(where: \.isError)
        let loads = dossier.exchanges.filter { $0.call == .content }
        if !loads.isEmpty {
            download = loads.reduce(.zero) { $0 + $1.timing.total }
            downloadBytes = loads.reduce(0) { $0 + $1.bytesReceived }
        }
        inferenceSeconds = job.facts.inferenceSeconds
        if let from = job.facts.createdAt, let to = job.facts.completedAt { vendorSpan = Self.span(from, to) }
    }

    /// What the vendor says of its own work: `inference 98.1 s`, `created to completed 2:33`.
    var claim: Message? {
        var parts: [Message] = []
        if let inferenceSeconds { parts.append("inference \(inferenceSeconds) s") }
        if let vendorSpan { parts.append("created to completed \(humanDuration(vendorSpan))") }
        return parts.isEmpty ? nil : .list(parts)
    }

    /// Bytes a second.
    var downloadRate: Int? {
        guard let download, download > .zero, downloadBytes > 0 else { return nil }
        return Int(Double(downloadBytes) / (Double(download.microseconds) / 1e6))
    }

    func json(_ job: JobRecord) -> RequestJSON {
        var object: RequestJSON = [
            "job": .string(job.name), "submit_ms": .milliseconds(submit),
            "queue_ms": queue.map(RequestJSON.milliseconds) ?? .null,
            "run_ms": run.map(RequestJSON.milliseconds) ?? .null,
            "polls": .int(polls), "failed_polls": .int(retried),
        ]
        if let download { object.set(.milliseconds(download), at: ["download_ms"]) }
        if let rate = downloadRate { object.set(.int(rate), at: ["download_bytes_per_s"]) }
        if let inferenceSeconds { object.set(.number(String(inferenceSeconds)), at: ["vendor", "inference_s"]) }
        if let vendorSpan { object.set(.milliseconds(vendorSpan), at: ["vendor", "created_to_completed_ms"]) }
        return object
    }

    private static func span(_ from: UpstreamTime, _ to: UpstreamTime) -> Duration {
        .milliseconds(max(0, to.milliseconds - from.milliseconds))
    }
}
