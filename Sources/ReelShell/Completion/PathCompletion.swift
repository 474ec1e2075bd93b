/// A path into JSON that is being typed: the container so far, and the beginning of a key.
struct PathBeginning {
    /// The container's path, `.` for the whole.
    var container: String
    private let written: String

    init(_ typed: String) {
        var start = typed.startIndex
        var isQuoted = false
        var isEscaped = false
        for index in typed.indices {
            let character = typed[index]
            if isEscaped {
                isEscaped = false
            } else if isQuoted {
                isEscaped = character == "\\"
                isQuoted = character != "\""
            } else if character == "." || character == "[" {
                start = index
            } else {
                isQuoted = character == "\""
            }
        }
        written = String(typed[..<start])
        container = written.isEmpty ? "." : written
    }

    /// The whole path of a member's name or an element such as `[0]`.
    func path(to key: String) -> String {
        if key.hasPrefix("[") { return written + key }
        let isPlain = key.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || $0.isNamePart && $0 != "." }
        if !key.isEmpty, isPlain { return written + "." + key }
        let escaped = key.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] }
        return "\(written)[\"\(String(escaped))\"]"
    }

    /// The keys of the container as whole paths.
    func candidates(from keys: (String) -> [Candidate]) -> [Candidate] {
        keys(container).map { Candidate(path(to: $0.text), note: $0.note, suffix: $0.suffix) }
    }
}
