import Foundation
import TestSupport
import Testing

/// What is done with a film once it is there: `open`, `frames`, and what `fetch` says it is.
@Suite("after the film", .fewAtOnce)
struct AfterFilmTests {
    let reel: Reel

    init() throws { reel = try Reel() }

    private static let film = "submit model=Wan-AI/Wan2.2-T2V-A14B image_size=960x960 prompt=cat --wait"

    /// A folder that is all of the search path, with the system's own tools and what a test puts there.
    private func path(with programs: [String: String]) throws -> String {
        for (name, text) in programs {
            let file = try reel.scratch.write("#!/bin/sh\n\(text)\n", to: "bin/\(name)")
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
        }
        return reel.scratch("bin")
    }

    @Test("open hands the file to the desktop's program, which outlives reel", .enabled(if: isLinux))
    func opened() async throws {
        var reel = reel
        reel.variables["PATH"] = "\(try path(with: ["xdg-open": "echo \"$1\" > opened"])):/usr/bin:/bin"
        reel.variables["DISPLAY"] = ":9"
        let run = try await reel.script(Self.film, "open j1")
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.lines.last?.hasSuffix("j1.mp4 opened") == true)
        #expect(try await Waiting.until { reel.text("opened").hasSuffix("/j1.mp4\n") })
    }

    @Test("open says what is missing: a desktop, its program, the file", .enabled(if: isLinux))
    func notOpened() async throws {
        var reel = reel
        reel.variables["PATH"] = try path(with: [:])
        var run = try await reel.script(Self.film, "open j1")
        #expect(run.code == 12)
        #expect(run.errors.contains("there is no xdg-open here"))
        #expect(run.errors.contains("install xdg-utils"))
        reel.variables["PATH"] = try path(with: ["xdg-open": "exit 0"])
        run = try await reel.script(Self.film, "open j1")
        #expect(run.errors.contains("neither DISPLAY nor WAYLAND_DISPLAY is set"))
        reel.variables["PATH"] = "\(reel.scratch("bin")):/usr/bin:/bin"
        run = try await reel.script(Self.film, "!rm -f *.mp4", "open j1")
        #expect(run.errors.contains("is gone"))
        #expect(run.errors.contains("try: fetch j1"))
    }

    @Test(
        "frames puts a contact sheet into a file, once",
        .enabled(if: ToolProcess.areInstalled("ffmpeg"), "no ffmpeg here")
    )
    func sheet() async throws {
        let run = try await reel.script(Self.film, "frames j1 -n 4 -o sheet.png")
        #expect(run.code == 0, "\(run.errors)")
        let picture = reel.scratch.read("sheet.png")
        #expect(picture.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        // Four frames of 320 pixels and three gaps of 4 in one row.
        #expect(picture.count > 24 && picture[16..<20].elementsEqual([0, 0, 5, 12]))
        let again = try await reel.script(Self.film, "frames j1 -o sheet.png")
        #expect(again.errors.contains("sheet.png exists"))
        let named = try await reel.script(Self.film, "frames j1 -o sheet.jpg")
        #expect(named.errors.contains("try: frames j1 -o sheet.jpg.png"))
    }

    @Test("frames says what to install, and that it needs a terminal or a file")
    func withoutTools() async throws {
        var reel = reel
        reel.variables["PATH"] = try path(with: ["apt-get": "exit 1"])
        let run = try await reel.script(Self.film, "frames j1 -o sheet.png")
        #expect(run.code == 12)
        #expect(run.errors.contains("ffmpeg is not installed"))
        if isLinux { #expect(run.errors.contains("try: apt install ffmpeg")) }
        let none = try await reel.script(Self.film, "frames j1")
        #expect(none.errors.contains("the output is no terminal that draws"))
    }

    @Test(
        "frames draws in the terminal",
        .enabled(if: Terminal.isAvailable && ToolProcess.areInstalled("ffmpeg", "chafa"))
    )
    func drawn() async throws {
        try await Terminal.run(reel, ["--sandbox", "--prompt-model", "off"], columns: 100, rows: 30) { terminal in
            try await terminal.waitForPrompt()
            try terminal.enter("sandbox speed 20")
            try terminal.enter(Self.film)
            try await terminal.waitForLine("j1 saved ")
            try await terminal.waitForPrompt()
            try terminal.enter("frames")
            try await terminal.waitForLine("j1.mp4: 8 frames")
            let drawn = try terminal.scrollback().drop { !$0.hasSuffix("> frames") }.dropFirst()
            #expect(drawn.count >= 10)
            #expect(drawn.allSatisfy { $0.count <= 100 })
        }
    }

    @Test("fetch tells what arrived beside what was asked")
    func compared() async throws {
        let film = Upstream.film(5000)
        let address = try RawServer([
            .serve { request in
                if request.target.hasSuffix("submit") { return Upstream.answer("200 OK", #"{"requestId":"t1"}"#) }
                guard request.target.hasSuffix("status") else {
                    return Upstream.answer("200 OK", bytes: film, ["Content-Type: video/mp4"])
                }
                return Upstream.answer("200 OK", Upstream.succeeded("http://\(request.header("Host") ?? "")/f.mp4"))
            }
        ])
        var reel = reel
        reel.variables = Upstream.variables(address)
        let flags = ["--fetch-dir", reel.scratch.path, "--fetch-auto", "off", "--poll-every", "1"]
        let job = try await reel.run(flags + Upstream.submit + ["prompt=cat", "--wait"])
        #expect(job.code == 0, "\(job.errors)")
        let run = try await reel.run(flags + ["fetch", "j1"])
        #expect(run.code == 0, "\(run.errors)")
        // The head of this film tells its length and nothing of its size, so only that can be compared.
        #expect(run.output.contains("2.0 s"), "\(run.output)")
    }
}

private let isLinux: Bool = {
    #if os(Linux)
    true
    #else
    false
    #endif
}()
