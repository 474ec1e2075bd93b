import Foundation
import Testing

@Suite("drafts", .fewAtOnce)
struct DraftTests {
    var reel: Reel

    init() throws { reel = try Reel() }

    @Test("a saved request comes back as it was, in another session too")
    func saveAndLoad() async throws {
        let text = "a cat; \"slow\"\n  - it's: \\ yes 猫"
        try reel.scratch.write(text, to: "p.txt")
        let saved = try await reel(
            "--sandbox",
            "-c",
            "prompt=@p.txt seed=7 raw.motion:={\\\"a\\\":1.0,\\\"a\\\":2e3} trace==on X-Run:7",
            "-c",
            "save cat",
            "-c",
            "preview --raw > first",
        )
        #expect(reel.text("first").contains(#""motion":{"a":1.0,"a":2e3}"#), "\(saved.errors)")
        let loaded = try await reel("--sandbox", "-c", "load cat", "-c", "preview --raw > second", "-c", "saved")
        #expect(loaded.errors.contains("model is required"))
        func rest(_ name: String) -> Substring { reel.text(name).drop { $0 != "{" } }
        #expect(rest("second") == rest("first"))
        #expect(reel.text("second").contains("X-Run: 7"))
        #expect(reel.text("config/reel/requests/cat.yaml").contains("provider: siliconflow"))
    }

    @Test("saved requests are compared with each other and with the draft, by path")
    func diffOfSaved() async throws {
        let run = try await reel(
            "--sandbox",
            "-c",
            "seed=7 image_size=1280x720 raw.motion:={\\\"a\\\":1.0}",
            "-c",
            "save first",
            "-c",
            "seed=8",
            "-c",
            "unset raw.motion",
            "-c",
            "save second",
            "-c",
            "diff first second",
            "-c",
            "seed=9",
            "-c",
            "diff second draft",
            "-c",
            "diff first first",
        )
        #expect(run.code == 0, "\(run.errors)")
        func section(_ title: String) -> [String] {
            Array(run.lines.drop { $0 != title }.dropFirst().prefix { !$0.contains(" -> ") || $0.hasPrefix(" ") })
        }
        let between = section("first -> second").joined(separator: "\n")
        #expect(between.contains("seed") && between.contains("7 -> 8") && between.contains("motion"), "\(run.output)")
        #expect(!between.contains("image_size"))
        #expect(section("second -> draft").joined().contains("8 -> 9"))
        #expect(section("first -> first").first == "no difference")
    }

    @Test("a picture is saved with the request")
    func savedPicture() async throws {
        let picture =
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D] + [UInt8](repeating: 1, count: 20)
        try reel.scratch.write(bytes: picture, to: "cat.png")
        let run = try await reel(
            "--sandbox",
            "-c",
            "image=@cat.png",
            "-c",
            "save cat",
            "-c",
            "!rm cat.png",
            "-c",
            "load cat"
        )
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.lines.last?.contains("PNG") == true)
        #expect(reel.scratch.read("config/reel/requests/cat.media/image-1.png") == picture)
    }

    @Test("a saved request is not replaced unasked")
    func noReplacing() async throws {
        let first = try await reel("--sandbox", "-c", "seed=1", "-c", "save cat")
        #expect(first.code == 0)
        let second = try await reel("--sandbox", "-c", "seed=2", "-c", "save cat")
        #expect(second.code == 2)
        #expect(second.errors.contains("try: save cat --yes"))
        let third = try await reel("--sandbox", "-c", "seed=2", "-c", "save cat --yes", "-c", "load cat")
        #expect(third.lines.last?.contains("2") == true)
    }

    @Test("a name that leads out of the folder is refused", arguments: ["../cat", ".cat", "a/b"])
    func names(name: String) async throws {
        let run = try await reel("--sandbox", "-c", "seed=1", "-c", "save \(name)")
        #expect(run.code == 2)
        #expect(run.errors.contains("cannot be called"))
    }

    @Test("a saved request of another provider says what became of it")
    func carriedOver() async throws {
        let run = try await reel(
            "--sandbox",
            "-c",
            "image_size=1280x720 seed=7",
            "-c",
            "save cat",
            "-c",
            "use sorarelay",
            "-c",
            "load cat",
        )
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.output.contains("renamed image_size to size"))
        #expect(run.output.contains("lost seed"))
    }

    @Test("a mistake in a saved request is named with its line")
    func brokenFile() async throws {
        try reel.scratch.write(
            "provider: siliconflow\ndraft:\n  seed: 7\n  sed: 8\n",
            to: "config/reel/requests/cat.yaml"
        )
        let run = try await reel("--sandbox", "-c", "load cat")
        #expect(run.code == 12)
        #expect(run.errors.contains("line 4: SiliconFlow has no parameter sed"))
    }

    /// An editor: a program that gets the file as its argument.
    private func editing(_ script: String, _ entries: String...) async throws -> Reel.Run {
        var reel = reel
        let path = try reel.scratch.write("#!/bin/sh\n\(script)\n", to: "editor.sh")
        reel.variables["EDITOR"] = "sh \(path)"
        return try await reel.run(["--sandbox"] + entries.flatMap { ["-c", $0] })
    }

    @Test("edit opens every parameter and takes what was written")
    func edit() async throws {
        let run = try await editing(
            "cp \"$1\" seen; printf 'prompt: a cat\\nseed: 9\\n' > \"$1\"",
            "edit",
            "show seed",
        )
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.lines == ["prompt = a cat", "seed = 9", "seed = 9"])
        let template = reel.text("seen")
        for words in ["prompt:", "# seed:", "# negative_prompt:", "1280x720 | 720x1280", "required", "The seed for"] {
            #expect(template.contains(words), "\(words) is missing")
        }
    }

    @Test("a value that cannot be taken comes back with its line marked, until it can")
    func editAgain() async throws {
        let run = try await editing(
            """
            if grep -q 'error: seed cannot be' "$1"; then
                grep -n -A2 'error: seed' "$1" | tail -1 > marked; printf 'seed: 5\\n' > "$1"
            else printf 'prompt: x\\nseed: many\\n' > "$1"; fi
            """,
            "edit",
        )
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.lines == ["seed = 5"])
        #expect(!reel.text("marked").isEmpty)
    }

    @Test(
        "what the editor does not bring to a good end leaves the draft as it was",
        arguments: [("exit 3", 12), (": > \"$1\"", 0), ("printf 'seed: many\\n' > \"$1\"; chmod a-w \"$1\"", 2)],
    )
    func editFails(script: String, code: CInt) async throws {
        let run = try await editing(script, "seed=1", "edit", "show seed")
        #expect(run.code == code, "\(run.errors)")
        #expect(run.errors.hasPrefix("seed = 1\n"))
        // A script ends at the first failure; where there was none the draft is shown.
        if code == 0 { #expect(run.lines.last == "seed = 1") }
        #expect(code == 0 || run.errors.contains("the draft is unchanged"))
    }

    @Test("edit PARAM opens the bare text")
    func editText() async throws {
        let run = try await editing(
            "cp \"$1\" seen; printf 'line one\\n\"line: two\"\\n' > \"$1\"",
            "set prompt old",
            "edit prompt",
            "undo",
        )
        #expect(run.code == 0, "\(run.errors)")
        #expect(reel.text("seen") == "old\n")
        #expect(run.output.contains("prompt = line one\n         \"line: two\"\n"))
        #expect(run.errors.hasSuffix("old\n"))
    }

    @Test("preview --curl is the request as a command that another program can run, its key a variable")
    func previewAsCurl() async throws {
        let run = try await reel(
            "--sandbox",
            "-c",
            "model=Wan-AI/Wan2.2-T2V-A14B image_size=960x960 seed=7",
            "-c",
            "set prompt it's \"slow\" 猫",
            "-c",
            "preview --raw > raw",
            "-c",
            "preview --curl > command",
            "-c",
            "preview --curl -o script",
        )
        #expect(run.code == 0, "\(run.errors)")
        let command = reel.text("command")
        #expect(command.hasPrefix("curl -sS -X POST 'http://127.0.0.1:"), "\(command)")
        #expect(command.contains(#"-H "Authorization: Bearer $SILICONFLOW_API_KEY""#))
        #expect(reel.text("script") == command)
        // What the shell hands on is the body, byte for byte.
        let body = reel.text("raw").split(separator: "\r\n\r\n", maxSplits: 1).last.map(String.init) ?? ""
        let echoed = try await reel(
            "--sandbox",
            "-c",
            "!curl() { for w; do printf '%s\\n' \"$w\"; done; }; . ./command"
        )
        #expect(echoed.lines.contains(body.trimmingCharacters(in: .newlines)), "\(echoed.output)\(echoed.errors)")
        #expect(!echoed.output.isEmpty)
    }

    @Test("compare shows each request and what it loses, and sends nothing")
    func compare() async throws {
        let run = try await reel(
            "--sandbox",
            "-c",
            "image_size=960x960 seed=7",
            "-c",
            "set prompt a cat",
            "-c",
            "compare siliconflow xiexus:kling-v1 sorarelay",
            "-c",
            "log",
        )
        #expect(run.code == 0, "\(run.errors)")
        for line in ["== siliconflow", "== xiexus:kling-v1", "== sorarelay"] { #expect(run.lines.contains(line)) }
        #expect(run.output.contains(#""model":"kling-v1""#))
        #expect(run.output.contains("lost"))
        #expect(run.lines.last == "no exchanges yet")
    }
}
