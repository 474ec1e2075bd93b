import VideoProviderKit

/// `help`: all commands, or one.
enum HelpCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(1)
        try show(call.words.first, runner)
    }

    static func show(_ topic: String?, _ runner: CommandRunner) throws(ShellFailure) {
        let catalog = runner.session.catalog
        let width = runner.output.width
        guard let topic else {
            show(HelpText.overview(catalog, width: width) + firstFilm(runner), runner)
            return
        }
        switch catalog.resolve(topic, allowsPrefix: true) {
        case .found(let spec):
            show(HelpText.command(spec, width: width), runner)
        case .ambiguous(let names):
            throw ShellFailure(
                "\(topic) is not unique",
                why: "it begins \(names.joined(separator: ", "))",
                tries: ["help \(names[0])"]
            )
        case .unknown(let nearest):
            // A parameter or a model is as good a topic as a command.
            if DescribeCommand.knows(topic, runner) { return try DescribeCommand.show(topic, runner) }
            throw ShellFailure("there is no help on \(topic)", tries: nearest.map { ["help \($0)"] } ?? ["help"])
        }
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
        return ["A first film: \((steps + ["submit"]).joined(separator: "; "))"]
    }

    private static func show(_ lines: [String], _ runner: CommandRunner) {
        runner.output.show(lines, json: ["help": .array(lines.map(RequestJSON.string))])
    }
}
