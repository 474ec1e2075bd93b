import Foundation
private import Spawning
import Synchronization

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A program of the system's beside a test, its output collected.
///
/// Not Foundation's `Process`, whose wait for the end needs a run loop that a test's thread does not have.
package final class ToolProcess: Sendable {
    /// What went wrong with a program.
    package struct Problem: Error, CustomStringConvertible {
        package let description: String
    }

    private let id: pid_t
    /// The end of the pipe to its standard input.
    private let input: CInt
    private let collected = Mutex<[UInt8]>([])
    private let status = Mutex<CInt?>(nil)

    /// Starts the program called `words[0]`.
    package init(_ words: [String], folder: String = "/") throws {
        guard let program = Self.path(of: words[0]) else { throw Problem(description: "\(words[0]) is not installed.") }
        var (toChild, fromChild): ([CInt], [CInt]) = ([0, 0], [0, 0])
        guard pipe(&toChild) == 0, pipe(&fromChild) == 0 else { throw SocketProblem(call: "pipe") }
        for end in toChild + fromChild { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var start = ProgramStart([program] + words.dropFirst())
        start.folder = folder
        start.input = .descriptor(toChild[0])
        start.output = .descriptor(fromChild[1])
        start.errors = .device("/dev/null")
        let child = Result { () throws(StartFailure) in try start() }
        close(toChild[0])
        close(fromChild[1])
        id = try child.get()
        input = toChild[1]
        let output = fromChild[0]
        Thread.detachNewThread { [weak self] in
            var chunk = [UInt8](repeating: 0, count: 65536)
            while case let count = read(output, &chunk, chunk.count), count > 0 {
                self?.collected.withLock { bytes in bytes += chunk[..<count] }
            }
            close(output)
        }
    }

    deinit {
        stop()
        close(input)
    }

    /// Everything it has written to its standard output.
    package var output: [UInt8] { collected.withLock { $0 } }

    /// Writes to its standard input.
    package func write(_ bytes: [UInt8]) { _ = systemWrite(input, bytes, bytes.count) }

    /// Ends it and waits for that.
    package func stop() {
        guard status.withLock({ $0 == nil }) else { return }
        kill(id, SIGTERM)
        _ = waitForEnd()
    }

    /// Waits for its own end, and returns how it came to it.
    private func waitForEnd() -> CInt {
        status.withLock { known in
            if let known { return known }
            var status: CInt = 0
            while waitpid(id, &status, 0) == -1, errno == EINTR {}
            known = status
            return status
        }
    }

    /// Whether all of these programs are installed.
    package static func areInstalled(_ names: String...) -> Bool { names.allSatisfy { path(of: $0) != nil } }

    /// Where a program is installed.
    package static func path(of name: String) -> String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        return (folders.map(String.init) + ["/usr/sbin"]).map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Runs a program to its end, which must be a good one.
    package static func run(_ words: [String], folder: String) throws {
        let status = try ToolProcess(words, folder: folder).waitForEnd()
        guard status == 0 else {
            throw Problem(description: "\(words.joined(separator: " ")) ended with \(status >> 8 & 0xff).")
        }
    }
}

private func systemWrite(_ descriptor: CInt, _ bytes: [UInt8], _ count: Int) -> Int {
    #if canImport(Darwin)
    Darwin.write(descriptor, bytes, count)
    #else
    Glibc.write(descriptor, bytes, count)
    #endif
}
