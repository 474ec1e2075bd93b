import JobEngine
import ReelShell
import VideoProviderKit
import Yams

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The configuration file, `config.yaml`: settings and provider instances.
///
/// ```yaml
/// fetch.auto: off
/// instances:
///   siliconflow@intl:
///     base_url: https://api.siliconflow.com/v1
///     key: {command: "pass show siliconflow"}
/// ```
struct Configuration {
    /// Settings from the file.
    var settings: [Setting] = []
    /// Instances from the file.
    var instances: [ConfiguredInstance] = []

    /// A setting with the line it stands in.
    struct Setting {
        var name: String
        var value: String
        var line: Int
    }

    struct ConfiguredInstance {
        var name: InstanceName
        var baseURL: String?
        var caFile: String?
        var credentials: [CredentialSource] = []
        var headers: [QueryItem] = []
    }

    /// Reads `path`; an absent file is an empty configuration.
    init(path: String) throws(ShellFailure) {
        guard let text = try Self.read(path) else { return }
        let root: Node?
        do { root = try Yams.compose(yaml: text) } catch {
            throw Self.failure(path, "\(error)".split(separator: "\n").prefix(3).joined(separator: " "))
        }
        guard let root else { return }
        guard let mapping = root.mapping else { throw Self.failure(path, "it is not a list of settings") }
        for (key, value) in mapping {
            guard let name = key.string else { continue }
            if name == "instances" {
                instances = try Self.instances(value, path)
            } else {
                settings += try Self.flattened(name, value, path)
            }
        }
    }

    private static func flattened(
        _ name: String,
        _ value: Node,
        _ path: String
    ) throws(ShellFailure) -> [Setting] {
        // `fetch: {auto: off}` and `fetch.auto: off` are the same.
        if let mapping = value.mapping {
            var result: [Setting] = []
            for (key, inner) in mapping { result += try flattened("\(name).\(key.string ?? "")", inner, path) }
            return result
        }
        guard let text = value.scalar?.string else { throw failure(path, "the setting \(name) is not a word") }
        return [Setting(name: name, value: text, line: value.mark?.line ?? 1)]
    }

    private static func instances(_ node: Node, _ path: String) throws(ShellFailure) -> [ConfiguredInstance] {
        guard let mapping = node.mapping else { throw failure(path, "instances is not a list of names") }
        var result: [ConfiguredInstance] = []
        for (key, value) in mapping {
            guard let name = key.string.flatMap(InstanceName.init), let fields = value.mapping else {
                throw failure(path, "\(key.string ?? "?") is no instance; write PROVIDER@PROFILE: {base_url: …}")
            }
            var instance = ConfiguredInstance(name: name)
            for (field, content) in fields {
                switch field.string {
                case "base_url": instance.baseURL = content.string
                case "ca_file": instance.caFile = content.string
                case "key": instance.credentials = try credentials(content, name, path)
                case "headers":
                    for (header, text) in content.mapping ?? Node.Mapping([]) {
                        instance.headers.append(QueryItem(header.string ?? "", text.string ?? ""))
                    }
                default:
                    throw failure(
                        path,
                        "\(name) has no field \(field.string ?? "?"); fields are base_url, key, ca_file, headers"
                    )
                }
            }
            result.append(instance)
        }
        return result
    }

    private static func credentials(
        _ node: Node,
        _ name: InstanceName,
        _ path: String
    ) throws(ShellFailure) -> [CredentialSource] {
        guard let fields = node.mapping else {
            throw failure(
                path,
                "the key of \(name) must be {env: NAME}, {file: PATH} or {command: TEXT}, never the key itself"
            )
        }
        var sources: [CredentialSource] = []
        for (kind, value) in fields {
            guard let text = value.string else { continue }
            switch kind.string {
            case "env": sources.append(.environment(text))
            case "file": sources.append(.file(expand(text)))
            case "command": sources.append(.command(text))
            default:
                throw failure(
                    path,
                    "the key of \(name) has no source \(kind.string ?? "?"); sources are env, file, command"
                )
            }
        }
        return sources
    }

    private static func expand(_ path: String) -> String {
        guard path.hasPrefix("~/"), let home = Environment.variables()["HOME"] else { return path }
        return home + path.dropFirst()
    }

    private static func read(_ path: String) throws(ShellFailure) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        if file < 0, errno == ENOENT || errno == ENOTDIR { return nil }
        guard file >= 0 else { throw failure(path, String(cString: strerror(errno))) }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = Self.systemRead(file, &chunk)
            if count <= 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += chunk.prefix(count)
        }
    }

    private static func systemRead(_ file: CInt, _ chunk: inout [UInt8]) -> Int {
        #if canImport(Glibc)
        Glibc.read(file, &chunk, chunk.count)
        #else
        Darwin.read(file, &chunk, chunk.count)
        #endif
    }

    private static func failure(_ path: String, _ why: String) -> ShellFailure {
        ShellFailure(
            "the configuration \(path) cannot be used",
            why: why,
            tries: ["${EDITOR:-vi} \(ShellLine.joined([path]))"],
            code: .local,
            kind: "local"
        )
    }
}
