import TerminalOutput
import Testing
import VideoProviderKit

@testable import ReelShell

@Suite("Lines broken for the terminal")
struct WrappingTests {
    private func house(columns: Int, isTerminal: Bool = true) throws -> ShellHouse {
        try ShellHouse(style: OutputStyle(isTerminal: isTerminal), isInteractive: true, columns: columns)
    }

    @Test("a word goes whole to a line of its own, below a hanging indent, and colours take no room")
    func words() {
        let id = "task_01k6x15vhrff09dkkqjrzwhm60"
        #expect(
            HelpText.wrap("submitted, task \(id), r1", width: 36, indent: "  ") == [
                "submitted, task", "  \(id),", "  r1",
            ]
        )
        let painted = HelpText.wrap("\u{1B}[1mone two\u{1B}[0m three", width: 7)
        #expect(painted == ["\u{1B}[1mone two\u{1B}[0m", "three"])
        #expect(HelpText.wrap("一只猫在月球上弹钢琴", width: 9, indent: " ") == ["一只猫在", " 月球上弹", " 钢琴"])
    }

    @Test("rows of two columns go on below the second; a line to copy stays whole")
    func rows() {
        let rows = [
            "  Ctrl-C          clears the line, or ends the waiting", "  Right at end ok complete",
            "  reel submit -c 'a long line to copy' -c 'submit --wait'",
        ]
        #expect(
            HelpText.wrap(rows: rows, width: 36) == [
                "  Ctrl-C          clears the line,",
                "                  or ends the",
                "                  waiting",
                rows[1], rows[2],
            ]
        )
    }

    @Test(
        "no line of a trace, a timing or the keys is wider than the terminal, and ids are whole",
        arguments: [60, 80, 90]
    )
    func views(columns: Int) async throws {
        let house = try house(columns: columns)
        await house.finishedJob(prompt: "a cat")
        let id = "ti_\(String(repeating: "0123456789", count: 3))"
        let number = try await house.keep([], traces: [.init(name: "x-siliconcloud-trace-id", value: id)], job: "j1")
        for entry in [
            "trace j1", "trace r\(number)", "timing j1", "timing r2", "help keys", "drift j1", "drift --docs",
        ] {
            let shown = await house.run(entry)
            #expect(shown.code == .ok && !shown.lines.isEmpty)
            // Only a URL that no line has room for may be longer.
            for line in shown.lines where line.trimmingBlanks.contains(" ") {
                #expect(DisplayWidth.columns(of: line) <= columns, "\(entry): \(line)")
            }
        }
        #expect(await house.run("trace r\(number)").results.contains(id))
    }

    @Test("in a pipe nothing is broken")
    func pipe() async throws {
        let house = try house(columns: 40, isTerminal: false)
        await house.finishedJob(prompt: "a cat")
        #expect(await house.run("timing r2").lines.count == 2)
        #expect(await house.run("trace r2").lines.count == 3)
    }

    @Test("commands to try stay in one piece, one a line where they do not fit side by side")
    func tries() {
        let failure = ShellFailure("no", tries: ["submit seed=1 prompt=\"a cat\"", "replay r5"])
        #expect(failure.triedLines(in: .english, width: 80) == ["  try: submit seed=1 prompt=\"a cat\", replay r5"])
        #expect(
            failure.triedLines(in: .english, width: 40) == [
                "  try: submit seed=1 prompt=\"a cat\"", "       replay r5",
            ]
        )
    }
}
