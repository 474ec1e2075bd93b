import Foundation
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The program in a terminal of fixed size: a tmux server of the test's own, without anybody's configuration.
final class Terminal {
    private let reel: Reel
    private let socket = "reel-e2e-\(UUID().uuidString.prefix(8))"

    /// Whether the long campaigns run as well: `.ci/torture.sh` says so.
    static let isTorture = ProcessInfo.processInfo.environment["REEL_TORTURE"] == "1"

    /// Whether there is a tmux on this machine.
    static let isAvailable = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
        FileManager.default.isExecutableFile(atPath: "\($0)/tmux")
    }

    /// Runs `body` with the program started in a terminal, and ends both afterwards.
    static func run(
        _ reel: Reel,
        _ arguments: [String] = ["--sandbox"],
        columns: Int = 80,
        rows: Int = 24,
        program: String? = nil,
        _ body: (Terminal) async throws -> Void,
    ) async throws {
        let terminal = Terminal(reel)
        defer { _ = try? terminal.tmux("kill-server") }
        try await terminal.open(try program ?? Reel.binary(), arguments, columns: columns, rows: rows)
        try await body(terminal)
    }

    private init(_ reel: Reel) { self.reel = reel }

    private func open(_ program: String, _ arguments: [String], columns: Int, rows: Int) async throws {
        var variables = reel.environment
        if variables["TERM"] == nil { variables["TERM"] = "screen-256color" }
        // The inner shell becomes the program; the outer one tells its end, which a dead pane does not always do.
        let inner = #"echo $$ > "$0.pid"; exec "$@""#
        let outer = #"trap : INT QUIT; sh -c '\#(inner)' "$0" "$@"; echo $? > "$0.code""#
        let words =
            ["env", "-i"] + variables.map { "\($0.key)=\($0.value)" } + ["sh", "-c", outer, place, program] + arguments
        let command = words.map { "'\($0.replacingOccurrences(of: "'", with: "'\\''"))'" }.joined(separator: " ")
        // First a pane that lasts: one whose program ends at once would take the server with it.
        try tmux(
            "new-session",
            "-d",
            "-x",
            "\(columns)",
            "-y",
            "\(rows)",
            "-c",
            reel.scratch.path,
            "sleep 60",
            ";",
            "set-option",
            "-g",
            "status",
            "off",
            ";",
            "set-option",
            "-g",
            "remain-on-exit",
            "on",
            ";",
            "set-option",
            "-g",
            "history-limit",
            "20000",
            ";",
            "respawn-pane",
            "-k",
            "-c",
            reel.scratch.path,
            "exec \(command)",
        )
    }

    /// The screen, a line each, without blanks at the ends and empty lines below.
    func screen() throws -> [String] {
        var lines = try tmux("capture-pane", "-p").split(separator: "\n", omittingEmptySubsequences: false).map(
            String.init
        )
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    /// What tmux knows by one of its format names, such as `pane_title`.
    func property(_ name: String) throws -> String {
        try tmux("display-message", "-p", "#{\(name)}").filter { $0 != "\n" }
    }

    /// The names of the paste buffers: a program that reaches the clipboard makes one.
    func buffers() throws -> String { try tmux("list-buffers") }

    /// Everything the terminal has shown, what scrolled away included.
    func scrollback() throws -> [String] {
        var lines = try tmux("capture-pane", "-p", "-S", "-").split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    /// The screen with its colours, as sequences.
    func colors() throws -> String { try tmux("capture-pane", "-p", "-e") }

    /// Sends bytes as they are, without the marks of a paste.
    func send(_ bytes: [UInt8]) throws {
        let file = reel.scratch("bytes")
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        try tmux("load-buffer", file, ";", "paste-buffer", "-r")
    }

    /// Waits until the last line of the screen is `text`, the right prompt not counted.
    @discardableResult
    func waitForLast(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) async throws -> [String] {
        try await wait("the line \(text)", sourceLocation: sourceLocation) { screen in
            guard let last = screen.last, last.hasPrefix(text) else { return false }
            let rest = last.dropFirst(text.count)
            return rest.allSatisfy { $0 == " " } || rest.drop { $0 == " " }.hasPrefix("[")
        }
    }

    /// Waits until the cursor is at a place, counted from 0.
    func waitForCursor(_ column: Int, _ row: Int, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        try await wait("the cursor at \(column), \(row)", sourceLocation: sourceLocation) { _ in
            try cursor() == (column, row)
        }
    }

    /// Where the cursor is, from 0.
    func cursor() throws -> (column: Int, row: Int) {
        let numbers = try tmux("display-message", "-p", "#{cursor_x} #{cursor_y}").split { $0 == " " || $0 == "\n" }
        return (Int(numbers[0]) ?? -1, Int(numbers[1]) ?? -1)
    }

    /// The process of the program.
    func processID() throws -> pid_t {
        let text = reel.text("streams/\(socket).pid").filter(\.isNumber)
        return try #require(pid_t(text))
    }

    /// Types text as it is.
    func type(_ text: String) throws { try tmux("send-keys", "-l", "--", text) }

    /// Presses keys by their tmux names, such as `C-c` or `Tab`.
    func press(_ keys: String...) throws { for key in keys { try tmux("send-keys", key) } }

    /// Types a line and Enter.
    func enter(_ line: String) throws {
        try type(line)
        try press("Enter")
    }

    /// Pastes as a terminal does, in brackets.
    func paste(_ text: String) throws {
        let file = try reel.scratch.write(text, to: "paste")
        try tmux("load-buffer", file, ";", "paste-buffer", "-p")
    }

    func resize(columns: Int, rows: Int) throws { try tmux("resize-window", "-x", "\(columns)", "-y", "\(rows)") }

    /// Waits until `condition` holds for the screen; fails with the screen as it was.
    @discardableResult
    func wait(
        _ what: Comment,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ condition: ([String]) throws -> Bool,
    ) async throws -> [String] {
        var last: [String] = []
        let holds = try await Waiting.until {
            last = try screen()
            return try condition(last)
        }
        let shown = last.joined(separator: "\n")
        try #require(holds, "\(what) did not come:\n\(shown)", sourceLocation: sourceLocation)
        return last
    }

    /// Waits until the last line of the screen begins with `text` and nothing else stands on it but the right prompt.
    @discardableResult
    func waitForPrompt(
        _ text: String = "siliconflow(sandbox)>",
        sourceLocation: SourceLocation = #_sourceLocation
    )
        async throws -> [String]
    {
        try await wait("the prompt \(text)", sourceLocation: sourceLocation) { screen in
            guard let last = screen.last, last.hasPrefix(text) else { return false }
            let rest = last.dropFirst(text.count).drop { $0 == " " }
            return rest.isEmpty || rest.hasPrefix("[")
        }
    }

    /// Waits until a line of the screen contains `text`.
    @discardableResult
    func waitForLine(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) async throws -> [String] {
        try await wait("a line with \(text)", sourceLocation: sourceLocation) { $0.contains { $0.contains(text) } }
    }

    /// Whether the program is over.
    var hasEnded: Bool { reel.text("streams/\(socket).code").hasSuffix("\n") }

    /// Waits until the program has ended, and returns its exit code; 128 and the number for a signal.
    func exitCode(sourceLocation: SourceLocation = #_sourceLocation) async throws -> Int? {
        let hasEnded = try await Waiting.until { self.hasEnded }
        let shown = try screen().joined(separator: "\n")
        try #require(hasEnded, "the program did not end:\n\(shown)", sourceLocation: sourceLocation)
        return Int(reel.text("streams/\(socket).code").dropLast())
    }

    /// Where the shells around the program write its process and its end.
    private var place: String { reel.scratch("streams/\(socket)") }

    @discardableResult
    private func tmux(_ words: String...) throws -> String {
        let place = "streams/tmux"
        try reel.scratch.write("", to: place)
        var variables = reel.environment
        variables["TMUX_TMPDIR"] = reel.scratch.path
        variables["SHELL"] = "/bin/sh"
        let client = try ChildProcess(
            ["tmux", "-L", socket, "-f", "/dev/null"] + words,
            environment: variables,
            folder: reel.scratch.path,
            output: reel.scratch(place),
            errors: reel.scratch("streams/tmux.err"),
        )
        try #require(client.waitForEnd() == 0, "tmux \(words.first ?? ""): \(reel.text("streams/tmux.err"))")
        return reel.text(place)
    }
}
