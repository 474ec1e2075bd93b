import Crypto
package import VideoProviderKit

/// The name of an instance: `siliconflow`, or `siliconflow@intl` with a profile.
package struct InstanceName: Sendable, Hashable, LosslessStringConvertible {
    /// The provider module.
    package var provider: ProviderID
    /// The profile, when it is not the plain module.
    package var profile: String?

    /// Makes a name.
    package init(_ provider: ProviderID, profile: String? = nil) {
        self.provider = provider
        self.profile = profile
    }

    /// Reads `NAME` or `NAME@PROFILE`.
    package init?(_ description: String) {
        let parts = description.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, !first.isEmpty, parts.count == 1 || !parts[1].isEmpty else { return nil }
        self.init(ProviderID(rawValue: String(first)), profile: parts.count > 1 ? String(parts[1]) : nil)
    }

    /// `siliconflow@intl`.
    package var description: String { profile.map { "\(provider)@\($0)" } ?? provider.rawValue }
}

/// A provider module with an address and a key: what `use` switches to.
package struct ProviderInstance: Sendable {
    /// Its name.
    package var name: InstanceName
    /// The module.
    package var provider: any VideoProvider
    /// Where its requests go; nil when the vendor has no default and none is configured.
    package var baseURL: BaseURL?
    /// Where its key may come from, first that has one wins.
    package var credentials: [CredentialSource]
    /// How often to poll, when not as the descriptor says.
    package var polling: PollAdvice?
    /// The address it stands in for, shown beside the sandbox's own.
    package var standsFor: String?
    /// A file with the certificates to trust instead of the system's.
    package var caFile: String?
    /// Header fields added to each of its requests.
    package var headerFields: [QueryItem] = []

    /// Makes the plain instance of a module with its default address and key variable.
    package init(_ provider: any VideoProvider, profile: String? = nil) {
        let descriptor = provider.descriptor
        name = InstanceName(descriptor.id, profile: profile)
        self.provider = provider
        baseURL = descriptor.baseURL
        credentials = [.environment(descriptor.keyVariable)]
    }

    /// What to do about a missing key, by where it is looked for.
    package var keyAdvice: String {
        credentials.map(\.advice).joined(separator: " or ")
    }

    /// The descriptor of its module.
    package var descriptor: ProviderDescriptor { provider.descriptor }

    /// The rhythm of its polls.
    package var pollAdvice: PollAdvice { polling ?? descriptor.polling }

    /// The base URL, or the fault that names the variable to set.
    package func requireBaseURL() throws(Fault) -> BaseURL {
        guard let baseURL else {
            let variable = descriptor.baseURLVariable
            var fault = Fault(.invalidRequest, "\(descriptor.name) has no default address; set \(variable).")
            fault.accepted = .no
            fault.charged = .no
            fault.suggestion = "export \(variable)=https://HOST"
            throw fault
        }
        return baseURL
    }
}

/// The instances of this program run, by name.
///
/// A value.
package struct InstanceDirectory: Sendable {
    private var instances: [String: ProviderInstance] = [:]
    /// Their names, in the order they were added.
    package private(set) var names: [InstanceName] = []

    /// Makes a directory.
    package init(_ instances: [ProviderInstance] = []) {
        for instance in instances { add(instance) }
    }

    /// Adds or replaces an instance.
    package mutating func add(_ instance: ProviderInstance) {
        if instances.updateValue(instance, forKey: instance.name.description) == nil { names.append(instance.name) }
    }

    /// The instance of that name.
    package subscript(name: InstanceName) -> ProviderInstance? { instances[name.description] }

    /// The instance whose name is written so, as a job's record has it.
    package subscript(written name: String) -> ProviderInstance? { instances[name] }

    /// All of them, in order.
    package var all: [ProviderInstance] { names.compactMap { self[$0] } }
}
