import JobEngine
import VideoProviderKit

/// Makes what a failure says to try into lines that can be pasted where they are shown.
struct TriedLines {
    let session: ShellSession
    /// The command that failed; nil where it could not even be read.
    let command: ParsedCommand?

    /// The failure with such lines.
    func applied(to failure: ShellFailure) async -> ShellFailure {
        var failure = failure
        var lines: [String] = []
        let mended = takesItemsAlone ? mendedItems(failure.tries) : nil
        if let mended { lines.append(mended.line) }
        for line in failure.tries where mended?.taken.contains(line) != true {
            for line in await forKey(line, failure) {
                let whole = asTyped(line)
                guard let shown = session.isOneShot ? onCommandLine(whole) : whole else { continue }
                if !lines.contains(shown) { lines.append(shown) }
            }
        }
        failure.tries = lines
        return failure
    }

    /// Whether the draft of the session is not what the command sends: there is none, or it is another one.
    private var takesItemsAlone: Bool {
        if case .run("replay", _)? = command?.action { return true }
        return session.isOneShot
    }

    /// What helps against a refused key, which depends on where it comes from.
    private func forKey(_ line: String, _ failure: ShellFailure) async -> [String] {
        guard line.hasPrefix("login "), failure.code == .credentials else { return [line] }
        if let sandbox = session.sandbox {
            // A fault that has struck is spent, and there is nothing left to clear.
            return sandbox.hasFaults ? ["sandbox clear"] : [typed ?? "sandbox status"]
        }
        let name = String(line.dropFirst(6))
        guard let instance = session.instances[written: name],
            case .environment(let variable)? = try? await session.engine.credentialSource(of: instance)
        else { return [line] }
        // Variables are the shell's that started reel; a key kept by login would not be asked for.
        return session.isInteractive
            ? ["(leave, then: export \(variable)=KEY)"] : ["export \(variable)=KEY", "unset \(variable)"]
    }

    /// A flag alone as the command with that flag; the same verb alone as what was typed.
    private func asTyped(_ line: String) -> String {
        guard case .run(let verb, let arguments)? = command?.action, let spec = session.catalog[verb] else {
            return line
        }
        if line.hasPrefix("j"), Int(line.dropFirst()) != nil { return job(line, spec, arguments) }
        if line.hasPrefix("-"), let whole = withFlag(line, spec, arguments) { return whole }
        let items = arguments.filter { if case .item = $0 { true } else { false } }
        if line == spec.name, spec.isBillable { return text(spec, arguments) ?? line }
        if ["submit", "check", "preview"].contains(line), spec.takesItems, spec.operands.isEmpty,
            let other = session.catalog[line]
        {
            return text(other, items) ?? line
        }
        if !items.isEmpty, RequestItem(LexedWord(plain: line, offset: 0)) != nil {
            return item(line, spec, arguments) ?? line
        }
        return line
    }

    /// The command with a job in place of the exchange that it does not take.
    private func job(_ name: String, _ spec: CommandSpec, _ arguments: [ParsedCommand.Argument]) -> String {
        let changed = arguments.map { argument -> ParsedCommand.Argument in
            switch argument {
            case .word(let word) where References.isExchange(word): .word(name)
            case .flag(let flag, let value?) where References.isExchange(value): .flag(name: flag, value: name)
            default: argument
            }
        }
        return (changed == arguments ? nil : text(spec, changed)) ?? "status \(name)"
    }

    private func withFlag(
        _ line: String,
        _ spec: CommandSpec,
        _ arguments: [ParsedCommand.Argument]
    ) -> String? {
        let name = String(line.drop { $0 == "-" }.prefix { $0 != " " && $0 != "=" })
        let rest = arguments.filter { if case .flag(name, _) = $0 { false } else { true } }
        return text(spec, rest).map { "\($0) \(line)" }
    }

    /// The command with another item in place of the one of that name, or of the one that names no parameter.
    private func item(
        _ line: String,
        _ spec: CommandSpec,
        _ arguments: [ParsedCommand.Argument]
    ) -> String? {
        guard let new = try? EntryParser.parse(line, in: session.grammar).first,
            case .items(let items) = new.action, let item = items.first
        else { return nil }
        var changed = arguments.map { argument -> ParsedCommand.Argument in
            guard case .item(let old) = argument, old.op != .query, old.op != .header else { return argument }
            let isMeant = old.name == item.name || session.descriptor.parameter(named: old.name) == nil
            return isMeant && !old.name.hasPrefix("raw.") ? .item(item) : argument
        }
        if !changed.contains(.item(item)) { changed.append(.item(item)) }
        return text(spec, changed)
    }

    /// A command as it is typed here; nil if it would be too long to be shown whole.
    private func text(_ spec: CommandSpec, _ arguments: [ParsedCommand.Argument]) -> String? {
        let quoted = session.isOneShot ? Programs.word : Quoting.word
        var words = [spec.name]
        for argument in arguments {
            switch argument {
            case .word(let word): words.append(quoted(word))
            case .item(let item):
                words.append(
                    session.isOneShot ? quoted(item.description) : Quoting.item(item.name, item.op, item.value)
                )
            case .flag(let name, let value):
                words.append(spec.flag(named: name)?.spelling ?? "--\(name)")
                if let value { words.append(quoted(value)) }
            }
        }
        let text = words.joined(separator: " ")
        return text.unicodeScalars.count <= 300 && !text.contains(where: \.isNewline) ? text : nil
    }

    /// A line of the session as one of the user's shell, where there is no draft; nil where it would mean nothing.
    private func onCommandLine(_ line: String) -> String? {
        if line.hasPrefix("(") { return line }
        if line.hasPrefix("!") { return String(line.dropFirst()) }
        let parts = line.split(separator: " ", maxSplits: 2).map(String.init)
        // `export NAME=VALUE` is the user's shell's, as against `export html`.
        if parts.count == 2, parts[0] == "export", parts[1].contains("=") { return line }
        guard let first = parts.first, let spec = session.catalog[first] else { return line }
        switch (first, parts.count) {
        case ("unset", 2): return withoutItem(parts[1])
        case ("use", 2): return "\(session.program) --provider \(parts[1]) \(typed ?? "providers")"
        default: break
        }
        guard spec.isSubcommand else { return nil }
        // Its journal goes with a temporary sandbox: there is nothing to look at afterwards.
        if session.isTemporary, spec.readsJournal { return nil }
        return "\(session.program) \(line)"
    }

    private var typed: String? {
        guard case .run(let verb, let arguments)? = command?.action else { return nil }
        return session.catalog[verb].flatMap { text($0, arguments) }
    }

    /// The typed command with all the values that are to be set, as one line.
    private func mendedItems(_ tries: [String]) -> (line: String, taken: [String])? {
        guard case .run(let verb, var arguments)? = command?.action, let spec = session.catalog[verb], spec.takesItems
        else { return nil }
        var taken: [String] = []
        for line in tries {
            let parts = line.split(separator: " ", maxSplits: 2).map(String.init)
            let word =
                parts.count == 3 && parts[0] == "set"
                ? "\(parts[1])=\(parts[2])" : parts.count == 2 && parts[0] == "model" ? "model=\(parts[1])" : nil
            guard let item = word.flatMap({ RequestItem(LexedWord(plain: $0, offset: 0)) }) else { continue }
            taken.append(line)
            arguments.removeAll { if case .item(let old) = $0 { isSame(old.name, item.name) } else { false } }
            let place = arguments.firstIndex { if case .flag = $0 { true } else { false } } ?? arguments.endIndex
            arguments.insert(.item(item), at: place)
        }
        guard !taken.isEmpty, let line = text(spec, arguments) else { return nil }
        return (session.isOneShot ? "\(session.program) \(line)" : line, taken)
    }

    /// Whether two names, the provider's or common ones, are of one parameter.
    private func isSame(_ left: String, _ right: String) -> Bool {
        let names = [left, right].map { session.descriptor.parameter(named: $0)?.name.rawValue ?? $0 }
        return names[0] == names[1]
    }

    private func withoutItem(_ name: String) -> String? {
        guard case .run(let verb, let arguments)? = command?.action, let spec = session.catalog[verb] else {
            return "unset \(name)"
        }
        let rest = arguments.filter { if case .item(let old) = $0 { old.name != name } else { true } }
        guard rest.count < arguments.count else { return "unset \(name)" }
        return text(spec, rest).map { "\(session.program) \($0)" }
    }
}

extension CommandSpec {
    /// Whether it looks at what was sent before.
    fileprivate var readsJournal: Bool {
        group == .inspect
            || ["jobs", "status", "wait", "watch", "fetch", "stop", "resume", "open", "frames"].contains(name)
    }
}
