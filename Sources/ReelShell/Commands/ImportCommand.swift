import JobEngine
import Journal
import LosslessJSON
import Synchronization
import VideoProviderKit

/// `import curl|har`: what others sent, into the draft or the journal.
enum ImportCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        guard let kind = call.words.first, ["curl", "har"].contains(kind) else {
            throw ShellFailure("import needs curl or har", why: call.spec.synopsis, tries: ["import curl -"])
        }
        let rest = Array(call.words.dropFirst())
        if kind == "curl" { return try await curl(rest, runner) }
        guard rest.count == 1 else { throw ShellFailure("import har needs one file", tries: ["import har FILE"]) }
        try await har(try LocalFiles.read(rest[0] == "-" ? "/dev/stdin" : rest[0]), runner)
    }

    private static func har(_ bytes: [UInt8], _ runner: CommandRunner) async throws(ShellFailure) {
        let session = runner.session
        let reading = HARReading(instances: session.instances, fallback: session.instance)
        var numbers: [Int] = []
        for exchange in try reading.exchanges(bytes) {
            numbers.append(
                try await session.reading { (journal) throws(JournalError) in try await journal.append(exchange) }
            )
        }
        guard let first = numbers.first, let last = numbers.last else {
            throw ShellFailure("the archive holds no exchanges", tries: ["help import"])
        }
        session.state.withLock { $0.printed(last) }
        runner.output.tell(
            "imported \(numbers.count) exchanges, r\(first)..r\(last)",
            json: ["exchanges": .array(numbers.map { .string("r\($0)") })]
        )
    }

    /// The command as it is pasted at the prompt: lines until no quote is open and no backslash ends the last.
    private static func pasted(_ session: ShellSession) async throws(ShellFailure) -> String {
        var lines: [String] = []
        while true {
            guard let line = await session.interaction.ask(lines.isEmpty ? "curl command: " : "... ") else {
                throw ShellFailure("nothing was imported", code: .other, kind: "refused")
            }
            lines.append(line)
            let text = lines.joined(separator: "\n")
            if !line.hasSuffix("\\"), !text.allSatisfy(\.isWhitespace), (try? ShellWords.split(text)) != nil {
                return text
            }
        }
    }

    private static func curl(_ words: [String], _ runner: CommandRunner) async throws(ShellFailure) {
        let session = runner.session
        guard words.count == 1 else {
            throw ShellFailure("import curl needs a file, or - for standard input", tries: ["import curl -"])
        }
        let path = words[0] == "-" ? "/dev/stdin" : words[0]
        let text =
            words[0] == "-" && session.isInteractive
            ? try await pasted(session) : try LocalFiles.text(LocalFiles.read(path), of: path)
        let command = try CurlReading(text)
        let owner = try owner(of: command, session)
        var taken = DraftFromRequest(owner.descriptor)
        if !command.form.isEmpty {
            try taken.take(form: command.form)
        } else if let body = command.body,
            let form = MultipartReading(body, contentType: command["Content-Type"] ?? "")
        {
            taken.take(parts: form.parts)
        } else if let body = command.body {
            do throws(JSONError) { taken.take(json: try JSONDocument(parsing: body).root) } catch {
                throw ShellFailure(
                    "the command's body is no JSON",
                    why: "\(error)",
                    tries: ["http POST PATH --body FILE"]
                )
            }
        } else {
            throw ShellFailure(
                "the command sends nothing that could be a draft",
                why: "it is a \(command.method) without a body",
                tries: ["http \(command.method) \(command.url)"]
            )
        }
        let draft = taken.draft
        session.state.withLock { $0.replaceDraft(draft, for: owner.name) }
        for note in taken.notes { runner.output.note(note) }
        if command["Authorization"] != nil { runner.output.note("the command's key was not taken over") }
        let title: Message = "draft for \(owner.name)"
        runner.output.show([runner.output.language.say(title)] + DraftText.lines(draft), json: DraftText.json(draft))
    }

    /// The instance that the command calls; only a call that creates a task makes a draft.
    private static func owner(
        of command: CurlReading,
        _ session: ShellSession
    ) throws(ShellFailure) -> ProviderInstance {
        let origin = WebURL(command.url)?.origin
        let known = session.instances.all.first { instance in
            instance.baseURL?.url.origin == origin || instance.descriptor.baseURL?.url.origin == origin
        }
        let owner = known ?? session.instance
        let bases = [owner.baseURL, owner.descriptor.baseURL].compactMap(\.self)
        let guesses = bases.map { CallGuess.call(command.method, command.url, owner.provider, $0) }
        if guesses.contains(.submit) { return owner }
        // A host that is nobody's may have any path, but what is known to ask something creates nothing.
        let other = guesses.first { $0 != .free }
        guard known != nil || other != nil else { return owner }
        let place = WebURL(command.url)?.rest ?? command.url
        let why: Message =
            if let other {
                "it is \(command.method) \(place), the \(other.rawValue) call"
            } else {
                "it is \(command.method) \(place)"
            }
        throw ShellFailure(
            "the command creates no task at \(owner.name)",
            why: why,
            tries: ["http \(command.method) \(place)"]
        )
    }
}
