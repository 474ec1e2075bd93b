import Foundation
import Testing

@Suite("output", .fewAtOnce)
struct OutputTests {
    let reel: Reel

    init() throws { reel = try Reel() }

    @Test("results that cannot be written are told and change the code", .enabled(if: Reel.hasFullDevice))
    func fullDisk() async throws {
        let child = try reel.start(["--sandbox", "-c", "help"], place: "full", output: "/dev/full")
        #expect(try await child.exitCode() == 12)
        #expect(reel.text("streams/full.err").contains("error: the output cannot be written\n  why: No space left"))
    }

    @Test("a script's results are on standard output, what it did and how it went beside it")
    func streams() async throws {
        let run = try await reel.script(
            "model T2V",
            "set prompt a cat",
            "image_size=1280x720",
            "submit --watch",
            "unset image_size"
        )
        #expect(run.code == 0, "\(run.errors)")
        for line in ["model = ", "prompt = a cat", "image_size = 1280x720", "unset image_size", " j1 queued"] {
            #expect(run.errors.contains(line), "\(line)")
            #expect(!run.output.contains(line), "\(line)")
        }
        #expect(run.output.contains("j1 submitted") && run.output.contains("j1 saved"))
    }

    @Test("a film that was not saved ends a script with the one shape of errors")
    func unsaved() async throws {
        let run = try await reel.script(
            "sandbox fault html --on download --times 9",
            "submit --wait model=T2V image_size=1280x720 prompt=x",
        )
        #expect(run.code != 0)
        #expect(run.errors.contains("-c:3: error: j1 was not saved: "), "\(run.errors)")
        #expect(run.errors.contains("\n  try: fetch j1"))
    }

    @Test("no folder is made by a slip of the finger")
    func noFolder() async throws {
        let run = try await reel.script(
            "submit --wait model=T2V image_size=1280x720 prompt=x",
            "fetch j1 -o nowhere/x.mp4",
        )
        #expect(run.code == 12)
        #expect(run.errors.contains("there is no folder nowhere"))
        #expect(!reel.scratch.files().contains { $0.contains("nowhere") })
    }

    @Test("a film goes to a pipe, byte for byte")
    func piped() async throws {
        let run = try await reel.script(
            "submit --wait model=T2V image_size=1280x720 prompt=x",
            "fetch j1 -o - > copy",
        )
        #expect(run.code == 0, "\(run.errors)")
        #expect(reel.scratch.read("copy") == reel.scratch.read("j1.mp4"))
        #expect(Film(reel.scratch.read("copy")).tiles)
    }

    @Test("a value is read from standard input")
    func standardInput() async throws {
        let run = try await reel("--sandbox", "preview", "prompt=@-", "model=T2V", input: "a cat\nin the rain\n")
        #expect(run.output.contains(#""prompt":"a cat\nin the rain""#), "\(run.output)\(run.errors)")
    }

    @Test("the version is an event with --json")
    func version() async throws {
        #expect(try await reel("--json", "--version").output.contains(#""event":"result","version":""#))
    }
}
