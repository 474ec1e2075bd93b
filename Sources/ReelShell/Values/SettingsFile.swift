import Journal
import VideoProviderKit

/// `config.yaml` as `config NAME VALUE --save` changes it: one line, while all others stay as they are.
struct SettingsFile {
    let home: ShellHome

    /// Where it is.
    var path: String {
        get throws(ShellFailure) { try home.requireFolder() + "/config.yaml" }
    }

    /// Writes a setting into it.
    ///
    /// - Throws: ``ShellFailure`` if the file cannot be read as YAML or cannot be written; it is unchanged then.
    func save(_ name: String, _ value: String) throws(ShellFailure) {
        let folder = try home.requireFolder()
        try LocalFiles.makeFolder(folder, isPrivate: true)
        // Of two changes at once the later one reads what the other wrote.
        let lock = FolderLock(directory: folder)
        defer { lock.release() }
        let path = LocalFiles.destination(try path)
        let text = LocalFiles.exists(path) ? try LocalFiles.text(path) : ""
        let changed = Self.changed(text, name, value, at: Self.place(of: name, in: try parsed(text, path)))
        // A file of a form that one line cannot change is the person's to edit.
        guard let changed, Self.place(of: name, in: try parsed(changed, path))?.value == value else {
            throw ShellFailure(
                "\(name) cannot be changed in \(path)",
                why: "it stands there in a form of its own",
                tries: ["!${EDITOR:-vi} \(Quoting.word(path))"],
                code: .local,
                kind: "local"
            )
        }
        try LocalFiles.replace(path, with: Array(changed.utf8), keepsMode: true)
    }

    private func parsed(_ text: String, _ path: String) throws(ShellFailure) -> YAMLNode? {
        do throws(YAMLProblem) { return try home.parseYAML(text) } catch {
            throw ShellFailure(
                "\(path) cannot be used",
                why: "line \(error.line): \(error.message)",
                tries: ["!${EDITOR:-vi} \(Quoting.word(path))"],
                code: .local,
                kind: "local"
            )
        }
    }

    /// A setting in the file, `fetch.auto: off`, or `auto: off` below `fetch:`; of two the last, which is obeyed.
    private struct Place {
        var line: Int
        var key: String
        var value: String?
    }

    private static func place(of name: String, in root: YAMLNode?) -> Place? {
        var found: Place?
        for member in root?.members ?? [] {
            if member.key == name {
                found = Place(line: member.value.line, key: name, value: member.value.text)
            } else if name.hasPrefix(member.key + ".") {
                found = place(of: String(name.dropFirst(member.key.count + 1)), in: member.value) ?? found
            }
        }
        return found
    }

    private static func changed(_ text: String, _ name: String, _ value: String, at place: Place?) -> String? {
        guard let place else {
            let separator = text.isEmpty || text.hasSuffix("\n") ? "" : "\n"
            return text + separator + YAMLText.member(name, value).joined(separator: "\n") + "\n"
        }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.indices.contains(place.line - 1) else { return nil }
        let line = lines[place.line - 1]
        let indent = line.prefix { $0 == " " }
        guard line.dropFirst(indent.count).hasPrefix(place.key + ":") else { return nil }
        let comment = line.firstRange(of: " #").map { String(line[$0.lowerBound...]) } ?? ""
        lines[place.line - 1] = "\(indent)\(place.key): \(YAMLText.scalar(value))\(comment)"
        return lines.joined(separator: "\n")
    }
}
