import Foundation
import Synchronization
import Testing
import Transport
import VideoProviderKit

@testable import ReelShell

@Suite("What an error says to try")
struct TriesTests {
    @Test(
        "is what was typed, mended",
        arguments: [
            ("raw.bar:=[1,2", "raw.bar:=[1,2]"), ("raw.bar:={\\\"a\\\":[1", #"raw.bar:='{"a":[1]}'"#),
            ("models *foo*", "models"), ("help nope", "help"), ("describe sise", "describe size"),
            ("?siz", "help size"), ("set foo 3", "raw.foo:=3"), ("set image cat.png", "set image @cat.png"),
            ("seed=99999999999999999999", "set seed 4294967295"), ("compare a b", "compare siliconflow:a xiexus:b"),
            ("race siliconflow", "race siliconflow xiexus:kling-v1"), ("body", "submit, http GET /v1/models"),
            ("diff", "submit --wait"), ("submit sed=7", "submit seed=7, submit raw.sed:=7"),
            ("submit --timeout abc seed=7", "submit seed=7 --timeout 90s"), ("jobs foo", "jobs"),
            ("model ''", "models, unset model"), ("set seed 7 8", "set seed 7"),
            ("submit seed=7 -n x", "submit seed=7 -n 2"),
            ("set a=1 b 2", "set a=\"1 b 2\""), ("save x", "set prompt a cat"),
            ("config color x --save", "config color auto --save"), ("config color x", "config color auto"),
            ("?sora-2", "use xiexus, use sorarelay"), ("describe sora-2", "use xiexus, use sorarelay"),
        ]
    )
    func mended(entry: String, tries: String) async throws {
        let house = try ShellHouse()
        #expect(await house.run(entry).remarks.contains("  try: \(tries)\n"))
    }

    @Test(
        "is the command with the job that was meant",
        arguments: [
            ("fetch r3", "fetch j1"), ("fetch r3 -o a.mp4", "fetch j1 -o a.mp4"),
            ("watch r3 --every 5s", "watch j1 --every 5s"),
        ]
    )
    func meantJob(entry: String, tries: String) async throws {
        let house = try ShellHouse()
        await house.finishedJob()
        #expect(await house.run(entry).remarks.contains("  try: \(tries)\n"))
    }

    @Test("is the submit again where the vendor takes none just now", arguments: [FaultKind.rateLimited, .overloaded])
    func busy(kind: FaultKind) { #expect(FaultTable.entry(kind).tries == ["submit"]) }

    @Test(
        "is the parameter's own name where another provider's was given",
        arguments: [
            ("image_size=1280x720", "size=1280x720"), ("set image_size 1280x720", "set size 1280x720"),
            ("describe image_size", "describe size"),
        ]
    )
    func alike(entry: String, tries: String) async throws {
        let house = try ShellHouse(provider: "xiexus")
        #expect(await house.run(entry).remarks.contains("  try: \(tries)\n"))
    }

    @Test("is a saving where nothing is saved")
    func unsaved() async throws {
        let quiet = try QuietSession()
        _ = await quiet.session.run(entry: "load nope")
        #expect(quiet.writer.lines.last == "  try: set prompt a cat")
        _ = await quiet.session.run(entry: "seed=7")
        _ = await quiet.session.run(entry: "load nope")
        #expect(quiet.writer.lines.last == "  try: save nope")
    }

    @Test("is not made of what an alias stands for")
    func alias() async throws {
        let house = try ShellHouse()
        house.session.state.withLock { $0.aliases["s7"] = "submit seed=7777777" }
        #expect(await house.run("s7 x").remarks.contains("  try: help items\n"))
    }

    @Test("repeats the items of a submit that was stopped or refused")
    func items() async throws {
        let house = try ShellHouse()
        await house.compose()
        house.transport.lay(402, #"{"code":30001,"message":"no balance"}"#)
        #expect(await house.run("submit seed=32 --yes").remarks.contains("then: submit"))
        await house.run("reset")
        let shown = await house.run("submit seed=32 model=T2V prompt=")
        #expect(shown.remarks.contains("the draft has 2 problems"))
        #expect(shown.remarks.contains("note: T2V is taken as Wan-AI/Wan2.2-T2V-A14B"))
    }

    @Test("names all problems of a draft, those of items that cannot be read too")
    func problems() async throws {
        let house = try ShellHouse()
        await house.compose(prompt: "\"\"")
        let shown = await house.run("check seed:=1.5 image_size=abc")
        #expect(shown.code == .usage)
        #expect(shown.remarks.contains("the draft has 3 problems"))
        #expect(shown.remarks.contains("prompt is empty, and it is required"))
        await house.run("submit --yes")
        #expect(house.transport.sent.isEmpty)
    }

    @Test("a job that may have been billed is settled first")
    func unconfirmed() async throws {
        let house = try ShellHouse()
        await house.compose()
        house.transport.lay(502, "<html>bad gateway</html>")
        #expect(await house.run("submit --yes").code == .unconfirmed)
        let shown = await house.run("errors j1")
        #expect(shown.results.contains("may have accepted this request and may bill it; j1 is unconfirmed"))
        #expect(shown.results.contains("  try: adopt ID --as j1, stop j1, replay r1"))
        let other = await house.run("why")
        #expect(other.results.contains("  try: adopt ID --as j1, stop j1, replay r1"))
    }

    @Test("only a job that is open to it is settled")
    func settled() async throws {
        let house = try ShellHouse()
        await house.finishedJob()
        let shown = await house.run("adopt zzz --as j1")
        #expect(
            shown.remarks.hasPrefix("error: j1 has succeeded\n") || shown.remarks.hasPrefix("error: j1 succeeded\n")
        )
        #expect(shown.remarks.contains("only an unconfirmed or lost job can be settled"))
    }

    @Test("a race that lacks a model is tried again with what was typed for it")
    func raced() async throws {
        let house = try ShellHouse()
        await house.compose()
        let run = await house.run("race siliconflow xiexus prompt='a dog' --yes")
        #expect(run.remarks.contains("xiexus:kling-v1 prompt='a dog'"), "\(run.remarks)")
    }

    @Test("a command to try is never translated, prose is")
    func untranslated() {
        let failure = ShellFailure("there is no job yet", tries: ["jobs", "(again later)"])
        #expect(failure.lines(in: .chinese).last == "  试试：jobs, （稍后再试）")
    }

    @Test("a parameter in place of a command means set")
    func parameter() async throws {
        let house = try ShellHouse()
        #expect(await house.run("image_size 1280x720").remarks.contains("  try: set image_size 1280x720\n"))
        #expect(await house.run("size 1280x720").remarks.contains("  try: set size 1280x720\n"))
        #expect(await house.run("seed").remarks.contains("  try: describe seed\n"))
    }

    @Test("a path keeps the quotes of its own")
    func path() async throws {
        let house = try ShellHouse()
        let number = try await house.keep(Array(#"{"a":{"b c":7}}"#.utf8))
        #expect(await house.run("get .a[\"b c\"] r\(number)").results == "7\n")
        #expect(await house.run("get r\(number) .a[\"b c\"]").results == "7\n")
    }

    @Test("a call by hand needs no method, and its own host is named")
    func byHand() async throws {
        let house = try ShellHouse()
        house.transport.lay(200, "{}")
        #expect(await house.run("http /v1/models type==video").code == .ok)
        #expect(house.transport.sent.first?.url.hasSuffix("/v1/models?type=video") == true)
        #expect(
            await house.run("http GET https://elsewhere.test/").remarks.contains("elsewhere.test cannot be reached")
        )
    }

    @Test("every line in the sources is a command, one of the user's shell, or prose in parentheses")
    func sources() throws {
        let lines = Self.lines
        #expect(lines.count > 120)
        let session = try QuietSession().session
        var grammar = session.scriptGrammar
        grammar.allowsPrefixes = false
        for (line, file) in lines where !Self.isKnown(line, in: grammar) {
            Issue.record("\(file) says to try \"\(line)\"")
        }
    }

    @Test("every line of the table of faults is one, too", arguments: FaultTable.entries.flatMap(\.tries))
    func table(line: String) throws {
        #expect(Self.isKnown(line, in: try QuietSession().session.scriptGrammar))
    }

    private static func isKnown(_ line: String, in grammar: GrammarContext) -> Bool {
        if line.hasPrefix("("), line.hasSuffix(")") { return true }
        // A flag alone is shown with the command it was given to; a value alone comes with its name.
        if line.hasPrefix("-") || line.hasPrefix("XX") { return true }
        let program = String(line.prefix { $0 != " " })
        if ["reel", "export", "chmod", "ls", "apt", "brew", "dnf", "pacman", "EDITOR=vi", "TERM=dumb", "install"]
            .contains(program)
        {
            return true
        }
        return line.hasPrefix("${EDITOR:-vi} ") || (try? EntryParser.parse(line, in: grammar)) != nil
    }

    /// The literals behind `tries:`, `tries =` and `try:`, with a word for every value.
    private static let lines: [(String, String)] = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources")
        var found: [(String, String)] = []
        for folder in ["ReelShell", "reel"] {
            let files = FileManager.default.enumerator(atPath: root.appendingPathComponent(folder).path)
            for case let name as String in files ?? .init() where name.hasSuffix(".swift") {
                guard
                    let text = try? String(
                        contentsOf: root.appendingPathComponent("\(folder)/\(name)"),
                        encoding: .utf8
                    )
                else { continue }
                for line in text.split(separator: "\n") {
                    guard let mark = line.firstRange(of: /(tries(: | = |\.append)|\btry: )/) else { continue }
                    found += literals(line[mark.upperBound...]).map { ($0, name) }
                }
            }
        }
        return found
    }()

    private static func literals(_ text: Substring) -> [String] {
        var literals: [String] = []
        var rest = text
        while let open = rest.firstIndex(of: "\"") {
            var literal = ""
            var index = rest.index(after: open)
            while index < rest.endIndex, rest[index] != "\"" {
                if rest[index] == "\\", rest.index(after: index) < rest.endIndex {
                    index = rest.index(after: index)
                    if rest[index] == "(" {
                        var depth = 0
                        repeat {
                            if rest[index] == "(" { depth += 1 }
                            if rest[index] == ")" { depth -= 1 }
                            index = rest.index(after: index)
                        } while depth > 0 && index < rest.endIndex
                        literal += "XX"
                        continue
                    }
                }
                literal.append(rest[index])
                index = rest.index(after: index)
            }
            literals.append(literal)
            guard index < rest.endIndex else { break }
            rest = rest[rest.index(after: index)...]
        }
        // What follows the list are other arguments.
        return literals.filter { $0.first?.isPunctuation != true || "(-!?".contains($0.first ?? " ") }
            .filter { $0.contains(where: \.isLetter) && !["local", "entries", "xdg-utils"].contains($0) }
    }
}
