#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The two ends of a new terminal.
enum PseudoTerminal {
    /// Opens one.
    ///
    /// - Returns: the descriptor of the near end and the path of the far one.
    static func open() throws -> (near: Int32, far: String) {
        #if canImport(Darwin)
        let near = posix_openpt(O_RDWR | O_NOCTTY)
        guard near >= 0, grantpt(near) == 0, unlockpt(near) == 0, let name = ptsname(near) else {
            throw BenchFailure("there is no pseudo-terminal: errno \(errno)")
        }
        return (near, String(cString: name))
        #else
        // What posix_openpt and its companions do (pty(7)); glibc's module hides them behind _XOPEN_SOURCE.
        let near = Glibc.open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var unlocked: Int32 = 0
        var number: UInt32 = 0
        guard near >= 0, ioctl(near, tiocsptlck, &unlocked) == 0, ioctl(near, tiocgptn, &number) == 0 else {
            throw BenchFailure("there is no pseudo-terminal: errno \(errno)")
        }
        return (near, "/dev/pts/\(number)")
        #endif
    }

    #if !canImport(Darwin)
    private static let tiocsptlck: UInt = 0x4004_5431
    private static let tiocgptn: UInt = 0x8004_5430
    #endif
}
