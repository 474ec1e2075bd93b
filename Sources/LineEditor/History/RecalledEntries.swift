/// The entries that Up and Down go through.
///
/// What is typed on any of them stays there until the line is accepted: neither key loses text.
struct RecalledEntries {
    private let limit: Int
    private var entries: [String] = []
    /// Steps back from the line being typed, 0 for itself.
    private var place = 0
    private var changed: [Int: String] = [:]

    init(limit: Int = 10_000) {
        self.limit = limit
    }

    /// Adds the newest entry; repeated ones count once.
    mutating func add(_ entry: String) {
        guard entry != entries.last else { return }
        entries.append(entry)
        if entries.count > limit + limit / 10 {
            entries.removeFirst(entries.count - limit)
        }
    }

    /// Forgets where Up and Down were.
    mutating func leave() {
        place = 0
        changed = [:]
    }

    /// The entry before the one that is shown now as `text`; nil when there is none.
    mutating func older(than text: String) -> String? {
        place < entries.count ? go(to: place + 1, from: text) : nil
    }

    /// The entry after the one that is shown now as `text`; nil on the line being typed.
    mutating func newer(than text: String) -> String? {
        place > 0 ? go(to: place - 1, from: text) : nil
    }

    /// The entries from the newest on, with how many steps back each is.
    var newestFirst: some Sequence<(entry: String, steps: Int)> {
        entries.reversed().enumerated().lazy.map { (entry: $0.element, steps: $0.offset + 1) }
    }

    /// Goes to the entry `steps` back; what was on the line before stays where it was.
    mutating func jump(to steps: Int, from text: String) { _ = go(to: steps, from: text) }

    private mutating func go(to new: Int, from text: String) -> String {
        changed[place] = text
        place = new
        return changed[new] ?? entries[entries.count - new]
    }
}
