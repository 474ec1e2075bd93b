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

    /// Refuses a name that is taken and may not be replaced.
    func requireFree(replacing: Bool) throws(Fault) {
        if exists, !replacing { throw taken }
        try requireReplaceable()
    }

    /// Refuses what moving a file to its name would destroy: `/dev/null` and the like.
    private func requireReplaceable() throws(Fault) {
        var info = stat()
        guard stat(path, &info) == 0, ![S_IFREG, S_IFDIR].contains(info.st_mode & S_IFMT) else { return }
        throw Fault(.local, "\(path) is no file that a film could replace; use -o FILE or -o -.")
    }

    private var taken: Fault {
        var info = stat()
        let isFolder = stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
        if isFolder { return Fault(.local, "\(path) is a folder; use -o FILE.") }
        return Fault(.local, "\(path) exists; use --force or another name.")
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
            try requireReplaceable()
            if rename(part, path) != 0 {
                guard errno == EXDEV else { throw errno == EISDIR ? taken : PartFile.fault(path) }
                try takeCopy(of: part, replacing: true)
            }
        } else if link(part, path) == 0 {
            // link(2) refuses an existing name atomically on every file system that has hard links.
            unlink(part)
        } else {
            switch errno {
            case EEXIST: throw taken
            case EXDEV: try takeCopy(of: part, replacing: false)
            case EPERM, EOPNOTSUPP:
                guard !exists, rename(part, path) == 0 else { throw PartFile.fault(path) }
            default: throw PartFile.fault(path)
            }
        }
        let mask = umask(0)
        umask(mask)
        chmod(path, 0o666 & ~mask)
        syncFolder()
    }

    /// Copies a part that stands on another disk to this one, and then takes the copy.
    private func takeCopy(of part: String, replacing: Bool) throws(Fault) {
        let copy = TargetFile(folder: folder, name: ".reel-\(name).part")
        try copy.copy(part)
        do throws(Fault) { try take(copy.path, replacing: replacing) } catch {
            copy.remove()
            throw error
        }
        unlink(part)
    }

    /// Writes the bytes of `source` here, anew and synced.
    private func copy(_ source: String) throws(Fault) {
        guard let original = PartFile(reading: source) else { throw PartFile.fault(source) }
        let target = try PartFile(path: path, resuming: false)
        do {
            var offset = 0
            while offset < original.state.size {
                let chunk = try original.read(at: offset, 1 << 20)
                try chunk.withUnsafeBytes { try target.write($0) }
                offset += chunk.count
            }
            try target.sync()
        } catch {
            remove()
            throw error as? Fault ?? Fault(.local, "\(path): \(error)")
        }
    }

    /// Has a part that was begun in another folder go on here; what cannot be moved is begun anew.
    func follow(_ old: String) -> Bool {
        guard old != path else { return true }
        var info = stat()
        guard lstat(old, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return false }
        if rename(old, path) == 0 { return true }
        guard errno == EXDEV, (try? copy(old)) != nil else { return false }
        unlink(old)
        return true
    }

    private func syncFolder() {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
