#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension LocalFiles {
    /// Writes a new file; one that exists is replaced only with `force`.
    static func create(_ bytes: [UInt8], at path: String, force: Bool, isPrivate: Bool = false) throws(ShellFailure) {
        let flags = O_WRONLY | O_CREAT | O_CLOEXEC | (force ? O_TRUNC : O_EXCL)
        let descriptor = open(expand(path), flags, isPrivate ? 0o600 : 0o666)
        guard descriptor >= 0 else {
            let exists = errno == EEXIST
            throw ShellFailure(
                "\(path) cannot be written",
                why: exists ? "it exists" : Message(recognizing: String(cString: strerror(errno))),
                tries: exists ? ["--force"] : [],
                code: .local,
                kind: "local"
            )
        }
        close(descriptor)
        try write(bytes, to: path, appending: false)
    }

    /// Makes a folder, and those above it.
    static func makeFolder(_ path: String, isPrivate: Bool = false) throws(ShellFailure) {
        var made = ""
        for part in expand(path).split(separator: "/", omittingEmptySubsequences: false) {
            made += made.isEmpty && part.isEmpty ? "/" : (made.isEmpty || made.hasSuffix("/") ? "" : "/") + part
            guard !part.isEmpty, mkdir(made, isPrivate ? 0o700 : 0o777) != 0, errno != EEXIST else { continue }
            throw ShellFailure(
                "\(path) cannot be made",
                why: Message(recognizing: String(cString: strerror(errno))),
                code: .local,
                kind: "local"
            )
        }
    }

    /// Whether something is there.
    static func exists(_ path: String) -> Bool { access(expand(path), F_OK) == 0 }

    /// Whether it is a folder.
    static func isFolder(_ path: String) -> Bool {
        var info = stat()
        return stat(expand(path), &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
    }

    /// The size of a file; nil when there is none.
    static func size(_ path: String) -> Int? {
        var info = stat()
        return stat(expand(path), &info) == 0 ? Int(info.st_size) : nil
    }
}
