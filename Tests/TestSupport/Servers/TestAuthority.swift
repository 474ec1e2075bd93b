import Foundation

/// A certificate authority of a test's own, made with the openssl command.
package final class TestAuthority: Sendable {
    /// Where its files are; removed with it.
    package let folder: String

    /// Whether there is an openssl command on this machine.
    package static let isAvailable = ToolProcess.path(of: "openssl") != nil

    /// Makes the authority's own key and certificate.
    package init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/reel-ca-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try openssl("ecparam -name prime256v1 -genkey -noout -out ca.key")
        try openssl("req -x509 -new -key ca.key -days 2 -subj /CN=reel-tests -out ca.pem")
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// The file that a client trusts.
    package var file: String { "\(folder)/ca.pem" }

    /// A certificate for these hosts, signed by this authority: the files of certificate and key.
    package func certificate(for hosts: [String]) throws -> (certificate: String, key: String) {
        let name = "server-\(UUID().uuidString.prefix(8))"
        let names = hosts.map { host in host.allSatisfy { "0123456789.:".contains($0) } ? "IP:\(host)" : "DNS:\(host)" }
        let extensions = "subjectAltName=\(names.joined(separator: ","))\n"
        try Data(extensions.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name).ext"))
        try openssl("ecparam -name prime256v1 -genkey -noout -out \(name).key")
        try openssl("req -new -key \(name).key -subj /CN=\(hosts[0]) -out \(name).csr")
        try openssl(
            "x509 -req -in \(name).csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile \(name).ext -out \(name).pem"
        )
        return ("\(folder)/\(name).pem", "\(folder)/\(name).key")
    }

    private func openssl(_ words: String) throws {
        try ToolProcess.run(["openssl"] + words.split(separator: " ").map(String.init), folder: folder)
    }
}
