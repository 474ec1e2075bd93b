/// The settings of a session with where each comes from.
///
/// Each is also a flag and a variable: `fetch.auto`, `--fetch-auto`, `REEL_FETCH_AUTO`.
package struct ShellSettings: Sendable, Hashable {
    /// A setting that exists.
    package struct Definition: Sendable, Hashable {
        /// Its name, `fetch.auto`.
        package var name: String
        /// Its default.
        package var defaultValue: String
        /// The words allowed; any when empty.
        package var choices: [String]
        /// One line of help.
        package var help: String
        /// What values it takes besides `choices`.
        var kind = Kind.text

        /// The variable that sets it.
        package var variable: String { "REEL_" + name.uppercased().replacing(".", with: "_") }
        /// The flag that sets it, without dashes.
        package var flag: String { name.replacing(".", with: "-").replacing("_", with: "-") }
    }

    /// A value with where it comes from.
    package struct Entry: Sendable, Hashable {
        /// The value.
        package var value: String
        /// `default`, `file`, `environment`, `flag` or `session`.
        package var source: String
        /// The file and line or the variable, where it is one.
        package var place: String?
    }

    /// All settings there are.
    package static let definitions: [Definition] = [
        Definition(
            name: "provider",
            defaultValue: "siliconflow",
            choices: [],
            help: "the provider a session starts with"
        ),
        Definition(
            name: "fetch.auto",
            defaultValue: "on",
            choices: ["on", "late", "off"],
            help: "save films as soon as they are ready, or when half the life of their link is over"
        ),
        Definition(
            name: "fetch.dir",
            defaultValue: ".",
            choices: [],
            help: "the folder films are saved in",
            kind: .folder
        ),
        Definition(
            name: "allow_http",
            defaultValue: "",
            choices: [],
            help: "hosts that may be talked to over plain http, separated by commas",
            kind: .hosts
        ),
        Definition(
            name: "notices",
            defaultValue: "final",
            choices: ["all", "final", "off"],
            help: "which changes are told above the prompt"
        ),
        Definition(
            name: "notify.after",
            defaultValue: "60",
            choices: [],
            help: "call for attention after jobs longer than this, such as 90s; off with 0",
            kind: .duration(atLeast: .zero)
        ),
        Definition(
            name: "notify.how",
            defaultValue: "bell",
            choices: ["bell", "osc9", "off"],
            help: "how to call: the bell, or a desktop message by the terminal"
        ),
        Definition(
            name: "stall.after",
            defaultValue: "5m",
            choices: [],
            help: "tell of a job that has not changed for this long, and three times what it usually takes",
            kind: .duration(atLeast: .seconds(1))
        ),
        Definition(
            name: "poll.every",
            defaultValue: "",
            choices: [],
            help: "the time between polls, such as 10s, instead of the provider's rhythm",
            kind: .duration(atLeast: .milliseconds(100), mayBeEmpty: true)
        ),
        Definition(
            name: "poll.rate",
            defaultValue: "2",
            choices: [],
            help: "polls a second for one account; servers on this machine have no limit",
            kind: .number(0.001...1000)
        ),
        Definition(
            name: "journal.max",
            defaultValue: "1024",
            choices: [],
            help: "MiB the journal is kept to; old replies of finished jobs go first",
            kind: .count(1)
        ),
        Definition(
            name: "prompt.model",
            defaultValue: "on",
            choices: ["on", "off"],
            help: "show the model in the prompt"
        ),
        Definition(
            name: "color",
            defaultValue: "auto",
            choices: ["auto", "always", "never"],
            help: "when to use colour"
        ),
        Definition(
            name: "budget",
            defaultValue: "",
            choices: [],
            help: "the most calls that may be billed in a session; empty for no limit",
            kind: .count(0, mayBeEmpty: true)
        ),
        Definition(
            name: "language",
            defaultValue: "auto",
            choices: ["auto", "en", "zh"],
            help: "the language of help and errors; auto follows LC_ALL, LC_MESSAGES, LANG"
        ),
    ]

    private var entries: [String: Entry] = [:]

    /// Makes the defaults.
    package init() {
        for definition in Self.definitions {
            entries[definition.name] = Entry(value: definition.defaultValue, source: "default")
        }
    }

    /// The definition of `name`.
    package static func definition(_ name: String) -> Definition? { definitions.first { $0.name == name } }

    /// The value of a setting.
    package subscript(name: String) -> String { entries[name]?.value ?? "" }

    /// The value and its source.
    package func entry(_ name: String) -> Entry? { entries[name] }

    /// What is wrong with folders that a file or the environment names.
    package var doubts: [Message] {
        Self.definitions.compactMap { definition in
            guard definition.kind == .folder, let entry = entries[definition.name], entry.source != "default",
                let problem = definition.kind.problem(with: entry.value)
            else { return nil }
            return "\(definition.name) cannot be \"\(entry.value)\": \(problem)"
        }
    }

    /// Sets a value.
    ///
    /// - Throws: ``ShellFailure`` for a name or word that does not exist.
    package mutating func set(
        _ name: String,
        _ value: String,
        source: String,
        place: String? = nil
    ) throws(ShellFailure) {
        guard let definition = Self.definition(name) else {
            throw ShellFailure(
                "there is no setting \(name)",
                why: "settings are \(Self.definitions.map(\.name).joined(separator: ", "))",
                tries: ["config"]
            )
        }
        guard definition.choices.isEmpty || definition.choices.contains(value) else {
            throw ShellFailure(
                "\(name) cannot be \"\(value)\"",
                why: "allowed are \(definition.choices.joined(separator: ", "))",
                tries: ["config \(name) \(definition.choices[0])"]
            )
        }
        // A folder that a file names may be on a disk that is not there now: that hinders no other command.
        let isLasting = source == "file" || source == "environment"
        if let problem = definition.kind.problem(with: value), !(isLasting && definition.kind == .folder) {
            throw ShellFailure(
                "\(name) cannot be \"\(value)\"",
                why: problem,
                tries: ["config \(name) \(definition.kind.example)"]
            )
        }
        entries[name] = Entry(value: value, source: source, place: place)
    }
}
