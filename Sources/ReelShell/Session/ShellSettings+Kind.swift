#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension ShellSettings {
    /// What values a setting takes; each is checked here, wherever it comes from.
    package enum Kind: Sendable, Hashable {
        /// Any text; one of a few words where there are choices.
        case text
        /// A whole number of this or more.
        case count(Int, mayBeEmpty: Bool = false)
        /// A number in a range.
        case number(ClosedRange<Double>)
        /// A time as `90`, `10s`, `1.5m`, of this or more.
        case duration(atLeast: Duration, mayBeEmpty: Bool = false)
        /// A folder that exists or can be made.
        case folder
        /// Names or addresses of hosts, with commas between them.
        case hosts
    }
}

extension ShellSettings.Kind {
    /// A value that it takes.
    var example: String {
        switch self {
        case .text: "VALUE"
        case .count: "10"
        case .number: "2"
        case .duration: "10s"
        case .folder: "."
        case .hosts: "192.168.1.5,media.local"
        }
    }

    /// Why `value` is none; nil when it is one.
    func problem(with value: String) -> Message? {
        switch self {
        case .text: return nil
        case .count(let least, let mayBeEmpty):
            if value.isEmpty, mayBeEmpty { return nil }
            guard let number = Int(value), number >= least else {
                return mayBeEmpty ? "it is a whole number, or empty" : "it is a whole number of \(least) or more"
            }
            return nil
        case .number(let range):
            guard let number = Double(value), range.contains(number) else {
                return "it is a number from \(Self.text(range.lowerBound)) to \(Self.text(range.upperBound))"
            }
            return nil
        case .duration(let least, let mayBeEmpty):
            if value.isEmpty, mayBeEmpty { return nil }
            guard let duration = DurationText.parse(value) else { return "a time is a number with ms, s, m or h" }
            guard duration >= least else { return "it is at least \(Self.text(least))" }
            return nil
        case .folder: return Self.folderProblem(LocalFiles.expand(value))
        case .hosts:
            let words = value.split { $0 == "," || $0 == " " }
            return words.first { !Self.isHost($0) }.map { "\($0) is no host; write its name without http:// or a path" }
        }
    }

    private static func text(_ number: Double) -> String {
        number == number.rounded() ? String(Int(number)) : String(number)
    }

    private static func text(_ duration: Duration) -> String {
        let milliseconds = duration / .milliseconds(1)
        return milliseconds < 1000 ? "\(Int(milliseconds))ms" : "\(Int(milliseconds / 1000))s"
    }

    private static func isHost(_ text: Substring) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "-._:[]".unicodeScalars.contains(scalar)
        }
    }

    /// Films make the folder they are saved in; what cannot be made is better known before there is one.
    private static func folderProblem(_ path: String) -> Message? {
        guard !path.isEmpty else { return "it is the name of a folder" }
        var place = path
        var info = stat()
        while stat(place, &info) != 0 {
            guard errno == ENOENT || errno == ENOTDIR, place != "." else {
                return Message(recognizing: String(cString: strerror(errno)))
            }
            let parent = place.lastIndex(of: "/").map { String(place[..<$0]) } ?? "."
            place = parent.isEmpty ? "/" : parent
        }
        guard info.st_mode & S_IFMT == S_IFDIR else { return "\(place) is no folder" }
        return access(place, W_OK) == 0 ? nil : "\(place) cannot be written to"
    }
}
