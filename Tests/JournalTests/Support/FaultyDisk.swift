import GRDB
import GRDBSQLite
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

// Macros that Swift does not import.
let ioWriteError = SQLITE_IOERR | (3 << 8)
let ioSyncError = SQLITE_IOERR | (4 << 8)

/// A disk under SQLite that fails when told to: between SQLite and the system's files, for paths of one folder.
///
/// The n-th write or sync below the folder fails with the given code; with `stays` every later one does too, as after a
/// kill or on a disk that is full for good.
final class FaultyDisk: Sendable {
    struct Plan: Sendable {
        var folder: String
        var failsAt: Int
        var code: Int32
        var stays: Bool
        var onlySyncs = false
        /// Opens for writing are turned into opens for reading, as on a read-only disk.
        var isReadOnly = false
        var count = 0
    }

    private let folder: String

    /// Makes the disk that holds `folder` fail.
    init(_ folder: String, failsAt: Int, code: Int32 = ioWriteError, stays: Bool = true, onlySyncs: Bool = false) {
        self.folder = folder
        Shim.install()
        let plan = Plan(folder: folder, failsAt: failsAt, code: code, stays: stays, onlySyncs: onlySyncs)
        Shim.plans.withLock { $0[folder] = plan }
    }

    init(readOnly folder: String) {
        self.folder = folder
        Shim.install()
        let plan = Plan(folder: folder, failsAt: .max, code: SQLITE_READONLY, stays: true, isReadOnly: true)
        Shim.plans.withLock { $0[folder] = plan }
    }

    deinit { heal() }

    /// Must come before the files are opened that are to fail later.
    static func prepare() { Shim.install() }

    /// How many writes and syncs there were.
    var count: Int { Shim.plans.withLock { $0[folder]?.count ?? 0 } }

    /// Ends the failures.
    func heal() { Shim.plans.withLock { $0[folder] = nil } }
}

/// The layer itself: SQLite's own file system with two calls wrapped.
private enum Shim {
    /// The methods of a file's own, its folder's plan found by path.
    struct File: @unchecked Sendable {
        var methods: UnsafePointer<sqlite3_io_methods>
        var path: String
    }

    static let plans = Mutex<[String: FaultyDisk.Plan]>([:])
    private static let files = Mutex<[Int: File]>([:])
    // Made once and never freed: SQLite keeps them for the life of the process.
    private static let installed: Bool = {
        guard let original = sqlite3_vfs_find(nil) else { return false }
        let vfs = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
        vfs.initialize(to: original.pointee)
        vfs.pointee.pNext = nil
        vfs.pointee.zName = UnsafePointer(strdup("reel-faulty"))
        vfs.pointee.pAppData = UnsafeMutableRawPointer(original)
        vfs.pointee.xOpen = { vfs, name, file, flags, outFlags in
            Shim.open(vfs, name, file, flags, outFlags)
        }
        return sqlite3_vfs_register(vfs, 1) == SQLITE_OK
    }()

    /// Puts the layer in place; only files that are opened afterwards go through it.
    static func install() { precondition(installed, "SQLite has no file system to wrap") }

    private static func open(
        _ vfs: UnsafeMutablePointer<sqlite3_vfs>?,
        _ name: sqlite3_filename?,
        _ file: UnsafeMutablePointer<sqlite3_file>?,
        _ flags: Int32,
        _ outFlags: UnsafeMutablePointer<Int32>?
    ) -> Int32 {
        guard let data = vfs?.pointee.pAppData, let file else { return SQLITE_CANTOPEN }
        let original = data.assumingMemoryBound(to: sqlite3_vfs.self)
        let path = name.map { String(cString: $0) } ?? ""
        var flags = flags
        let isReadOnly = plans.withLock { plans in plans.values.contains { $0.isReadOnly && path.hasPrefix($0.folder) }
        }
        if isReadOnly {
            guard path.hasSuffix(".sqlite") else { return SQLITE_CANTOPEN }
            flags = flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) | SQLITE_OPEN_READONLY
        }
        let code = original.pointee.xOpen(original, name, file, flags, outFlags)
        guard code == SQLITE_OK, let methods = file.pointee.pMethods else { return code }
        files.withLock { $0[Int(bitPattern: file)] = File(methods: methods, path: path) }
        let wrapped = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
        wrapped.initialize(to: methods.pointee)
        wrapped.pointee.xWrite = { file, bytes, count, offset in
            if let code = Shim.failure(file, isSync: false) { return code }
            return Shim.original(file)?.pointee.xWrite(file, bytes, count, offset) ?? SQLITE_IOERR
        }
        wrapped.pointee.xSync = { file, flags in
            if let code = Shim.failure(file, isSync: true) { return code }
            return Shim.original(file)?.pointee.xSync(file, flags) ?? SQLITE_IOERR
        }
        file.pointee.pMethods = UnsafePointer(wrapped)
        return code
    }

    static func original(_ file: UnsafeMutablePointer<sqlite3_file>?) -> UnsafePointer<sqlite3_io_methods>? {
        files.withLock { $0[Int(bitPattern: file)]?.methods }
    }

    static func failure(_ file: UnsafeMutablePointer<sqlite3_file>?, isSync: Bool) -> Int32? {
        guard let path = files.withLock({ $0[Int(bitPattern: file)]?.path }) else { return nil }
        return plans.withLock { plans in
            guard let folder = plans.keys.first(where: { path.hasPrefix($0) }), var plan = plans[folder] else {
                return nil
            }
            guard isSync || !plan.onlySyncs else { return nil }
            plan.count += 1
            plans[folder] = plan
            let fails = plan.stays ? plan.count >= plan.failsAt : plan.count == plan.failsAt
            return fails ? plan.code : nil
        }
    }
}
