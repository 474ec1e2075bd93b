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
            let code: JournalError.Code = errno == EROFS || errno == EACCES ? .readOnly : .cannotOpen
            throw JournalError(code: code, path: path, underlying: String(cString: strerror(errno)))
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

    /// A new folder that nobody else can read.
    static func makeTemporaryDirectory() throws(JournalError) -> String {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/reel-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw JournalError(code: .cannotOpen, path: parent, underlying: String(cString: strerror(errno)))
        }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Removes a folder with the files in it.
    static func remove(_ directory: String) {
        for name in names(in: directory) { unlink("\(directory)/\(name)") }
        rmdir(directory)
    }

    /// The names of the files in a folder.
    static func names(in directory: String) -> [String] {
        guard let folder = opendir(directory) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// When a file was last written, in seconds since 1970; nil where there is none.
    static func modified(_ path: String) -> Int64? {
        var info = stat()
        guard lstat(path, &info) == 0 else { return nil }
        #if canImport(Darwin)
        return Int64(info.st_mtimespec.tv_sec)
        #else
        return Int64(info.st_mtim.tv_sec)
        #endif
    }

    /// Copies the bytes of a file, if it is there.
    static func copy(_ source: String, to target: String) {
        let input = open(source, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard input >= 0 else { return }
        defer { close(input) }
        let output = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard output >= 0 else { return }
        defer { close(output) }
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(input, &chunk, chunk.count)
            guard count > 0, write(output, chunk, count) == count else { return }
        }
    }
}
