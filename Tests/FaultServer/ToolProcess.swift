import Foundation
import Synchronization

/// A program of the system's beside a test, its output collected.
package final class ToolProcess: Sendable {
    /// What went wrong with a program.
    package struct Problem: Error, CustomStringConvertible {
        package let description: String
    }

    private struct State: ~Copyable {
        var output: [UInt8] = []
    }

    private let process = Process()
    private let input = Pipe()
    private let state = Mutex(State())

    /// Starts the program called `words[0]`.
    package init(_ words: [String], folder: String? = nil) throws {
        guard let program = Self.path(of: words[0]) else { throw Problem(description: "\(words[0]) is not installed.") }
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = Array(words.dropFirst())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
        try process.run()
        let reader = output.fileHandleForReading
        Thread.detachNewThread { [self] in
            while case let bytes = reader.availableData, !bytes.isEmpty {
                state.withLock { state in state.output += bytes }
            }
        }
    }

    deinit { stop() }

    /// Everything it has written to its standard output.
    package var output: [UInt8] { state.withLock { state in state.output } }

    /// Writes to its standard input.
    package func write(_ bytes: [UInt8]) { try? input.fileHandleForWriting.write(contentsOf: bytes) }

    /// Ends it and waits for that.
    package func stop() {
        guard process.isRunning else { return }
        process.terminate()
        process.waitUntilExit()
    }

    /// Where a program is installed.
    package static func path(of name: String) -> String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        return (folders.map(String.init) + ["/usr/sbin"]).map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Runs a program to its end, which must be a good one.
    package static func run(_ words: [String], folder: String? = nil) throws {
        let tool = try ToolProcess(words, folder: folder)
        try? tool.input.fileHandleForWriting.close()
        tool.process.waitUntilExit()
        guard tool.process.terminationStatus == 0 else {
            throw Problem(description: "\(words.joined(separator: " ")) ended with \(tool.process.terminationStatus).")
        }
    }
}
