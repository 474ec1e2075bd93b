/// What completion draws from besides the catalog: memory, journal, settings and files, never the network.
package struct CompletionSources: Sendable {
    /// The model's parameters, missing ones first.
    package var parameters: [Candidate]
    /// The values of a parameter: its enumeration, the default marked, then recent ones.
    package var values: @Sendable (_ parameter: String) -> [Candidate]
    /// What a value of the parameter looks like, such as its range and default; shown dim.
    package var valueHint: @Sendable (_ parameter: String) -> String?
    /// The providers, with profiles as `NAME@PROFILE`.
    package var providers: [Candidate]
    /// The cached models that fit the draft.
    package var models: [Candidate]
    /// The jobs that a command can act on now, newest first.
    package var jobs: @Sendable (_ command: String) -> [Candidate]
    /// The vendors' ids of the same jobs; offered only to one who begins to type one.
    package var taskIDs: @Sendable (_ command: String) -> [Candidate]
    /// The exchanges, newest first.
    package var exchanges: @Sendable () -> [Candidate]
    /// The names of the members, or the elements as `[0]`, of the container at `path` in the answer of `exchange`,
    /// which is `last` if nil.
    package var jsonKeys: @Sendable (_ path: String, _ exchange: String?) -> [Candidate]
    /// The files whose path begins so; with a parameter, those it takes.
    package var files: @Sendable (_ prefix: String, _ parameter: String?) -> [Candidate]
    /// The names of saved requests.
    package var savedRequests: @Sendable () -> [Candidate]
    /// The settings.
    package var settings: [Candidate]
    /// The values of a setting, the default marked.
    package var settingValues: @Sendable (_ setting: String) -> [Candidate] = { _ in [] }
    /// Commands that mean nothing now, such as `sandbox` outside its mode.
    package var hiddenCommands: Set<String>

    package init(
        parameters: [Candidate] = [],
        values: @escaping @Sendable (_ parameter: String) -> [Candidate] = { _ in [] },
        valueHint: @escaping @Sendable (_ parameter: String) -> String? = { _ in nil },
        providers: [Candidate] = [],
        models: [Candidate] = [],
        jobs: @escaping @Sendable (_ command: String) -> [Candidate] = { _ in [] },
        taskIDs: @escaping @Sendable (_ command: String) -> [Candidate] = { _ in [] },
        exchanges: @escaping @Sendable () -> [Candidate] = { [] },
        jsonKeys: @escaping @Sendable (_ path: String, _ exchange: String?) -> [Candidate] = { _, _ in [] },
        files: @escaping @Sendable (_ prefix: String, _ parameter: String?) -> [Candidate] = { _, _ in [] },
        savedRequests: @escaping @Sendable () -> [Candidate] = { [] },
        settings: [Candidate] = [],
        hiddenCommands: Set<String> = [],
    ) {
        self.parameters = parameters
        self.values = values
        self.valueHint = valueHint
        self.providers = providers
        self.models = models
        self.jobs = jobs
        self.taskIDs = taskIDs
        self.exchanges = exchanges
        self.jsonKeys = jsonKeys
        self.files = files
        self.savedRequests = savedRequests
        self.settings = settings
        self.hiddenCommands = hiddenCommands
    }
}

/// Something that may stand at the cursor.
package struct Candidate: Sendable, Hashable {
    /// The text; from a source as it is, in a result quoted as the line needs it.
    package var text: String
    /// A word of help or state, shown in the list.
    package var note: String
    /// What follows it when it is the only one.
    package var suffix: String
    /// Whether a part from its middle names it, where no candidate begins so.
    var isFoundInside = false
    /// What finds it besides its own beginning, typed as it stands.
    var alias: String?

    package init(_ text: String, note: String = "", suffix: String = " ") {
        self.text = text
        self.note = note
        self.suffix = suffix
    }
}

/// What may stand at the cursor, and what it replaces.
package struct CompletionResult: Sendable, Hashable {
    /// The part of the line to replace, in Characters; it ends at the cursor.
    package var replacement: Range<Int>
    /// In the order of the list.
    package var candidates: [Candidate]

    package init(replacement: Range<Int>, candidates: [Candidate]) {
        self.replacement = replacement
        self.candidates = candidates
    }
}
