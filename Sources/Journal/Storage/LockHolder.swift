import Foundation
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The process that keeps the journal locked, for the words of an error.
///
/// SQLite marks a writer in the index of the write-ahead log by a POSIX lock on the byte at offset 120
/// (https://www.sqlite.org/walformat.html, "WAL Locks").
final class LockHolder: Sendable {
    private static let writeLock: off_t = 120
    private let path: String
    /// Kept open: to close any descriptor of a file frees all locks that this process has on it, SQLite's among them.
    private let descriptor = Mutex<CInt>(-1)

    init(_ directory: String) { path = "\(directory)/journal.sqlite-shm" }

    // Without a `deinit` for the reason above: a second journal of this process may be open on the same file.

    /// Who it is, as in `Process 779, which is suspended (kill -CONT 779 lets it go on),`; nil when nobody holds it by now.
    var words: String? {
        guard let process else { return nil }
        let name = "Process \(process)"
        return Self.isSuspended(process) ? "\(name), which is suspended (kill -CONT \(process) lets it go on)," : name
    }

    private var process: pid_t? {
        descriptor.withLock { descriptor in
            if descriptor < 0 { descriptor = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC) }
            guard descriptor >= 0 else { return nil }
            var lock = flock()
            lock.l_type = Int16(F_WRLCK)
            lock.l_whence = Int16(SEEK_SET)
            (lock.l_start, lock.l_len) = (Self.writeLock, 1)
            guard fcntl(descriptor, F_GETLK, &lock) == 0, lock.l_type != Int16(F_UNLCK) else { return nil }
            return lock.l_pid
        }
    }

    /// Linux tells it in the third word of `/proc/PID/stat` (proc(5)); elsewhere it is not known.
    static func isSuspended(_ process: pid_t) -> Bool {
        guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
            let state = text.split(separator: ")").last?.first(where: { $0 != " " })
        else { return false }
        return state == "T" || state == "t"
    }
}
