import Foundation
import Testing

/// The probe in a real terminal: a tmux server of its own, with one pane of a fixed size.
///
/// Every wait is for a screen, never for a time; the number of looks is bounded only so that a failure ends.
final class TerminalScreen {
    static let isAvailable = tmuxPath != nil

    let folder: TemporaryFolder
    private let socket: String
    private static let looks = 5_000

    private static let tmuxPath = ["/usr/bin/tmux", "/usr/local/bin/tmux", "/opt/homebrew/bin/tmux"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// Where the build put the probe: beside the test bundle.
    private static var probePath: String {
        let bundle = Bundle.allBundles.map(\.bundleURL).first { $0.pathExtension == "xctest" } ?? Bundle.main.bundleURL
        let folder = bundle.pathExtension == "xctest" ? bundle.deletingLastPathComponent() : bundle
        return folder.appending(path: "line-editor-probe").path
    }

    /// Starts the probe, or a shell from which `probe` starts it, and waits for its prompt.
    init(
        columns: Int = 80,
        rows: Int = 24,
        environment: [String: String] = [:],
        editrc: String = "",
        inShell: Bool = false,
        folder: TemporaryFolder? = nil
    ) throws {
        self.folder = try folder ?? TemporaryFolder()
        socket = self.folder.file("tmux-\(UUID().uuidString.prefix(8))")
        try editrc.write(toFile: self.folder.file(".editrc"), atomically: true, encoding: .utf8)
        mkfifo(self.folder.file("control"), 0o600)
        let files = ["control", "history", "log"].map(self.folder.file)
        let probe = ([Self.probePath] + files).joined(separator: " ")
        let variables = [
            "HOME": self.folder.path, "PS1": "$ ", "ENV": "", "EDITRC": self.folder.file(".editrc"), "PROBE": probe,
        ]
        .merging(environment) { $1 }
        .map { "\($0.key)='\($0.value)'" }
        let command = inShell ? "/bin/sh -i" : probe
        try tmux([
            "-f", "/dev/null", "set", "-g", "history-limit", "100000", ";", "new-session", "-d", "-x", "\(columns)",
            "-y", "\(rows)",
            "env \(variables.joined(separator: " ")) \(command)",
            ";", "set", "-g", "status", "off", ";", "set", "-g", "remain-on-exit", "on",
        ])
        if inShell {
            try wait("the shell's prompt") { $0.hasPrefix("$") }
            // In a variable, so that the screen does not depend on the length of the paths.
            type("clear; $PROBE")
            press("Enter")
        }
        try wait("the probe's prompt") { $0.split(separator: "\n").last?.hasPrefix("probe>") == true }
    }

    deinit {
        _ = try? tmux(["kill-server"])
    }

    /// Presses keys by tmux's names: `Enter`, `C-c`, `Left`, `M-Enter`.
    func press(_ keys: String...) {
        _ = try? tmux(["send-keys"] + keys)
    }

    func type(_ text: String) {
        _ = try? tmux(["send-keys", "-l", "--", text])
    }

    /// Pastes as a terminal does, with the marks when the program asked for them.
    func paste(_ text: String) throws {
        let path = folder.file("paste")
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        try tmux(["load-buffer", path, ";", "paste-buffer", "-p"])
    }

    /// Sends bytes as they are, without the marks of a paste.
    func send(_ bytes: [UInt8]) throws {
        let path = folder.file("bytes")
        try Data(bytes).write(to: URL(filePath: path))
        try tmux(["load-buffer", path, ";", "paste-buffer", "-r"])
    }

    /// Everything the terminal has shown, what scrolled away included.
    func scrollback() throws -> [String] {
        try tmux(["capture-pane", "-p", "-S", "-"]).split(separator: "\n").map(String.init)
    }

    func resize(columns: Int, rows: Int) throws {
        try tmux(["resize-window", "-x", "\(columns)", "-y", "\(rows)"])
    }

    /// Tells the probe's other thread what to post.
    func post(_ command: String) throws {
        let pipe = try FileHandle(forWritingTo: URL(filePath: folder.file("control")))
        try pipe.write(contentsOf: Data((command + "\n").utf8))
        try pipe.close()
    }

    /// Sends a signal to the probe.
    func signal(_ number: Int32) throws {
        kill(pid_t(try value("pane_pid")) ?? 0, number)
    }

    /// What is on the screen, without blanks at the end.
    func text() throws -> String {
        var text = try tmux(["capture-pane", "-p"])
        while text.last?.isWhitespace == true {
            text.removeLast()
        }
        return text
    }

    func value(_ variable: String) throws -> String {
        try tmux(["display", "-p", "#{\(variable)}"]).trimmingCharacters(in: .newlines)
    }

    /// Waits until the screen is `expected`, and the cursor where it is marked by `|` if that is given.
    func expect(
        _ expected: String,
        cursor: (column: Int, row: Int)? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let place = cursor.map { "\($0.column),\($0.row)" }
        try wait("this screen, cursor \(place ?? "anywhere"):\n\(expected)\n", sourceLocation: sourceLocation) { text in
            guard text == expected else { return false }
            return try place == nil || value("cursor_x},#{cursor_y") == place
        }
    }

    func wait(
        _ what: String,
        sourceLocation: SourceLocation = #_sourceLocation,
        until isThere: (String) throws -> Bool
    ) throws {
        var last = ""
        for _ in 0..<Self.looks {
            last = try text()
            if try isThere(last) {
                return
            }
            usleep(5_000)
        }
        let cursor = try value("cursor_x},#{cursor_y")
        Issue.record("There was not \(what)but, cursor \(cursor):\n\(last)", sourceLocation: sourceLocation)
        throw CancellationError()
    }

    @discardableResult
    private func tmux(_ arguments: [String]) throws -> String {
        try ChildProcess.run(
            #require(Self.tmuxPath),
            ["-u", "-S", socket] + arguments,
            environment: ["TERM": "xterm-256color", "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
        )
    }
}
