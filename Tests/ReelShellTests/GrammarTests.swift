import Testing

@testable import ReelShell

/// The grammar of the shell; its rules are in extensions of this suite.
@Suite struct GrammarTests {
    static let context = GrammarContext(
        textParameters: ["prompt", "negative_prompt"],
        aliases: [
            "s4": "submit size=960x960 -n 4", "p": "set prompt", "two": "reset; show", "show": "reset", "h": "!history",
        ],
        allowsPrefixes: true,
    )

    static let script = GrammarContext(textParameters: ["prompt"], allowsPrefixes: false)

    static func actions(_ entry: String, in context: GrammarContext = context) throws -> [ParsedCommand.Action] {
        try EntryParser.parse(entry, in: context).map(\.action)
    }

    static func arguments(_ entry: String) throws -> [ParsedCommand.Argument] {
        guard case .run(_, let arguments)? = try actions(entry).first else { return [] }
        return arguments
    }

    static func error(_ entry: String, in context: GrammarContext = context) -> GrammarError? {
        do {
            _ = try EntryParser.parse(entry, in: context)
            return nil
        } catch {
            return error
        }
    }
}
