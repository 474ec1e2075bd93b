#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A lock on a file of this process' own.
///
/// As long as the process lives, nobody else can take it; a free lock proves that its process is gone, whatever its id
/// has become.
final class ProcessLock: Sendable {
    let path: String
    private let descriptor: CInt

    init(directory: String) throws(JournalError) {
        var template = Array("\(directory)/XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress.unsafelyUnwrapped) }
        guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code: JournalError.Code = errno == EROFS || errno == EACCES ? .readOnly : .cannotOpen
            throw JournalError(code: code, path: path, underlying: String(cString: strerror(errno)))
        }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        self.descriptor = descriptor
    }

    deinit {
        unlink(path)
        close(descriptor)
    }

    /// Removes the files that processes left which were killed before they had a row in the journal.
    ///
    /// A file of the last hour may belong to a process that has made it and not yet taken its lock.
    static func removeStale(in directory: String, at now: Int64) {
        for name in PrivateFiles.names(in: directory) {
            let path = "\(directory)/\(name)"
            guard let made = PrivateFiles.modified(path) else { continue }
            if now - made > 3600 { _ = isHeld(path) }
        }
    }

    /// Whether the process that held the lock at `path` still lives.
    static func isHeld(_ path: String) -> Bool {
        let descriptor = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return true }
        unlink(path)
        return false
    }
}
