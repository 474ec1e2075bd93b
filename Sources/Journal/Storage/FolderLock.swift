#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A lock on a folder for what one process must do at a time: making the tables of a journal, changing a settings file.
///
/// Whoever stands still inside holds the others up for ten seconds at most.
package struct FolderLock {
    private let descriptor: CInt
    private static let attempts = 500
    private static let pause: UInt32 = 20_000

    /// Waits for the folder; one that cannot be opened or locked is taken as free.
    package init(directory: String) {
        descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        for _ in 0..<Self.attempts {
            // Anything but being held by another is a file system without locks.
            guard flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK || errno == EINTR else { return }
            usleep(Self.pause)
        }
    }

    /// Lets the next one in.
    package func release() {
        if descriptor >= 0 { close(descriptor) }
    }
}
