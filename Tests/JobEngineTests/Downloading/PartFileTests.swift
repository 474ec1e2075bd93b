import Foundation
import Journal
import Testing
import Transport
import VideoProviderKit

@testable import JobEngine

@Suite("The part of a download")
struct PartFileTests {
    private func begin(_ part: PartFile, _ status: Int, _ headers: KeyValuePairs<String, String> = [:]) throws {
        try part.begin(status: status, headerLines: headers.map { HeaderLine(name: $0.key, value: $0.value) })
    }

    private func write(_ part: PartFile, _ bytes: [UInt8]) throws { try bytes.withUnsafeBytes { try part.write($0) } }

    @Test("is private from the start")
    func mode() throws {
        let folder = try TemporaryFolder()
        _ = try PartFile(path: folder.file("part"), resuming: false)
        let mode = try FileManager.default.attributesOfItem(atPath: folder.file("part"))[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test("takes a whole answer from zero")
    func whole() throws {
        let folder = try TemporaryFolder()
        let part = try PartFile(path: folder.file("part"), resuming: false)
        try begin(part, 200, ["Content-Length": "5", "ETag": "\"a\""])
        try write(part, [1, 2, 3])
        try write(part, [4, 5])
        #expect(part.state.size == 5)
        #expect(part.state.expected == 5)
        #expect(part.state.validator == "\"a\"")
        #expect(folder.bytes("part") == [1, 2, 3, 4, 5])
    }

    @Test("goes on where the server goes on")
    func resumed() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("part", [1, 2, 3])
        let part = try PartFile(path: path, resuming: true, noted: "\"a\"\n\n3")
        #expect(part.state.size == 3)
        try begin(part, 206, ["Content-Range": "bytes 3-4/5", "ETag": "\"a\""])
        try write(part, [4, 5])
        #expect(part.state.resumed)
        #expect(part.state.expected == 5)
        #expect(folder.bytes("part") == [1, 2, 3, 4, 5])
    }

    @Test(
        "goes on behind the bytes that were noted as synced: after a loss of power a file may have a length without bytes",
        arguments: [("\"a\"\n\n3", 3), ("\"a\"\ndate\n2", 2), ("\"a\"\n\n9", 5), ("\"a\"", 0), ("\"a\"\n\n-7", 0)]
    )
    func foreignTail(_ noted: String, _ size: Int) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("part", [1, 2, 3, 0, 0])
        let part = try PartFile(path: path, resuming: true, noted: noted)
        #expect(part.state.size == size)
        #expect(folder.bytes("part") == Array([UInt8]([1, 2, 3, 0, 0]).prefix(size)))
    }

    @Test("notes the validator, the date and what was synced, and not what only came")
    func noted() throws {
        let folder = try TemporaryFolder()
        let part = try PartFile(path: folder.file("part"), resuming: false)
        try begin(part, 200, ["ETag": "\"a\"", "Last-Modified": "Sat, 21 Nov 2026 00:00:00 GMT"])
        try write(part, [1, 2, 3])
        #expect(part.state.hasNews)
        let number = try #require(part.identity?.number)
        #expect(part.state.noted == "\"a\"\nSat, 21 Nov 2026 00:00:00 GMT\n0\n\(number)")
        try part.sync()
        #expect(part.state.noted == "\"a\"\nSat, 21 Nov 2026 00:00:00 GMT\n3\n\(number)")
        #expect(!part.state.hasNews)
        part.discard()
        #expect(part.state.noted == nil)
    }

    @Test("does not go on with another file that was put in the place of the part")
    func replaced() throws {
        let folder = try TemporaryFolder()
        var part: PartFile? = try PartFile(path: folder.file("part"), resuming: false)
        try begin(try #require(part), 200, ["ETag": "\"a\"", "Content-Length": "5"])
        try write(try #require(part), [1, 2, 3])
        try part?.sync()
        let noted = try #require(part?.state.noted)
        part = nil

        let same = try PartFile(path: folder.file("part"), resuming: true, noted: noted)
        #expect(same.state.size == 3)

        rename(try folder.write("other", [7, 8, 9, 9]), folder.file("part"))
        let other = try PartFile(path: folder.file("part"), resuming: true, noted: noted)
        #expect(other.state.size == 0)
        #expect(other.state.validator == nil)
        #expect(folder.bytes("part") == [])
    }

    @Test("starts from zero when the server does")
    func fromZero() throws {
        let folder = try TemporaryFolder()
        let part = try PartFile(path: try folder.write("part", [1, 2, 3]), resuming: true)
        try begin(part, 200, ["Content-Length": "2"])
        try write(part, [8, 9])
        #expect(!part.state.resumed)
        #expect(folder.bytes("part") == [8, 9])
    }

    @Test(
        "does not join a range that begins elsewhere",
        arguments: ["bytes 2-4/5", "bytes 0-4/5", "bytes */5", "nonsense"]
    )
    func wrongRange(_ range: String) throws {
        let folder = try TemporaryFolder()
        let part = try PartFile(path: try folder.write("part", [1, 2, 3]), resuming: true, noted: "\"a\"\n\n3")
        try? begin(part, 206, ["Content-Range": range])
        try? write(part, [4, 5])
        #expect(!part.state.resumed)
        #expect(folder.bytes("part") != [1, 2, 3, 4, 5])
    }

    @Test("does not trust a weak validator")
    func weakValidator() throws {
        let folder = try TemporaryFolder()
        let part = try PartFile(path: folder.file("part"), resuming: false)
        try begin(part, 200, ["ETag": "W/\"a\""])
        #expect(part.state.validator == nil)
    }

    @Test("case 64: a link, a folder and a file with a second name are not taken up")
    func swapped() throws {
        let folder = try TemporaryFolder()
        let other = try folder.write("other", [9])
        try FileManager.default.createSymbolicLink(atPath: folder.file("symlink"), withDestinationPath: other)
        try FileManager.default.linkItem(atPath: other, toPath: folder.file("hardlink"))
        try FileManager.default.createDirectory(atPath: folder.file("folder"), withIntermediateDirectories: false)
        for name in ["symlink", "hardlink", "folder"] {
            #expect(throws: Fault.self, "\(name)") { try PartFile(path: folder.file(name), resuming: true) }
        }
        #expect(folder.bytes("other") == [9])
    }

    @Test("case 64: a link in its place is replaced, not followed")
    func linkInPlace() throws {
        let folder = try TemporaryFolder()
        let other = try folder.write("other", [9])
        try FileManager.default.createSymbolicLink(atPath: folder.file("part"), withDestinationPath: other)
        let part = try PartFile(path: folder.file("part"), resuming: false)
        try begin(part, 200)
        try write(part, [1])
        #expect(folder.bytes("other") == [9])
        #expect(folder.bytes("part") == [1])
    }

    @Test("has the SHA-256 of its bytes")
    func hash() throws {
        let folder = try TemporaryFolder()
        let part = try PartFile(path: try folder.write("part", Array("abc".utf8)), resuming: true, noted: "\"a\"\n\n3")
        let expected: [UInt8] = [0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea]
        #expect(Array(try part.sha256().prefix(8)) == expected)
    }
}
