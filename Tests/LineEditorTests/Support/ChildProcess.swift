import Spawning

@testable import LineEditor

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Runs a program and returns what it printed.
///
/// Not Foundation's: its end-of-process socket is inherited by the tmux server, which outlives the client, and
/// libdispatch's threads would hand their blocked signals on to everything in the terminal.
enum ChildProcess {
    static func run(_ path: String, _ arguments: [String], environment: [String: String]) throws -> String {
        let output = try SelfPipe()
        defer { Descriptors.close(output.readEnd) }
        _ = fcntl(output.readEnd, F_SETFL, 0)
        _ = fcntl(output.writeEnd, F_SETFL, 0)
        var program = ProgramStart([path] + arguments)
        program.environment = environment
        program.input = .reading("/dev/null")
        program.output = .descriptor(output.writeEnd)
        program.errors = .descriptor(output.writeEnd)
        let child = try program()
        Descriptors.close(output.writeEnd)
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while let count = Descriptors.read(output.readEnd, into: &chunk), count > 0 {
            bytes += chunk.prefix(count)
        }
        _ = ProgramEnd.wait(for: child)
        return String(decoding: bytes, as: UTF8.self)
    }
}
