import Journal
import Testing

@testable import ReelShell

/// Completion at a cursor marked by `‸`.
@Suite struct CompletionTests {
    static let context = GrammarContext(
        textParameters: ["prompt"],
        aliases: ["s4": "submit size=960x960 -n 4", "wj": "watch j3 "],
        allowsPrefixes: true,
    )

    static let sources = CompletionSources(
        parameters: [
            Candidate("prompt", note: "required"), Candidate("image_size", note: "size"), Candidate("image"),
            Candidate("seed"),
        ],
        values: { name in
            name == "image_size" ? [Candidate("1280x720", note: "default"), Candidate("960x960")] : []
        },
        valueHint: { $0 == "seed" ? "0...4294967295" : nil },
        providers: [Candidate("siliconflow"), Candidate("siliconflow@work"), Candidate("sorarelay")],
        models: [Candidate("Wan-AI/Wan2.2-T2V-A14B"), Candidate("Wan-AI/Wan2.2-I2V-A14B")],
        jobs: { $0 == "fetch" ? [Candidate("j3", note: "succeeded")] : [Candidate("j4"), Candidate("j3")] },
        exchanges: { [Candidate("r12"), Candidate("r11")] },
        jsonKeys: { path, exchange in
            switch (path, exchange) {
            case (".", nil): [Candidate("results", suffix: ""), Candidate("status")]
            case (".results", nil): [Candidate("videos", suffix: ""), Candidate("odd name"), Candidate("种子")]
            case (".results.videos", nil): [Candidate("[0]", suffix: "")]
            case (".", "r11"), (".", "r31"): [Candidate("code"), Candidate("message")]
            default: []
            }
        },
        files: { prefix, parameter in
            let names = parameter == "image" ? ["cat.png", "my cat.png", "pics/"] : ["a.txt", "it's.txt", "cat.png"]
            return names.filter { $0.hasPrefix(prefix) }.map { Candidate($0) }
        },
        settings: [Candidate("poll.every"), Candidate("notices")],
        hiddenCommands: ["sandbox"],
    )

    /// The line that inserting each candidate would give, up to the cursor.
    static func completed(_ marked: String) -> [String] {
        let parts = marked.split(separator: "‸", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let result = Completer.complete(
            line: parts.joined(),
            cursor: parts[0].count,
            context: context,
            sources: sources,
        )
        return result.candidates.map { parts[0].prefix(result.replacement.lowerBound) + $0.text + $0.suffix }
    }

    @Test(
        "The candidates depend on the place",
        arguments: [
            ("sub‸", ["submit "]),
            ("show; pre‸", ["show; preview "]),
            ("show\nund‸", ["show\nundo "]),
            ("w‸", ["watch ", "wait ", "why ", "wj "]),
            ("im‸", ["import ", "image_size=", "image="]),
            ("sand‸", []),
            ("set ‸", ["set prompt ", "set image_size ", "set image ", "set seed "]),
            ("set i‸", ["set image_size ", "set image "]),
            ("set seed=7 i‸", ["set seed=7 image_size=", "set seed=7 image="]),
            ("set image_size ‸", ["set image_size 1280x720 ", "set image_size 960x960 "]),
            ("set image_size=9‸", ["set image_size=960x960 "]),
            ("image_size=1‸", ["image_size=1280x720 "]),
            ("seed=7 image_size=1‸", ["seed=7 image_size=1280x720 "]),
            ("seed=7 pr‸", ["seed=7 prompt="]),
            ("submit se‸", ["submit seed="]),
            ("s4 se‸", ["s4 seed="]),
            ("use so‸", ["use sorarelay "]),
            ("use siliconflow@‸", ["use siliconflow@work "]),
            ("model Wan-AI/Wan2.2-T‸", ["model Wan-AI/Wan2.2-T2V-A14B "]),
            ("fetch ‸", ["fetch j3 "]),
            ("watch ‸", ["watch j4 ", "watch j3 "]),
            ("watch j4 ‸", ["watch j4 j3 "]),
            ("wj ‸", ["wj j4 "]),
            ("headers ‸", ["headers last ", "headers prev ", "headers r12 ", "headers r11 "]),
            ("timing j‸", ["timing j4 ", "timing j3 "]),
            ("describe im‸", ["describe image_size ", "describe image "]),
            ("?se‸", ["?seed ", "?set "]),
            ("help und‸", ["help undo "]),
            ("config no‸", ["config notices "]),
            ("sandbox f‸", ["sandbox fault "]),
            ("sandbox fault no‸", ["sandbox fault no-url "]),
            ("sandbox speed ‸", []),
            ("status j3 ‸", []),
        ],
    )
    func completes(marked: String, lines: [String]) {
        #expect(Self.completed(marked) == lines)
    }

    @Test(
        "Flags and their values are completed",
        arguments: [
            ("submit --wa‸", ["submit --watch ", "submit --wait "]),
            ("submit --watch --wa‸", ["submit --watch --wait "]),
            ("reset -‸", ["reset --json ", "reset --yes ", "reset --help "]),
            ("watch --until ru‸", ["watch --until running "]),
            ("watch --until=ru‸", ["watch --until=running "]),
            ("jobs --provider so‸", ["jobs --provider sorarelay "]),
            ("log --job j3‸", ["log --job j3 "]),
            ("submit --note ‸", []), ("get --r‸", []),
            ("get --‸", ["get -r ", "get --all ", "get --json ", "get --yes ", "get --help "]),
            ("get -r --‸", ["get -r --all ", "get -r --json ", "get -r --yes ", "get -r --help "]),
            ("watch -- --u‸", []),
        ],
    )
    func completesFlags(marked: String, lines: [String]) {
        #expect(Self.completed(marked) == lines)
    }

    @Test(
        "Paths and references are completed a level at a time",
        arguments: [
            ("get ‸", ["get .results", "get .status "]),
            ("get .‸", ["get .results", "get .status "]),
            ("get .st‸", ["get .status "]),
            ("get .results.v‸", ["get .results.videos"]),
            ("get .results.‸", ["get .results.videos", "get .results.种子 "]),
            ("get .results[‸", [#"get .results[\"odd\ name\"] "#]),
            ("get .results.videos[‸", ["get .results.videos[0]"]),
            ("get .c‸ r11", ["get .code "]),
            ("get .status r1‸", ["get .status r12 ", "get .status r11 "]),
            ("set seed $r1‸", ["set seed $r12", "set seed $r11"]),
            ("submit seed=$l‸", ["submit seed=$last"]),
            ("seed:=$r31.c‸", ["seed:=$r31.code "]),
        ],
    )
    func completesPaths(marked: String, lines: [String]) {
        #expect(Self.completed(marked) == lines)
    }

    @Test(
        "Files are completed where a file may stand, quoted as the line needs it",
        arguments: [
            ("image=@c‸", ["image=@cat.png "]),
            ("image=@my‸", [#"image=@my\ cat.png "#]),
            ("image=@\"my‸", ["image=@\"my cat.png\" "]),
            ("image=@'my c‸", ["image=@'my cat.png' "]),
            (#"image=@my\ c‸"#, [#"image=@my\ cat.png "#]),
            ("image=@p‸", ["image=@pics/"]),
            ("image=@\"p‸", ["image=@\"pics/"]),
            ("set image @c‸", ["set image @cat.png "]),
            ("prompt=@a‸", ["prompt=@a.txt "]),
            ("raw > a‸", ["raw > a.txt "]),
            ("raw >>it‸", [#"raw >>it\'s.txt "#]),
            ("raw > 'it‸", []),
            ("fetch j3 -o a‸", ["fetch j3 -o a.txt "]),
        ],
    )
    func completesFiles(marked: String, lines: [String]) {
        #expect(Self.completed(marked) == lines)
    }

    @Test(
        "Nothing is offered where nothing of ours may stand",
        arguments: [
            "set prompt a ca‸", "set prompt ‸", "set prompt a; sub‸", "set prompt a\nsub‸", "# su‸", "!l‸",
            "raw | j‸", "nonsense su‸", "submit prompt=\"\"\"se‸", "version s‸", "raw > a b‸", "mod\\\nel‸",
        ],
    )
    func offersNothing(marked: String) {
        #expect(Self.completed(marked) == [])
    }

    @Test("On the line after a free text begun later, commands are offered")
    func goesOnAfterText() {
        #expect(Self.completed("show\nset prompt a\nsubm‸") == ["show\nset prompt a\nsubmit "])
    }

    @Test("The first word lists commands with help, then aliases, then parameters")
    func ordersFirstWords() {
        let result = Completer.complete(line: "", cursor: 0, context: Self.context, sources: Self.sources)
        #expect(result.candidates.first == Candidate("providers", note: CommandCatalog.standard["ls"]?.summary ?? ""))
        let expected = ["exit", "ls", "why", "quit", "s4", "wj", "prompt=", "image_size=", "image=", "seed="]
        #expect(result.candidates.map(\.text).suffix(expected.count) == expected[...])
    }

    @Test("The default keeps its mark")
    func marksDefault() {
        let line = "set image_size 1"
        let result = Completer.complete(line: line, cursor: line.count, context: Self.context, sources: Self.sources)
        #expect(result == CompletionResult(replacement: 15..<16, candidates: [Candidate("1280x720", note: "default")]))
    }

    @Test("The replaced part counts Characters, whatever stands before")
    func countsCharacters() {
        let line = "prompt='🐈‍⬛e\u{301}猫' image_size=9"
        let result = Completer.complete(line: line, cursor: line.count, context: Self.context, sources: Self.sources)
        #expect(result.replacement == line.count - 1..<line.count)
    }

    @Test("A cursor outside the line is taken to its end", arguments: [-3, 99])
    func takesAnyCursor(cursor: Int) {
        let result = Completer.complete(line: "sub", cursor: cursor, context: Self.context, sources: Self.sources)
        #expect(result.replacement == (cursor < 0 ? 0..<0 : 0..<3))
    }

    @Test("every state that a job can have is offered")
    func states() {
        #expect(Set(CommandCatalog.jobStates) == Set(JobState.allCases.map(\.shown)))
        #expect(CommandCatalog.jobStates.count == Set(CommandCatalog.jobStates).count)
    }
}
