import Testing

/// The program with a real instance, whose upstream is another reel's `sandbox --port`.
@Suite("keys", .fewAtOnce)
struct KeyTests {
    /// The key that the emulation accepts; no file may ever hold it.
    static let key = "sandbox-siliconflow-0001"
    static let submit = ["submit", "model=Wan-AI/Wan2.2-T2V-A14B", "image_size=960x960", "prompt=x sandbox:instant"]

    /// Runs `body` with the address of an emulation.
    private func withUpstream(_ body: (String) async throws -> Void) async throws {
        let reel = try Reel()
        let upstream = try reel.start(["sandbox", "--port", "0", "--speed", "20"], place: "upstream")
        _ = try await Waiting.until { reel.text("streams/upstream.out").contains("Ctrl-C") }
        let words = reel.text("streams/upstream.out").split(separator: "\n")[0].split(separator: " ")
        try await body(String(words[1]))
        upstream.signal(15)
        #expect(try await upstream.exitCode() != nil)
    }

    @Test("the key of one vendor in a prompt for another is refused before anything is stored or sent")
    func foreignKey() async throws {
        var reel = try Reel()
        let foreign = "xs-canary-0123456789abcdef"
        reel.variables = [
            "SILICONFLOW_BASE_URL": "http://127.0.0.1:9", "SILICONFLOW_API_KEY": Self.key, "XIEXUS_API_KEY": foreign,
        ]
        let run = try await reel.run([
            "submit", "model=Wan-AI/Wan2.2-T2V-A14B", "image_size=960x960", "prompt=\(foreign)",
        ])
        #expect(run.code == 2, "\(run.errors)")
        #expect(reel.scratch.files(containing: foreign) == [])
    }

    @Test("without a home folder nothing is read from the current one", arguments: ["", "here"])
    func noHome(_ home: String) async throws {
        var reel = try Reel()
        // Whoever owns the current folder would name the server, and with it who gets the key.
        for folder in [".config/reel", "here/.config/reel"] {
            try reel.scratch.write(
                "instances: {siliconflow: {base_url: http://evil.test/v1}}\n",
                to: "\(folder)/config.yaml"
            )
        }
        reel.variables = ["HOME": home, "XDG_CONFIG_HOME": ""]
        let run = try await reel.run(["config", "--sources"])
        #expect(!run.output.contains("evil.test") && !run.output.contains("./.config"), "\(run.output)")
    }

    @Test("a key from the environment is used, shown shortened, and written nowhere")
    func environment() async throws {
        try await withUpstream { address in
            var reel = try Reel()
            reel.variables = ["SILICONFLOW_BASE_URL": address, "SILICONFLOW_API_KEY": Self.key]
            let run = try await reel.run(["--fetch-auto", "off"] + Self.submit + ["--wait"])
            #expect(run.code == 0, "\(run.errors)")
            let views = try await reel(
                "-c",
                "headers r1",
                "-c",
                "raw r1",
                "-c",
                "raw r1 --request",
                "-c",
                "log",
                "-c",
                "providers",
                "-c",
                "trace r1",
                "-c",
                "config --sources",
            )
            #expect(views.code == 0, "\(views.errors)")
            #expect(views.output.contains("sandbox-...0001"))
            #expect(reel.scratch.files().contains("state/reel/journal.sqlite"))
            #expect(reel.scratch.files(containing: Self.key) == [])
        }
    }

    @Test("a key that children could read is not handed to them")
    func children() async throws {
        var reel = try Reel()
        reel.variables = ["SILICONFLOW_API_KEY": "sk-canary-4711-0815"]
        let run = try await reel("-c", "!env", "-c", "version | sh -c 'cat; env'")
        #expect(run.output.contains("HOME="))
        #expect(!run.output.contains("sk-canary-4711-0815"))
    }

    @Test("a wrong key is told in the vendor's words, and written nowhere")
    func wrongKey() async throws {
        try await withUpstream { address in
            var reel = try Reel()
            let canary = "sk-canary-4711-0815"
            reel.variables = ["SILICONFLOW_BASE_URL": address, "SILICONFLOW_API_KEY": canary]
            let run = try await reel.run(Self.submit)
            #expect(run.code == 3)
            #expect(
                run.errors.hasPrefix("error: siliconflow rejected the key\n  why: \"Invalid token\"\n  where: POST ")
            )
            // The key of a variable is mended where the variable is.
            #expect(run.errors.hasSuffix("  try: export SILICONFLOW_API_KEY=KEY, unset SILICONFLOW_API_KEY\n"))
            #expect(reel.scratch.files(containing: canary) == [])
        }
    }

    @Test("that there is no key is said once")
    func noKey() async throws {
        let run = try await Reel().run(Self.submit)
        let lines = run.errors.split(separator: "\n")
        #expect(lines.first == "error: there is no key for siliconflow")
        #expect(
            lines.dropFirst().first
                == "  why: set SILICONFLOW_API_KEY or login siliconflow; the sandbox is free and needs none"
        )
        #expect(lines.last == "  try: reel login siliconflow, reel --sandbox")
    }

    @Test("instances take keys from a variable, a private file or a command", arguments: ["env", "file", "command"])
    func sources(profile: String) async throws {
        try await withUpstream { address in
            var reel = try Reel()
            reel.variables = ["A_KEY": Self.key]
            let file = try reel.scratch.write(Self.key + "\n", to: "private.key")
            try reel.scratch.write(
                """
                fetch: {auto: off}
                instances:
                  siliconflow@env: {base_url: "\(address)", key: {env: A_KEY}}
                  siliconflow@file: {base_url: "\(address)", key: {file: "\(file)"}}
                  siliconflow@command: {base_url: "\(address)", key: {command: "cat \(file)"}}
                """,
                to: "config/reel/config.yaml"
            )
            let run = try await reel.run(["--provider", "siliconflow@\(profile)"] + Self.submit + ["--wait"])
            #expect(run.code == 0, "\(run.errors)")
            #expect(run.output.contains("j1 succeeded"))
        }
    }

    @Test("a key file that others can read is refused before anything is sent")
    func openFile() async throws {
        let reel = try Reel()
        let file = try reel.scratch.write(Self.key, to: "open.key", mode: 0o644)
        let run = try await reel.run(["--key-file", file] + Self.submit)
        #expect(run.code == 12)
        #expect(run.errors.contains("chmod 600"))
        #expect(try await reel("log").output == "no exchanges yet\n")
    }

    @Test(
        "a configuration that cannot be used is told with its place",
        arguments: [
            ("nonsense: 1", "nonsense"), ("a: [", "config.yaml"),
            ("fetch.auto: on\npoll.every: abc", "config.yaml, line 2"),
            ("fetch:\n  auto: off\npoll:\n  rate: x", "line 4"),
            ("instances: {nosuch@x: {base_url: 'http://x'}}", "nosuch"),
            ("instances: {siliconflow@x: {key: sk-123456789}}", "never the key itself"),
        ]
    )
    func configuration(text: String, named: String) async throws {
        let reel = try Reel()
        try reel.scratch.write(text, to: "config/reel/config.yaml")
        let run = try await reel("config")
        #expect(run.code == 2 || run.code == 12)
        #expect(run.errors.contains(named))
        #expect(!run.errors.contains("sk-123456789"))
    }

    @Test("a setting that cannot be is told with its variable or flag")
    func settingPlaces() async throws {
        var reel = try Reel()
        let flag = try await reel("--poll-every", "abc", "-c", "config poll.every")
        #expect(flag.code == 2)
        #expect(flag.errors.contains("poll.every cannot be \"abc\""))
        #expect(flag.errors.contains("where: --poll-every"))
        reel.variables = ["REEL_POLL_RATE": "x"]
        let variable = try await reel("config")
        #expect(variable.code == 2)
        #expect(variable.errors.contains("where: REEL_POLL_RATE"))
        // A folder that cannot be used hinders nothing but the films.
        reel.variables = ["REEL_FETCH_DIR": "/dev/null/films"]
        let folder = try await reel("-c", "version")
        #expect(folder.code == 0)
        #expect(folder.errors.contains("note: fetch.dir cannot be \"/dev/null/films\": /dev/null is no folder"))
    }
}
