import BundledProviders
import JobEngine
import ReelShell
import SandboxScenarios
import SandboxServer
import VideoProviderKit

/// Puts together what can be talked to: bundled modules, configured instances, or the sandbox in their place.
enum Instances {
    /// The real vendors, with addresses and keys from configuration and environment.
    static func real(
        _ configuration: Configuration,
        _ arguments: Arguments,
        _ environment: [String: String],
        keys: CredentialFile,
    )
        throws(ShellFailure) -> InstanceDirectory
    {
        let registry = ProviderRegistry(BundledProviders.all)
        var directory = InstanceDirectory()
        for provider in registry.all {
            var instance = ProviderInstance(provider)
            instance.credentials.append(.stored(keys, instance: instance.name.description))
            if let text = environment[provider.descriptor.baseURLVariable] {
                instance.baseURL = try baseURL(text, provider.descriptor.baseURLVariable)
            }
            directory.add(instance)
        }
        for configured in configuration.instances {
            guard let provider = registry[configured.name.provider] else {
                throw ShellFailure(
                    "the configuration names an unknown provider \(configured.name.provider)",
                    why: "providers are \(registry.ids.map(\.rawValue).joined(separator: ", "))",
                    code: .local,
                    kind: "local"
                )
            }
            var instance = directory[configured.name] ?? ProviderInstance(provider, profile: configured.name.profile)
            if directory[configured.name] == nil {
                instance.credentials.append(.stored(keys, instance: instance.name.description))
            }
            if let text = configured.baseURL { instance.baseURL = try baseURL(text, "\(configured.name)") }
            if !configured.credentials.isEmpty { instance.credentials = configured.credentials }
            instance.caFile = configured.caFile
            instance.headerFields = configured.headers
            directory.add(instance)
        }
        if let file = arguments.keyFile {
            for instance in directory.all {
                var instance = instance
                instance.credentials.insert(.file(file), at: 0)
                directory.add(instance)
            }
        }
        return directory
    }

    /// The bundled modules, each at its emulation.
    static func sandbox(_ endpoints: SandboxEndpoints) -> InstanceDirectory {
        var directory = InstanceDirectory()
        let places: [(String, String, String)] = [
            ("siliconflow", endpoints.siliconflow, SandboxKey.siliconflow),
            ("xiexus", endpoints.xiexus, SandboxKey.xiexus),
            ("sorarelay", endpoints.sorarelay, SandboxKey.sorarelay),
        ]
        for provider in ProviderRegistry(BundledProviders.all).all {
            guard let place = places.first(where: { $0.0 == provider.descriptor.id.rawValue }) else { continue }
            var instance = ProviderInstance(provider)
            instance.standsFor = instance.baseURL?.url.origin.description ?? "a relay of your choice"
            instance.baseURL = BaseURL(place.1)
            instance.credentials = Secret(place.2).map { [.fixed($0)] } ?? []
            instance.polling = sandboxRhythm(speed: 1)
            directory.add(instance)
        }
        return directory
    }

    /// A job of the sandbox takes about 12 s, polled every 2 s; both scale with the speed.
    static func sandboxRhythm(speed: Double) -> PollAdvice {
        let interval = Duration.milliseconds(max(50, Int64(2000 / max(speed, 0.01))))
        return PollAdvice(first: interval / 2, interval: interval, growth: 1, maximum: interval, ceiling: 1000)
    }

    /// An address without the user name and password that somebody put into it.
    private static func shown(_ text: String) -> String {
        guard let start = text.firstRange(of: "://"), let at = text.lastIndex(of: "@"), at > start.upperBound else {
            return text
        }
        return "\(text[..<start.upperBound])...\(text[at...])"
    }

    private static func baseURL(_ text: String, _ name: String) throws(ShellFailure) -> BaseURL {
        guard let url = BaseURL(text) else {
            throw ShellFailure("\(name) is no base URL: \(shown(text))", tries: ["\(name)=https://HOST"], code: .usage)
        }
        return url
    }
}
