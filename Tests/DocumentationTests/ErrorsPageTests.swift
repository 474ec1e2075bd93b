import Foundation
import ReelShell
import Testing
import VideoProviderKit

@Suite("docs/errors.md")
struct ErrorsPageTests {
    @Test("Every kind of fault stands in the table, once")
    func complete() {
        #expect(Set(FaultTable.entries.map(\.kind)) == Set(FaultKind.allCases))
        #expect(FaultTable.entries.count == FaultKind.allCases.count)
        for entry in FaultTable.entries {
            #expect(!entry.sentence.isEmpty)
            #expect(entry.sentence(in: .chinese) != entry.sentence)
            #expect(!entry.sentence.hasSuffix("."))
            #expect(entry.kind == .local || !entry.tries.isEmpty)
        }
    }

    @Test("The page is what the table says; REEL_RECORD=1 writes it anew")
    func page() throws {
        let path = "\(Checkout.root)/docs/errors.md"
        if ProcessInfo.processInfo.environment["REEL_RECORD"] != nil {
            try Data(Self.text.utf8).write(to: URL(fileURLWithPath: path))
            Issue.record("docs/errors.md was written; run again without REEL_RECORD.")
        }
        #expect(Checkout.text("docs/errors.md") == Self.text)
    }

    private static var text: String {
        let rows = FaultTable.entries.map { entry in
            let more = [entry.unanswered, entry.blaming].compactMap(\.self).map { "; or: \($0)" }.joined()
            let tries = entry.tries.map { "`\($0)`" }.joined(separator: ", ")
            let chinese = entry.sentence(in: .chinese)
            return "| `\(entry.kind.rawValue)` | \(entry.sentence)\(more) | \(chinese) | \(entry.code.rawValue) "
                + "| \(entry.billed) | \(tries.isEmpty ? "-" : tries) |"
        }
        return """
            # Errors

            <!-- Written from Sources/ReelShell/Session/FaultTable.swift by ErrorsPageTests; do not edit. -->

            Every error has one shape: what failed, `why` with the vendor's own words or reel's reason, `where` with call, status,
            exchange and trace id, and `try` with commands to paste. `--json` has the same as `code kind what why where try`. The exit
            code follows the kind, which the provider's table decides, not the HTTP number: an empty balance is a 403 at one vendor
            and a 429 at another. On a submit, whatever leaves it unconfirmed ends with 9.

            | Kind | What is said | 中文 | Exit code | Billed, on a submit | Try |
            |---|---|---|---|---|---|
            \(rows.joined(separator: "\n"))

            The other exit codes: 0 all went well, 1 anything without a code of its own, 2 wrong usage, 5 the wait ended and the job
            goes on, 12 something on this machine, 130 Ctrl-C, 143 and 129 the signals TERM and HUP.

            """
    }
}
