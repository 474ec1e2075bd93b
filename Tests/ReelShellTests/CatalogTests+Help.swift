import Testing

@testable import ReelShell

extension CatalogTests {
    @Suite struct Help {
        @Test("Who has no key is led to the sandbox, by help and by the error")
        func withoutKey() async throws {
            let quiet = try QuietSession()
            _ = await quiet.session.run(entry: "help")
            #expect(
                quiet.writer.lines.suffix(2) == ["Without a key, for free, on local emulations:", "  !reel --sandbox"]
            )
            _ = await quiet.session.run(entry: "models --refresh")
            #expect(quiet.writer.lines.contains { $0.hasSuffix("; the sandbox is free and needs none") })
            #expect(quiet.writer.lines.last == "  try: login siliconflow, !reel --sandbox")
        }

        @Test("The help of help names every topic there is, and no other", arguments: [Language.english, .chinese])
        func topics(language: Language) throws {
            let spec = try #require(CommandCatalog.standard["help"])
            let names = HelpTopic.all.map(\.name).joined(separator: language == .english ? ", " : "、")
            #expect(language.details(of: spec).contains(names))
        }

        @Test("help replay says that an editor opens, help films how long a dead link is asked for")
        func facts() throws {
            let spec = try #require(CommandCatalog.standard["replay"])
            #expect(Language.english.details(of: spec).contains("the editor opens on it first"))
            #expect(try #require(HelpTopic["films"]).text.contains("about a minute and a half"))
        }

        @Test("The overview lists every command under its group, aligned")
        func listsCommands() throws {
            let lines = HelpText.overview(.standard, width: 100)
            for group in CommandGroup.allCases { #expect(lines.contains(group.title + ":")) }
            let starts = try CommandCatalog.standard.all.map { spec in
                let line = try #require(lines.first { $0.hasPrefix("  \(spec.name)") && $0.contains(spec.summary) })
                return try #require(line.firstRange(of: spec.summary)).lowerBound.utf16Offset(in: line)
            }
            #expect(Set(starts) == [17])
        }

        @Test("No line is wider than the screen", arguments: [40, 60, 80, 120])
        func fits(width: Int) {
            let pages =
                [HelpText.overview(.standard, width: width)]
                + CommandCatalog.standard.all.map { HelpText.command($0, width: width) }
            for line in pages.joined() where !line.hasPrefix("Example: ") {
                #expect(line.count <= width, "\(line)")
            }
        }

        @Test("The help of a command shows usage, text, example and flags")
        func explainsCommand() {
            let expected = """
                usage: fetch [J] [-o FILE] [--force] [--open] | fetch --all

                download a job's film; with --all every one that is not saved

                Without a job it is the current one, or the newest with a film that is not
                saved. Resumes a partial download. The default is jN.mp4 in the current
                directory. Prints size and sha256 and compares the film with what was asked for.
                FILE may be -: the film is saved as without it and also written to standard
                output, if that is no terminal. Of several films the others are jN-2.mp4 and on,
                unless -o names the first alone. --all first asks once about jobs that are asked
                about no more.
                Example: fetch j3 -o cat.mp4

                Flags:
                  -o FILE  write to FILE
                  --force  replace a file that exists
                  --all    every film not saved yet, three at a time, first the link that dies
                           first
                  --open   open it on the desktop afterwards

                For every command:
                  --json      print one JSON object a line
                  --yes       answer yes to what would be asked
                  -h, --help  print the help of the command
                """
            let spec = CommandCatalog.standard["fetch"]
            let text = spec.map { HelpText.command($0, width: 80) }?.joined(separator: "\n")
            #expect(text == expected)
        }

        @Test(
            "Lines break at blanks and keep columns",
            arguments: [
                ("a b c", 3, ["a b", ">c"]), ("abcdef g", 3, ["abcdef", ">g"]), ("  a  b", 9, ["  a  b"]),
                ("", 5, [""]),
            ],
        )
        func wraps(text: String, width: Int, lines: [String]) {
            #expect(HelpText.wrap(text, width: width, indent: ">") == lines)
        }
    }
}
