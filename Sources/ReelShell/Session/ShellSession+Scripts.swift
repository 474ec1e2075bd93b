import JobEngine
import Synchronization
import VideoProviderKit

extension ShellSession {
    /// What a script is read with: its lines may change the provider, so a text parameter of any counts.
    package var scriptGrammar: GrammarContext {
        var context = grammar
        context.allowsPrefixes = false
        for instance in instances.all { context.textParameters.formUnion(Self.textParameters(instance.descriptor)) }
        return context
    }

    /// Whether something in `entries` waits for jobs, of earlier runs too.
    package func waitsForJobs(_ entries: [ScriptEntry]) -> Bool {
        let grammar = scriptGrammar
        return entries.contains { entry in
            // An entry that cannot be read ends the script, and what stands before it counts.
            ((try? EntryParser.parse(entry.text, in: grammar)) ?? []).contains(where: waitsForJobs)
        }
    }

    /// Whether a command waits for jobs, of earlier runs too.
    package func waitsForJobs(_ command: ParsedCommand) -> Bool {
        guard case .run(let verb, _) = command.action else { return false }
        // What stands in another file, or behind a word that is still to be made, is not known yet.
        return ["watch", "wait", "resume", "source", "alias"].contains(catalog[verb]?.name ?? verb)
    }

    /// Runs the entries of a script up to the first failure; `name` and the line stand before its error.
    func run(script text: String, name: String) async throws(ShellFailure) -> EntryResult {
        let depth = state.withLock { state in
            state.scriptDepth += 1
            return state.scriptDepth
        }
        let before = location.withLock(\.self)
        defer {
            state.withLock { $0.scriptDepth -= 1 }
            location.withLock { $0 = before }
        }
        guard depth <= 16 else {
            throw ShellFailure(
                "scripts call each other more than 16 deep",
                why: "\(name) is one of them",
                tries: ["history source"]
            )
        }
        let entries = ScriptEntry.split(text, in: scriptGrammar)
        for (index, entry) in entries.enumerated() {
            location.withLock { $0 = "\(name):\(entry.line)" }
            let result = await run(entry: entry.text, isFromFile: true)
            if result.code != .ok, entries.indices.contains(index + 1) {
                let next = entries[index + 1].line
                output.note("stopped at line \(entry.line); line \(next) and on did not run")
            }
            if result.code != .ok || result.leaves || Task.isCancelled { return result }
        }
        return EntryResult(code: .ok)
    }
}
