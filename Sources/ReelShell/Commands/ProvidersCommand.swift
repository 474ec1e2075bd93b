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
            let address = instance.baseURL?.description ?? "none; set \(instance.descriptor.baseURLVariable)"
            let mark = instance.name == current ? "*" : " "
            rows.append([
                mark, instance.name.description, key,
                address + (instance.standsFor.map { " (sandbox of \($0))" } ?? ""),
                "\(instance.descriptor.models.count) models",
            ])
            list.append([
                "name": .string(instance.name.description), "key": .string(key), "base_url": .string(address),
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

    private static func keyText(_ instance: ProviderInstance, _ session: ShellSession) async -> String {
        do throws(Fault) {
            guard let secret = try await session.engine.secret(for: instance) else {
                return "no key; \(instance.keyAdvice)"
            }
            let source = try await session.engine.credentialSource(of: instance)?.summary ?? ""
            return "\(secret.masked) (\(source))"
        } catch {
            return "key unusable: \(error.message)"
        }
    }
}
