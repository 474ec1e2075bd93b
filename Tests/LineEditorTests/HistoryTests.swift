import CEditLine
import Testing

@testable import LineEditor

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

@Suite("History file")
struct HistoryTests {
    private static let entries = [
        "plain", "with blanks  and\ttab", "two\nlines", "back\\slash \\040", "中文 😀", "\u{1}\u{7F}", "%$#;|'\"", "é",
    ]

    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        TerminalLocale.force()
        folder = try TemporaryFolder()
        path = folder.file("state/history")
    }

    private func mode(of path: String) -> mode_t {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
    }

    @Test("Every entry survives encoding", arguments: entries)
    func roundTrip(entry: String) {
        #expect(HistoryEncoding.decode(HistoryEncoding.encode(entry).utf8) == entry)
    }

    @Test(
        "All of strvis's forms are read",
        arguments: [
            ("a\\040b", "a b"), ("\\^I", "\t"), ("\\^?", "\u{7F}"), ("\\M-d\\M-8\\M--", "中"),
            ("\\n\\t\\s\\\\", "\n\t \\"),
            ("\\$x", "x"), ("\\q", "\\q"), ("end\\", "end\\"), ("\\7", "\u{7}"), ("\\M", "\\M"),
        ] as [(String, String)]
    )
    func decoding(line: String, expected: String) {
        #expect(HistoryEncoding.decode(line.utf8) == expected)
    }

    @Test("Appended entries are loaded, oldest first, from a file and folder for the owner alone")
    func appendAndLoad() throws {
        let file = HistoryFile(path: path)
        #expect(try file.load().isEmpty)
        for entry in Self.entries {
            try file.append(entry)
        }
        #expect(try file.load() == Self.entries)
        #expect(mode(of: path) == 0o600)
        #expect(mode(of: folder.file("state")) == 0o700)
    }

    @Test("A file that others may read is closed to them")
    func permissions() throws {
        let file = HistoryFile(path: path)
        try file.append("a")
        chmod(path, 0o644)
        try file.append("b")
        #expect(mode(of: path) == 0o600)
    }

    @Test("Sessions appending at once lose nothing and tear nothing")
    func twoSessions() async throws {
        let path = path
        try await withThrowingTaskGroup { group in
            for session in 0..<4 {
                group.addTask {
                    let file = HistoryFile(path: path)
                    for number in 0..<50 {
                        try file.append("\(session) \(number)")
                    }
                }
            }
            try await group.waitForAll()
        }
        let loaded = try HistoryFile(path: path).load()
        #expect(loaded.count == 200)
        for session in 0..<4 {
            #expect(loaded.filter { $0.hasPrefix("\(session) ") } == (0..<50).map { "\(session) \($0)" })
        }
    }

    @Test("Loading trims to the newest entries, and an open session's next append is not lost")
    func trimming() throws {
        let long = HistoryFile(path: path, limit: 1_000)
        for number in 0..<23 {
            try long.append("\(number)")
        }
        let short = HistoryFile(path: path, limit: 20)
        #expect(try short.load() == (3..<23).map { "\($0)" })
        try long.append("23")
        #expect(try long.load() == (3..<24).map { "\($0)" })
        #expect(mode(of: path) == 0o600)
    }

    @Test("libedit reads what we write")
    func libeditReads() throws {
        let file = HistoryFile(path: path)
        for entry in Self.entries {
            try file.append(entry)
        }
        let history = try #require(history_winit())
        defer { history_wend(history) }
        ced_history_set_size(history, 100)
        #expect(ced_history_load(history, path) > 0)
        for (back, entry) in Self.entries.reversed().enumerated() {
            let read = try #require(ced_history_entry(history, Int32(back)))
            #expect(String(wide: UnsafeBufferPointer(start: read, count: wcslen(read))) == entry)
        }
    }

    @Test("We read what libedit writes")
    func libeditWrites() throws {
        let history = try #require(history_winit())
        defer { history_wend(history) }
        ced_history_set_size(history, 100)
        for entry in Self.entries {
            _ = entry.withWideCharacters { ced_history_enter(history, $0) }
        }
        let file = HistoryFile(path: path)
        _ = try file.load()
        #expect(ced_history_save(history, path) > 0)
        #expect(try file.load() == Self.entries)
    }

    @Test("A path that cannot be written says so in a sentence")
    func unwritable() throws {
        let file = HistoryFile(path: "/dev/null/history")
        #expect {
            try file.append("x")
        } throws: { error in
            let failure = error as? HistoryFileError
            return failure?.code == .create && failure.map { "\($0)".contains("/dev/null/history") } == true
        }
    }
}
