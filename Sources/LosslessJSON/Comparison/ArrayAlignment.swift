/// Which elements of two arrays belong together.
struct ArrayAlignment {
    enum Match: Hashable {
        case pair(old: Int, new: Int, hasMoved: Bool)
        case removed(Int)
        case added(Int)
    }

    /// In the order of the new array; what was removed stands before the element that followed it.
    private(set) var matches: [Match] = []

    /// The work a table of common subsequences may cost; beyond it, differing stretches are compared by place.
    private static let largestTable = 1_000_000

    private let oldHashes: [Int]
    private let newHashes: [Int]
    private var partnerOfOld: [Int?]
    private var partnerOfNew: [Int?]
    /// Old elements that do not stand in their place between the aligned ones.
    private var moved: Set<Int> = []

    init(
        oldHashes: [Int],
        newHashes: [Int],
        oldIdentities: [ArraySlice<UInt8>?],
        newIdentities: [ArraySlice<UInt8>?]
    ) {
        self.oldHashes = oldHashes
        self.newHashes = newHashes
        partnerOfOld = Array(repeating: nil, count: oldHashes.count)
        partnerOfNew = Array(repeating: nil, count: newHashes.count)
        alignEqualElements()
        let oldGaps = Self.gaps(partnerOfOld)
        let newGaps = Self.gaps(partnerOfNew)
        match(oldHashes.map { Optional($0) }, newHashes.map { Optional($0) }) { _, _ in true }
        match(oldIdentities, newIdentities) { oldGaps[$0] != newGaps[$1] }
        // What is left within one gap is taken to be the same element, edited.
        match(oldGaps.map { Optional($0) }, newGaps.map { Optional($0) }) { _, _ in false }
        collect()
    }

    private mutating func pair(_ old: Int, _ new: Int) {
        partnerOfOld[old] = new
        partnerOfNew[new] = old
    }

    private mutating func alignEqualElements() {
        var start = 0
        while start < min(oldHashes.count, newHashes.count), oldHashes[start] == newHashes[start] {
            pair(start, start)
            start += 1
        }
        var oldEnd = oldHashes.count
        var newEnd = newHashes.count
        while oldEnd > start, newEnd > start, oldHashes[oldEnd - 1] == newHashes[newEnd - 1] {
            oldEnd -= 1
            newEnd -= 1
            pair(oldEnd, newEnd)
        }
        let rows = oldEnd - start
        let columns = newEnd - start
        guard rows > 0, columns > 0 else { return }
        guard rows <= Self.largestTable / columns else {
            for place in start..<min(oldEnd, newEnd) { pair(place, place) }
            return
        }
        alignByTable(start, rows, columns)
    }

    /// Lengths of the longest common subsequences of all pairs of tails, then the walk along the longest.
    private mutating func alignByTable(_ start: Int, _ rows: Int, _ columns: Int) {
        let width = columns + 1
        var lengths = [Int32](repeating: 0, count: (rows + 1) * width)
        for row in (0..<rows).reversed() {
            for column in (0..<columns).reversed() {
                let isEqual = oldHashes[start + row] == newHashes[start + column]
                lengths[row * width + column] =
                    isEqual
                    ? lengths[(row + 1) * width + column + 1] + 1
                    : max(lengths[(row + 1) * width + column], lengths[row * width + column + 1])
            }
        }
        var row = 0
        var column = 0
        while row < rows, column < columns {
            if oldHashes[start + row] == newHashes[start + column] {
                pair(start + row, start + column)
                row += 1
                column += 1
            } else if lengths[(row + 1) * width + column] >= lengths[row * width + column + 1] {
                row += 1
            } else {
                column += 1
            }
        }
    }

    /// How many aligned elements stand before each element.
    private static func gaps(_ partners: [Int?]) -> [Int] {
        var gap = 0
        return partners.map { partner in
            if partner != nil { gap += 1 }
            return gap
        }
    }

    /// Pairs unmatched elements of equal keys, first with first.
    private mutating func match<Key: Hashable>(
        _ oldKeys: [Key?],
        _ newKeys: [Key?],
        hasMoved: (Int, Int) -> Bool
    ) {
        var places: [Key: [Int]] = [:]
        for new in newKeys.indices.reversed() where partnerOfNew[new] == nil {
            if let key = newKeys[new] { places[key, default: []].append(new) }
        }
        for old in oldKeys.indices where partnerOfOld[old] == nil {
            guard let key = oldKeys[old], let new = places[key]?.popLast() else { continue }
            pair(old, new)
            if hasMoved(old, new) { moved.insert(old) }
        }
    }

    private mutating func collect() {
        var old = 0
        for new in newHashes.indices {
            guard let partner = partnerOfNew[new] else {
                matches.append(.added(new))
                continue
            }
            let hasMoved = moved.contains(partner)
            if !hasMoved { appendRemoved(&old, before: partner) }
            matches.append(.pair(old: partner, new: new, hasMoved: hasMoved))
        }
        appendRemoved(&old, before: oldHashes.count)
    }

    private mutating func appendRemoved(_ old: inout Int, before end: Int) {
        while old < end {
            if partnerOfOld[old] == nil { matches.append(.removed(old)) }
            old += 1
        }
    }
}

/// The values of a longest subsequence that only rises; the others are the fewest that have moved.
func longestIncreasingSubsequence(of values: [Int]) -> [Int] {
    var tails: [Int] = []
    var previous = Array(repeating: -1, count: values.count)
    for (place, value) in values.enumerated() {
        var low = 0
        var high = tails.count
        while low < high {
            let middle = (low + high) / 2
            if values[tails[middle]] < value { low = middle + 1 } else { high = middle }
        }
        if low > 0 { previous[place] = tails[low - 1] }
        if low == tails.count { tails.append(place) } else { tails[low] = place }
    }
    var result: [Int] = []
    var place = tails.last ?? -1
    while place >= 0 {
        result.append(values[place])
        place = previous[place]
    }
    return result.reversed()
}
