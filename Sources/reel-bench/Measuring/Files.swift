#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Whole files and whole writes.
enum Files {
    static func contents(of path: String) throws -> [UInt8] {
        let input = try descriptor(path, O_RDONLY)
        defer { close(input) }
        let size = lseek(input, 0, SEEK_END)
        guard size >= 0, lseek(input, 0, SEEK_SET) == 0 else { throw BenchFailure("\(path) is not a file") }
        var bytes = [UInt8](repeating: 0, count: Int(size))
        var position = 0
        while position < bytes.count {
            let count = bytes.withUnsafeMutableBytes {
                read(input, $0.baseAddress?.advanced(by: position), $0.count - position)
            }
            guard count > 0 else { throw BenchFailure("reading \(path) failed with errno \(errno)") }
            position += count
        }
        return bytes
    }

    /// Files of `/proc` say nothing about their size.
    static func text(ofUnsized path: String) -> String? {
        guard let input = try? descriptor(path, O_RDONLY) else { return nil }
        defer { close(input) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = read(input, &bytes, bytes.count)
        return count > 0 ? String(decoding: bytes.prefix(count), as: UTF8.self) : nil
    }

    static func descriptor(_ path: String, _ flags: Int32) throws -> Int32 {
        if path == "-" { return STDIN_FILENO }
        let descriptor = open(path, flags | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw BenchFailure("opening \(path) failed with errno \(errno)") }
        return descriptor
    }

    static func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws {
        var position = 0
        while position < bytes.count {
            let count = bytes.withUnsafeBytes {
                write(descriptor, $0.baseAddress?.advanced(by: position), $0.count - position)
            }
            guard count > 0 else { throw BenchFailure("writing failed with errno \(errno)") }
            position += count
        }
    }

    /// Prints a line at once, also into a pipe.
    static func print(_ line: String) {
        try? writeAll(Array("\(line)\n".utf8), to: STDOUT_FILENO)
    }
}
