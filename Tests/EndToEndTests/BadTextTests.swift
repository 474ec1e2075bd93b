import TestSupport
import Testing

@Suite("text that is no UTF-8", .fewAtOnce)
struct BadTextTests {
    let reel: Reel

    init() throws { reel = try Reel() }

    private static let script = "model Wan-AI/Wan2.2-T2V-A14B\nimage_size=960x960\nset prompt caf"

    /// Runs the program from a shell, which passes any bytes on.
    private func shell(_ line: String) async throws -> Reel.Run {
        let streams = ["bad.out", "bad.err"]
        let child = try ChildProcess(
            ["/bin/sh", "-c", line, try Reel.binary()],
            environment: reel.environment,
            folder: reel.scratch.path,
            output: reel.scratch(streams[0]),
            errors: reel.scratch(streams[1])
        )
        let code = try await child.exitCode()
        return Reel.Run(output: reel.text(streams[0]), errors: reel.text(streams[1]), code: code)
    }

    @Test("in an argument is refused with the argument's number, before anything is sent", arguments: ["", "--json "])
    func argument(flag: String) async throws {
        let run = try await shell(
            "\"$0\" --sandbox \(flag)submit model=Wan-AI/Wan2.2-T2V-A14B \"$(printf 'prompt=caf\\351')\""
        )
        #expect(run.code == 2)
        #expect((run.output + run.errors).contains("argument \(flag.isEmpty ? 4 : 5) is no text in UTF-8"))
        #expect((run.output + run.errors).contains(flag.isEmpty ? #"prompt=caf\xe9"# : #"prompt=caf\\xe9"#))
        #expect(run.output.isEmpty == flag.isEmpty)
    }

    @Test("in a script is refused with its line, before anything of it runs", arguments: ["-f bad.reel", "-f -", ""])
    func script(flags: String) async throws {
        try reel.scratch.write(bytes: Array(Self.script.utf8) + [0xE9, 10], to: "bad.reel")
        let run = try await shell("\"$0\" --sandbox \(flags) < bad.reel")
        #expect(run.code == 12)
        #expect(run.errors.contains("is no text in UTF-8") && run.errors.contains("where: line 3"), "\(run.errors)")
        #expect(run.errors.contains(#"caf\xe9"#))
        #expect(run.output.isEmpty)
    }
}
