package import SandboxScenarios

/// One line of the request log.
package struct SandboxExchange: Sendable, Hashable {
    /// The address that was asked.
    package let origin: SandboxOrigin
    /// What the request was for.
    package let call: SandboxCall
    /// The method.
    package let method: String
    /// Path and query, as sent to the vendor.
    package let target: String
    /// Milliseconds since 1970.
    package let wall: Int64
    /// The status that was sent; `nil` when nothing was.
    package let status: Int?
    /// Whether it made a job, which a real vendor would bill.
    package let isBillable: Bool
    /// Bytes of the request's body.
    package let bodyBytes: Int
}
