/// What a request is for, as far as faults tell requests apart.
package enum SandboxCall: String, Sendable, Hashable, CaseIterable {
    /// Makes a job.
    case submit
    /// Asks after a job.
    case poll
    /// Fetches a film, from storage or from a content endpoint.
    case download
    /// Anything else: models, account, lists.
    case other
}

/// The four addresses of the sandbox.
package enum SandboxOrigin: String, Sendable, Hashable, CaseIterable {
    /// The SiliconFlow dialect.
    case siliconflow
    /// The dialect of Xiexus, a new-api server.
    case xiexus
    /// The SoraRelay dialect: unified and OpenAI forms.
    case sorarelay
    /// The host behind the film links.
    case storage
}
