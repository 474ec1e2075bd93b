/// Sends one HTTP request and says exactly what happened to it.
///
/// Whoever implements this promises:
/// - at most one request is started for each call of `send`, whatever the connection does;
/// - `WireRequest.gate` is asked once connected and before the first byte of the request; if it says no, or if
///   `TransportFailure.gatePassed` is false, no byte of the request has left;
/// - any complete answer is returned, whatever its status; everything else is thrown as a `TransportFailure`;
/// - when the calling task is cancelled, `send` ends within 50 ms;
/// - no redirect is followed, no credential is added and no answer is remembered unless the request asks for it.
package protocol HTTPTransport: Sendable {
    /// Sends a request and returns the complete answer.
    ///
    /// - Parameter request: What to send, and the limits within which the answer has to come.
    /// - Returns: The answer, with its body decoded, and the record of the exchange.
    /// - Throws: A `TransportFailure` when there is no complete answer.
    func send(_ request: WireRequest) async throws(TransportFailure) -> WireReply
}
