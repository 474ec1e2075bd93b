import Foundation
import Testing
import VideoProviderKit

@testable import JobEngine

@Suite("Where a film is saved")
struct TargetFileTests {
    @Test(
        "A path is split into folder and name",
        arguments: [
            ("film.mp4", ".", "film.mp4"), ("a/b/film.mp4", "a/b", "film.mp4"), ("/film.mp4", "/", "film.mp4"),
            ("./film.mp4", ".", "film.mp4"),
        ]
    )
    func split(_ path: String, _ folder: String, _ name: String) {
        let target = TargetFile(path: path)
        #expect(target.folder == folder)
        #expect(target.name == name)
    }

    @Test("A free name counts up before the extension")
    func freeName() throws {
        let folder = try TemporaryFolder()
        let target = TargetFile(folder: folder.path, name: "j1.mp4")
        #expect(target.firstFree().name == "j1.mp4")
        try folder.write("j1.mp4", [1])
        #expect(target.firstFree().name == "j1-2.mp4")
        try folder.write("j1-2.mp4", [1])
        #expect(target.firstFree().name == "j1-3.mp4")
    }

    @Test("case 64: a dangling link counts as a file that exists")
    func danglingLink() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("j1.mp4"),
            withDestinationPath: "/nowhere/at/all"
        )
        #expect(TargetFile(folder: folder.path, name: "j1.mp4").exists)
        #expect(TargetFile(folder: folder.path, name: "j1.mp4").firstFree().name == "j1-2.mp4")
    }

    @Test("The part becomes the film, with the mode the user's mask allows")
    func take() throws {
        let folder = try TemporaryFolder()
        let part = try folder.write(".reel-j1-0.part", [1, 2, 3])
        let target = TargetFile(folder: folder.path, name: "j1.mp4")
        try target.take(part, replacing: false)
        #expect(folder.names == ["j1.mp4"])
        #expect(folder.bytes("j1.mp4") == [1, 2, 3])
        let mask = umask(0)
        umask(mask)
        let mode = try FileManager.default.attributesOfItem(atPath: target.path)[.posixPermissions] as? Int
        #expect(mode == 0o666 & ~Int(mask))
    }

    @Test("What is no plain file is not replaced, whatever is asked for", arguments: [false, true])
    func special(_ isLink: Bool) throws {
        let folder = try TemporaryFolder()
        let pipe = folder.file("pipe")
        #expect(mkfifo(pipe, 0o600) == 0)
        if isLink {
            try FileManager.default.createSymbolicLink(atPath: folder.file("link"), withDestinationPath: pipe)
        }
        let target = TargetFile(path: isLink ? folder.file("link") : pipe)
        let part = try folder.write("part", [1, 2, 3])
        #expect(throws: Fault.self) { try target.requireFree(replacing: true) }
        #expect(throws: Fault.self) { try target.take(part, replacing: true) }
        #expect(folder.bytes("part") == [1, 2, 3])
        var info = stat()
        #expect(stat(pipe, &info) == 0 && info.st_mode & S_IFMT == S_IFIFO)
    }

    @Test("case 64: an existing file or link is left alone, and so is the part", arguments: [false, true])
    func existing(_ isLink: Bool) throws {
        let folder = try TemporaryFolder()
        let part = try folder.write("part", [1, 2, 3])
        let other = try folder.write("other", [9])
        if isLink {
            try FileManager.default.createSymbolicLink(atPath: folder.file("j1.mp4"), withDestinationPath: other)
        } else {
            try folder.write("j1.mp4", [9])
        }
        let target = TargetFile(folder: folder.path, name: "j1.mp4")
        let fault = #expect(throws: Fault.self) { try target.take(part, replacing: false) }
        #expect(fault?.kind == .local)
        #expect(folder.bytes("j1.mp4") == [9])
        #expect(folder.bytes("other") == [9])
        #expect(folder.bytes("part") == [1, 2, 3])
    }

    @Test("Replacing a link replaces the link, not what it points to")
    func replacing() throws {
        let folder = try TemporaryFolder()
        let part = try folder.write("part", [1, 2, 3])
        let other = try folder.write("other", [9])
        try FileManager.default.createSymbolicLink(atPath: folder.file("j1.mp4"), withDestinationPath: other)
        try TargetFile(folder: folder.path, name: "j1.mp4").take(part, replacing: true)
        #expect(folder.bytes("j1.mp4") == [1, 2, 3])
        #expect(folder.bytes("other") == [9])
    }
}
