import Foundation

/// A folder of a test's own, removed at the end.
final class Scratch: Sendable {
    let path: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "reel-e2e-\(UUID().uuidString.prefix(8))"
        )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of `name` in the folder.
    func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes a file that only this user may read, unless `mode` says otherwise, and returns its path.
    @discardableResult
    func write(_ text: String, to name: String, mode: Int = 0o600) throws -> String {
        try write(bytes: Array(text.utf8), to: name, mode: mode)
    }

    /// Writes bytes as ``write(_:to:mode:)`` writes text.
    @discardableResult
    func write(bytes: [UInt8], to name: String, mode: Int = 0o600) throws -> String {
        let file = self(name)
        let folder = (file as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
        return file
    }

    /// Who may do what with a file.
    static func mode(of path: String) throws -> Int {
        (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue ?? -1
    }

    /// The contents of `name`; empty when there is no such file.
    func read(_ name: String) -> [UInt8] {
        FileManager.default.contents(atPath: self(name)).map(Array.init) ?? []
    }

    /// The files below the folder whose bytes contain `text`.
    func files(containing text: String) -> [String] {
        files().filter { Data(read($0)).range(of: Data(text.utf8)) != nil }
    }

    /// Every file below the folder, by its path in it.
    func files() -> [String] {
        let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        return names.filter { name in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: self(name), isDirectory: &isFolder) && !isFolder.boolValue
        }
    }
}
