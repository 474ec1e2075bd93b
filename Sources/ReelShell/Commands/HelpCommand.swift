import VideoProviderKit

/// `help`: all commands, or one.
enum HelpCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(1)
        try show(call.words.first, runner)
    }

    static func show(_ topic: String?, _ runner: CommandRunner) throws(ShellFailure) {
        let catalog = runner.session.catalog
        let width = runner.output.style.width
        guard let topic else {
            runner.output.show(HelpText.overview(catalog, width: width))
            return
        }
        switch catalog.resolve(topic, allowsPrefix: true) {
        case .found(let spec):
            runner.output.show(HelpText.command(spec, width: width))
        case .ambiguous(let names):
            throw ShellFailure("\(topic) is not unique", why: "it begins \(names.joined(separator: ", "))", tries: ["help \(names[0])"])
        case .unknown(let nearest):
            // A parameter is as good a topic as a command.
            if runner.session.descriptor.parameter(named: topic) != nil {
                throw ShellFailure("\(topic) is a parameter", tries: ["describe \(topic)"])
            }
            throw ShellFailure("there is no help on \(topic)", tries: nearest.map { ["help \($0)"] } ?? ["help"])
        }
    }
}
