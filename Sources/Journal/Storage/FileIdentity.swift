#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Which file stands at a path, so that one put in its place is told from it.
package struct FileIdentity: Sendable, Hashable {
    private let device: UInt64
    private let inode: UInt64

    /// The file at `path`, links followed; nil where there is none.
    package init?(path: String) {
        var info = stat()
        guard stat(path, &info) == 0 else { return nil }
        self.init(info)
    }

    /// An open file.
    package init?(descriptor: CInt) {
        var info = stat()
        guard fstat(descriptor, &info) == 0 else { return nil }
        self.init(info)
    }

    /// Its number on its disk, which stays when the machine starts anew; a device's number may not.
    package var number: String { String(inode) }

    private init(_ info: stat) {
        (device, inode) = (UInt64(truncatingIfNeeded: info.st_dev), UInt64(info.st_ino))
    }
}
