import SandboxServer

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The ports of a sandbox that is kept in a folder.
///
/// Its jobs and their links name the addresses of their first session, so the next one has to listen there again.
enum SandboxPorts {
    /// Starts the emulations of `folder` on the ports they had before, or on new ones; without a folder on any.
    static func start(folder: String?) throws -> (server: SandboxServer, endpoints: SandboxEndpoints) {
        guard let folder else { return try start(SandboxConfiguration()) }
        var configuration = SandboxConfiguration(stateFile: "\(folder)/sandbox.json")
        let remembered = read("\(folder)/ports")
        // Taken ports mean that another reel uses the folder; this one then serves its own jobs only.
        for first in [remembered].compactMap(\.self) + (0..<16).map({ _ in candidate() }) {
            configuration.firstPort = first
            if let started = try? start(configuration) { return started }
        }
        configuration.firstPort = nil
        return try start(configuration)
    }

    /// Keeps the ports of `server` for the next start; the first ones stay, as jobs name them.
    static func remember(_ server: SandboxServer, folder: String) {
        guard let first = server.configuration.firstPort, read("\(folder)/ports") == nil else { return }
        guard let file = fopen("\(folder)/ports", "w") else { return }
        fputs("\(first)\n", file)
        fclose(file)
    }

    private static func start(_ configuration: SandboxConfiguration) throws -> (SandboxServer, SandboxEndpoints) {
        let server = SandboxServer(configuration: configuration)
        let endpoints = try Blocking.run { try await server.start() }
        return (server, endpoints)
    }

    /// Below the ports that systems give to outgoing connections, which could be in use at the next start.
    private static func candidate() -> Int { 4 * Int.random(in: 5000..<8000) }

    private static func read(_ path: String) -> Int? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 16)
        guard fgets(&line, CInt(line.count), file) != nil else { return nil }
        let text = String(decoding: line.prefix { $0 >= 48 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return Int(text)
    }
}
