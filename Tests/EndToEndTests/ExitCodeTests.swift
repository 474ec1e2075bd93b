import Testing

@Suite("exit codes", .fewAtOnce)
struct ExitCodeTests {
    let reel: Reel

    init() throws { reel = try Reel() }

    /// A session on the sandbox that ends badly, and the code that tells how.
    struct Ending: Sendable, CustomTestStringConvertible {
        var name: String
        var code: CInt
        var entries: [String]
        var testDescription: String { name }

        init(_ name: String, _ code: CInt, _ entries: String...) {
            self.name = name
            self.code = code
            self.entries = entries
        }
    }

    static let wan = "submit --wait model=Wan-AI/Wan2.2-T2V-A14B image_size=960x960 prompt="

    static let endings = [
        Ending("a wrong command", 2, "nonsense"),
        Ending("a wrong value", 2, "set image_size 1x1"),
        Ending("an incomplete draft", 2, "submit prompt=x"),
        Ending("no such exchange", 2, "body r99"),
        Ending("the key is refused on the submit", 3, "sandbox fault 401", wan + "x"),
        Ending("the key is refused on a poll", 3, "sandbox fault 401 --on poll", wan + "x"),
        Ending("the rate limit stays", 4, "sandbox fault 429 --times 9", wan + "x"),
        Ending("the job outlasts the wait", 5, wan + "'sandbox:stuck' --timeout 1s"),
        Ending("the job fails", 7, wan + "'sandbox:failed'"),
        Ending("the job is cancelled upstream", 7, wan + "'sandbox:cancelled'"),
        Ending("a task that is adopted is not known", 7, "adopt zzz"),
        Ending("the job is not known any more", 7, wan + "'sandbox:gone'"),
        Ending("the link is over whenever it is asked for", 7, wan + "'sandbox:expired'"),
        Ending("the vendor stays overloaded", 8, "sandbox fault 503 --times 9", wan + "x"),
        Ending("the connection drops after the submit", 9, "sandbox fault drop --on submit", wan + "x"),
        Ending("the answer of the submit breaks off", 9, "sandbox fault truncate --on submit", wan + "x"),
        Ending("a gateway answers the submit", 9, "sandbox fault html --on submit", wan + "x"),
        Ending(
            "the film's content is refused",
            10,
            "use sorarelay",
            "submit --wait model=sora-2 prompt='sandbox:moderation'"
        ),
        Ending("the submit's content is refused", 10, wan + "'sandbox:refused'"),
        Ending("a page comes instead of the film", 11, "sandbox fault html --on download", wan + "x"),
        Ending("a file is missing", 12, "set image @nothere.png"),
        Ending("the film's file exists", 12, wan + "x", "fetch j1 -o j1.mp4"),
    ]

    @Test("each way to end has its code", arguments: endings)
    func codes(ending: Ending) async throws {
        let run = try await reel.run(
            ["--sandbox", "--fetch-dir", reel.scratch.path, "-c", "sandbox speed 20"]
                + ending.entries.flatMap { ["-c", $0] }
        )
        #expect(run.code == ending.code, "\(run.output)\(run.errors)")
        #expect(!(run.output + run.errors).isEmpty)
    }

    @Test("a server that is not there is 6")
    func network() async throws {
        var reel = reel
        reel.variables = [
            "SILICONFLOW_BASE_URL": "http://127.0.0.1:9/v1", "SILICONFLOW_API_KEY": "sk-some-key-or-other",
        ]
        let run = try await reel(
            "submit",
            "model=Wan-AI/Wan2.2-T2V-A14B",
            "image_size=960x960",
            "prompt=x",
            "--wait"
        )
        #expect(run.code == 6, "\(run.output)\(run.errors)")
    }

    @Test("a missing key is 3, before anything is sent")
    func missingKey() async throws {
        let run = try await reel("submit", "model=Wan-AI/Wan2.2-T2V-A14B", "image_size=960x960", "prompt=x")
        #expect(run.code == 3)
        #expect(run.errors.contains("SILICONFLOW_API_KEY"))
        #expect(try await reel("log").output == "no exchanges yet\n")
    }

    @Test("an error has one shape: what, why, where, try")
    func shape() async throws {
        let run = try await reel.script("sandbox fault 401", Self.wan + "x")
        let lines = run.errors.split(separator: "\n").map(String.init)
        try #require(lines.count == 4, "\(run.errors)")
        #expect(lines[0] == "-c:3: error: siliconflow rejected the key")
        #expect(lines[1] == #"  why: "Invalid token""#)
        #expect(lines[2].hasPrefix("  where: POST /v1/video/submit, 401, r1, trace ti_"))
        #expect(lines[3].hasPrefix("  try: "))
    }
}
