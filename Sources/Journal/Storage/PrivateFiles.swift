#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Folders and files that only their owner can read.
package enum PrivateFiles {
    /// Makes `path` with mode 0700 and the folders above it, or checks that it is ours and no symbolic link.
    package static func makeDirectory(_ path: String) throws(JournalError) {
        var prefix = ""
        for part in path.split(separator: "/", omittingEmptySubsequences: true) {
            prefix += (path.hasPrefix("/") || !prefix.isEmpty ? "/" : "") + part
            if mkdir(prefix, 0o700) != 0, errno != EEXIST {
                throw JournalError(code: .cannotOpen, path: prefix, underlying: String(cString: strerror(errno)))
            }
        }
        try check(path, kind: S_IFDIR, "a folder", mode: 0o700)
    }

    /// Makes an empty `path` with mode 0600, or checks that it is ours, regular and no symbolic link.
    package static func makeFile(_ path: String) throws(JournalError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw JournalError(code: .cannotOpen, path: path, underlying: String(cString: strerror(errno)))
        }
        close(descriptor)
        try check(path, kind: S_IFREG, "a file", mode: 0o600)
    }

    private static func check(_ path: String, kind: mode_t, _ noun: String, mode: mode_t) throws(JournalError) {
        var info = stat()
        guard lstat(path, &info) == 0 else {
            throw JournalError(code: .cannotOpen, path: path, underlying: String(cString: strerror(errno)))
        }
        guard info.st_mode & S_IFMT == kind else {
            throw JournalError(code: .unsafeFile, path: path, underlying: "it is not \(noun)")
        }
        guard info.st_uid == geteuid() else {
            throw JournalError(code: .unsafeFile, path: path, underlying: "it belongs to somebody else")
        }
        if info.st_mode & 0o777 != mode, chmod(path, mode) != 0 {
            throw JournalError(code: .unsafeFile, path: path, underlying: "its mode cannot be made private")
        }
    }
}
