import GRDB
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The files of a journal as they were when it was opened: the database, its write-ahead log and the log's index.
///
/// SQLite goes on in files that have lost their names, and in an index of its own beside another process's.
final class OpenFiles: Sendable {
    private let path: String
    private let identities: [FileIdentity?]
    private let hasRescued = Mutex(false)

    init(_ path: String) {
        self.path = path
        identities = Self.identities(path)
    }

    /// Whether their names still lead to them.
    var areInPlace: Bool { identities == Self.identities(path) }

    private static func identities(_ path: String) -> [FileIdentity?] {
        ["", "-wal", "-shm"].map { FileIdentity(path: path + $0) }
    }

    /// Writes what the connection still sees of files without names into one beside them, once.
    ///
    /// - Returns: where, as the rest of a sentence.
    func rescue(_ db: Database) -> String {
        let copy = "\(path).rescued-\(getpid())"
        return hasRescued.withLock { hasRescued in
            if !hasRescued {
                do {
                    try PrivateFiles.makeFile(copy)
                    try db.execute(sql: "VACUUM INTO ?", arguments: [copy])
                    hasRescued = true
                } catch {
                    unlink(copy)
                    return ""
                }
            }
            return ", what it held is in \(copy)"
        }
    }
}
