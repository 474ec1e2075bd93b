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
            choices: ["on", "off"],
            help: "save films as soon as they are ready"
        ),
        Definition(name: "fetch.dir", defaultValue: ".", choices: [], help: "the folder films are saved in"),
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
            help: "ring the bell for jobs longer than these seconds; off with 0"
        ),
        Definition(
            name: "poll.every",
            defaultValue: "",
            choices: [],
            help: "seconds between polls instead of the provider's rhythm"
        ),
        Definition(
            name: "poll.rate",
            defaultValue: "2",
            choices: [],
            help: "polls a second for one account; servers on this machine have no limit"
        ),
        Definition(
            name: "journal.max",
            defaultValue: "1024",
            choices: [],
            help: "MiB the journal is kept to; old replies of finished jobs go first"
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

    /// Sets a value.
    ///
    /// - Throws: ``ShellFailure`` for a name or word that does not exist.
    package mutating func set(_ name: String, _ value: String, source: String) throws(ShellFailure) {
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
        entries[name] = Entry(value: value, source: source)
    }
}
