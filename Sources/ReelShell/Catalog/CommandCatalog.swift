import VideoProviderKit

/// The commands there are: the one table behind parsing, completion and help.
package struct CommandCatalog: Sendable {
    /// In the order of help.
    package let all: [CommandSpec]
    private let positions: [String: Int]

    /// Makes a catalog; of two commands with one name the first counts.
    package init(_ specs: [CommandSpec]) {
        all = specs
        var positions: [String: Int] = [:]
        for (position, spec) in specs.enumerated() {
            for name in [spec.name] + spec.aliases where positions[name] == nil {
                positions[name] = position
            }
        }
        self.positions = positions
    }

    /// The command with this full name or alias.
    package subscript(name: String) -> CommandSpec? {
        positions[name].map { all[$0] }
    }

    /// What a typed word stands for.
    package enum Resolution: Sendable, Hashable {
        case found(CommandSpec)
        /// Several commands begin so.
        case ambiguous([String])
        case unknown(nearest: String?)
    }

    /// Every full name and alias, in the order of help.
    package var names: [String] { all.flatMap { [$0.name] + $0.aliases } }

    /// Finds the command that `word` names, in full or, where allowed, by a unique prefix.
    package func resolve(_ word: String, allowsPrefix: Bool) -> Resolution {
        if let spec = self[word] { return .found(spec) }
        let matching = word.isEmpty ? [] : names.filter { $0.hasPrefix(word) }
        let specs = all.filter { spec in matching.contains { self[$0]?.name == spec.name } }
        guard specs.count == 1, let spec = specs.first else {
            guard specs.count > 1, allowsPrefix else { return .unknown(nearest: nearest(to: word)) }
            return .ambiguous(matching)
        }
        guard allowsPrefix, word.count >= spec.minimumPrefix else { return .unknown(nearest: spec.name) }
        return .found(spec)
    }

    /// The command that `word` probably means.
    package func nearest(to word: String) -> String? {
        Self.nearest(to: word, in: names)
    }

    /// The one of `names` that `word` probably means.
    static func nearest(to word: String, in names: [String]) -> String? {
        // One letter is near to everything, and the distance takes time by the product of the lengths.
        guard (2...32).contains(word.unicodeScalars.count) else { return nil }
        return EditDistance.nearest(to: word, in: names)
    }
}

extension CommandCatalog {
    /// The flags that every command takes.
    package static let commonFlags: [FlagSpec] = [
        FlagSpec("json", help: "print one JSON object a line"),
        FlagSpec("yes", help: "answer yes to what would be asked"),
        FlagSpec("help", short: "h", help: "print the help of the command"),
    ]

    /// The flags of the program itself.
    package static let globalFlags: [FlagSpec] = [
        FlagSpec("json", help: "print one JSON object a line"),
        FlagSpec("yes", help: "answer yes to what would be asked"),
        FlagSpec("provider", value: "NAME", operand: .provider, help: "the provider to begin with"),
        FlagSpec(
            "color",
            value: "WHEN",
            operand: .choice(["auto", "always", "never"]),
            help: "colour: auto, always or never",
        ),
        FlagSpec("sandbox", help: "run against local emulations; nothing is billed"),
        FlagSpec(
            "sandbox-dir",
            value: "DIR",
            operand: .file,
            help: "keep the sandbox's journal and jobs in DIR",
        ),
        FlagSpec("c", value: "ENTRY", help: "run ENTRY and leave; may be repeated"),
        FlagSpec("f", value: "FILE", operand: .file, help: "run the entries of FILE and leave"),
        FlagSpec("echo", help: "print each entry of a script before it runs"),
        FlagSpec("key-file", value: "FILE", operand: .file, help: "read the key from FILE, which must be 0600"),
        FlagSpec("help", short: "h", help: "print help"),
        FlagSpec("version", help: "print the version"),
    ]
}
