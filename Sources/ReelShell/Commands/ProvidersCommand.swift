import JobEngine
import Synchronization
import VideoProviderKit

/// `providers`: what can be used, with key source and address.
enum ProvidersCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(0)
        let session = runner.session
        let current = session.state.withLock(\.instance)
        var rows: [[String]] = []
        var list: [RequestJSON] = []
        for instance in session.instances.all {
            let key = await keyText(instance, session)
            let none: Message = "none; set \(instance.descriptor.baseURLVariable)"
            let address = instance.baseURL.map { Message(verbatim: $0.description) } ?? none
            let mark = instance.name == current ? "*" : " "
            rows.append([
                mark, instance.name.description, runner.output.language.say(key),
                runner.output.language.say(
                    instance.standsFor.map { "\(address) (sandbox of \(Message(recognizing: $0)))" } ?? address
                ),
                runner.output.language.say("\(instance.descriptor.models.count) models" as Message),
            ])
            list.append([
                "name": .string(instance.name.description), "key": .string(key.description),
                "base_url": .string(address.description),
                "models": .number(String(instance.descriptor.models.count)), "current": .bool(instance.name == current),
            ])
        }
        runner.output.show(
            runner.output.table(
                rows,
                headings: ["", "name", "key", "address", "models"],
                flexible: [2, 3],
                first: [2],
                narrowest: [2: 18]
            ),
            json: ["providers": .array(list)]
        )
    }

    private static func keyText(_ instance: ProviderInstance, _ session: ShellSession) async -> Message {
        do throws(Fault) {
            guard let secret = try await session.engine.secret(for: instance) else {
                return "no key; \(Message(recognizing: instance.keyAdvice))"
            }
            let source = try await session.engine.credentialSource(of: instance)?.summary ?? ""
            return Message(verbatim: "\(secret.masked) (\(source))")
        } catch {
            return "key unusable: \(Message(recognizing: error.message))"
        }
    }
}
