import VideoProviderKit

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Where a film is saved: never over an existing file unless asked, never under a name a server chose.
struct TargetFile: Sendable {
    /// The folder.
    var folder: String
    /// The file's name.
    var name: String

    /// The whole path.
    var path: String { folder == "." ? name : "\(folder)/\(name)" }

    /// Splits a path the user gave.
    init(path: String) {
        let cut = path.lastIndex(of: "/")
        folder = cut.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        name = cut.map { String(path[path.index(after: $0)...]) } ?? path
    }

    /// A name of ours in `folder`.
    init(folder: String, name: String) {
        self.folder = folder
        self.name = name
    }

    /// Whether something stands there, a dangling link included.
    var exists: Bool {
        var info = stat()
        return lstat(path, &info) == 0
    }

    /// Makes the folder and those above it, where they are missing.
    func makeFolder() {
        var prefix = folder.hasPrefix("/") ? "/" : ""
        for part in folder.split(separator: "/") {
            prefix += (prefix.isEmpty || prefix.hasSuffix("/") ? "" : "/") + part
            mkdir(prefix, 0o777)
        }
    }

    /// The same name with `-2`, `-3` … before the extension until it is free.
    func firstFree() -> TargetFile {
        guard exists else { return self }
        let dot = name.lastIndex(of: ".") ?? name.endIndex
        for count in 2...9999 {
            let candidate = TargetFile(folder: folder, name: "\(name[..<dot])-\(count)\(name[dot...])")
            if !candidate.exists { return candidate }
        }
        return self
    }

    /// Removes what stands there.
    func remove() { unlink(path) }

    /// Moves `part` here and makes the move durable.
    func take(_ part: String, replacing: Bool) throws(Fault) {
        if replacing {
            guard rename(part, path) == 0 else { throw PartFile.fault(path) }
        } else {
            // link(2) refuses an existing name atomically on every file system that has hard links.
            guard link(part, path) == 0 else {
                if errno == EEXIST { throw Fault(.local, "\(path) exists; use --force or another name.") }
                guard errno == EPERM || errno == EOPNOTSUPP, !exists, rename(part, path) == 0 else {
                    throw PartFile.fault(path)
                }
                return syncFolder()
            }
            unlink(part)
        }
        let mask = umask(0)
        umask(mask)
        chmod(path, 0o666 & ~mask)
        syncFolder()
    }

    private func syncFolder() {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
