import Foundation
import Testing

@Suite("settings that last", .fewAtOnce)
struct SettingsTests {
    let reel: Reel
    private let path = "config/reel/config.yaml"

    init() throws { reel = try Reel() }

    @Test("are kept by --save, and all else in the file stays as it was")
    func saves() async throws {
        let first = try await reel("config", "poll.every", "10s", "--save")
        #expect(first.code == 0, "\(first.errors)")
        #expect(reel.text(path) == "poll.every: '10s'\n")
        try reel.scratch.write("# mine\nfetch:\n  auto: off # no films\nnotices: all\n", to: path)
        #expect(try await reel("config", "fetch.auto", "late", "--save").code == 0)
        #expect(try await reel("config", "budget", "5", "--save").code == 0)
        #expect(reel.text(path) == "# mine\nfetch:\n  auto: late # no films\nnotices: all\nbudget: '5'\n")
        #expect(try await reel("config", "fetch.auto").lines == ["fetch.auto = late  (file)"])
        #expect(try await reel("config", "fetch.auto", "--sources").lines[0].hasSuffix("config.yaml, line 3)"))
    }

    @Test("are changed where they are obeyed: of two lines the last")
    func twice() async throws {
        try reel.scratch.write("fetch.auto: late\nfetch:\n  auto: off\n", to: path)
        #expect(try await reel("config", "fetch.auto", "on", "--save").code == 0)
        #expect(reel.text(path) == "fetch.auto: late\nfetch:\n  auto: 'on'\n")
        #expect(try await reel("config", "fetch.auto").lines == ["fetch.auto = on  (file)"])
    }

    @Test("are all kept when several are saved at once")
    func atOnce() async throws {
        let settings = ["fetch.auto": "off", "notices": "all", "color": "never", "poll.every": "3s"]
        try await withThrowingTaskGroup(of: Int32?.self) { group in
            for (name, value) in settings {
                group.addTask { try await reel("config", name, value, "--save").code }
            }
            for try await code in group { #expect(code == 0) }
        }
        let lines = reel.text(path).split(separator: "\n")
        #expect(Set(lines.compactMap { $0.split(separator: ":").first.map(String.init) }) == Set(settings.keys))
    }

    @Test("go through a link to the file behind it, which keeps its mode, and leave one that is read-only")
    func linkAndMode() async throws {
        // Where the file is still to be made.
        try reel.scratch.write("", to: path)
        let (link, mine) = (reel.scratch(path), reel.scratch("config/reel/mine.yaml"))
        try FileManager.default.removeItem(atPath: link)
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "mine.yaml")
        #expect(try await reel("config", "fetch.auto", "off", "--save").code == 0)
        #expect(reel.text("config/reel/mine.yaml") == "fetch.auto: 'off'\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: mine)
        #expect(try await reel("config", "fetch.auto", "on", "--save").code == 0)
        #expect(try FileManager.default.attributesOfItem(atPath: mine)[.posixPermissions] as? Int == 0o640)
        try FileManager.default.setAttributes([.posixPermissions: 0o440], ofItemAtPath: mine)
        #expect(try await reel("config", "fetch.auto", "off", "--save").code == 12)
        #expect(reel.text("config/reel/mine.yaml") == "fetch.auto: 'on'\n")
    }

    @Test("are not written into a file that cannot be changed line by line, and not when they are wrong")
    func refuses() async throws {
        try reel.scratch.write("{fetch.auto: off, notices: all}\n", to: path)
        let run = try await reel("config", "fetch.auto", "late", "--save")
        #expect(run.code == 12)
        #expect(run.errors.contains("fetch.auto cannot be changed in"))
        #expect(reel.text(path) == "{fetch.auto: off, notices: all}\n")
        #expect(try await reel("config", "notices", "loud", "--save").code == 2)
        #expect(try await reel("config", "--save").code == 2)
    }

    @Test("a link to the file is kept")
    func link() async throws {
        try reel.scratch.write("notices: all\n", to: "dotfiles.yaml")
        try reel.scratch.write("", to: path)
        let place = reel.scratch(path)
        try FileManager.default.removeItem(atPath: place)
        try FileManager.default.createSymbolicLink(
            atPath: place,
            withDestinationPath: reel.scratch("dotfiles.yaml")
        )
        #expect(try await reel("config", "notices", "off", "--save").code == 0)
        #expect(reel.text("dotfiles.yaml") == "notices: off\n" || reel.text("dotfiles.yaml") == "notices: 'off'\n")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: place).hasSuffix("dotfiles.yaml"))
    }
}
