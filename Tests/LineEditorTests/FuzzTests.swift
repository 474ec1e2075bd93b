import Foundation
import TestSupport
import Testing

@testable import LineEditor

/// Random keys against a model, while notices come fifty times a second and the window changes its size.
@Suite("random keys", .ownThread, .enabled(if: TerminalScreen.isAvailable, "tmux is not installed"))
struct FuzzTests {
    private static let isLong = ProcessInfo.processInfo.environment["REEL_TORTURE"] == "1"

    init() { TerminalLocale.force() }

    @Test("end with the entries of the model, and with every notice on the screen once", arguments: [1, 2, 3])
    func keys(seed: UInt64) throws {
        try run(seed: seed, keys: 500)
    }

    @Test(
        "ten thousand of them, too",
        .enabled(if: isLong, "REEL_TORTURE=1 runs it"),
        arguments: [10, 11, 12, 13, 14, 15] as [UInt64]
    )
    func manyKeys(seed: UInt64) throws {
        try run(seed: seed, keys: 10_000)
    }

    /// By the seed: no resizes; resizes and narrow characters; resizes and all characters.
    private func run(seed: UInt64, keys count: Int) throws {
        let (resizes, isNarrow) = (seed % 3 != 1, seed % 3 == 2)
        let screen = try TerminalScreen()
        var model = LineModel()
        var random = RandomKeys(seed: seed, isNarrow: isNarrow)
        try screen.post("ticks 20")
        var done = 0
        var keys: [String] = []
        while done < count {
            var bytes: [UInt8] = []
            let entered = model.entered.count
            // In bursts, as from fast fingers; Enter ends one, for what comes while the probe prints waits unread.
            for _ in 0...random.number(below: 30) where model.entered.count == entered {
                let key = random.next(&model)
                keys.append(String(decoding: key, as: UTF8.self).debugDescription)
                bytes += key
                done += 1
            }
            try screen.send(bytes)
            if model.entered.count > entered {
                try waitForEntries(model, screen, "seed \(seed), keys \(keys.joined(separator: " "))")
                keys = []
            }
            if resizes, random.number(below: 8) == 0 {
                _ = try stopTicks(screen)
                try resize(screen, columns: 25 + random.number(below: 100), rows: 10 + random.number(below: 30))
                try screen.post("ticks 20")
            }
        }
        model.move(to: model.line.count)
        model.insert("end")
        model.enter()
        try screen.send(Array("\u{5}end\r".utf8))
        try waitForEntries(model, screen, "seed \(seed), keys \(keys.joined(separator: " "))")
        let number = try stopTicks(screen)
        let shown = try screen.scrollback().compactMap { $0.hasPrefix("tick ") ? Int($0.dropFirst(5)) : nil }
        #expect(zip(shown, shown.dropFirst()).allSatisfy { $0 < $1 }, "seed \(seed): one came twice or out of turn")
        let lost = Set(1...number).subtracting(shown).sorted()
        // Nothing may be lost but to tmux: 3.3a, with no more than a `cat` in it, puts its cursor rows away from the text
        // when it wraps wide characters anew, and what is written next stands over something else.
        let bound = isNarrow || !resizes ? 0 : number / 10
        #expect(lost.count <= bound, "seed \(seed): \(lost) of \(number)")
    }

    /// Ends the notices; what was posted is on the screen then, with their number last.
    ///
    /// The terminal takes its new size before the program can know, and what is drawn for the old one in between no
    /// program can mend: so the window changes only while nothing is drawn.
    private func stopTicks(_ screen: TerminalScreen) throws -> Int {
        try screen.post("ticks 0")
        let file = screen.folder.file("log.ticks")
        var number = 0
        try screen.wait("the end of the ticks") { _ in
            let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
            number = text.hasSuffix("\n") ? Int(text.dropLast()) ?? 0 : 0
            return number > 0
        }
        try FileManager.default.removeItem(atPath: file)
        // The keys before are drawn when nothing on the screen changes any more.
        var (last, looks) = ("", 0)
        try screen.wait("a screen at rest") { text in
            looks = text == last ? looks + 1 : 0
            last = text
            return looks == 5
        }
        return number
    }

    private func resize(_ screen: TerminalScreen, columns: Int, rows: Int) throws {
        try screen.resize(columns: columns, rows: rows)
        try screen.wait("the new size") { _ in
            (try? String(contentsOfFile: screen.folder.file("log.size"), encoding: .utf8)) == "\(columns)x\(rows)"
        }
    }

    private func waitForEntries(_ model: LineModel, _ screen: TerminalScreen, _ comment: Comment) throws {
        let expected = model.entered.map(\.debugDescription)
        var read: [String] = []
        try screen.wait("entry \(expected.count), \(comment)") { _ in
            let log = try? String(contentsOfFile: screen.folder.file("log"), encoding: .utf8)
            read = (log ?? "").split(separator: "\n").map(String.init)
            return read.count >= expected.count
        }
        try #require(read == expected, comment)
    }
}
