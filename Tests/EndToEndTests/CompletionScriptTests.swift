import Foundation
import TestSupport
import Testing

@Suite("completions of other shells", .fewAtOnce)
struct CompletionScriptTests {
    let reel: Reel

    init() throws { reel = try Reel() }

    /// What a shell prints that has read the completions.
    private func run(_ shell: String, _ script: String) async throws -> [String] {
        let text = try await reel("completion", shell).output
        try reel.scratch.write(text, to: "reel.\(shell)")
        try reel.scratch.write(script, to: "ask.\(shell)")
        let child = try ChildProcess(
            ["/usr/bin/env", shell, reel.scratch("ask.\(shell)")],
            environment: reel.environment,
            folder: reel.scratch.path,
            output: reel.scratch("out"),
            errors: reel.scratch("err"),
        )
        #expect(try await child.exitCode() == 0, "\(reel.text("err"))")
        #expect(reel.text("err") == "")
        return reel.text("out").split(separator: "\n").map(String.init)
    }

    @Test(
        "bash offers commands, their flags, and the words a value may be",
        .enabled(if: ToolProcess.areInstalled("bash")),
        arguments: [
            (["reel", "subm"], ["submit"]), (["reel", "gr"], ["grid"]), (["reel", "--sandbox", "fet"], ["fetch"]),
            (["reel", "submit", "--wa"], ["--watch", "--wait"]), (["reel", "--color", "al"], ["always"]),
            (["reel", "--color", "=", "al"], ["always"]), (["reel", "completion", "z"], ["zsh"]),
            (["reel", "jobs", "--state", "unc"], ["unconfirmed"]), (["reel", "--fetch-auto", "o"], ["on", "off"]),
            (["reel", "fetch", "j1", "-o", "ask"], ["ask.bash"]), (["reel", "submit", "--note", ""], []),
        ],
    )
    func bash(words: [String], expected: [String]) async throws {
        let quoted = words.map { "'\($0)'" }.joined(separator: " ")
        let found = try await run(
            "bash",
            """
            source reel.bash
            COMP_WORDS=(\(quoted)) COMP_CWORD=\(words.count - 1)
            _reel
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        )
        let kept = found.filter { !$0.isEmpty }
        #expect(Array(kept.prefix(expected.count)) == expected)
        #expect(expected.count > 2 || kept.count <= expected.count + 1)
    }

    @Test(
        "fish offers commands with their help",
        .enabled(if: ToolProcess.areInstalled("fish"), "fish is not installed")
    )
    func fish() async throws {
        let found = try await run("fish", "source reel.fish; complete -C 'reel subm'; complete -C 'reel submit --wa'")
        #expect(found.contains { $0.hasPrefix("submit\t") })
        #expect(found.contains { $0.hasPrefix("--watch\t") })
    }

    @Test("zsh reads the completions", .enabled(if: ToolProcess.areInstalled("zsh"), "zsh is not installed"))
    func zsh() async throws {
        let found = try await run(
            "zsh",
            "autoload -Uz compinit; compinit -u -d .dump; source ./reel.zsh; print ${_comps[reel]}"
        )
        #expect(found == ["_reel"])
    }
}
