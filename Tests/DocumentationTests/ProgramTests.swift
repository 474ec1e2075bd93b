import Testing

@testable import ReelShell

@Suite("The program and its pages")
struct ProgramTests {
    private static let page = "docs/commands.md"

    /// The codes of the table in the manual; the last two are those of signals, which have no name in the source.
    private static let exitCodes: [Int32] =
        [
            ExitCode.ok, .other, .usage, .credentials, .limited, .waitTimedOut, .network, .taskEnded, .server,
            .unconfirmed, .contentRejected, .unreadable, .local, .interrupted,
        ].map(\.rawValue) + [143, 129]

    @Test("every command of the catalog has an implementation, and the other way round")
    func commands() {
        #expect(Set(CommandCatalog.standard.all.map(\.name)) == Set(Commands.all.keys))
    }

    @Test("every command is in docs/commands.md", arguments: CommandCatalog.standard.all)
    func documented(command: CommandSpec) throws {
        let text = try #require(Checkout.text(Self.page))
        let spellings = ["`\(command.name)`", "`\(command.name) ", "### \(command.name)"]
        #expect(spellings.contains { text.contains($0) })
    }

    @Test("every exit code is in a table of docs/commands.md", arguments: exitCodes)
    func exitCode(code: Int32) throws {
        let rows = Markdown(try #require(Checkout.text(Self.page))).rows
        let words = rows.flatMap { $0.flatMap { $0.split { !$0.isNumber } } }
        #expect(words.contains { $0 == "\(code)" })
    }

    @Test("every setting is in a page of docs", arguments: ShellSettings.definitions)
    func setting(definition: ShellSettings.Definition) {
        #expect(Checkout.pages.contains { Checkout.text($0)?.contains("`\(definition.name)`") ?? false })
    }
}
