import CEditLine

/// What an entry is after keys, by the book: the reference for the fuzzer, written without libedit.
struct LineModel {
    private(set) var line: [Unicode.Scalar] = []
    private(set) var cursor = 0
    private(set) var entered: [String] = []
    private var killed: [Unicode.Scalar] = []
    private var history: [String] = []
    private var place = 0
    private var changed: [Int: String] = [:]

    var text: String { Self.string(line) }

    mutating func insert(_ text: String) {
        let scalars = Array(text.unicodeScalars)
        line.insert(contentsOf: scalars, at: cursor)
        cursor += scalars.count
    }

    mutating func move(to place: Int) { cursor = min(max(0, place), line.count) }

    mutating func delete(_ range: Range<Int>, killing: Bool = false) {
        guard !range.isEmpty else { return }
        if killing { killed = Array(line[range]) }
        line.removeSubrange(range)
        cursor = range.lowerBound
    }

    mutating func killLine() { delete(0..<line.count, killing: true) }

    mutating func killToEnd() {
        let place = cursor
        delete(place..<line.count, killing: true)
    }

    mutating func killWordBefore() {
        guard cursor > 0 else { return }
        delete(wordStart..<cursor, killing: true)
    }

    mutating func yank() { insert(Self.string(killed)) }

    mutating func enter() {
        entered.append(text)
        if !text.unicodeScalars.allSatisfy(\.properties.isWhitespace), history.last != text { history.append(text) }
        line = []
        cursor = 0
        place = 0
        changed = [:]
    }

    /// Up and Down.
    mutating func recall(older: Bool) {
        let next = place + (older ? 1 : -1)
        guard (0...history.count).contains(next) else { return }
        changed[place] = text
        place = next
        line = Array((changed[next] ?? history[history.count - next]).unicodeScalars)
        cursor = line.count
    }

    /// Where the word before the cursor begins.
    var wordStart: Int {
        var place = cursor
        while place > 0, !Self.isWord(line[place - 1]) { place -= 1 }
        while place > 0, Self.isWord(line[place - 1]) { place -= 1 }
        return place
    }

    /// Where the word after the cursor ends.
    var wordEnd: Int {
        var place = cursor
        while place < line.count, !Self.isWord(line[place]) { place += 1 }
        while place < line.count, Self.isWord(line[place]) { place += 1 }
        return place
    }

    /// libedit's idea of a word's character.
    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        iswalnum(wint_t(scalar.value)) != 0 || "*?_-.[]~=".unicodeScalars.contains(scalar)
    }

    private static func string(_ scalars: [Unicode.Scalar]) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}

/// Random keys: the bytes a terminal sends for them, and what they do to the model.
struct RandomKeys {
    private var state: UInt64
    private let isNarrow: Bool

    /// With `isNarrow` no character is two columns wide.
    init(seed: UInt64, isNarrow: Bool = false) {
        state = seed
        self.isNarrow = isNarrow
    }

    // Nothing here begins a word of the probe, so that neither hint nor completion takes part.
    private static let letters = Array("abcdefghijklmnopqrtuvwxyz0123456789 ,.=_-/".unicodeScalars)
    private static let chinese = Array("一只猫在月球上弹钢琴改成夜景镜头推进".unicodeScalars)
    private static let others: [Unicode.Scalar] = ["\u{301}", "\u{308}", "\u{1F600}", "\u{1F3AC}", "é", "ß", "あ", "한"]
    private static let greek = Array("αβγδεζηθικλμνξπρστυφχψω".unicodeScalars)

    private var wide: [Unicode.Scalar] { isNarrow ? Self.greek : Self.chinese }
    private var rare: [Unicode.Scalar] { isNarrow ? ["\u{301}", "\u{308}", "é", "ß"] : Self.others }

    /// Performs one key on `model` and returns its bytes.
    mutating func next(_ model: inout LineModel) -> [UInt8] {
        switch number(below: 200) {
        case 0..<80: return type(pick(Self.letters), &model)
        case 80..<110: return type(pick(wide), &model)
        case 110..<120: return type(pick(rare), &model)
        case 120..<132:
            model.move(to: model.cursor - 1)
            return pick([Array("\u{1B}[D".utf8), Array("\u{1B}OD".utf8), [2]])
        case 132..<142:
            model.move(to: model.cursor + 1)
            return pick([Array("\u{1B}[C".utf8), [6]])
        case 142..<147:
            model.move(to: 0)
            return pick([Array("\u{1B}[H".utf8), Array("\u{1B}[1~".utf8), [1]])
        case 147..<153:
            model.move(to: model.line.count)
            return pick([Array("\u{1B}[F".utf8), Array("\u{1B}[4~".utf8), [5]])
        case 153..<165:
            model.delete(max(0, model.cursor - 1)..<model.cursor)
            return [0x7F]
        case 165..<170:
            model.delete(model.cursor..<min(model.line.count, model.cursor + 1))
            return Array("\u{1B}[3~".utf8)
        case 170..<174:
            model.move(to: model.wordStart)
            return Array("\u{1B}[1;5D".utf8)
        case 174..<178:
            model.move(to: model.wordEnd)
            return Array("\u{1B}[1;5C".utf8)
        case 178..<180:
            model.killWordBefore()
            return [0x17]
        case 180..<182:
            model.killToEnd()
            return [0x0B]
        case 182:
            model.killLine()
            return [0x15]
        case 183..<185:
            model.yank()
            return [0x19]
        case 185..<188:
            model.insert("\n")
            return pick([[0x0A], [0x1B, 0x0D]])
        case 188..<191: return paste(&model)
        case 191..<195:
            model.recall(older: true)
            return Array("\u{1B}[A".utf8)
        case 195..<198:
            model.recall(older: false)
            return Array("\u{1B}[B".utf8)
        default:
            // An empty entry would not be told from none.
            guard !model.line.isEmpty else { return type("x", &model) }
            model.enter()
            return [0x0D]
        }
    }

    private func type(_ scalar: Unicode.Scalar, _ model: inout LineModel) -> [UInt8] {
        model.insert(String(scalar))
        return Array(String(scalar).utf8)
    }

    private mutating func paste(_ model: inout LineModel) -> [UInt8] {
        var text = ""
        for _ in 0..<number(below: 40) {
            switch number(below: 12) {
            case 0: text += "\n"
            case 1: text += "\t"
            case 2..<6: text.unicodeScalars.append(pick(wide))
            default: text.unicodeScalars.append(pick(Self.letters))
            }
        }
        model.insert(text)
        // As terminals send it: line ends are CR, and a control that is to be dropped.
        return Array("\u{1B}[200~\u{7}\(text.replacing("\n", with: "\r"))\u{1B}[201~".utf8)
    }

    /// SplitMix64.
    mutating func number(below limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
    }

    private mutating func pick<Element>(_ all: [Element]) -> Element { all[number(below: all.count)] }
}
