import ReelShell

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Where things are kept (XDG Base Directory Specification).
struct Locations {
    /// Journal and history.
    var state: String
    /// Settings.
    var configuration: String
    /// Whether ``state`` is removed at the end.
    var isTemporary = false

    init(_ environment: [String: String]) {
        let home = Self.home(environment["HOME"])
        func folder(_ variable: String, _ fallback: String) -> String {
            guard let path = environment[variable], path.hasPrefix("/") else { return "\(home)/\(fallback)" }
            return path
        }
        state = folder("XDG_STATE_HOME", ".local/state") + "/reel"
        configuration = folder("XDG_CONFIG_HOME", ".config") + "/reel"
    }

    /// The home folder: as the variable says where it is a whole path, else as the system knows it.
    ///
    /// Never the current folder: whoever owns that would give the settings, and with them the server and the key's command.
    private static func home(_ variable: String?) -> String {
        if let variable, variable.hasPrefix("/") { return variable }
        guard let entry = getpwuid(geteuid()), let folder = entry.pointee.pw_dir else { return "/nonexistent" }
        return String(cString: folder)
    }

    /// The places of a sandbox session: `folder`, or a temporary one that goes with the session.
    mutating func useSandbox(_ folder: String?) throws(ShellFailure) {
        if let folder {
            state = folder
            return
        }
        let base = Environment.variables()["TMPDIR"] ?? "/tmp"
        var template = Array("\(base)/reel-sandbox-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw ShellFailure("no temporary folder can be made in \(base)", code: .local, kind: "local")
        }
        state = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        isTemporary = true
    }

    /// Removes the temporary state.
    func removeTemporary() {
        guard isTemporary else { return }
        remove(folder: state)
    }

    private func remove(folder: String) {
        guard let directory = opendir(folder) else { return }
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name != ".", name != ".." else { continue }
            let path = "\(folder)/\(name)"
            if entry.pointee.d_type == UInt8(DT_DIR) { remove(folder: path) } else { unlink(path) }
        }
        closedir(directory)
        rmdir(folder)
    }
}
