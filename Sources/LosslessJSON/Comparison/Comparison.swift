/// The state of one comparison: a list of what is left to do instead of recursion, and the paths as a tree of steps.
struct Comparison {
    enum Item {
        case compare(old: Int, new: Int)
        case added(Int)
        case removed(Int)
        case moved(old: Int, new: Int, from: Int)
    }

    /// A step and the place of the one before it, so that a deep tree does not cost a list of steps a level.
    private struct PathNode {
        let parent: Int
        let step: JSONPath.Step
        let depth: Int
    }

    let old: JSONValue
    let new: JSONValue
    private let ignoring: [JSONPath]
    private let noticesMemberOrder: Bool
    private let oldHashes: StructuralHashes
    private let newHashes: StructuralHashes
    private var paths: [PathNode] = []
    private var pending: [(item: Item, path: Int)] = []
    private(set) var changes: [JSONChange] = []

    init(old: JSONValue, new: JSONValue, ignoring: [JSONPath], noticesMemberOrder: Bool) {
        self.old = old
        self.new = new
        self.ignoring = ignoring
        self.noticesMemberOrder = noticesMemberOrder
        oldHashes = StructuralHashes(of: old)
        newHashes = StructuralHashes(of: new)
    }

    mutating func run() {
        pending = [(.compare(old: old.index, new: new.index), -1)]
        while let (item, path) = pending.popLast() {
            if isIgnored(path) { continue }
            switch item {
            case .compare(let before, let after): compare(before, after, at: path)
            case .added(let after): report(.added, path, nil, after)
            case .removed(let before): report(.removed, path, before, nil)
            case .moved(let before, let after, let source):
                report(.moved(from: JSONPath(steps(to: source))), path, before, after)
            }
        }
    }

    private mutating func compare(_ before: Int, _ after: Int, at path: Int) {
        let left = JSONValue(tape: old.tape, index: before)
        let right = JSONValue(tape: new.tape, index: after)
        guard left.kind == right.kind else {
            report(.changed, path, before, after)
            return
        }
        switch left.kind {
        case .object: compareMembers(before, after, at: path)
        case .array: compareElements(left, right, at: path)
        default:
            guard left.rawBytes != right.rawBytes else { return }
            report(.changed, path, before, after, isSpellingOnly: left.isEqualScalar(to: right))
        }
    }

    private mutating func compareMembers(_ before: Int, _ after: Int, at path: Int) {
        let pairs = old.tape.matchedMembers(of: before, with: new.tape, after)
        var moved: Set<Int> = []
        if noticesMemberOrder {
            let places = pairs.compactMap { $0.0 == nil ? nil : $0.1 }
            moved = Set(places).subtracting(longestIncreasingSubsequence(of: places))
        }
        var items: [(Item, Int)] = []
        for pair in pairs {
            switch pair {
            case (let left?, let right?):
                let child = step(.key(new.tape.decodedString(right)), from: path)
                if moved.contains(right) {
                    items.append((.moved(old: left + 1, new: right + 1, from: child), child))
                }
                items.append((.compare(old: left + 1, new: right + 1), child))
            case (let left?, nil):
                items.append((.removed(left + 1), step(.key(old.tape.decodedString(left)), from: path)))
            case (nil, let right?):
                items.append((.added(right + 1), step(.key(new.tape.decodedString(right)), from: path)))
            case (nil, nil): break
            }
        }
        pending.append(contentsOf: items.reversed())
    }

    private mutating func compareElements(_ left: JSONValue, _ right: JSONValue, at path: Int) {
        let olds = left.elements.map(\.index)
        let news = right.elements.map(\.index)
        let alignment = ArrayAlignment(
            oldHashes: olds.map { oldHashes[$0] },
            newHashes: news.map { newHashes[$0] },
            oldIdentities: olds.map { identity(old.tape, $0) },
            newIdentities: news.map { identity(new.tape, $0) }
        )
        var items: [(Item, Int)] = []
        for match in alignment.matches {
            switch match {
            case .pair(let place, let newPlace, let hasMoved):
                let child = step(.index(newPlace), from: path)
                if hasMoved {
                    let source = step(.index(place), from: path)
                    items.append((.moved(old: olds[place], new: news[newPlace], from: source), child))
                }
                items.append((.compare(old: olds[place], new: news[newPlace]), child))
            case .removed(let place): items.append((.removed(olds[place]), step(.index(place), from: path)))
            case .added(let place): items.append((.added(news[place]), step(.index(place), from: path)))
            }
        }
        pending.append(contentsOf: items.reversed())
    }

    /// The `id` of an object that has one, to tell which elements belong together.
    private func identity(_ tape: Tape, _ index: Int) -> ArraySlice<UInt8>? {
        guard let id = JSONValue(tape: tape, index: index)["id"] else { return nil }
        return id.kind == .string || id.kind == .number ? id.rawBytes : nil
    }

    private mutating func report(
        _ kind: JSONChange.Kind,
        _ path: Int,
        _ before: Int?,
        _ after: Int?,
        isSpellingOnly: Bool = false
    ) {
        changes.append(
            JSONChange(
                path: JSONPath(steps(to: path)),
                kind: kind,
                old: before.map { JSONValue(tape: old.tape, index: $0) },
                new: after.map { JSONValue(tape: new.tape, index: $0) },
                isSpellingOnly: isSpellingOnly
            )
        )
    }

    private mutating func step(_ step: JSONPath.Step, from parent: Int) -> Int {
        let depth = parent < 0 ? 1 : paths[parent].depth + 1
        paths.append(PathNode(parent: parent, step: step, depth: depth))
        return paths.count - 1
    }

    private func steps(to path: Int) -> [JSONPath.Step] {
        var steps: [JSONPath.Step] = []
        var current = path
        while current >= 0 {
            steps.append(paths[current].step)
            current = paths[current].parent
        }
        return steps.reversed()
    }

    /// Whether the path itself is to be left out; what lies below one is never reached.
    private func isIgnored(_ path: Int) -> Bool {
        let depth = path < 0 ? 0 : paths[path].depth
        return ignoring.contains { pattern in
            guard pattern.steps.count == depth else { return false }
            var current = path
            for expected in pattern.steps.reversed() {
                guard expected == .each || expected == paths[current].step else { return false }
                current = paths[current].parent
            }
            return true
        }
    }
}
