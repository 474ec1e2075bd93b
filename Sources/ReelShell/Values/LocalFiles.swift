import TerminalOutput
import VideoProviderKit

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Files the user names.
package enum LocalFiles {
    /// The text of a file in UTF-8, of at most 16 MiB.
    static func text(_ path: String) throws(ShellFailure) -> String {
        try text(read(path, limit: 16 << 20), of: path)
    }

    /// Bytes as text; what is no UTF-8 is refused with its line, for what stood in its place would be sent.
    package static func text(_ bytes: [UInt8], of path: String) throws(ShellFailure) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        let lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
        let line = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0
        let isFile = !["-", "stdin", "/dev/stdin"].contains(path)
        throw ShellFailure(
            "\(path) is no text in UTF-8",
            why: TerminalText.sanitized(bytes: lines[line].prefix(200), for: .name),
            place: "line \(line + 1)",
            tries: isFile ? ["!file \(Quoting.word(path))"] : [],
            code: .local,
            kind: "local"
        )
    }

    /// The bytes of a file, of at most `limit` bytes.
    static func read(_ path: String, limit: Int = 256 << 20) throws(ShellFailure) -> [UInt8] {
        let expanded = expand(path)
        let descriptor = open(expanded, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path, "cannot be read") }
        defer { close(descriptor) }
        var info = stat()
        guard fstat(descriptor, &info) == 0 else { throw failure(path, "cannot be read") }
        guard info.st_mode & S_IFMT != S_IFDIR else {
            throw ShellFailure(
                "\(path) cannot be read",
                why: "it is a folder",
                tries: ["!ls \(Quoting.word(path))"],
                code: .local,
                kind: "local"
            )
        }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = systemRead(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(path, "cannot be read") }
            if count == 0 { return bytes }
            bytes += chunk.prefix(count)
            guard bytes.count <= limit else {
                throw ShellFailure(
                    "\(path) is too large",
                    why: "at most \(limit) bytes are read",
                    tries: ["!ls -lh \(Quoting.word(path))"],
                    code: .local,
                    kind: "local"
                )
            }
        }
    }

    /// Writes or appends; a new file gets the usual mode.
    static func write(_ bytes: [UInt8], to path: String, appending: Bool) throws(ShellFailure) {
        let flags = O_WRONLY | O_CREAT | O_CLOEXEC | (appending ? O_APPEND : O_TRUNC)
        let descriptor = open(expand(path), flags, 0o666)
        guard descriptor >= 0 else { throw failure(path, "cannot be written") }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure(path, "cannot be written") }
            rest = rest.dropFirst(count)
        }
    }

    /// The names in a folder that begin with `prefix`, folders with a slash.
    static func names(beginning prefix: String) -> [String] {
        let cut = prefix.lastIndex(of: "/").map(prefix.index(after:)) ?? prefix.startIndex
        let (folder, start) = (String(prefix[..<cut]), prefix[cut...])
        guard let directory = opendir(folder.isEmpty ? "." : expand(folder)) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let isFolder = entry.pointee.d_type == UInt8(DT_DIR)
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name.hasPrefix(start), start.hasPrefix(".") || !name.hasPrefix(".") else { continue }
            names.append(folder + name + (isFolder ? "/" : ""))
        }
        return names.sorted()
    }

    /// `~/x` with the home folder in place.
    static func expand(_ path: String) -> String {
        guard path == "~" || path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
        return String(cString: home) + path.dropFirst()
    }

    /// Makes a folder with those above it, for us alone.
    static func makeFolder(_ path: String) throws(ShellFailure) {
        var made = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            made += "/\(part)"
            if mkdir(made, 0o700) != 0, errno != EEXIST { throw failure(made, "cannot be made") }
        }
    }

    /// The file behind links, which replacing would cut; a path where nothing is stays as it is.
    static func destination(_ path: String) -> String {
        if let real = realpath(path, nil) {
            defer { free(real) }
            return String(cString: real)
        }
        // A link whose file is still to be made.
        var target = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(path, &target, target.count)
        guard count > 0 else { return path }
        let name = String(decoding: target[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard !name.hasPrefix("/"), let slash = path.lastIndex(of: "/") else { return name }
        return "\(path[...slash])\(name)"
    }

    /// Writes a file in one step: a reader sees the old content or the new.
    ///
    /// It is for us alone, or with `keepsMode` for whom it was before; one that its owner made read-only stays then.
    static func replace(_ path: String, with bytes: [UInt8], keepsMode: Bool = false) throws(ShellFailure) {
        var info = stat()
        let mode = keepsMode && stat(path, &info) == 0 ? info.st_mode & 0o777 : nil
        if let mode, mode & 0o200 == 0 {
            errno = EACCES
            throw failure(path, "cannot be written")
        }
        var template = Array("\(path).XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw failure(path, "cannot be written") }
        let temporary = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let isWritten = bytes.withUnsafeBytes { buffer -> Bool in
            var offset = 0
            while offset < buffer.count {
                let count = systemWrite(descriptor, buffer.baseAddress.map { $0 + offset }, buffer.count - offset)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                offset += count
            }
            return fsync(descriptor) == 0 && (mode.map { fchmod(descriptor, $0) == 0 } ?? true)
        }
        close(descriptor)
        guard isWritten, rename(temporary, path) == 0 else {
            let failure = failure(path, "cannot be written")
            unlink(temporary)
            throw failure
        }
    }

    /// What to do about a file that is not there: the nearest name in its folder, else to look there.
    private static func suggestion(for path: String) -> String {
        let cut = path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex
        let folder = String(path[..<cut])
        if let nearest = EditDistance.nearest(to: path, in: Array(names(beginning: folder).prefix(1000))) {
            return Quoting.word(nearest)
        }
        return folder.isEmpty ? "!ls" : "!ls \(Quoting.word(folder))"
    }

    static func failure(_ path: String, _ what: String) -> ShellFailure {
        let number = errno
        return ShellFailure(
            Message(recognizing: "\(path) \(what)"),
            why: Message(recognizing: String(cString: strerror(number))),
            tries: [number == ENOENT ? suggestion(for: path) : "!ls -ld \(Quoting.word(path))"],
            code: .local,
            kind: "local"
        )
    }
}

// The members of the C library that Swift's own names would hide.
private func systemRead(_ descriptor: CInt, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}

private func systemWrite(_ descriptor: CInt, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, buffer, count)
}
