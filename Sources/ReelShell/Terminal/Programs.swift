#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Other programs of this machine.
enum Programs {
    /// Where `name` is found on the search path; nil when it is not installed.
    static func find(_ name: String, environment: [String: String] = Environment.variables()) -> String? {
        for folder in (environment["PATH"] ?? "").split(separator: ":") {
            let path = "\(folder)/\(name)"
            if isFile(path), access(path, X_OK) == 0 { return path }
        }
        return nil
    }

    /// Whether there is a file at `path`, and no folder.
    static func isFile(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// A word for `/bin/sh`, whatever is in it.
    static func quoted(_ word: String) -> String { "'\(word.replacing("'", with: "'\\''"))'" }

    /// A word for `/bin/sh`, in quotes only where it needs them.
    static func word(_ word: String) -> String {
        let isPlain = word.unicodeScalars.allSatisfy { $0.isNamePart || "=:/@,+%".unicodeScalars.contains($0) }
        return isPlain && !word.isEmpty ? word : quoted(word)
    }

    /// What installs `package` here.
    static func installation(of package: String) -> String {
        #if canImport(Darwin)
        "brew install \(package)"
        #else
        if find("apt-get") != nil { return "apt install \(package)" }
        if find("dnf") != nil { return "dnf install \(package)" }
        if find("pacman") != nil { return "pacman -S \(package)" }
        return "install \(package) with this system's package manager"
        #endif
    }
}

/// Lines for the user's shell.
package enum ShellLine {
    /// Words as `/bin/sh` reads them back.
    package static func joined(_ words: [String]) -> String { words.map(Programs.word).joined(separator: " ") }

    /// What shows why a file cannot be read: itself, or the folder where it should be.
    package static func look(for path: String) -> String {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        return LocalFiles.exists(path) ? "ls -ld \(joined([path]))" : "ls \(joined([folder.isEmpty ? "/" : folder]))"
    }
}

/// The person's own editor: `$VISUAL`, `$EDITOR`, else vi.
enum ExternalEditor {
    /// Lets `text` be edited in a file of its own; the terminal has been given to the editor.
    ///
    /// - Returns: the text afterwards, without a final newline; nil when the editor failed or there is no place for the
    ///   file.
    static func edit(_ text: String, suffix: String = ".txt") -> String? {
        let environment = Environment.variables()
        let folder = environment["TMPDIR"] ?? "/tmp"
        // mkstemps makes the file for this user alone: the entry may hold what nobody else should read.
        var template = Array("\(folder)/reel-XXXXXX\(suffix)".utf8CString)
        let file = mkstemps(&template, Int32(suffix.utf8.count))
        guard file >= 0 else { return nil }
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { unlink(path) }
        let bytes = Array((text + "\n").utf8)
        let written = bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
        close(file)
        guard written == bytes.count else { return nil }
        guard ChildProcess.run("\(EditorRun.command) \(Programs.quoted(path))", input: nil) == 0 else { return nil }
        guard let edited = contents(of: path) else { return nil }
        return edited.hasSuffix("\n") ? String(edited.dropLast()) : edited
    }

    private static func contents(of path: String) -> String? {
        // Opened anew: many editors write another file and rename it.
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = read(file, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            if count <= 0 { return count == 0 ? String(decoding: bytes, as: UTF8.self) : nil }
            bytes += chunk.prefix(count)
        }
    }
}
