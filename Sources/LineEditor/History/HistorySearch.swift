#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A search backwards through entries, as bash's Ctrl-R.
struct HistorySearch {
    /// What a key did.
    enum Effect: Equatable {
        case goOn
        /// The search ends with the line of before.
        case abort
        /// The search ends with what was found; `isRead` is false for a key that is still to be obeyed.
        case accept(isRead: Bool)
    }

    private let entries: RecalledEntries
    private(set) var pattern = ""
    /// The last entry found and how many steps back it is.
    private(set) var found: (entry: String, steps: Int)?
    private(set) var isFailed = false

    init(entries: RecalledEntries) { self.entries = entries }

    /// What stands before the line.
    var prompt: String { "(\(isFailed ? "failed " : "")search)`\(pattern)': " }

    /// What was found, with the cursor where the pattern stands in it.
    var line: TypedLine? {
        guard let found else { return nil }
        let scalars = Array(found.entry.unicodeScalars)
        let wanted = Array(pattern.unicodeScalars)
        let starts = 0...max(0, scalars.count - wanted.count)
        let place = starts.last { scalars[$0...].starts(with: wanted) }
        return TypedLine(scalars: scalars, cursor: place ?? scalars.count)
    }

    /// Takes a key; `last` is what was searched for before.
    mutating func take(_ key: wchar_t, last: String) -> Effect {
        switch key {
        case 0x07: return .abort
        case 0x1B: return .accept(isRead: true)
        case 0x12 where pattern.isEmpty:
            pattern = last
            find(from: 1)
        case 0x12:
            find(from: (found?.steps ?? 0) + 1, other: found?.entry)
        case 0x08, 0x7F:
            if !pattern.isEmpty { pattern.unicodeScalars.removeLast() }
            found = nil
            find(from: 1)
        case let key where key >= 0x20 && !(0x7F..<0xA0).contains(key):
            guard let scalar = Unicode.Scalar(UInt32(bitPattern: Int32(key))) else { return .goOn }
            pattern.unicodeScalars.append(scalar)
            find(from: found?.steps ?? 1)
        default: return .accept(isRead: false)
        }
        return .goOn
    }

    /// Finds the newest entry from `steps` back on that holds the pattern; equal ones to `other` are passed over.
    private mutating func find(from steps: Int, other: String? = nil) {
        isFailed = false
        guard !pattern.isEmpty else { return }
        let pattern = pattern
        let next = entries.newestFirst.first {
            $0.steps >= steps && $0.entry != other && strstr($0.entry, pattern) != nil
        }
        isFailed = next == nil
        if let next { found = next }
    }
}
