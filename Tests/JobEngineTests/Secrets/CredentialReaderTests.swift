import Foundation
import JobEngine
import Testing
import VideoProviderKit

@Suite("Where keys come from")
struct CredentialReaderTests {
    private let reader = CredentialReader(environment: ["SOME_API_KEY": "sk-from-environment\n", "EMPTY_API_KEY": ""])

    private func text(_ source: CredentialSource, _ reader: CredentialReader) async throws -> String? {
        try await reader.secret(from: source).map { $0.withBytes { String(decoding: $0, as: UTF8.self) } }
    }

    @Test("the environment; an empty variable is none")
    func environment() async throws {
        #expect(try await text(.environment("SOME_API_KEY"), reader) == "sk-from-environment")
        #expect(try await text(.environment("EMPTY_API_KEY"), reader) == nil)
        #expect(try await text(.environment("OTHER_API_KEY"), reader) == nil)
    }

    @Test("a private file", arguments: [0o600, 0o400, 0o700])
    func privateFile(_ mode: Int) async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("key", Array("sk-from-file\n".utf8), mode: mode)
        #expect(try await text(.file(path), reader) == "sk-from-file")
    }

    @Test(
        "case 78: a file that others can read is refused, with the command that mends it",
        arguments: [0o644, 0o640, 0o604, 0o601]
    )
    func openFile(_ mode: Int) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("key", Array("sk-from-file".utf8), mode: mode)
        let fault = #expect(throws: Fault.self) { try CredentialReader.readPrivateFile(path) }
        #expect(fault?.kind == .local)
        #expect(fault?.suggestion == "chmod 600 \(path)")
        #expect(fault?.message.contains("sk-from-file") == false)
    }

    @Test("case 78: a symbolic link, a folder, a pipe and a missing file are refused")
    func wrongFiles() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("key", Array("sk-from-file".utf8))
        try FileManager.default.createSymbolicLink(atPath: folder.file("link"), withDestinationPath: path)
        try FileManager.default.createDirectory(atPath: folder.file("folder"), withIntermediateDirectories: false)
        #expect(mkfifo(folder.file("pipe"), 0o600) == 0)
        for name in ["link", "folder", "pipe", "missing"] {
            #expect(throws: Fault.self, "\(name)") { try CredentialReader.readPrivateFile(folder.file(name)) }
        }
    }

    @Test("the first line of a command's output")
    func command() async throws {
        let runner = CredentialReader(environment: [:]) { command async throws(Fault) in "\(command)-key\nsecond line\n"
        }
        #expect(try await text(.command("pass"), runner) == "pass-key")
    }

    @Test("Two sources are equal by what they name, never by the key")
    func equality() throws {
        #expect(CredentialSource.fixed(try Sample.secret()) == .fixed(try Sample.secret("sk-another-key")))
        #expect(CredentialSource.file("a") != .file("b"))
        #expect(!CredentialSource.fixed(try Sample.secret()).summary.contains("canary"))
    }
}
