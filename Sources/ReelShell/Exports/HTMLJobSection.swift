import JobEngine
import Journal
import LosslessJSON
import OrderedCollections
import TerminalOutput
import VideoProviderKit

/// A job on the page: what it is, the film, what was asked, the picture of its life, each distinct reply.
struct HTMLJobSection: Sendable {
    let dossier: JobDossier
    let descriptor: ProviderDescriptor?
    let filter: ShareFilter
    let isPrivate: Bool

    func write(to page: inout HTMLWriter) {
        let job = dossier.job
        page.raw("<header class=top id=\"\(job.name)\">")
        page.element("h1", "\(descriptor?.name ?? job.instance) \(job.name)")
        page.element("span", job.state.shown, "class=\"badge \(job.state.shown)\"")
        if let model = job.model { page.element("span", filter.text(model), "class=sub") }
        page.raw("</header>")
        failure(&page)
        page.raw("<section>")
        cards(&page)
        page.raw("</section>")
        filmAndRequest(&page)
        let steps = dossier.steps
        page.raw("<section><h2>How it went</h2>")
        for kind in [TimelinePicture.Kind.wide, .narrow] { page.raw(TimelinePicture(dossier, kind).svg) }
        stepTable(steps, &page)
        page.raw("</section><section><h2>Distinct replies</h2>")
        replies(steps, &page)
        page.raw("</section><section><h2>All calls</h2>")
        HTMLCalls(exchanges: dossier.exchanges, filter: filter).write(to: &page)
        page.raw("</section>")
    }

    /// The vendor's words where the job ended badly.
    private func failure(_ page: inout HTMLWriter) {
        let job = dossier.job
        guard job.state != .succeeded, let fault = job.fault else { return }
        page.raw("<div class=callout>")
        page.element("p", FaultWords.sentence(fault, descriptor?.name ?? job.instance).description, "class=what")
        if let why = FaultWords.why(fault) { page.element("p", filter.text(why)) }
        // The end of a task is told in an answer that is no fault itself.
        let last =
            job.state == .failed ? dossier.polls.suffix(1) : dossier.exchanges.filter { $0.fault != nil }.suffix(3)
        let traces = last.flatMap(\.traceIDs).map(\.value)
        if !traces.isEmpty {
            page.element("p", "trace \(filter.text(traces.joined(separator: ", ")))", "class=\"mono sub\"")
        }
        page.raw("</div>")
    }

    private func cards(_ page: inout HTMLWriter) {
        let job = dossier.job
        let times = JobTimes(dossier)
        var cards: [(String, String, String?)] = [
            ("Task", job.receipt?.taskID ?? "none", nil),
            ("Submitted (UTC)", SpanText.moment(dossier.submit?.startedAt ?? job.createdAt), nil),
        ]
        if let queue = times.queue { cards.append(("Queue", SpanText.text(queue), nil)) }
        if let run = times.run {
            cards.append(("Run", SpanText.text(run), times.claim.map { "vendor: \($0)" }))
        }
        if let download = times.download {
            let rate = times.downloadRate.map { "\(humanBytes($0))/s" }
            cards.append(("Download", SpanText.text(download), rate))
        }
        cards.append(("Polls", "\(times.polls)", times.retried > 0 ? "\(times.retried) failed" : nil))
        if let word = job.word { cards.append(("Vendor's word", word, nil)) }
        if let asset = dossier.assets.first, let size = asset.size {
            cards.append(("Film", humanBytes(size), asset.sha256.map { "sha256 \(Hex.encode($0.prefix(6)))…" }))
        }
        page.raw("<dl class=cards>")
        for (name, value, note) in cards {
            let small = note.map { "<small>\(HTMLText.escaped(filter.text($0)))</small>" } ?? ""
            page.raw("<div><dt>\(name)</dt><dd>\(HTMLText.escaped(filter.text(value)))\(small)</dd></div>")
        }
        page.raw("</dl>")
    }

    private func filmAndRequest(_ page: inout HTMLWriter) {
        let film = filmMarkup
        page.raw("<section><div class=\"film\(film == nil ? " alone" : "")\">")
        if let film { page.raw("<div>\(film)</div>") }
        page.raw("<div><h2>What was asked</h2>")
        var rows: [[HTMLWriter.Cell]] = []
        for (name, value) in DraftCoding.draft(dossier.job.draft).values {
            let text: String
            switch value {
            case .media(let list):
                text = list.isEmpty ? "a file" : list.map(\.summary).joined(separator: ", ")
            default: text = value.text
            }
            rows.append([.init(name.rawValue), .init(filter.text(text), class: "prompt")])
        }
        page.table([], rows)
        if !isPrivate { for picture in pictures { page.raw(picture) } }
        page.raw("</div></div></section>")
    }

    /// The film in the page, where it is on the disk and small; else where it is.
    private var filmMarkup: String? {
        guard let asset = dossier.assets.first(where: { $0.state == .saved }), let path = asset.path else { return nil }
        guard let size = LocalFiles.size(path) else { return nil }
        guard size <= HTMLReport.inlineLimit, let bytes = try? LocalFiles.read(path, limit: HTMLReport.inlineLimit)
        else {
            return
                "<p class=sub>\(HTMLText.escaped("\(path.split(separator: "/").last ?? ""), \(humanBytes(size)), is too large for this page"))</p>"
        }
        let type = MediaType.sniffed(bytes)?.rawValue ?? "video/mp4"
        let data = String(decoding: Base64.encode(bytes), as: UTF8.self)
        return "<video controls playsinline preload=metadata src=\"data:\(type);base64,\(data)\"></video>"
    }

    /// The pictures that were sent.
    private var pictures: [String] {
        (dossier.submit?.requestBody ?? []).compactMap { piece in
            guard piece.bytes.count <= 2 << 20, let type = MediaType.sniffed(piece.bytes),
                type.rawValue.hasPrefix("image/")
            else {
                return nil
            }
            let data = String(decoding: Base64.encode(piece.bytes), as: UTF8.self)
            return
                "<h3>Picture sent, \(type.name) \(humanBytes(piece.bytes.count))</h3><img class=given alt=\"the picture that was sent\" src=\"data:\(type.rawValue);base64,\(data)\">"
        }
    }

    private func stepTable(_ steps: [JobDossier.Step], _ page: inout HTMLWriter) {
        page.table(
            ["From (UTC)", "Vendor's word", "Taken for", ">Lasted", ">Polls", ""],
            steps.map { step in
                [
                    .init(SpanText.clock(step.start), class: "time"), .init(filter.text(step.word ?? "")),
                    .init(step.state),
                    .init(step.duration > .zero ? SpanText.text(step.duration) : "", class: "num"),
                    .init(step.polls > 0 ? "\(step.polls)" : "", class: "\"num polls\""),
                    .init(note(step)),
                ]
            },
            "class=steps"
        )
    }

    private func note(_ step: JobDossier.Step) -> String {
        var parts: [String] = []
        if let retries = step.retries { parts.append(retries.description) }
        if let note = step.note?.description {
            let name = step.state == "saved" ? note.split(separator: "/").last.map(String.init) : nil
            parts.append(filter.text(name ?? note))
        }
        return parts.joined(separator: ", ")
    }

    private func replies(_ steps: [JobDossier.Step], _ page: inout HTMLWriter) {
        var earlier: DistinctReply?
        for reply in DistinctReply.among(dossier.exchanges) {
            let step = steps.first { $0.exchanges?.contains(reply.first.number) == true }
            let failed = reply.first.isError
            let isPoll = reply.first.call == .status && !failed
            let word = failed ? reply.first.fault?.vendorCode ?? reply.first.fault?.kind.rawValue : step?.word
            HTMLReply(
                reply: reply,
                earlier: isPoll ? earlier : nil,
                title: reply.first.call == .submit ? "submit" : reply.first.call == .content ? "download" : word,
                color: failed ? "var(--bad)" : TimelinePicture.color(step?.state ?? ""),
                filter: filter
            ).write(to: &page)
            if isPoll { earlier = reply }
        }
    }
}
