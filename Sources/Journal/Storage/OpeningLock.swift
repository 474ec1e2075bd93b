#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A lock on the journal's folder while the journal is opened, so that of several processes one makes the tables.
///
/// Whoever stands still inside holds the others up for ten seconds at most.
struct OpeningLock {
    private let descriptor: CInt
    private static let attempts = 500
    private static let pause: UInt32 = 20_000

    init(directory: String) {
        descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        for _ in 0..<Self.attempts {
            // Anything but being held by another is a file system without locks.
            guard flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK || errno == EINTR else { return }
            usleep(Self.pause)
        }
    }

    /// Lets the next one in.
    func release() {
        if descriptor >= 0 { close(descriptor) }
    }
}
