package import VideoProviderKit

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// `credentials.yaml`: what `login` stored, by instance, in a file of ours with mode 0600.
///
/// A key stands in the file itself, or the file says that the system's keychain has it.
package struct CredentialFile: Sendable, Hashable {
    /// Where a stored key is.
    package enum Entry: Sendable {
        /// In the file.
        case key(Secret)
        /// In the keychain.
        case keychain
    }

    package let path: String

    package init(path: String) { self.path = path }

    /// What is stored for an instance; nil when there is nothing or no file.
    package func entry(_ name: String) throws(Fault) -> Entry? {
        guard access(path, F_OK) == 0 else { return nil }
        return try Self.parse(CredentialReader.readPrivateFile(path)).last { $0.name == name }?.entry
    }

    /// Stores or, with nil, removes what is known of an instance.
    package func set(_ entry: Entry?, for name: String) throws(Fault) {
        let exists = access(path, F_OK) == 0
        var entries = exists ? try Self.parse(CredentialReader.readPrivateFile(path)) : []
        entries.removeAll { $0.name == name }
        if let entry { entries.append((name, entry)) }
        try save(entries)
    }

    private static func parse(_ text: String) -> [(name: String, entry: Entry)] {
        text.split(whereSeparator: \.isNewline).compactMap { line in
            guard line.first != "#", let mark = line.firstRange(of: ": ") else { return nil }
            let name = unquoted(line[..<mark.lowerBound])
            let value = line[mark.upperBound...]
            if value == "!keychain" || value == "!keychain ''" { return (name, .keychain) }
            return Secret(unquoted(value)).map { (name, .key($0)) }
        }
    }

    /// A YAML scalar: plain, in `'...'` with doubled quotes, or in `"..."`.
    private static func unquoted(_ text: Substring) -> String {
        guard text.count >= 2, let first = text.first, first == text.last, first == "'" || first == "\"" else {
            return String(text)
        }
        let inner = String(text.dropFirst().dropLast())
        return first == "'" ? inner.replacing("''", with: "'") : inner.replacing("\\\"", with: "\"")
    }

    /// Replaces the file in one step; it is never readable for others, not even for a moment.
    private func save(_ entries: [(name: String, entry: Entry)]) throws(Fault) {
        var text = "# Keys stored by \"reel login\". Nobody but you may read this file.\n"
        for (name, entry) in entries {
            switch entry {
            case .key(let secret): text += "\(name): '\(secret.exposed.replacing("'", with: "''"))'\n"
            case .keychain: text += "\(name): !keychain ''\n"
            }
        }
        func failure() -> Fault { Fault(.local, "\(path) cannot be written: \(String(cString: strerror(errno))).") }
        var template = Array("\(path).XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw failure() }
        let temporary = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let bytes = Array(text.utf8)
        let isWritten = fchmod(descriptor, 0o600) == 0 && systemWrite(descriptor, bytes) && fsync(descriptor) == 0
        close(descriptor)
        guard isWritten, rename(temporary, path) == 0 else {
            let fault = failure()
            unlink(temporary)
            throw fault
        }
    }

    private func systemWrite(_ descriptor: CInt, _ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}

/// The system's keychain, by its command-line tool: `secret-tool`, or `security` on macOS.
package enum Keychain {
    /// The command that prints the key.
    package static func lookup(_ name: String) -> String {
        #if os(macOS)
        "security find-generic-password -s reel -a \(quoted(name)) -w 2>/dev/null"
        #else
        "secret-tool lookup application reel instance \(quoted(name)) 2>/dev/null"
        #endif
    }

    /// The command that stores the key it reads from its input; it fails where there is no keychain.
    package static func store(_ name: String) -> String {
        #if os(macOS)
        "security -i >/dev/null 2>&1"
        #else
        "secret-tool store --label=\(quoted("reel \(name)")) application reel instance \(quoted(name)) >/dev/null 2>&1"
        #endif
    }

    /// What ``store(_:)`` reads; the key is never an argument, which other users could see.
    package static func input(_ name: String, _ secret: Secret) -> [UInt8] {
        #if os(macOS)
        Array("add-generic-password -U -s reel -a \(quoted(name)) -w \(quoted(secret.exposed))\n".utf8)
        #else
        Array(secret.exposed.utf8)
        #endif
    }

    /// The command that removes the key.
    package static func remove(_ name: String) -> String {
        #if os(macOS)
        "security delete-generic-password -s reel -a \(quoted(name)) >/dev/null 2>&1"
        #else
        "secret-tool clear application reel instance \(quoted(name)) >/dev/null 2>&1"
        #endif
    }

    private static func quoted(_ text: String) -> String { "'\(text.replacing("'", with: "'\\''"))'" }
}
