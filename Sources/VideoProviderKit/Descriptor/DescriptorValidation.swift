extension ProviderDescriptor {
    /// What is wrong with the descriptor, one full sentence each; empty when it may be registered.
    public func problems() -> [String] {
        identityProblems() + parameterProblems() + rhythmProblems() + wordProblems() + faultProblems()
    }

    private func identityProblems() -> [String] {
        var problems: [String] = []
        let isName = { (byte: UInt8) in (97...122).contains(byte) || (48...57).contains(byte) || byte == 45 }
        if id.rawValue.isEmpty || !id.rawValue.utf8.allSatisfy(isName) {
            problems.append("The id \"\(id)\" must be lower-case letters, digits and hyphens.")
        }
        if name.isEmpty { problems.append("The name is empty.") }
        let isVariable = { (byte: UInt8) in (65...90).contains(byte) || (48...57).contains(byte) || byte == 95 }
        if keyVariable.isEmpty || !keyVariable.utf8.allSatisfy(isVariable) {
            problems.append("The key variable \"\(keyVariable)\" must be upper-case letters, digits and underscores.")
        }
        if traceHeaders.isEmpty {
            problems.append("No trace header is named; name the field the vendor's support asks for.")
        }
        if Set(models.map(\.id)).count != models.count { problems.append("A model id stands twice in the list.") }
        return problems
    }

    private func parameterProblems() -> [String] {
        var problems: [String] = []
        var names: Set<String> = []
        for parameter in parameters {
            if !names.insert(parameter.name.rawValue).inserted {
                problems.append("The parameter \"\(parameter.name)\" is declared twice.")
            }
            if parameter.help.isEmpty { problems.append("The parameter \"\(parameter.name)\" has no help.") }
            if let text = parameter.defaultText {
                do {
                    let value = try parameter.value(parsing: text)
                    if let problem = parameter.problem(with: value), problem.severity == .error {
                        problems.append("The default of \"\(parameter.name)\" is invalid: \(problem.message)")
                    }
                } catch {
                    problems.append("The default of \"\(parameter.name)\" is invalid: \(error.message)")
                }
            }
            for other in parameter.excludes where !parameters.contains(where: { $0.name == other }) {
                problems.append("\"\(parameter.name)\" excludes \"\(other)\", which does not exist.")
            }
            for name in parameter.required.parameterNames + parameter.applies.parameterNames
            where !parameters.contains(where: { $0.name == name }) {
                problems.append("\"\(parameter.name)\" depends on \"\(name)\", which does not exist.")
            }
        }
        if parameter(for: .prompt) == nil { problems.append("No parameter plays the role of the prompt.") }
        return problems
    }

    private func rhythmProblems() -> [String] {
        var problems: [String] = []
        if polling.first < .zero || polling.interval < .milliseconds(100) || polling.maximum < polling.interval {
            problems.append("The poll interval must be at least 100 ms and no longer than its maximum.")
        }
        if polling.growth < 1 || polling.growth > 10 {
            problems.append("The growth of the poll interval must lie between 1 and 10.")
        }
        if polling.ceiling < 1 { problems.append("The poll ceiling must be at least one a second.") }
        if assetLifetimes.isEmpty {
            problems.append("State how long a link lives, or state with a source that the vendor does not say.")
        }
        if assetLifetimes.contains(where: { ($0.duration ?? .seconds(1)) <= .zero }) {
            problems.append("A link's life must be longer than nothing.")
        }
        if replyLimit.bytes < 1024 { problems.append("The reply limit must be at least 1 KiB.") }
        return problems
    }

    private func wordProblems() -> [String] {
        words.keys.filter { $0 != $0.trimmed.lowercased() }.sorted().map {
            "The status word \"\($0)\" is never found: write it in lower case, replies are folded before the look-up."
        }
    }

    private func faultProblems() -> [String] {
        faults.filter { $0.accepted == .no && $0.source.isEmpty }.map {
            "The fault rule for \"\($0.code ?? $0.message ?? "?")\" says not accepted and names no source."
        }
    }
}
