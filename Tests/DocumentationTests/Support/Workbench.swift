import JobEngine
import Journal
import Transport
import VideoProviderKit

/// A provider in the real engine, with answers from a list.
struct Workbench {
    let transport: ScriptedTransport
    let journal: JobJournal
    let engine: Engine
    let instance: ProviderInstance

    init(_ provider: any VideoProvider, key: String = "key-1", answers: [String] = []) throws {
        var instance = ProviderInstance(provider)
        instance.credentials = Secret(key).map { [.fixed($0)] } ?? []
        let redactor = Redactor()
        transport = ScriptedTransport(answers)
        journal = try JobJournal(directory: nil, scrubber: redactor, now: 0)
        engine = Engine(
            instances: InstanceDirectory([instance]),
            journal: journal,
            transport: transport,
            credentials: CredentialReader(environment: [:]),
            redactor: redactor
        )
        self.instance = instance
    }

    /// A draft from what a user would type.
    func draft(_ items: KeyValuePairs<ParameterName, String>) throws -> Draft {
        var draft = Draft()
        for (name, text) in items {
            draft[name] = try instance.descriptor.parameters.first { $0.name == name }?.value(parsing: text)
        }
        return draft
    }

    /// The job that `draft` becomes; nil when it was not accepted.
    func submit(_ draft: Draft) async -> JobRecord? {
        guard case .submitted(let job, _) = await engine.submit(draft, to: instance).end else { return nil }
        return job
    }
}
