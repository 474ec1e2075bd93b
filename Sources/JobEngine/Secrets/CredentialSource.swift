package import VideoProviderKit

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Where a key comes from.
///
/// The key itself is read when it is first needed.
package enum CredentialSource: Sendable, Hashable {
    /// An environment variable, taken out of the environment at start so that children do not inherit it.
    case environment(String)
    /// A file of ours with mode 0600.
    case file(String)
    /// A command whose first line of output is the key.
    case command(String)
    /// What `login` stored for an instance: in the file, or in the keychain if the file says so.
    case stored(CredentialFile, instance: String)
    /// A value given by the program itself: the sandbox's key.
    case fixed(Secret)

    /// A word for lists: `environment SILICONFLOW_API_KEY`.
    package var summary: String {
        switch self {
        case .environment(let name): "environment \(name)"
        case .file(let path): "file \(path)"
        case .command: "command"
        case .stored: "login"
        case .fixed: "sandbox"
        }
    }

    /// Compares by source; fixed keys by identity.
    package static func == (left: Self, right: Self) -> Bool { left.summary == right.summary }

    /// Hashes the source, never the key.
    package func hash(into hasher: inout Hasher) { hasher.combine(summary) }

    /// What may be done so that the source has a key: `set SILICONFLOW_API_KEY`.
    package var advice: String {
        switch self {
        case .environment(let name): "set \(name)"
        case .stored(_, let instance): "login \(instance)"
        default: "see to \(summary)"
        }
    }
}

/// Reads keys from their sources.
package struct CredentialReader: Sendable {
    /// Runs a shell command and gives its standard output, ended after three seconds.
    package typealias CommandRunner = @Sendable (String) async throws(Fault) -> String

    private let environment: [String: String]
    private let runCommand: CommandRunner

    /// Makes a reader over a copy of the environment.
    package init(environment: [String: String], runCommand: @escaping CommandRunner = Self.refuseCommands) {
        self.environment = environment
        self.runCommand = runCommand
    }

    /// The key of `source` where it can be had at once; nil where a command or a keychain would have to be asked.
    package func secretAtHand(from source: CredentialSource) -> Secret? {
        switch source {
        case .fixed(let secret): return secret
        case .environment(let name): return environment[name].flatMap { Secret($0) }
        case .file(let path): return (try? Self.readPrivateFile(path)).flatMap { Secret($0) }
        case .stored(let file, let instance):
            guard case .key(let secret)? = try? file.entry(instance) else { return nil }
            return secret
        case .command: return nil
        }
    }

    /// The key of `source`, or nil when the source is empty.
    ///
    /// - Throws: ``Fault`` of kind local when a file is not ours or not private.
    package func secret(from source: CredentialSource) async throws(Fault) -> Secret? {
        switch source {
        case .fixed(let secret): return secret
        case .environment(let name): return environment[name].flatMap { Secret($0) }
        case .file(let path): return Secret(try Self.readPrivateFile(path))
        case .stored(let file, let instance):
            switch try file.entry(instance) {
            case nil: return nil
            case .key(let secret): return secret
            case .keychain: return try await secret(from: .command(Keychain.lookup(instance)))
            }
        case .command(let command):
            let output = try await runCommand(command)
            return output.split(whereSeparator: \.isNewline).first.flatMap { Secret($0) }
        }
    }

    /// Refuses every command.
    package static func refuseCommands(_ command: String) async throws(Fault) -> String {
        throw Fault(.local, "Commands as key sources are not available here.")
    }

    /// The text of a file that is ours, regular and 0600; checked on the open descriptor, so nothing can be swapped.
    package static func readPrivateFile(_ path: String) throws(Fault) -> String {
        // Without O_NONBLOCK a pipe would hold the program until somebody writes.
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Fault(.local, "\(path) cannot be read: \(String(cString: strerror(errno))).")
        }
        defer { close(descriptor) }
        var info = stat()
        guard fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG else {
            throw Fault(.local, "\(path) is not a regular file.")
        }
        guard info.st_uid == geteuid() else { throw Fault(.local, "\(path) belongs to somebody else.") }
        guard info.st_mode & 0o077 == 0 else {
            var fault = Fault(.local, "\(path) can be read by others.")
            fault.suggestion = "chmod 600 \(path)"
            throw fault
        }
        var bytes = [UInt8](repeating: 0, count: 65536)
        let count = read(descriptor, &bytes, bytes.count)
        guard count >= 0 else { throw Fault(.local, "\(path) cannot be read: \(String(cString: strerror(errno))).") }
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }
}
