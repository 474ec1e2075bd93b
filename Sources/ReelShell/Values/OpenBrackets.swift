import VideoProviderKit

/// What is left open at the end of a text that was to be JSON.
struct OpenBrackets {
    /// The innermost one, as it was written.
    private(set) var opening = ""
    /// What would close all of them; empty where that is not all that is wrong.
    private(set) var closing = ""

    init(_ text: String) {
        var stack: [Character] = []
        var isInString = false
        var isEscaped = false
        for character in text {
            if isInString {
                isInString = isEscaped || character != "\""
                isEscaped = character == "\\" && !isEscaped
                continue
            }
            switch character {
            case "\"": isInString = true
            case "[", "{": stack.append(character)
            case "]", "}":
                guard let last = stack.popLast(), (last == "[") == (character == "]") else { return }
            default: break
            }
        }
        guard isInString || !stack.isEmpty, !isEscaped else { return }
        opening = isInString ? "\"" : stack.last.map(String.init) ?? ""
        let ends = String(stack.reversed().map { $0 == "[" ? "]" as Character : "}" })
        let rest = (isInString ? "\"" : "") + ends
        if (try? RawJSON(parsing: text + rest)) != nil { closing = rest }
    }
}
