/// The API keys the sandbox knows; none of them opens anything outside it.
package enum SandboxKey {
    /// The key shown in examples, one for each vendor.
    package static let siliconflow = "sandbox-siliconflow-0001"
    /// The key shown in examples, one for each vendor.
    package static let xiexus = "sandbox-xiexus-0001"
    /// The key shown in examples, one for each vendor.
    package static let sorarelay = "sandbox-sorarelay-0001"
    /// A key of an account that may not do anything: 403.
    package static let forbidden = "sandbox-forbidden"
    /// A key of an account without money: submits answer 403 with the vendor's balance code.
    package static let penniless = "sandbox-penniless"

    enum Standing {
        case accepted
        case wrong
        case forbidden
        case penniless
    }

    /// What a vendor makes of the Authorization header: any `sandbox-...` Bearer token is good.
    static func standing(of request: SandboxRequest) -> Standing {
        guard let field = request.header("authorization") else { return .wrong }
        let parts = field.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return .wrong }
        let key = parts[1]
        if key == forbidden { return .forbidden }
        if key == penniless { return .penniless }
        return key.hasPrefix("sandbox-") ? .accepted : .wrong
    }
}
