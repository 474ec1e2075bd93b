import ReelShell
import TerminalOutput

/// The command line: global flags, which may stand anywhere before `--`, and the words of a subcommand.
///
/// The catalog of commands is the one grammar; a second argument parser beside it would be a second truth.
struct Arguments {
    var isJSON = false
    var assumesYes = false
    var usesSandbox = false
    var sandboxFolder: String?
    var provider: String?
    var keyFile: String?
    var entries: [String] = []
    var script: String?
    var settings: [(name: String, value: String)] = []
    var echoes = false
    var asksHelp = false
    var asksVersion = false
    var words: [String] = []

    /// The arguments as texts; what is no UTF-8 is refused, for what stood in its place would be sent.
    static func texts(_ words: [[UInt8]]) throws(ShellFailure) -> [String] {
        var texts: [String] = []
        for (index, word) in words.enumerated() {
            guard let text = String(validating: word, as: UTF8.self) else {
                throw ShellFailure(
                    "argument \(index + 1) is no text in UTF-8",
                    why: TerminalText.sanitized(bytes: word.prefix(200), for: .name)
                )
            }
            texts.append(text)
        }
        return texts
    }

    init(_ arguments: [String]) throws(ShellFailure) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            if argument == "--" {
                words.append("--")
                words += rest
                return
            }
            let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
            let inline = parts.count > 1 && argument.hasPrefix("--") ? parts[1] : nil
            func value() throws(ShellFailure) -> String {
                if let inline { return inline }
                guard let next = rest.popFirst() else {
                    throw ShellFailure("\(argument) needs a value", tries: ["reel --help"])
                }
                return next
            }
            switch inline == nil ? argument : parts[0] {
            case "--json": isJSON = true
            case "--yes": assumesYes = true
            case "--sandbox": usesSandbox = true
            case "--sandbox-dir":
                usesSandbox = true
                sandboxFolder = try value()
            // After a verb `--provider` belongs to the command where the command has such a flag.
            case "--provider" where !Self.takesProvider(words.first): provider = try value()
            case "--key-file": keyFile = try value()
            case "-c": entries.append(try value())
            case "-f" where words.isEmpty: script = try value()
            case "--echo": echoes = true
            case "--help", "-h": asksHelp = true
            case "--version" where words.isEmpty: asksVersion = true
            case let flag:
                if flag.hasPrefix("--"),
                    let setting = ShellSettings.definitions.first(where: { "--\($0.flag)" == flag })
                {
                    settings.append((setting.name, try value()))
                } else if words.isEmpty, flag.hasPrefix("-") {
                    throw ShellFailure("there is no flag \(flag)", tries: ["reel --help"])
                } else {
                    words.append(argument)
                }
            }
        }
    }

    /// How the program was called, as far as that says where it works.
    var program: String { program(at: provider) }

    /// The same at another provider.
    func program(at provider: String?) -> String {
        var words = ["reel"]
        if let sandboxFolder {
            words += ["--sandbox-dir", sandboxFolder]
        } else if usesSandbox {
            words.append("--sandbox")
        }
        if let provider { words += ["--provider", provider] }
        return ShellLine.joined(words)
    }

    /// What was to be done, behind ``program``.
    var rest: String {
        let entries = entries.flatMap { ["-c", $0] } + (script.map { ["-f", $0] } ?? [])
        return ShellLine.joined(entries + words)
    }

    private static func takesProvider(_ verb: String?) -> Bool {
        guard let verb, let spec = CommandCatalog.standard[verb] else { return false }
        return spec.flags.contains { $0.name == "provider" }
    }
}
