import Foundation

/// A TLS server on loopback that answers with given bytes, whatever was asked: the openssl command.
///
/// One connection at a time.
package final class TLSServer: Sendable {
    /// Where it listens.
    package let port: Int
    private let tool: ToolProcess

    /// Starts a server with this certificate; `protocols` are offered by ALPN.
    package init(_ files: (certificate: String, key: String), protocols: String = "http/1.1") throws {
        port = try LoopbackSocket.unusedPort()
        tool = try ToolProcess([
            "openssl", "s_server", "-quiet", "-accept", "127.0.0.1:\(port)", "-cert", files.certificate,
            "-key", files.key, "-alpn", protocols,
        ])
        while true {
            let (probe, _) = try LoopbackSocket.bound()
            defer { LoopbackSocket.close(probe) }
            if (try? LoopbackSocket.connect(probe, to: port)) != nil { break }
            Thread.sleep(forTimeInterval: 0.005)
        }
    }

    /// All it has received so far, decrypted.
    package var received: [UInt8] { tool.output }

    /// Sends these bytes on the connection there is, once `isDue` holds for what was received.
    package func answer(_ bytes: [UInt8], once isDue: @escaping @Sendable ([UInt8]) -> Bool) {
        let tool = tool
        Thread.detachNewThread {
            while !isDue(tool.output) { Thread.sleep(forTimeInterval: 0.005) }
            tool.write(bytes)
        }
    }

    /// Ends it.
    package func stop() { tool.stop() }
}
