import JobEngine
import Journal
import Synchronization
import VideoProviderKit

/// `replay R`: sends a recorded request again; a submit only after it was agreed to.
enum ReplayCommand {
    @Sendable static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) -> EntryResult {
        try call.atMost(1)
        let session = runner.session
        let (last, previous) = session.state.withLock { ($0.last, $0.previous) }
        do throws(ShellFailure) { return try await replay(call, runner) } catch {
            // What was not sent again has printed nothing: `last` is what it was.
            if error.exchange == nil {
                session.state.withLock { ($0.last, $0.previous) = (last, previous) }
            }
            throw error
        }
    }

    private static func replay(
        _ call: CommandCall,
        _ runner: CommandRunner
    ) async throws(ShellFailure) -> EntryResult {
        let session = runner.session
        let exchange = try await References(session: session).exchange(call.words.first)
        guard let home = session.instances[written: exchange.instance] else {
            throw ShellFailure("\(exchange.instance) is not configured here", tries: ["providers"])
        }
        guard exchange.call == .submit else { return try await again(exchange, home, call, runner) }
        return try await submit(exchange, home, call, runner)
    }

    private static func submit(
        _ exchange: ExchangeRecord,
        _ home: ProviderInstance,
        _ call: CommandCall,
        _ runner: CommandRunner
    ) async throws(ShellFailure) -> EntryResult {
        let session = runner.session
        let id = exchange.job
        let job = try await session.reading { (journal) throws(JournalError) -> JobRecord? in
            guard let id else { return nil }
            return try await journal.job(id: id)
        }
        guard let job else {
            throw ShellFailure(
                "the draft of \(exchange.name) is not known",
                why: "it was imported, or belongs to no job",
                tries: ["curl \(exchange.name)", "import curl -"]
            )
        }
        var draft = try await StoredDraft.read(job, session)
        let target = try target(call.value("to"), home, session)
        if target.descriptor.id != home.descriptor.id {
            let carried = draft.carried(from: home.descriptor, to: target.descriptor)
            draft = carried.draft
            for case .lost(let name, let reason) in carried.fates {
                runner.output.note("\(name) is lost: \(reason)")
            }
        }
        draft = try await changed(draft, call, target, session)
        if call.has("edit") { return try await load(draft, target, exchange, runner) }
        // Nobody is asked about what cannot be sent.
        let errors = draft.problems(for: target.descriptor).filter { $0.severity == .error }
        try PreviewCommand.report(errors, for: target.descriptor, runner)
        if try await !Budget(session: session).require() {
            let question: Message =
                target.name == home.name
                ? "\(exchange.name) is a submit and may be billed. Send it to \(target.name) again?"
                : "\(exchange.name) is a submit and may be billed. Send it to \(target.name)?"
            try await session.confirm(question, refusal: "not sent")
        }
        if job.state == .submitUnknown {
            try await session.confirm(
                "\(job.name) is unconfirmed: the first may have been accepted and billed already. Send another?",
                refusal: "not sent"
            )
        }
        let made = try await SubmitCommand.submit(draft, to: target, call.value("note"), runner, isRepetition: true)
        guard call.has("wait") || call.has("watch") else { return try await SubmitCommand.end(made, session) }
        return try await Watcher(session: session, output: runner.output)
            .follow([made], shows: call.has("watch") ? .changes : .ends, until: nil, timeout: nil)
    }

    private static func target(
        _ name: String?,
        _ home: ProviderInstance,
        _ session: ShellSession
    ) throws(ShellFailure) -> ProviderInstance {
        guard let name else { return home }
        guard let instance = session.instances[written: name] else {
            let names = session.instances.names.map(\.description)
            let nearest = EditDistance.nearest(to: name, in: names)
            throw ShellFailure(
                "there is no provider \(name)",
                why: "providers are \(names.joined(separator: ", "))",
                tries: nearest.map { ["--to \($0)"] } ?? ["providers"]
            )
        }
        return instance
    }

    /// The draft with `--set k=v` and items over it.
    private static func changed(
        _ draft: Draft,
        _ call: CommandCall,
        _ target: ProviderInstance,
        _ session: ShellSession
    ) async throws(ShellFailure) -> Draft {
        var draft = draft
        let reading = ValueReading(session: session, target: target.descriptor)
        for text in call.values("set") {
            guard let item = RequestItem(LexedWord(plain: text, offset: 0)) else {
                throw ShellFailure("--set cannot be \"\(text)\"", why: "it is NAME=VALUE", tries: ["--set seed=7"])
            }
            try await reading.apply(item, to: &draft)
        }
        for item in call.items { try await reading.apply(item, to: &draft) }
        return draft
    }

    /// Puts the draft where it can be changed, and opens the editor; nothing is sent.
    private static func load(
        _ draft: Draft,
        _ target: ProviderInstance,
        _ exchange: ExchangeRecord,
        _ runner: CommandRunner
    ) async throws(ShellFailure) -> EntryResult {
        runner.session.state.withLock { $0.replaceDraft(draft, for: target.name) }
        runner.output.tell(
            "the draft is that of \(exchange.name) now, for \(target.name); change it, then: submit",
            json: DraftText.json(draft)
        )
        // Where somebody sits, the editor opens on it at once.
        if runner.session.isInteractive, let spec = runner.session.catalog["edit"] {
            try await EditCommand.run(CommandCall(spec: spec, arguments: []), runner)
        }
        return EntryResult(code: .ok)
    }

    /// Any other call is sent as it was, byte for byte but for the key.
    private static func again(
        _ exchange: ExchangeRecord,
        _ home: ProviderInstance,
        _ call: CommandCall,
        _ runner: CommandRunner
    ) async throws(ShellFailure) -> EntryResult {
        guard call.value("to") == nil, call.items.isEmpty, call.values("set").isEmpty, !call.has("edit") else {
            throw ShellFailure(
                "\(exchange.name) is sent again as it was",
                why: "only a submit has a draft to change",
                tries: ["replay \(exchange.name)"]
            )
        }
        let request = try RecordedRequest.read(exchange, home)
        let asks = exchange.call == .free || exchange.call == .upload || exchange.call == .delete
        return try await HTTPCommand.send(
            request,
            exchange.call,
            home,
            asks: asks && exchange.method != "GET",
            call,
            runner
        )
    }
}
