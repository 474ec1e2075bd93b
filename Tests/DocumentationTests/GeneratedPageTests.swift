import Testing
import VideoProviderKit

@testable import ReelShell

@Suite("What is made from the tables")
struct GeneratedPageTests {
    /// A committed file and what the program prints for it.
    struct Page: Sendable, CustomTestStringConvertible {
        var path: String
        var text: @Sendable () -> String
        var testDescription: String { path }
    }

    static let pages = [
        Page(path: "docs/commands.md") { MarkdownPages.commands() },
        Page(path: "docs/settings.md") { MarkdownPages.settings },
        Page(path: "docs/exit-codes.md") { MarkdownPages.exitCodes },
        Page(path: "docs/json-events.md") { MarkdownPages.events },
        Page(path: "docs/reel.1") { ManPage.text() },
        Page(path: "docs/completion/reel.bash") { ShellCompletions().script(for: .bash) },
        Page(path: "docs/completion/_reel") { ShellCompletions().script(for: .zsh) },
        Page(path: "docs/completion/reel.fish") { ShellCompletions().script(for: .fish) },
    ]

    @Test("is committed as the program prints it; make docs writes it anew", arguments: pages)
    func isCurrent(page: Page) throws {
        let committed = try #require(Checkout.text(page.path), "\(page.path) is missing")
        let lines = committed.split(separator: "\n", omittingEmptySubsequences: false)
        let wanted = page.text().split(separator: "\n", omittingEmptySubsequences: false)
        let first = zip(lines, wanted).enumerated().first { $0.element.0 != $0.element.1 }
        #expect(
            lines == wanted,
            "\(page.path) is old from line \((first?.offset ?? min(lines.count, wanted.count)) + 1) on; make docs"
        )
    }

    @Test("every flag of every command is in all three completions", arguments: CommandCatalog.standard.all)
    func completions(command: CommandSpec) {
        guard command.isSubcommand else { return }
        let scripts = ShellCompletions.Shell.allCases.map { ($0, ShellCompletions().script(for: $0)) }
        for (shell, script) in scripts {
            for flag in command.flags {
                let spelling =
                    shell != .fish ? flag.spelling : flag.isLetterOnly ? "-s \(flag.name)" : "-l \(flag.name)"
                #expect(script.contains(spelling), "\(shell) \(command.name)")
            }
            #expect(script.contains(command.name))
        }
    }

    @Test("the man page has every command, setting and exit code")
    func manPage() {
        let text = ManPage.text()
        for spec in CommandCatalog.standard.all {
            #expect(text.contains(".B \(spec.synopsis.replacing("\\", with: "\\e").replacing("-", with: "\\-"))\n"))
        }
        for definition in ShellSettings.definitions { #expect(text.contains(".B \(definition.name)\n")) }
        for meaning in ExitCode.table { #expect(text.contains(".B \(meaning.code.rawValue)\n")) }
    }

    @Test("every kind of fault has an exit code in the table, and it is the right one", arguments: FaultKind.allCases)
    func kinds(kind: FaultKind) {
        let meanings = ExitCode.table.filter { $0.kinds.contains(kind.rawValue) }
        #expect(meanings.map(\.code) == [ExitCode(kind)])
    }
}
