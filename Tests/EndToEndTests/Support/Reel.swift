import Foundation
import Testing

/// The built program, run as from a shell in a folder of its own.
struct Reel {
    let scratch: Scratch
    /// Variables beyond those of every run.
    var variables: [String: String] = [:]

    init() throws { scratch = try Scratch() }

    /// How a run ended.
    struct Run {
        var output: String
        var errors: String
        var code: CInt?

        var lines: [String] {
            output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
        }
    }

    /// Runs the program with `arguments` to its end.
    func callAsFunction(_ arguments: String..., input: String? = nil) async throws -> Run {
        try await run(arguments, input: input)
    }

    /// Runs `entries` one after the other on a sandbox, twenty times as fast as real jobs.
    func script(_ entries: String..., flags: [String] = []) async throws -> Run {
        let speed = ["--sandbox", "--fetch-dir", scratch.path] + flags + ["-c", "sandbox speed 20"]
        return try await run(speed + entries.flatMap { ["-c", $0] })
    }

    /// Runs the program with `arguments` to its end.
    func run(_ arguments: [String], input: String? = nil) async throws -> Run {
        let place = UUID().uuidString.prefix(8)
        let source = try input.map { try scratch.write($0, to: "streams/\(place).in") }
        let child = try start(arguments, input: source ?? "/dev/null", place: String(place))
        let code = try await child.exitCode()
        if code == nil { Issue.record("reel \(arguments.joined(separator: " ")) did not end") }
        return Run(output: text("streams/\(place).out"), errors: text("streams/\(place).err"), code: code)
    }

    /// Starts the program; its output goes to `streams/PLACE.out` and `.err`.
    func start(
        _ arguments: [String],
        input: String = "/dev/null",
        place: String,
        output: String? = nil
    ) throws -> ChildProcess {
        try scratch.write("", to: "streams/\(place).out")
        return try ChildProcess(
            [Self.binary()] + arguments,
            environment: environment,
            folder: scratch.path,
            input: input,
            output: output ?? scratch("streams/\(place).out"),
            errors: scratch("streams/\(place).err"),
        )
    }

    /// Whether there is a device that is always full.
    static let hasFullDevice = FileManager.default.fileExists(atPath: "/dev/full")

    /// The text of a file of the run.
    func text(_ name: String) -> String { String(decoding: scratch.read(name), as: UTF8.self) }

    /// What the program sees: nothing of this machine's settings and keys.
    var environment: [String: String] {
        let own = ProcessInfo.processInfo.environment
        return [
            "HOME": scratch.path, "PATH": own["PATH"] ?? "/usr/bin:/bin", "TMPDIR": scratch.path, "LANG": "C.UTF-8",
            "XDG_STATE_HOME": scratch("state"), "XDG_CONFIG_HOME": scratch("config"),
        ].merging(variables) { $1 }
    }

    /// The program beside the test bundle, or the one that `REEL_BINARY` names.
    static func binary() throws -> String {
        if let path = ProcessInfo.processInfo.environment["REEL_BINARY"] { return path }
        var folder = URL(fileURLWithPath: testBundle).resolvingSymlinksInPath()
        while folder.path != "/" {
            folder.deleteLastPathComponent()
            let candidate = folder.appendingPathComponent("reel")
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: candidate.path, isDirectory: &isFolder)
            if exists, !isFolder.boolValue { return candidate.path }
        }
        throw Missing()
    }

    private static var testBundle: String {
        #if os(Linux)
        "/proc/self/exe"
        #else
        Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundlePath ?? Bundle.main.bundlePath
        #endif
    }

    private struct Missing: Error, CustomStringConvertible {
        var description: String { "There is no program reel beside the tests; build it first." }
    }

    /// The top folder of the checkout.
    static let checkout = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .path
}
