import LosslessJSON
import Testing

@Suite("words of a session", .fewAtOnce)
struct SessionTests {
    let reel: Reel

    init() throws { reel = try Reel() }

    @Test("an alias is kept for other sessions, lists, goes, and hides no command")
    func alias() async throws {
        let made = try await reel(
            "--sandbox",
            "-c",
            "alias v version",
            "-c",
            "alias two 'seed=2; show seed'",
            "-c",
            "v"
        )
        #expect(made.lines.last?.hasPrefix("reel ") == true, "\(made.errors)")
        let used = try await reel("--sandbox", "-c", "two", "-c", "alias", "-c", "alias -d two", "-c", "two")
        #expect(used.code == 2)
        #expect(used.lines.first == "seed = 2")
        #expect(used.lines.contains("two  seed=2; show seed"))
        let command = try await reel("--sandbox", "-c", "alias show reset")
        #expect(command.code == 2)
        #expect(command.errors.contains("show is a command"))
    }

    @Test("source runs a file, names the line of an error, and what calls itself ends")
    func source() async throws {
        try reel.scratch.write("seed=3\n\nset prompt \"\"\"\na\nb\"\"\"\nshow seed\n", to: "good.reel")
        let good = try await reel("--sandbox", "-c", "source good.reel")
        #expect(good.code == 0, "\(good.errors)")
        #expect(good.lines.last == "seed = 3")
        try reel.scratch.write("seed=3\n\nnonsense\n", to: "bad.reel")
        let bad = try await reel("--sandbox", "-c", "source bad.reel")
        #expect(bad.code == 2)
        #expect(bad.errors.hasPrefix("seed = 3\nbad.reel:3: error: "))
        try reel.scratch.write("source loop.reel\n", to: "loop.reel")
        let loop = try await reel("--sandbox", "-c", "source loop.reel")
        #expect(loop.errors.contains("more than 16 deep"))
    }

    @Test(
        "a file that is not there has a next step",
        arguments: ["image=@cta.png", "source cta.png", "image:=@none.json"]
    )
    func missingFile(entry: String) async throws {
        try reel.scratch.write("x", to: "cat.png")
        let run = try await reel("--sandbox", "-c", entry)
        #expect(run.code == 12)
        #expect(run.errors.contains("try: "))
        if entry.contains("cta") { #expect(run.errors.contains("try: cat.png")) }
    }

    @Test(
        "an undeclared name is told with what would send it, as it must be typed",
        arguments: [
            ("sed=7", "seed=7, raw.sed:=7"), ("motion=fast", #"raw.motion:='"fast"'"#), ("motion:=3", "raw.motion:=3"),
            ("rwa.motion:=3", "raw.motion:=3"), ("raw.motion=fast", #"raw.motion:='"fast"'"#),
            ("raw.motion:=fast", #"raw.motion:='"fast"'"#),
        ],
    )
    func undeclared(entry: String, suggestion: String) async throws {
        let run = try await reel("--sandbox", "-c", entry)
        #expect(run.code == 2)
        #expect(run.errors.split(separator: "\n").last == "  try: \(suggestion)")
        // The last suggestion can be pasted.
        let last = suggestion.split(separator: ", ").last.map(String.init) ?? ""
        #expect(try await reel("--sandbox", "-c", last).code == 0)
    }

    @Test("a quoted reference is a text")
    func literalReference() async throws {
        let run = try await reel("--sandbox", "-c", "prompt='$r1.x'", "-c", "prompt=\"\\$last.x\"")
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.errors == "prompt = $r1.x\nprompt = $last.x\n")
    }

    @Test("a refused content is 10 at every vendor", arguments: SubmitTests.Order.all)
    func refused(order: SubmitTests.Order) async throws {
        let items = order.items.map { $0.hasPrefix("prompt=") ? "prompt=sandbox:refused" : $0 }
        let run = try await reel.run(["--sandbox", "--provider", order.provider, "submit"] + items)
        #expect(run.code == 10, "\(run.errors)")
    }

    @Test("help is an object for programs")
    func helpJSON() async throws {
        let run = try await reel("--sandbox", "--json", "help")
        let root = try JSONDocument(parsing: run.output).root
        let names = root["commands"]?.elements.compactMap { $0["name"]?.string } ?? []
        #expect(names.contains("submit") && names.contains("grid"))
        #expect(root["commands"]?.elements.allSatisfy { $0["synopsis"] != nil && $0["summary"] != nil } == true)
        let flag = try await reel("--help", "--json")
        #expect(try JSONDocument(parsing: flag.output).root["commands"] != nil)
        let one = try await reel("--json", "help", "submit")
        #expect(try JSONDocument(parsing: one.output).root["flags"]?.elements.isEmpty == false)
    }

    @Test(
        "every topic of help is shown, and a mistyped one finds the nearest",
        arguments: [
            "items", "references", "quoting", "money", "polling", "films", "keys", "json", "settings", "exit-codes",
        ],
    )
    func topics(name: String) async throws {
        let run = try await reel("help", name)
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.lines.count > 5)
        let mistyped = try await reel("help", String(name.dropLast()) + "z")
        #expect(mistyped.errors.contains("help \(name)"))
    }

    @Test("history shows as many entries as asked for, or those that fit")
    func history() async throws {
        try await Terminal.run(reel) { terminal in
            _ = try await terminal.waitForPrompt()
            for entry in ["seed=1", "seed=2", "seed=3"] {
                try terminal.enter(entry)
                _ = try await terminal.waitForLine(entry.replacing("=", with: " = "))
            }
            try terminal.enter("history 2")
            let shown = try await terminal.waitForLine("4  history 2")
            #expect(shown.contains("3  seed=3") && !shown.contains("2  seed=2"))
            try terminal.enter("history *2*")
            #expect(try await terminal.waitForLine("2  seed=2").contains("4  history 2"))
        }
    }
}
