import JobEngine
import Journal
import OrderedCollections
import Synchronization
import VideoProviderKit

extension ShellSession {
    /// What completion may offer now, from memory and the file system.
    var completionSources: CompletionSources {
        let (descriptor, draft, board, replies) = (descriptor, draft, board, replies)
        let models = fittingModels(draft, descriptor).map { model in
            var candidate = Candidate(model.id, note: model.note)
            candidate.isFoundInside = true
            return candidate
        }
        let recent = state.withLock(\.recentValues)
        let shelf = try? SavedRequests(self)
        var sources = CompletionSources(
            parameters: parameters(draft, descriptor),
            values: { name in
                guard let parameter = descriptor.parameter(named: name) else { return [] }
                if parameter.name == .model { return models }
                return Self.values(
                    of: parameter,
                    recent: (recent[parameter.name] ?? []) + board.values(of: parameter.name)
                )
            },
            valueHint: { descriptor.parameter(named: $0)?.kind.summary },
            providers: instances.all.map { Candidate($0.name.description, note: $0.descriptor.summary) },
            models: models,
            jobs: { command in
                board.recentJobs.filter { self.isCandidate($0, for: command) }
                    .map { Candidate($0.name, note: Self.note($0, at: LocalClock.now)) }
            },
            taskIDs: { command in
                board.recentJobs.filter { self.isCandidate($0, for: command) }.compactMap { job in
                    job.receipt.map { Candidate($0.taskID, note: "\(job.name) \(job.state.shown)") }
                }
            },
            exchanges: {
                board.recentExchanges.map { exchange in
                    let row = ExchangeView.row(exchange)
                    return Candidate(exchange.name, note: row.dropFirst().prefix(4).joined(separator: " "))
                }
            },
            jsonKeys: { path, exchange in replies.keys(below: path, in: exchange, self) },
            files: { prefix, name in
                Self.files(beginning: prefix, for: name.flatMap { descriptor.parameter(named: $0) })
            },
            savedRequests: { shelf?.names.map { Candidate($0) } ?? [] },
            settings: ShellSettings.definitions.map { Candidate($0.name, note: $0.help) },
            hiddenCommands: hiddenCommands,
        )
        sources.settingValues = Self.values(ofSetting:)
        return sources
    }

    private static func values(ofSetting name: String) -> [Candidate] {
        guard let definition = ShellSettings.definition(name) else { return [] }
        let choices = definition.choices.isEmpty ? [definition.defaultValue].filter { !$0.isEmpty } : definition.choices
        return choices.map { Candidate($0, note: $0 == definition.defaultValue ? "default" : "") }
    }

    /// State and age, then the model: what tells jobs from each other.
    private static func note(_ job: JobRecord, at now: UpstreamTime) -> String {
        let age = DurationText.rough(.milliseconds(max(0, now.milliseconds - job.createdAt.milliseconds)))
        let model = job.model?.split(separator: "/").last.map(String.init) ?? ""
        return [job.state.shown, age, model].filter { !$0.isEmpty }.joined(separator: "  ")
    }

    /// Commands that could only fail now.
    private var hiddenCommands: Set<String> {
        var hidden: Set<String> = sandbox == nil ? ["sandbox"] : ["login", "logout"]
        if !instances.all.contains(where: { $0.provider is any Cancels }) { hidden.insert("cancel") }
        return hidden
    }

    /// The parameters that apply, those that must still be given first.
    private func parameters(_ draft: Draft, _ descriptor: ProviderDescriptor) -> [Candidate] {
        let applying = descriptor.parameters.filter { draft.applies($0, in: descriptor) }
        let missing = applying.filter {
            draft[$0.name] == nil && draft.requires($0, in: descriptor) && $0.defaultText == nil
        }
        let rest = applying.filter { parameter in !missing.contains { $0.name == parameter.name } }
        return missing.map { Candidate($0.name.rawValue, note: "required: \($0.help)") }
            + rest.map { Candidate($0.name.rawValue, note: $0.help) }
    }

    /// The models that take all that is set; all of them when none does.
    private func fittingModels(_ draft: Draft, _ descriptor: ProviderDescriptor) -> [ModelAdvice] {
        let known = ModelsCommand.known(self)
        let given = descriptor.parameters.filter { $0.name != .model && draft[$0.name] != nil }
        let fitting = known.filter { model in
            var own = draft
            own[.model] = .text(model.id)
            return given.allSatisfy { own.applies($0, in: descriptor) }
        }
        return fitting.isEmpty ? known : fitting
    }

    /// The words of an enumeration with the default marked, then what was given before.
    private static func values(of parameter: Parameter, recent: [String]) -> [Candidate] {
        let choices = parameter.kind.choices
        var seen = Set(choices)
        let earlier = recent.filter { !$0.contains("\n") && seen.insert($0).inserted }
        if case .media = parameter.kind { return [] }
        return choices.map { Candidate($0, note: $0 == parameter.defaultText ? "default" : "") }
            + earlier.prefix(8).map { Candidate($0, note: "used before") }
    }

    private func isCandidate(_ job: JobRecord, for command: String) -> Bool {
        switch command {
        case "fetch", "open", "frames": job.state == .succeeded
        case "stop": !job.state.isTerminal
        case "cancel": !job.state.isTerminal && instances[written: job.instance]?.provider is any Cancels
        case "resume": job.polling != .active && !job.state.isTerminal
        case "watch", "wait": job.state.isPolled && job.polling == .active
        case "adopt": job.state == .submitUnknown || job.state == .lost
        default: true
        }
    }

    /// Files and folders; for a medium only files whose name says that they may be taken.
    private static func files(beginning prefix: String, for parameter: Parameter?) -> [Candidate] {
        var names = LocalFiles.names(beginning: prefix)
        if case .media(let rule) = parameter?.kind {
            let extensions = Set(rule.types.flatMap { $0 == .jpeg ? ["jpg", "jpeg"] : [$0.fileExtension] })
            names = names.filter { name in
                name.hasSuffix("/") || extensions.contains(name.split(separator: ".").last?.lowercased() ?? "")
            }
        }
        return names.map { Candidate($0, suffix: $0.hasSuffix("/") ? "" : " ") }
    }
}
