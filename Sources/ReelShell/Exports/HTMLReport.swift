import JobEngine
import Journal
import LosslessJSON
import TerminalOutput
import VideoProviderKit

/// Jobs as one page that needs nothing from elsewhere and runs no script.
struct HTMLReport: Sendable {
    /// Films and pictures up to this size are put into the page.
    static let inlineLimit = 8 << 20

    let dossiers: [JobDossier]
    /// Exchanges beside any job.
    let others: [ExchangeRecord]
    let instances: InstanceDirectory
    let filter: ShareFilter
    let now: UpstreamTime
    /// Whether prompts and pictures are left out.
    let isPrivate: Bool

    var bytes: [UInt8] {
        var page = HTMLWriter()
        let title = dossiers.count == 1 ? dossiers[0].job.name + " " + name(of: dossiers[0].job) : "reel session"
        page.raw("<!doctype html><html lang=en><head><meta charset=utf-8>")
        page.raw("<meta name=viewport content=\"width=device-width,initial-scale=1\">")
        // Even if something foreign slipped through, nothing could run or be loaded.
        page.raw(
            "<meta http-equiv=Content-Security-Policy content=\"default-src 'none';style-src 'unsafe-inline';img-src data:;media-src data:\">"
        )
        page.raw("<meta name=generator content=\"reel \(Reel.version)\"><meta name=referrer content=no-referrer>")
        page.element("title", filter.text(title))
        page.raw("<style>\(HTMLStyle.css)</style></head><body><main>")
        if dossiers.count != 1 { summary(&page) }
        for dossier in dossiers {
            let section = HTMLJobSection(
                dossier: dossier,
                descriptor: descriptor(of: dossier.job),
                filter: filter(dossier),
                isPrivate: isPrivate
            )
            section.write(to: &page)
        }
        if !others.isEmpty { otherCalls(&page) }
        page.raw("<footer>")
        page.element(
            "p",
            "Made \(now) by reel \(Reel.version). Times are UTC. Keys, signed links and personal fields are cut; all else stands as it was received."
        )
        page.raw("</footer></main></body></html>")
        return Array(page.text.utf8)
    }

    private func descriptor(of job: JobRecord) -> ProviderDescriptor? { instances[written: job.instance]?.descriptor }

    private func name(of job: JobRecord) -> String { descriptor(of: job)?.name ?? job.instance }

    /// The filter with the job's own texts hidden, where they are not wanted.
    private func filter(_ dossier: JobDossier) -> ShareFilter {
        guard isPrivate else { return filter }
        var filter = filter
        filter.hidden = SupportTicket.texts(of: DraftCoding.draft(dossier.job.draft), descriptor(of: dossier.job))
        filter.hiddenNames = ["prompt", "negative_prompt", "enhanced_prompt", "image", "images", "input_reference"]
        return filter
    }

    private func summary(_ page: inout HTMLWriter) {
        page.raw("<header class=top><h1>reel session</h1>")
        page.element(
            "span",
            "\(dossiers.count) jobs, \(dossiers.reduce(others.count) { $0 + $1.exchanges.count }) calls",
            "class=sub"
        )
        page.raw("</header><section>")
        page.table(
            ["Job", "State", "Provider", "Model", ">Queue", ">Run", "Task"],
            dossiers.map { dossier in
                let times = JobTimes(dossier, now: now)
                return [
                    .init(markup: "<a href=\"#\(dossier.job.name)\">\(dossier.job.name)</a>"),
                    .init(dossier.job.state.shown),
                    .init(name(of: dossier.job)), .init(filter.text(dossier.job.model ?? "")),
                    .init(times.queue.map(SpanText.text) ?? "", class: "num"),
                    .init(times.run.map(SpanText.text) ?? "", class: "num"),
                    .init(filter.text(dossier.job.receipt?.taskID ?? ""), class: "mono"),
                ]
            }
        )
        page.raw("</section>")
    }

    private func otherCalls(_ page: inout HTMLWriter) {
        page.raw("<section><h2>Other calls</h2>")
        HTMLCalls(exchanges: others, filter: filter).write(to: &page)
        for reply in DistinctReply.among(others) { HTMLReply(reply: reply, filter: filter).write(to: &page) }
        page.raw("</section>")
    }
}

/// The calls of a job in a table.
struct HTMLCalls: Sendable {
    let exchanges: [ExchangeRecord]
    let filter: ShareFilter

    func write(to page: inout HTMLWriter) {
        let longest = exchanges.map(\.timing.total.microseconds).max() ?? 1
        page.table(
            ["", "Time (UTC)", "Call", "Status", "Took", "Trace id"],
            exchanges.map { exchange in
                let share = Double(exchange.timing.total.microseconds) / Double(max(longest, 1))
                let failed = exchange.isError
                let status = FaultWords.answer(exchange).description
                return [
                    .init(exchange.name, class: "mono"), .init(SpanText.clock(exchange.startedAt), class: "time"),
                    .init("\(exchange.call.rawValue)"), .init(status, class: failed ? "bad" : ""),
                    .init(
                        markup:
                            "\(TimingCommand.ms(exchange.timing.total)) ms <i class=\"bar wide\" style=\"width:\(Int(share * 70))px\"></i>",
                        class: "time"
                    ),
                    .init(filter.text(exchange.traceIDs.map(\.value).joined(separator: ", ")), class: "mono"),
                ]
            },
            "class=calls"
        )
    }
}

/// A reply, folded, with what changed since the one before it.
struct HTMLReply: Sendable {
    let reply: DistinctReply
    var earlier: DistinctReply?
    var title: String?
    var color = "var(--soft)"
    let filter: ShareFilter

    func write(to page: inout HTMLWriter) {
        let exchange = reply.first
        let status = FaultWords.answer(exchange).description
        page.raw("<details><summary><span class=dot style=\"background:\(color)\"></span>")
        page.element("span", filter.text(title ?? "\(exchange.method) \(ExchangeView.path(exchange))"), "class=what")
        page.element("span", "\(exchange.call.rawValue), \(status)", "class=more")
        page.element("span", reply.times, "class=more")
        page.raw("</summary>")
        if let earlier { changes(since: earlier, &page) }
        if !exchange.requestBody.isEmpty || exchange.call == .submit {
            page.element("h3", "Sent: \(exchange.method) \(filter.url(exchange.url))")
            page.raw(HTMLText.body(filter.body(BodyBytes.request(exchange))))
        }
        page.element("h3", "Received")
        let head = String(decoding: filter.head(exchange.replyHead), as: UTF8.self)
        if !head.isEmpty {
            page.raw("<pre class=body>\(HTMLText.escaped(head.replacing("\r\n", with: "\n").trimmingEnd))</pre>")
        }
        if let text = exchange.failureText { page.element("p", filter.text(text)) }
        if exchange.call == .content, exchange.replyBody == nil {
            page.element("p", "\(humanBytes(exchange.bytesReceived)) went to a file", "class=sub")
        } else {
            page.raw(HTMLText.body(filter.body(BodyBytes.reply(exchange))))
        }
        page.raw("</details>")
    }

    private func changes(since earlier: DistinctReply, _ page: inout HTMLWriter) {
        let changes = reply.changes(since: earlier)
        guard !changes.isEmpty, changes.count <= 60 else { return }
        page.element("h3", "What changed since \(earlier.first.name)")
        var rows: [String] = []
        for change in changes {
            func value(_ value: JSONValue?) -> String {
                guard let value else { return "" }
                let text = String(decoding: filter.body(Array(value.rawBytes.prefix(4096))), as: UTF8.self)
                return HTMLText.escaped(text.count > 160 ? "\(text.prefix(160))…" : text)
            }
            let path = HTMLText.escaped(change.path.description)
            let (sign, name, text): (String, String, String) =
                switch change.kind {
                case .added: ("+", "added", value(change.new))
                case .removed: ("−", "removed", value(change.old))
                case .changed: ("", "", "\(value(change.old)) → \(value(change.new))")
                case .moved(let source): ("↔", "", "from \(HTMLText.escaped(source.description))")
                }
            rows.append(
                "<tr class=\"\(name)\"><td>\(sign)</td><td class=mono>\(path)</td><td class=mono>\(text)</td></tr>"
            )
        }
        page.raw("<div class=scroll><table class=changes><tbody>\(rows.joined())</tbody></table></div>")
    }
}

extension String {
    fileprivate var trimmingEnd: String { String(reversed().drop { $0.isNewline }.reversed()) }
}
