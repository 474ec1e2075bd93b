import LosslessJSON

extension Parameter {
    /// Reads what a user typed as a value of the declared type.
    ///
    /// - Throws: ``DraftProblem`` that names what is allowed and, where it can, a value that would do.
    public func value(parsing text: String) throws(DraftProblem) -> DraftValue {
        switch kind {
        case .text, .choice:
            return .text(text)
        case .integer, .seed:
            let digits = text.hasPrefix("+") ? text.dropFirst() : text[...]
            guard let number = Int(digits) else { throw noWholeNumber(text) }
            return .number(String(number))
        case .number:
            guard let document = try? JSONDocument(parsing: text), document.root.kind == .number else {
                throw wrong(text, "it must be a number")
            }
            return .number(document.root.rawText)
        case .flag:
            switch text.lowercased() {
            case "true", "yes", "on", "1": return .flag(true)
            case "false", "no", "off", "0": return .flag(false)
            default: throw wrong(text, "it must be true or false", suggestion: "true")
            }
        case .size:
            return .text(text.replacing("×", with: "x").replacing("*", with: "x"))
        case .media(let rule):
            return .media(try mediaList(text, rule))
        case .json:
            do { return .json(try RawJSON(parsing: text)) } catch { throw wrong(text, "\(error)") }
        }
    }

    /// What is wrong with `value`, regardless of the rest of the draft.
    public func problem(with value: DraftValue) -> DraftProblem? {
        switch (kind, value) {
        case (.text(let limit), .text(let text)):
            guard let limit, text.count > limit else { return nil }
            return problem(.tooLarge, "\(name) has \(text.count) characters; at most \(limit) are allowed.")
        case (.choice(let words, let open), .text(let text)):
            return words.contains(text) ? nil : unlisted(text, words, open: open)
        case (.size(let sizes, let open), .text(let text)):
            if sizes.contains(text) { return nil }
            if open, PixelSize(text) == nil {
                return problem(.wrongType, "\(name) cannot be \"\(text)\": it must be WIDTHxHEIGHT.", sizes.first)
            }
            return unlisted(text, sizes, open: open)
        case (.integer(let range), .number(let text)), (.seed(let range), .number(let text)):
            guard let number = Int(text), !range.contains(number) else { return nil }
            let nearest = min(max(number, range.lowerBound), range.upperBound)
            return outOfRange(text, "\(range.lowerBound) to \(range.upperBound)", "\(nearest)")
        case (.number(let range), .number(let text)):
            guard let number = Double(text), !range.contains(number) else { return nil }
            return outOfRange(text, "\(range.lowerBound) to \(range.upperBound)", nil)
        case (.media(let rule), .media(let media)):
            return problem(with: media, rule)
        case (.json, .json), (.flag, .flag):
            return nil
        case (_, .json(let json)):
            guard let value = typed(json) else { return wrong(json.text, "it takes \(kind.summary)") }
            return value == .json(json) ? nil : problem(with: value)
        default:
            return problem(.wrongType, "\(name) does not take this kind of value; it takes \(kind.summary).")
        }
    }

    /// What JSON says as a value of the declared type, the JSON itself where nothing is declared of it, nil if it is
    /// of another type.
    private func typed(_ json: RawJSON) -> DraftValue? {
        guard let root = try? JSONDocument(parsing: json.text).root else { return nil }
        switch (kind, root.kind) {
        case (.text, .string), (.choice, .string), (.size, .string): return root.string.map(DraftValue.text)
        // A vendor may take as a number what its page lists as words.
        case (.choice, .number): return .text(root.rawText)
        case (.integer, .number), (.seed, .number): return Int(root.rawText) == nil ? nil : .number(root.rawText)
        case (.number, .number): return .number(root.rawText)
        case (.flag, .bool), (.json, _): return .json(json)
        // How a vendor nests links is its own affair.
        case (.media, .string), (.media, .array), (.media, .object): return .json(json)
        default: return nil
        }
    }

    private func mediaList(_ text: String, _ rule: MediaRule) throws(DraftProblem) -> [Media] {
        var list: [Media] = []
        // A data: URI holds a comma of its own, so only lists of links are split.
        let isList = rule.maximumCount > 1 && !text.lowercased().hasPrefix("data:")
        let parts = isList ? text.split(separator: ",").map(String.init) : [text]
        for part in parts {
            do { list.append(try Media(parsing: part)) } catch {
                // A bare name is mostly a file whose @ was forgotten.
                let isName =
                    error.code == .wrongType && !part.isEmpty && part.utf8.count <= 200 && !part.contains("://")
                throw DraftProblem(
                    error.code,
                    error.code == .wrongType ? "\(name) cannot be \(error.message)" : "\(name): \(error.message)",
                    parameter: name,
                    suggestion: isName ? "set \(name) @\(part)" : nil
                )
            }
        }
        return list
    }

    private func problem(with media: [Media], _ rule: MediaRule) -> DraftProblem? {
        if media.count > rule.maximumCount {
            return problem(.media, "\(name) takes at most \(rule.maximumCount), not \(media.count).")
        }
        for medium in media {
            guard rule.encoding(for: medium) != nil else {
                let wanted = rule.encodings.contains(.url) ? "a URL" : "@FILE or a data: URI"
                return problem(.media, "\(name) cannot be sent from this source; the vendor takes \(wanted).")
            }
            guard case .content(let content) = medium else { continue }
            if !rule.types.contains(content.type) {
                let allowed = rule.types.map(\.name).joined(separator: ", ")
                return problem(.media, "\(name) is \(content.type.name); allowed are \(allowed).")
            }
            if content.bytes.count > rule.limit.bytes {
                return problem(
                    .tooLarge,
                    "\(name) has \(content.bytes.count) bytes; at most \(rule.limit.bytes) are allowed."
                )
            }
        }
        return nil
    }

    private func unlisted(_ text: String, _ words: [String], open: Bool) -> DraftProblem {
        let allowed = words.joined(separator: ", ")
        let nearest = EditDistance.nearest(to: text, in: words) ?? words.first
        guard open else {
            var problem = problem(.notAllowed, "\(name) cannot be \"\(text)\": allowed are \(allowed).", nearest)
            problem.severity = .error
            return problem
        }
        return DraftProblem(
            .unlisted,
            "\(name) \"\(text)\" is not among the known values \(allowed); it is sent all the same.",
            parameter: name,
            severity: .warning
        )
    }

    private func outOfRange(_ text: String, _ range: String, _ suggestion: String?) -> DraftProblem {
        problem(.outOfRange, "\(name) cannot be \(text): it must lie in \(range).", suggestion)
    }

    private func noWholeNumber(_ text: String) -> DraftProblem {
        let digits = text.drop { $0 == "-" || $0 == "+" }
        let range =
            switch kind {
            case .integer(let range), .seed(let range): range
            default: Int.min...Int.max
            }
        guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else {
            return wrong(text, "it must be a whole number")
        }
        // Too long for the machine; the range says how far it may go.
        let nearest = text.hasPrefix("-") ? range.lowerBound : range.upperBound
        return outOfRange(String(text.prefix(80)), "\(range.lowerBound) to \(range.upperBound)", "\(nearest)")
    }

    private func problem(_ code: DraftProblem.Code, _ message: String, _ suggestion: String? = nil) -> DraftProblem {
        DraftProblem(code, message, parameter: name, suggestion: suggestion.map { "set \(name) \($0)" })
    }

    private func wrong(_ text: String, _ reason: String, suggestion: String? = nil) -> DraftProblem {
        problem(.wrongType, "\(name) cannot be \"\(text.prefix(80))\": \(reason).", suggestion)
    }
}

/// Width and height in pixels.
public struct PixelSize: Sendable, Hashable, Codable, LosslessStringConvertible {
    /// Columns.
    public var width: Int
    /// Rows.
    public var height: Int

    /// Makes a size.
    public init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    /// Reads `1280x720`, also with `×` or `*` between the numbers.
    public init?(_ description: String) {
        let parts = description.split(omittingEmptySubsequences: false) { "x×*X".contains($0) }
        guard parts.count == 2, let width = Int(parts[0]), let height = Int(parts[1]), width > 0, height > 0 else {
            return nil
        }
        self.init(width: width, height: height)
    }

    /// `1280x720`.
    public var description: String { "\(width)x\(height)" }
}

/// The nearest word, for typing errors.
public enum EditDistance {
    /// The candidate nearest to `word` by optimal string alignment, if it is near enough to be meant.
    public static func nearest(to word: String, in candidates: [String]) -> String? {
        let scored = candidates.map { (word: $0, distance: distance(word.lowercased(), $0.lowercased())) }
        guard let best = scored.min(by: { $0.distance < $1.distance }) else { return nil }
        // Half of a short word is another word: `nope` is not `open`.
        let limit = max(1, (min(word.count, best.word.count) + 1) / 3)
        return best.distance <= limit ? best.word : nil
    }

    /// Insertions, deletions, substitutions and swaps of neighbours between two words.
    public static func distance(_ left: String, _ right: String) -> Int {
        let (a, b) = (Array(left), Array(right))
        guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
        var rows = [Array(0...b.count)]
        for i in 1...a.count {
            var row = [i]
            for j in 1...b.count {
                var best = min(rows[i - 1][j] + 1, row[j - 1] + 1)
                best = min(best, rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { best = min(best, rows[i - 2][j - 2] + 1) }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }
}
