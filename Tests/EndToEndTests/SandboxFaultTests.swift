import Testing

@Suite("sandbox fault", .fewAtOnce)
struct SandboxFaultTests {
    let reel: Reel

    init() throws { reel = try Reel() }

    @Test(
        "what would never strike is refused, with the calls that it strikes",
        arguments: [
            ("word --on download", "it strikes poll", "sandbox fault word --on poll"),
            ("no-url --on submit", "it strikes poll", "sandbox fault no-url --on poll"),
            ("expired --on submit", "it strikes poll, download", "sandbox fault expired --on poll, "),
            ("refuse --on poll", "closes all addresses at once", "sandbox fault refuse, "),
            ("refuse --times 3", "it lasts a moment", "sandbox fault refuse"),
            ("503 --times 0", "how often it strikes", "sandbox fault 503, sandbox clear"),
            ("503 --on other", "it is submit, poll or download", "sandbox fault 503 --on submit"),
        ]
    )
    func refused(fault: String, why: String, tries: String) async throws {
        let run = try await reel.script("sandbox fault \(fault)", "sandbox status")
        // The one line is that of the speed.
        #expect(run.code == 2 && run.lines.count == 1)
        #expect(run.errors.contains(why) && run.errors.contains("try: \(tries)"), "\(run.errors)")
    }

    @Test(
        "what strikes is armed",
        arguments: ["expired --on poll", "refuse --on download", "refuse --skip 2 --on poll"]
    )
    func armed(fault: String) async throws {
        #expect(try await reel.script("sandbox fault \(fault)").code == 0)
    }

    @Test("clear says what it disarmed; of a fault that has struck, that the same command works again")
    func clear() async throws {
        let run = try await reel.script(
            "sandbox clear",
            "sandbox fault 401",
            "sandbox fault word",
            "sandbox clear",
            "sandbox fault 401",
            "sandbox clear",
            "sandbox fault 401",
        )
        #expect(
            run.lines.filter { $0.contains("armed") } == [
                "no fault is armed", "2 faults are disarmed", "1 fault is disarmed",
            ]
        )
    }

    @Test("a fault that is spent is not to be cleared: the command is to be repeated")
    func spent() async throws {
        try await Terminal.run(reel) { terminal in
            _ = try await terminal.waitForPrompt()
            try terminal.enter("sandbox fault 401")
            _ = try await terminal.waitForPrompt()
            try terminal.enter("http GET /v1/models")
            _ = try await terminal.waitForLine("  try: http GET /v1/models")
            try terminal.enter("sandbox clear")
            _ = try await terminal.waitForLine("no fault is armed any more: 401 has struck, and the same command works")
        }
    }
}
