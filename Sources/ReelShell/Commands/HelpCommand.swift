import VideoProviderKit

/// `help`: all commands, one of them, a topic, a parameter or a model; also the pages of docs/.
enum HelpCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(1)
        guard let format = call.value("format"), format != "text" else {
            return try show(call.words.first, runner)
        }
        let text = try page(call.words.first, format, runner.session.catalog)
        runner.output.show(bytes: Array(text.utf8), json: ["page": .string(text)])
    }

    /// A page of docs/.
    static func page(
        _ topic: String?,
        _ format: String,
        _ catalog: CommandCatalog,
    ) throws(ShellFailure) -> String {
        switch (format, topic) {
        case ("man", nil): return ManPage.text(catalog)
        case ("markdown", nil): return MarkdownPages.commands(catalog)
        case ("markdown", "exit-codes"): return MarkdownPages.exitCodes
        case ("markdown", "settings"): return MarkdownPages.settings
        case ("markdown", "json"): return MarkdownPages.events
        case ("man", _), ("markdown", _):
            throw ShellFailure(
                "there is no page of that topic in \(format)",
                why: "markdown has json, settings, exit-codes and all commands; man has one page",
                tries: ["help --format \(format)"]
            )
        default:
            throw ShellFailure(
                "there is no format \(format)",
                why: "formats are text, markdown, man",
                tries: ["help --format markdown"]
            )
        }
    }

    static func show(_ topic: String?, _ runner: CommandRunner) throws(ShellFailure) {
        let catalog = runner.session.catalog
        let (width, language) = (runner.output.width, runner.output.language)
        guard let topic else {
            let lines = HelpText.overview(catalog, width: width, language: language) + firstFilm(runner)
            return runner.output.show(lines, json: HelpPages.json(catalog, language))
        }
        if let page = HelpTopic[topic], catalog[topic] == nil { return show(page, runner) }
        switch catalog.resolve(topic, allowsPrefix: true) {
        case .found(let spec):
            HelpPages.show(spec, runner.output)
            // `?model` may as well ask about the parameter.
            guard spec.name == topic, !runner.output.style.isJSON, DescribeCommand.knows(topic, runner) else { return }
            runner.output.show([""])
            runner.output.tell("A parameter has this name, too: describe \(topic)")
        case .ambiguous(let names):
            throw ShellFailure(
                "\(topic) is not unique",
                why: "it begins \(names.joined(separator: ", "))",
                tries: ["help \(names[0])"]
            )
        case .unknown:
            // A parameter or a model is as good a topic as a command.
            if DescribeCommand.knows(topic, runner) { return try DescribeCommand.show(topic, runner) }
            if let failure = ModelsCommand.elsewhere(topic, runner.session) { throw failure }
            let known =
                HelpTopic.all.map(\.name) + catalog.names
                + ValueReading.names(runner.session.descriptor)
            let nearest = CommandCatalog.nearest(to: topic, in: known)
            throw ShellFailure("there is no help on \(topic)", tries: [nearest.map { "help \($0)" } ?? "help"])
        }
    }

    private static func show(_ topic: HelpTopic, _ runner: CommandRunner) {
        let (width, language) = (runner.output.width, runner.output.language)
        let lines =
            switch topic.name {
            case "exit-codes": exitCodes(width, language)
            case "settings": settings(width, language)
            case "json": events(width, language)
            default: HelpText.topic(topic, width: width, language: language)
            }
        runner.output.show(
            lines,
            json: [
                "topic": .string(topic.name), "title": .string(language.page(of: topic).title),
                "text": .string(lines.dropFirst(2).joined(separator: "\n")),
            ]
        )
    }

    private static func exitCodes(_ width: Int, _ language: Language) -> [String] {
        [language.say("how reel ends"), ""]
            + ExitCode.table.flatMap { meaning in
                HelpText.row("\(meaning.code.rawValue)", language.say(meaning.text), column: 3, width: width)
            }
    }

    private static func settings(_ width: Int, _ language: Language) -> [String] {
        let note = "Later ones win: default, config.yaml, variable, flag, \"config NAME VALUE\" for the session."
        var lines = [language.say("what can be set, and where"), ""]
        lines += HelpText.wrap(language.say(note), width: width) + [""]
        for definition in ShellSettings.definitions {
            let choices = definition.choices.isEmpty ? "" : " [\(definition.choices.joined(separator: "|"))]"
            lines += HelpText.row(definition.name, language.say(definition.help) + choices, column: 14, width: width)
            lines += HelpText.wrap(
                String(repeating: " ", count: 18) + "\(definition.variable)  --\(definition.flag)",
                width: width
            )
        }
        return lines
    }

    private static func events(_ width: Int, _ language: Language) -> [String] {
        let note = "With --json each line is an object: {\"schema\":1,\"t\":UTC,\"event\":NAME, ...}. The names are:"
        var lines = [language.say("the lines that --json prints"), ""]
        lines += HelpText.wrap(language.say(note), width: width) + [""]
        for event in EventSpec.all {
            let names = event.fields.map(\.name).joined(separator: " ")
            lines += HelpText.row(event.name, "\(language.say(event.summary)): \(names)", column: 10, width: width)
        }
        return lines
    }

    /// The shortest way to a film with the provider in use.
    private static func firstFilm(_ runner: CommandRunner) -> [String] {
        let descriptor = runner.session.descriptor
        var draft = Draft()
        if let model = descriptor.models.last { draft[.model] = .text(model.id) }
        var steps = descriptor.models.last.map { ["model \($0.id)"] } ?? []
        for parameter in descriptor.parameters
        where parameter.name != .model && draft.requires(parameter, in: descriptor) && parameter.defaultText == nil {
            steps.append("set \(parameter.name) \(parameter.kind.choices.first ?? "a cat at the piano")")
        }
        // The text takes the rest of its line, so it cannot have a command behind it.
        let language = runner.output.language
        let lines = [language.say("A first film:")] + (steps + ["submit"]).map { "  \($0)" }
        guard runner.session.sandbox == nil else { return lines }
        return lines + [language.say("Without a key, for free, on local emulations:"), "  !reel --sandbox"]
    }
}
