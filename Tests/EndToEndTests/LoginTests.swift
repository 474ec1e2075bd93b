import Foundation
import Testing

/// Against the emulations as a server of their own, which knows one key.
@Suite("login", .fewAtOnce)
struct LoginTests {
    var reel: Reel

    init() throws { reel = try Reel() }

    /// Runs `body` with the program pointed at served emulations; it gets the right key.
    private func served(_ body: (Reel, String) async throws -> Void) async throws {
        let upstream = try reel.start(["sandbox", "--port", "0"], place: "upstream")
        _ = try await Waiting.until { reel.text("streams/upstream.out").contains("Ctrl-C") }
        let words = reel.text("streams/upstream.out").split(separator: "\n")[0].split(separator: " ")
        var client = reel
        client.variables["SILICONFLOW_BASE_URL"] = String(words[1])
        try await body(client, KeyTests.key)
        upstream.signal(15)
        #expect(try await upstream.exitCode() != nil)
    }

    @Test("a good key is tried, kept for us alone, used, and forgotten again")
    func goodKey() async throws {
        try await served { reel, key in
            let login = try await reel("login", "siliconflow", "--stdin", input: key + "\n")
            #expect(login.code == 0, "\(login.errors)")
            #expect(login.output.contains("works"))
            #expect(!login.output.contains(key))
            let path = reel.scratch("config/reel/credentials.yaml")
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            let used = try await reel("models", "--refresh")
            #expect(used.code == 0, "\(used.errors)")
            #expect(try await reel("providers").output.contains("(login)"))
            let logout = try await reel("logout", "siliconflow")
            #expect(logout.code == 0)
            #expect(!reel.text("config/reel/credentials.yaml").contains(key))
            #expect(try await reel("models", "--refresh").code == 3)
        }
    }

    @Test("a refused key is not kept, and the code is 3")
    func wrongKey() async throws {
        try await served { reel, _ in
            let login = try await reel("login", "--stdin", input: "sk-wrong-key-000000000000\n")
            #expect(login.code == 3)
            #expect(login.errors.contains("rejected the key; it was not kept"))
            #expect(!reel.scratch.files().contains { $0.contains("credentials") })
        }
    }

    @Test("a vendor without a free call says that nothing was checked")
    func unchecked() async throws {
        let login = try await reel("login", "xiexus", "--stdin", input: "sk-some-key-0000000000\n")
        #expect(login.code == 0, "\(login.errors)")
        #expect(login.output.contains("not checked"))
    }

    @Test("without a terminal the key is not asked for, and the sandbox keeps none")
    func notAsked() async throws {
        let run = try await reel("login", "xiexus")
        #expect(run.code == 2)
        #expect(run.errors.contains("--stdin"))
        let sandboxed = try await reel("--sandbox", "login", "xiexus", "--stdin", input: "sk-some-key-0000000000\n")
        #expect(sandboxed.code == 2)
        #expect(sandboxed.errors.contains("keys of its own"))
    }

    @Test("a credentials file that others can read is refused")
    func openFile() async throws {
        try reel.scratch.write("xiexus: 'sk-some-key-0000000000'\n", to: "config/reel/credentials.yaml", mode: 0o644)
        let run = try await reel("providers")
        #expect(run.output.contains("can be read by others"))
    }

    @Test("the key is typed unseen", .enabled(if: Terminal.isAvailable, "tmux is not installed"))
    func hidden() async throws {
        try await Terminal.run(reel, []) { terminal in
            try await terminal.waitForLine("siliconflow>")
            try terminal.enter("login xiexus")
            try await terminal.waitForLine("Key for xiexus, not shown:")
            try terminal.enter("sk-typed-unseen-00000000")
            try await terminal.waitForLine("not checked, as Xiexus has no free call")
            #expect(try !terminal.screen().contains { $0.contains("typed-unseen") })
            try terminal.press("Up")
            try await terminal.wait("the entry before") { $0.last?.hasSuffix("login xiexus") == true }
        }
    }
}
