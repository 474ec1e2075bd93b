#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A pipe from the process to itself: a byte written by any thread ends a wait in poll().
struct SelfPipe: Sendable {
    let readEnd: Int32
    let writeEnd: Int32

    init() throws(TerminalSetupError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw TerminalSetupError(code: .pipe, errno: errno)
        }
        for end in ends {
            _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        readEnd = ends[0]
        writeEnd = ends[1]
    }

    func wake() {
        var byte: UInt8 = 0
        // A full pipe already wakes the reader.
        _ = write(writeEnd, &byte, 1)
    }

    /// Takes what was written so far, without waiting.
    func drain() -> [UInt8] {
        var taken: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64)
        while let count = Descriptors.read(readEnd, into: &chunk), count > 0 {
            taken += chunk.prefix(count)
        }
        return taken
    }

    func close() {
        Descriptors.close(readEnd)
        Descriptors.close(writeEnd)
    }
}
