#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Space on the journal's disk: how much is left, and a file that can be given up for a receipt.
enum DiskReserve {
    static let size = 1 << 20

    /// Makes the reserve unless it is there.
    ///
    /// A disk that has no room for it is found out by the first write.
    static func make(_ path: String) {
        var info = stat()
        if lstat(path, &info) == 0, info.st_size >= size { return }
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { return }
        defer { close(file) }
        // No zeros, which some file systems store as a hole.
        let block = [UInt8](repeating: 0x5A, count: 65536)
        for _ in 0..<(size / block.count) where write(file, block, block.count) != block.count { return }
    }

    /// Gives the space back; false when there was none to give.
    static func spend(_ path: String) -> Bool { unlink(path) == 0 }

    /// Bytes an ordinary user may still write where `path` is; nil when that cannot be told.
    static func freeSpace(_ path: String) -> Int? {
        var info = statvfs()
        guard statvfs(path, &info) == 0 else { return nil }
        let (bytes, overflow) = UInt64(info.f_bavail).multipliedReportingOverflow(by: UInt64(info.f_frsize))
        return overflow ? Int.max : Int(clamping: bytes)
    }
}

extension JobJournal {
    /// Bytes left on the journal's disk; nil for a journal in memory.
    package func freeSpace() -> Int? { directory.flatMap { space.freeBytes($0) } }

    /// Gives up the reserve so that a receipt finds a place; false when there is none.
    package func spendReserve() -> Bool { directory.map { DiskReserve.spend("\($0)/reserve") } ?? false }

    /// Stores what is worth the reserve: once more without it where the disk may be full.
    package func withReserve<Value>(
        _ change: () async throws(JournalError) -> Value
    ) async throws(JournalError) -> Value {
        do throws(JournalError) { return try await change() } catch {
            guard error.mayBeLackOfSpace, spendReserve() else { throw error }
        }
        return try await change()
    }

    /// Makes the reserve anew, once there is room again.
    package func restoreReserve() {
        guard let directory, let free = freeSpace(), free > 4 * DiskReserve.size else { return }
        DiskReserve.make("\(directory)/reserve")
    }
}

/// How the space on a disk is asked for, so that tests can fill it.
package struct DiskSpace: Sendable {
    /// Bytes left where the path is.
    package var freeBytes: @Sendable (String) -> Int?

    /// Takes a question.
    package init(_ freeBytes: @escaping @Sendable (String) -> Int?) { self.freeBytes = freeBytes }

    /// Asks the system.
    package static let system = DiskSpace { DiskReserve.freeSpace($0) }
}
