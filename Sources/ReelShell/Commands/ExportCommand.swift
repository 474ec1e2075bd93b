import JobEngine
import Journal
import TerminalOutput
import VideoProviderKit

/// `export har|md|html`: exchanges and jobs for others, without keys, signatures and personal fields.
enum ExportCommand {
    private static let kinds = ["har", "md", "html"]

    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        guard let kind = call.words.first, kinds.contains(kind) else {
            let given = call.words.first.map { "export cannot make \($0)" } ?? "export needs a kind"
            throw ShellFailure(given, why: "kinds are \(kinds.joined(separator: ", "))", tries: ["export html"])
        }
        let session = runner.session
        let subject = try await ExportSubject.gather(
            Array(call.words.dropFirst()),
            wholeSession: call.has("session"),
            session
        )
        var filter = ShareFilter(session.engine.redactor)
        if call.has("private") {
            filter.hidden = subject.dossiers.flatMap { dossier in
                SupportTicket.texts(
                    of: DraftCoding.draft(dossier.job.draft),
                    session.instances[written: dossier.job.instance]?.descriptor
                )
            }
            filter.hiddenNames = ["prompt", "negative_prompt", "enhanced_prompt", "image", "images", "input_reference"]
        }
        let bytes: [UInt8] =
            switch kind {
            case "har": HARDocument(exchanges: subject.exchanges, jobs: subject.jobNames, filter: filter).bytes
            case "md": MarkdownReport(dossiers: subject.dossiers, others: subject.others, filter: filter).bytes
            default:
                HTMLReport(
                    dossiers: subject.dossiers,
                    others: subject.others,
                    instances: session.instances,
                    filter: filter,
                    now: LocalClock.now,
                    isPrivate: call.has("private")
                ).bytes
            }
        // What is put together of clean parts is searched as a whole once more.
        let clean = session.engine.redactor.scrub(bytes)
        try filter.check(clean, "the export")
        // A page on a terminal helps nobody; it gets the name a person would give it.
        let isShown = runner.output.style.isTerminal && call.value("o") == nil
        let path = isShown ? "\(subject.name).\(kind)" : call.value("o")
        try Artefact(bytes: clean, name: "the export", kind: kind).deliver(to: path, force: call.has("force"), runner)
    }
}

/// What is exported.
struct ExportSubject: Sendable {
    var dossiers: [JobDossier] = []
    /// Exchanges that belong to none of the jobs.
    var others: [ExchangeRecord] = []
    /// The name of the file, where none is given.
    var name = "session"

    /// Everything, in order.
    var exchanges: [ExchangeRecord] { (dossiers.flatMap(\.exchanges) + others).sorted { $0.number < $1.number } }

    var jobNames: [Int64: String] {
        Dictionary(dossiers.map { ($0.job.id, $0.job.name) }) { first, _ in first }
    }

    /// Jobs and exchanges by name; a session's; or the current job.
    static func gather(
        _ words: [String],
        wholeSession: Bool,
        _ session: ShellSession
    )
        async throws(ShellFailure) -> ExportSubject
    {
        let references = References(session: session)
        var subject = ExportSubject()
        var exchanges: [ExchangeRecord] = []
        if wholeSession {
            var filter = ExchangeFilter()
            (filter.since, filter.limit) = (session.startedAt, .max)
            try await session.scan(filter) { exchange in
                exchanges.append(exchange)
                return true
            }
            exchanges.reverse()
        } else if words.isEmpty {
            let job = try await references.job(nil)
            subject.name = job.name
            subject.dossiers = [try await JobDossier.gather(job, session)]
            return subject
        }
        for word in words {
            if References.range(word) != nil || References.isExchange(word) || word.contains(".") {
                exchanges += try await references.exchanges([word])
            } else {
                let job = try await references.job(word)
                guard !subject.dossiers.contains(where: { $0.job.id == job.id }) else { continue }
                subject.dossiers.append(try await JobDossier.gather(job, session))
            }
        }
        if words.count == 1 { subject.name = words[0] }
        // A session tells of jobs, exchanges named one by one of themselves.
        if wholeSession {
            var seen: [Int64] = []
            for id in exchanges.compactMap(\.job) where !seen.contains(id) { seen.append(id) }
            for id in seen {
                let job = try await session.reading { (journal) throws(JournalError) in try await journal.job(id: id) }
                guard let job, job.number != nil else { continue }
                subject.dossiers.append(try await JobDossier.gather(job, session))
            }
        }
        let told = Set(subject.dossiers.flatMap(\.exchanges).map(\.number))
        subject.others = exchanges.filter { !told.contains($0.number) }
        guard !subject.dossiers.isEmpty || !subject.others.isEmpty else {
            throw ShellFailure("there is nothing to export", tries: ["log"])
        }
        return subject
    }
}
