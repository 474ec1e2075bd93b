import JobEngine
import Journal
import LosslessJSON
import OrderedCollections
import TerminalOutput
import VideoProviderKit

/// What a ticket is about.
enum TicketSubject: Sendable {
    case job(JobDossier)
    /// With the draft it came from, where one is known.
    case exchange(ExchangeRecord, draft: String?)
}

/// A letter to a vendor's support: what was asked, what came, when, trace ids, versions.
///
/// No prompt, no picture, no key.
struct SupportTicket: Sendable {
    private let subject: TicketSubject
    private let words: TicketWords
    private let instance: String
    private let descriptor: ProviderDescriptor?
    private let draft: Draft
    private let version: String
    /// Takes out whatever must not leave, the user's own texts included.
    let filter: ShareFilter

    init(_ subject: TicketSubject, language: Language, _ session: ShellSession) {
        self.subject = subject
        words = TicketWords(language: language)
        switch subject {
        case .job(let dossier):
            instance = dossier.job.instance
            draft = DraftCoding.draft(dossier.job.draft)
        case .exchange(let exchange, let text):
            instance = exchange.instance
            draft = text.map { DraftCoding.draft($0) } ?? Draft()
        }
        descriptor = session.instances[written: instance]?.descriptor
        version = "reel \(Reel.version)"
        var filter = ShareFilter(session.engine.redactor)
        filter.hidden = Self.texts(of: draft, descriptor)
        filter.hiddenNames = ["prompt", "negative_prompt", "enhanced_prompt"]
        self.filter = filter
    }

    /// The user's own texts: free texts, links to pictures, and what is marked sensitive.
    static func texts(of draft: Draft, _ descriptor: ProviderDescriptor?) -> [String] {
        draft.values.flatMap { name, value -> [String] in
            let parameter = descriptor?.parameters.first { $0.name == name }
            switch value {
            case .text(let text): return isPrivate(parameter, name) ? [text] : []
            case .media(let list):
                return list.compactMap { if case .link(let url) = $0 { url } else { nil } }
            case .number, .flag, .json: return []
            }
        }
    }

    private static func isPrivate(_ parameter: Parameter?, _ name: ParameterName) -> Bool {
        guard name != .model else { return false }
        guard let parameter else { return true }
        if case .text = parameter.kind { return true }
        return parameter.isSensitive
    }

    /// The letter.
    var text: String {
        var lines = [words.title(subjectLine), ""]
        lines += words.greeting
        lines.append("")
        lines += section(words.facts, facts)
        if !asked.isEmpty { lines += section(words.asked, asked) }
        lines += section(words.came, came)
        if !vendorWords.isEmpty { lines += section(words.verbatim, vendorWords) }
        lines += section(words.traces, traces)
        lines += words.question(isFailure: isFailure)
        return lines.joined(separator: "\n") + "\n"
    }

    private func section(_ title: String, _ lines: [String]) -> [String] { ["## \(title)"] + lines + [""] }

    private var isFailure: Bool {
        switch subject {
        case .job(let dossier): dossier.job.state != .succeeded || dossier.lacksFilm
        case .exchange(let exchange, _): exchange.isError
        }
    }

    private var name: String { descriptor?.name ?? instance }

    private var subjectLine: String {
        switch subject {
        case .job(let dossier):
            "\(name): \(dossier.job.receipt?.taskID ?? words.noTask), \(dossier.job.word.map { TerminalText.words($0) } ?? words.said(dossier.job.state.shown))"
        case .exchange(let exchange, _):
            "\(name): \(exchange.method) \(WebURL(exchange.url)?.rest ?? ""), \(exchange.status.map(String.init) ?? words.noAnswer)"
        }
    }

    private var facts: [String] {
        var rows = [[words.provider, name]]
        let exchange = anchor
        if let exchange {
            let origin = WebURL(exchange.url)?.origin.description ?? ""
            rows.append([words.endpoint, origin])
            if let remote = exchange.remote { rows.append([words.address, remote]) }
            let protocols = [exchange.httpVersion, exchange.tlsVersion].compactMap(\.self).joined(separator: ", ")
            if !protocols.isEmpty { rows.append([words.protocols, protocols]) }
        }
        if case .job(let dossier) = subject {
            let job = dossier.job
            rows.append([words.task, job.receipt?.taskID ?? words.noTask])
            if let model = job.model { rows.append([words.model, model]) }
            rows.append([words.sent, (dossier.submit?.startedAt ?? job.createdAt).description])
            if let end = job.finishedAt { rows.append([words.ended, end.description]) }
            rows.append([words.state, words.said(job.word, job.state.shown)])
        }
        rows.append([words.client, version])
        return Columns.aligned(rows).map { "  \($0)" }
    }

    /// The exchange whose connection is told about.
    private var anchor: ExchangeRecord? {
        switch subject {
        case .job(let dossier):
            dossier.exchanges.last(where: \.isError) ?? dossier.polls.last ?? dossier.submit
        case .exchange(let exchange, _): exchange
        }
    }

    /// The draft without the user's own texts and media.
    private var asked: [String] {
        let rows = draft.values.filter { $0.key != .model }.map { name, value -> [String] in
            let parameter = descriptor?.parameters.first { $0.name == name }
            switch value {
            case .media(let list): return [name.rawValue, words.media(list.count)]
            case .text(let text) where Self.isPrivate(parameter, name):
                return [name.rawValue, words.hiddenText(text.count)]
            case .json: return [name.rawValue, words.json]
            default: return [name.rawValue, value.text]
            }
        }
        return Columns.aligned(rows).filter { !$0.isEmpty }.map { "  \($0)" }
    }

    private var came: [String] {
        guard case .job(let dossier) = subject else { return exchangeRows(anchor.map { [$0] } ?? []) }
        let rows = dossier.steps.map { step in
            [
                step.start.description, step.word.map { TerminalText.words($0) } ?? words.said(step.state),
                step.polls > 1 ? "x\(step.polls)" : "",
                step.duration > .zero ? SpanText.text(step.duration) : "",
                [
                    step.state == "not accepted" || step.state == "unconfirmed" || step.state == "not saved"
                        ? step.note?.description : nil,
                    step.retried > 0
                        ? words.failed(
                            step.retried,
                            step.retryReason?.description,
                            isQuery: step.polls > 0 || step.state == "submitted"
                        )
                        : nil,
                ].compactMap(\.self).joined(separator: "; "),
            ]
        }
        return Columns.aligned(rows).map { "  \($0)" }
    }

    /// Codes and messages as the vendor wrote them.
    private var vendorWords: [String] {
        var faults: [Fault] = []
        switch subject {
        case .job(let dossier):
            faults = dossier.exchanges.compactMap(\.fault)
            if let fault = dossier.job.fault { faults.append(fault) }
        case .exchange(let exchange, _): faults = [exchange.fault].compactMap(\.self)
        }
        var seen: Set<String> = []
        return faults.compactMap { fault in
            let status = fault.httpStatus.map { "HTTP \($0)" }
            let code = fault.vendorCode.map { "code \($0)" }
            let message = fault.message.isEmpty ? nil : "\"\(fault.message)\""
            let line = "  " + [status, code, message].compactMap(\.self).joined(separator: ", ")
            return seen.insert(line).inserted ? line : nil
        }
    }

    /// The calls with their UTC times and ids: the submit, the first and the last poll, and all that failed.
    private var traces: [String] {
        guard case .job(let dossier) = subject else { return exchangeRows(anchor.map { [$0] } ?? []) }
        var chosen = dossier.exchanges.filter { exchange in
            exchange.call == .submit || exchange.isError
                || exchange.number == dossier.polls.first?.number || exchange.number == dossier.polls.last?.number
        }
        // A hundred failed polls say no more than the first and last of them.
        if chosen.count > 24 { chosen = Array(chosen.prefix(12) + chosen.suffix(12)) }
        return exchangeRows(chosen)
    }

    private func exchangeRows(_ exchanges: [ExchangeRecord]) -> [String] {
        let rows = exchanges.map { exchange -> [String] in
            let failed = FaultWords.failed(exchange).map { words.language.say($0) }
            return [
                exchange.startedAt.description, exchange.call.rawValue,
                exchange.status.map(String.init) ?? words.noAnswer,
                exchange.traceIDs.map { "\($0.name): \($0.value)" }.joined(separator: ", "),
                failed ?? "",
            ]
        }
        return rows.isEmpty ? ["  \(words.none)"] : Columns.aligned(rows).map { "  \($0)" }
    }
}
