import VideoProviderKit

/// The text that `edit` opens: every parameter with what is known of it, those not set as comments.
struct DraftTemplate {
    let descriptor: ProviderDescriptor
    let draft: Draft
    /// The editor's width is not known; comments break at a usual one.
    private let width = 78

    /// What stands for bytes that are kept as they are.
    static func kept(_ content: MediaContent) -> String { "@kept \(DraftText.value(.media([.content(content)])))" }

    /// The lines.
    func lines() throws(ShellFailure) -> [String] {
        var lines = [
            "# The draft for \(descriptor.name). Lines beginning with # are comments; an empty value unsets.",
            "# Saved and closed it becomes the draft; an empty file or a failing editor changes nothing.",
            "",
        ]
        let (taken, others) = (
            descriptor.parameters.filter(isTaken), descriptor.parameters.filter { !isTaken($0) }
        )
        for parameter in taken { lines += try section(parameter) }
        if !others.isEmpty {
            lines += ["# Not taken with the model and values above:", ""]
            for parameter in others { lines += try section(parameter) }
        }
        var rest = draft
        for parameter in descriptor.parameters { rest[parameter.name] = nil }
        lines += try DraftFile.lines(rest) { Self.kept($2) }
        return lines
    }

    private func isTaken(_ parameter: Parameter) -> Bool {
        draft[parameter.name] != nil || draft.applies(parameter, in: descriptor)
    }

    private func section(_ parameter: Parameter) throws(ShellFailure) -> [String] {
        var lines = comment(parameter.help)
        var facts = [parameter.kind.summary]
        if let text = parameter.defaultText { facts.append("default \(text)") }
        if draft.requires(parameter, in: descriptor) { facts.append("required") }
        if !parameter.excludes.isEmpty {
            facts.append("not with \(parameter.excludes.map(\.rawValue).joined(separator: ", "))")
        }
        lines += comment(facts.joined(separator: "; "))
        if let words = parameter.vendorWords { lines += comment("\(descriptor.name): \"\(words)\"") }
        if let value = draft[parameter.name] {
            lines += try DraftFile.lines(parameter.name, value) { Self.kept($2) }
        } else if draft.requires(parameter, in: descriptor), parameter.defaultText == nil {
            lines.append("\(parameter.name):")
        } else {
            lines.append("# \(parameter.name):\(parameter.defaultText.map { " \($0)" } ?? "")")
        }
        return lines + [""]
    }

    private func comment(_ text: String) -> [String] {
        HelpText.wrap(text, width: width - 2).map { "# \($0)" }
    }

    /// `text` with `failure` marked above its line.
    static func marked(_ text: String, line: Int, _ failure: ShellFailure) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var mark = ["# error: \(failure.what)"]
        if let why = failure.why { mark.append("# error:   why: \(why)") }
        if let first = failure.tries.first { mark.append("# error:   try: \(first)") }
        let index = min(max(line - 1, 0), lines.count)
        lines.insert(contentsOf: mark.map { $0.replacing("\n", with: " ") }, at: index)
        return lines.joined(separator: "\n")
    }

    /// `text` without marks.
    static func unmarked(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("# error:") }
            .joined(separator: "\n")
    }
}
