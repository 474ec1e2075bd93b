#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Why the history file could not be used.
///
/// Editing goes on without it.
package struct HistoryFileError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Code: Sendable {
        case create
        case read
        case write
    }

    package var code: Code
    package var path: String
    package var errno: Int32

    package var description: String {
        let reason = String(cString: strerror(errno))
        return switch code {
        case .create: "The history file \(path) could not be opened (\(reason)); check its owner and permissions."
        case .read: "The history file \(path) could not be read (\(reason)); entries of earlier sessions are missing."
        case .write:
            "The history file \(path) could not be written (\(reason)); this entry is kept for this session only."
        }
    }
}

/// The entries of all sessions, in libedit's own file format, readable by the owner alone.
///
/// Sessions append under a lock instead of saving their whole list, so that two of them do not overwrite
/// each other. The lock is on the file itself, and a trimmed file replaces it, so after locking each
/// checks that the path still names the file it locked.
package final class HistoryFile: Sendable {
    package let path: String
    /// How many entries survive trimming.
    package let limit: Int

    package init(path: String, limit: Int = 10_000) {
        self.path = path
        self.limit = limit
    }

    /// The newest entries, oldest first; creates the file and its directories when they are missing.
    package func load() throws(HistoryFileError) -> [String] {
        let descriptor = try openLocked()
        defer { Descriptors.close(descriptor) }
        let entries = Self.entries(in: try contents(of: descriptor))
        // A tenth of slack, so that not every start of a full history rewrites the file.
        if entries.count > limit + limit / 10 {
            try replace(with: entries.suffix(limit))
        }
        return entries.suffix(limit)
    }

    /// Adds one entry at the end.
    package func append(_ entry: String) throws(HistoryFileError) {
        let descriptor = try openLocked()
        defer { Descriptors.close(descriptor) }
        var size = stat()
        let isEmpty = fstat(descriptor, &size) == 0 && size.st_size == 0
        let text = (isEmpty ? HistoryEncoding.header + "\n" : "") + HistoryEncoding.encode(entry) + "\n"
        try writeAll(text, to: descriptor)
    }

    static func entries(in bytes: [UInt8]) -> [String] {
        var lines = bytes.split(separator: UInt8(ascii: "\n"))
        if let first = lines.first, first.starts(with: HistoryEncoding.header.utf8) {
            lines.removeFirst()
        }
        return lines.map(HistoryEncoding.decode)
    }

    private func openLocked() throws(HistoryFileError) -> Int32 {
        createDirectories()
        while true {
            let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else {
                throw HistoryFileError(code: .create, path: path, errno: errno)
            }
            while flock(descriptor, LOCK_EX) == -1, errno == EINTR {}
            var locked = stat()
            var named = stat()
            if fstat(descriptor, &locked) == 0, stat(path, &named) == 0, locked.st_ino == named.st_ino {
                if locked.st_mode & 0o077 != 0 {
                    fchmod(descriptor, 0o600)
                }
                return descriptor
            }
            Descriptors.close(descriptor)
        }
    }

    private func contents(of descriptor: Int32) throws(HistoryFileError) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count == 0 {
                return bytes
            }
            if count > 0 {
                bytes += chunk.prefix(count)
            } else if errno != EINTR {
                throw HistoryFileError(code: .read, path: path, errno: errno)
            }
        }
    }

    private func replace(with entries: ArraySlice<String>) throws(HistoryFileError) {
        let temporary = "\(path).\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw HistoryFileError(code: .write, path: temporary, errno: errno)
        }
        defer { Descriptors.close(descriptor) }
        var text = HistoryEncoding.header + "\n"
        for entry in entries {
            text += HistoryEncoding.encode(entry)
            text += "\n"
        }
        do {
            try writeAll(text, to: descriptor)
        } catch {
            unlink(temporary)
            throw error
        }
        guard rename(temporary, path) == 0 else {
            throw HistoryFileError(code: .write, path: path, errno: errno)
        }
    }

    private func writeAll(_ text: String, to descriptor: Int32) throws(HistoryFileError) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw HistoryFileError(code: .write, path: path, errno: errno)
            }
        }
    }

    private func createDirectories() {
        var parent = ""
        for component in path.split(separator: "/", omittingEmptySubsequences: false).dropLast() {
            parent += component + "/"
            // An error shows when the file itself is opened.
            mkdir(parent, 0o700)
        }
    }
}
