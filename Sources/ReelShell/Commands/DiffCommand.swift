import JobEngine
import Journal
import LosslessJSON
import Synchronization
import TerminalOutput
import VideoProviderKit

/// `diff A B`: what changed between two replies, jobs or files, by path.
enum DiffCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(2)
        let session = runner.session
        var ignored = VolatilePaths(session)
        if call.has("forget") { try ignored.forget() }
        let (old, new) = try await sides(call, session)
        var paths: [JSONPath] = []
        for text in call.values("ignore") { paths.append(try ReplyBody.path(text)) }
        if !paths.isEmpty { try ignored.remember(paths, of: new.provider) }
        let skipping = call.has("all") ? [] : ignored.paths(of: new.provider) + paths
        let changes = JSONDiff.changes(from: old.document.root, to: new.document.root, ignoring: skipping)
        let style = runner.output.style
        var lines = [style.paint("\(old.name) -> \(new.name)", .heading)]
        if let left = old.status, let right = new.status, left != right {
            lines.append("  status  \(left) -> \(right)")
        }
        lines += rows(changes, runner.output)
        if lines.count == 1 { lines.append("no difference" + (skipping.isEmpty ? "" : " outside of what is ignored")) }
        if !skipping.isEmpty {
            let list = Set(skipping.map(\.description)).sorted().joined(separator: " ")
            lines.append(style.paint("ignored: \(list)  (--all shows them)", .muted))
        }
        runner.output.show(
            lines,
            json: [
                "from": .string(old.name), "to": .string(new.name), "changes": .array(changes.map(json)),
                "ignored": .array(skipping.map { .string($0.description) }),
            ]
        )
    }

    private static func sides(
        _ call: CommandCall,
        _ session: ShellSession
    ) async throws(ShellFailure) -> (DiffSide, DiffSide) {
        let isRequest = call.has("request")
        switch call.words.count {
        case 2:
            // What is to be sent is compared with what was asked, not with what came of it.
            let isDraft = DiffSide.isDraft(call.words[0], session) || DiffSide.isDraft(call.words[1], session)
            let form: DiffSide.Form = isDraft ? .draft : isRequest ? .request : .reply
            return (
                try await DiffSide.read(call.words[0], form, session),
                try await DiffSide.read(call.words[1], form, session)
            )
        case 1 where call.words[0] == "draft":
            let job = try await References(session: session).job(nil)
            return (
                try await DiffSide.read(job.name, .draft, session), try await DiffSide.read("draft", .draft, session)
            )
        case 1:
            // One exchange is compared with the one like it before; one job by its last two polls.
            switch try await References(session: session).subject(call.words[0]) {
            case .job(let job): return try await lastPolls(of: job.id, isRequest, session)
            case .exchange(let exchange):
                guard let before = try await previous(exchange, session) else {
                    throw ShellFailure(
                        "nothing like \(exchange.name) came before it",
                        tries: ["log", "body \(exchange.name)"]
                    )
                }
                return (
                    try DiffSide(exchange: before, isRequest: isRequest),
                    try DiffSide(exchange: exchange, isRequest: isRequest)
                )
            }
        default:
            let job = session.state.withLock(\.job)
            var id: Int64?
            do throws(JournalError) { if let job { id = try await session.journal.job(number: job)?.id } } catch {
                throw ShellFailure(error)
            }
            return try await lastPolls(of: id, isRequest, session)
        }
    }

    private static func lastPolls(
        of job: Int64?,
        _ isRequest: Bool,
        _ session: ShellSession
    )
        async throws(ShellFailure) -> (DiffSide, DiffSide)
    {
        var filter = ExchangeFilter()
        (filter.job, filter.calls, filter.limit) = (job, [.status], 2)
        let wanted = filter
        let pair = try await session.reading { (journal) throws(JournalError) -> (ExchangeRecord, ExchangeRecord)? in
            let polls = try await journal.exchanges(wanted)
            guard polls.count == 2, let old = try await journal.exchange(polls[0].number),
                let new = try await journal.exchange(polls[1].number)
            else { return nil }
            return (old, new)
        }
        guard let (old, new) = pair else {
            let isEmpty = (try? await session.journal.lastExchange()) == nil
            throw ShellFailure("there are no two polls to compare", tries: isEmpty ? ["submit --wait"] : ["log"])
        }
        session.state.withLock { state in
            state.printed(old.number)
            state.printed(new.number)
        }
        return (try DiffSide(exchange: old, isRequest: isRequest), try DiffSide(exchange: new, isRequest: isRequest))
    }

    private static func previous(
        _ exchange: ExchangeRecord,
        _ session: ShellSession
    ) async throws(ShellFailure) -> ExchangeRecord? {
        var filter = ExchangeFilter()
        (filter.job, filter.calls, filter.last, filter.limit) = (exchange.job, [exchange.call], exchange.number - 1, 1)
        filter.instance = exchange.instance
        do throws(JournalError) {
            guard let light = try await session.journal.exchanges(filter).last else { return nil }
            return try await session.journal.exchange(light.number)
        } catch {
            throw ShellFailure(error)
        }
    }

    /// Changed, moved, added and removed places, one a line.
    static func rows(_ changes: [JSONChange], _ output: ShellOutput) -> [String] {
        let style = output.style
        let widest = min(changes.map { DisplayWidth.columns(of: $0.path.description) }.max() ?? 0, 40)
        return changes.map { change in
            let path = DisplayWidth.padded(style.name(change.path.description), to: widest)
            let room = max(10, (output.width - widest - 10) / 2)
            func value(_ value: JSONValue?) -> String { value.map { style.clipped(oneLine($0, style), room) } ?? "" }
            switch change.kind {
            case .added: return style.paint("+ \(path)  \(value(change.new))", .added)
            case .removed: return style.paint("- \(path)  \(value(change.old))", .removed)
            case .moved(let source): return "> \(path)  from \(style.name(source.description))"
            case .changed:
                let note = change.isSpellingOnly ? "  (spelling only)" : ""
                return "  \(path)  \(value(change.old)) -> \(value(change.new))\(note)"
            }
        }
    }

    private static func oneLine(_ value: JSONValue, _ style: OutputStyle) -> String {
        guard value.kind == .object || value.kind == .array, value.rawBytes.count < 1 << 20 else {
            return value.rawText
        }
        let line = try? JSONFormatter.format(value.rawBytes, style: .compactLine)
        return line.map { String(decoding: $0, as: UTF8.self) } ?? value.rawText
    }

    private static func json(_ change: JSONChange) -> RequestJSON {
        var object: RequestJSON = ["path": .string(change.path.description)]
        switch change.kind {
        case .added: object.set("added", at: ["kind"])
        case .removed: object.set("removed", at: ["kind"])
        case .changed: object.set("changed", at: ["kind"])
        case .moved(let source):
            object.set("moved", at: ["kind"])
            object.set(.string(source.description), at: ["moved_from"])
        }
        if let old = change.old { object.set(.value(old), at: ["old"]) }
        if let new = change.new { object.set(.value(new), at: ["new"]) }
        if change.isSpellingOnly { object.set(true, at: ["spelling_only"]) }
        return object
    }
}

/// One side of a comparison.
struct DiffSide: Sendable {
    var name: String
    var provider: String
    var status: Int?
    var document: JSONDocument

    init(exchange: ExchangeRecord, isRequest: Bool) throws(ShellFailure) {
        name = exchange.name
        provider = exchange.instance.split(separator: "@").first.map(String.init) ?? exchange.instance
        status = isRequest ? nil : exchange.status
        let bytes = isRequest ? BodyBytes.request(exchange) : BodyBytes.reply(exchange)
        document = try Self.document(bytes, exchange.name)
    }

    private init(name: String, provider: String, document: JSONDocument) {
        self.name = name
        self.provider = provider
        self.document = document
    }

    /// What of a job or an exchange is compared.
    enum Form: Sendable {
        /// What came of it.
        case reply
        /// The bytes that were sent.
        case request
        /// The draft it was made from.
        case draft
    }

    /// Whether a word names a draft: the one being composed, or a saved request.
    static func isDraft(_ word: String, _ session: ShellSession) -> Bool {
        word == "draft" || (try? SavedRequests(session))?.names.contains(word) == true
    }

    /// What a word names: an exchange, a job (what was asked and what came of it), a draft, or a file of JSON.
    static func read(_ word: String, _ form: Form, _ session: ShellSession) async throws(ShellFailure) -> DiffSide {
        if word == "draft" { return try of(session.draft, word, session.descriptor.id) }
        if let shelf = try? SavedRequests(session), shelf.names.contains(word) {
            let (origin, draft) = try shelf.read(word, session)
            return try of(draft, word, origin.id)
        }
        if !References.isExchange(word), LocalFiles.exists(word), !LocalFiles.isFolder(word) {
            let bytes = try LocalFiles.read(word)
            return DiffSide(name: word, provider: session.descriptor.id.rawValue, document: try document(bytes, word))
        }
        switch try await References(session: session).subject(word) {
        case .exchange(let exchange):
            if form == .draft, exchange.call == .submit, let id = exchange.job {
                let job = try await session.reading { (journal) throws(JournalError) in try await journal.job(id: id) }
                if let job { return try of(await asked(job, session), exchange.name, job.provider) }
            }
            return try DiffSide(exchange: exchange, isRequest: form != .reply)
        case .job(let job):
            let draft = await asked(job, session)
            guard form == .reply else { return try of(draft, job.name, job.provider) }
            return DiffSide(
                name: job.name,
                provider: job.provider.rawValue,
                document: try document(Array(Self.text(of: job, draft).utf8), job.name)
            )
        }
    }

    private static func of(_ draft: Draft, _ name: String, _ provider: ProviderID) throws(ShellFailure) -> DiffSide {
        let text = DraftText.json(draft).text
        return DiffSide(name: name, provider: provider.rawValue, document: try document(Array(text.utf8), name))
    }

    /// The draft of a job, with its pictures where they are still there.
    private static func asked(_ job: JobRecord, _ session: ShellSession) async -> Draft {
        do throws(ShellFailure) { return try await StoredDraft.read(job, session) } catch {
            return DraftCoding.draft(job.draft)
        }
    }

    /// A body that is no JSON is compared as one text.
    private static func document(_ bytes: [UInt8], _ name: String) throws(ShellFailure) -> JSONDocument {
        if let document = try? JSONDocument(parsing: bytes) { return document }
        let quoted = JSONText.quoted(String(decoding: bytes, as: UTF8.self))
        do throws(JSONError) { return try JSONDocument(parsing: quoted) } catch {
            throw ShellFailure("\(name) cannot be compared", why: "\(error)")
        }
    }

    private static func text(of job: JobRecord, _ draft: Draft) -> String {
        var object: RequestJSON = ["state": .string(job.state.shown), "instance": .string(job.instance)]
        if let word = job.word { object.set(.string(word), at: ["word"]) }
        if let fault = job.fault {
            object.set(.string(fault.kind.rawValue), at: ["fault", "kind"])
            object.set(.string(fault.message), at: ["fault", "message"])
        }
        if case .object(let members) = DraftText.json(draft) {
            for member in members { object.set(member.value, at: [member.name]) }
        }
        for (name, value) in ReplyReading.results(facts(of: job)) where name != "phase" {
            let isNumber = Double(value) != nil && (try? JSONDocument(parsing: value)) != nil
            object.set(isNumber ? .number(value) : .string(value), at: ["facts", name])
        }
        return object.text
    }

    private static func facts(of job: JobRecord) -> Snapshot { Snapshot(phase: .queued, facts: job.facts) }
}

/// The paths that change with every reply and mean nothing, by provider: kept beside the journal.
struct VolatilePaths {
    private let file: String?
    private var lines: [String] = []

    init(_ session: ShellSession) {
        let path = session.journal.path
        file = path.lastIndex(of: "/").map { "\(path[..<$0])/diff-ignore" }
        if let file, let bytes = try? LocalFiles.read(file) {
            lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        }
    }

    func paths(of provider: String) -> [JSONPath] {
        lines.compactMap { line in
            line.hasPrefix("\(provider) ") ? JSONPath(String(line.dropFirst(provider.count + 1))) : nil
        }
    }

    mutating func remember(_ paths: [JSONPath], of provider: String) throws(ShellFailure) {
        for path in paths {
            let line = "\(provider) \(path)"
            if !lines.contains(line) { lines.append(line) }
        }
        try save()
    }

    mutating func forget() throws(ShellFailure) {
        lines = []
        try save()
    }

    private func save() throws(ShellFailure) {
        guard let file else { return }
        try LocalFiles.create(Array(lines.map { "\($0)\n" }.joined().utf8), at: file, force: true, isPrivate: true)
    }
}
