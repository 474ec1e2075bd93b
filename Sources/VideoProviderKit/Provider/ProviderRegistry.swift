import OrderedCollections

/// Maps names to providers at run time.
///
/// A value: clone it, narrow it, fill it in a test.
///
/// A provider whose descriptor is invalid is not registered; ``rejected`` says why, and the program goes on.
public struct ProviderRegistry: Sendable {
    /// A provider that was offered and not taken.
    public struct Rejection: Sendable, Hashable {
        /// The id it claimed.
        public var id: ProviderID
        /// What is wrong with it, one sentence each.
        public var problems: [String]
    }

    private var providers: OrderedDictionary<ProviderID, any VideoProvider> = [:]

    /// The providers that were refused, in the order they came.
    public private(set) var rejected: [Rejection] = []

    /// Makes a registry of `providers`, in their order.
    public init(_ providers: [any VideoProvider] = []) {
        for provider in providers { register(provider) }
    }

    /// Adds `provider` if its descriptor is valid and its id free; otherwise notes why not.
    ///
    /// - Returns: whether it was added.
    @discardableResult
    public mutating func register(_ provider: any VideoProvider) -> Bool {
        let descriptor = provider.descriptor
        var problems = descriptor.problems()
        if descriptor.authentication == .signed, !(provider is any SignsRequests) {
            problems.append("\(descriptor.name) says that requests are signed and is no SignsRequests.")
        }
        if providers[descriptor.id] != nil {
            problems.append("Another provider is already registered as \"\(descriptor.id)\".")
        }
        guard problems.isEmpty else {
            rejected.append(Rejection(id: descriptor.id, problems: problems))
            return false
        }
        providers[descriptor.id] = provider
        return true
    }

    /// The ids, in the order of registration.
    public var ids: [ProviderID] { Array(providers.keys) }

    /// The providers, in the order of registration.
    public var all: [any VideoProvider] { Array(providers.values) }

    /// The provider registered as `id`.
    public subscript(id: ProviderID) -> (any VideoProvider)? { providers[id] }

    /// The same registry with only the providers named.
    public func narrowed(to ids: Set<ProviderID>) -> Self {
        var copy = self
        copy.providers = providers.filter { ids.contains($0.key) }
        return copy
    }
}
