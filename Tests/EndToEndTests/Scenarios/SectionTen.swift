import Foundation
import Testing

/// The example session of the design, typed on the sandbox.
///
/// What differs from one run to the next (ids, ports, times, sizes) is written as `…`. It deviates from the design in
/// wordings alone: `preview` names HTTP/1.1 and the fields libcurl adds, faults are announced in full, a kept model is
/// lost on a provider without it, and the vendor's queue place is told.
@Suite("section-10", .fewAtOnce, .enabled(if: Terminal.isAvailable, "tmux is not installed"))
struct SectionTen {
    let reel: Reel

    init() throws { reel = try Reel() }

    private static let lines: [(typed: String, waitsFor: String)] = [
        ("model Wan-AI/Wan2.2-I2V-A14B", "model = "),
        ("set prompt 一只猫在月球上弹钢琴, it's slow; \"dreamy\" # 4k", "prompt = "),
        ("set image_size 1280x700", "  try: set image_size 1280x720"),
        ("image_size=1280x720 seed=123", "image_size = 1280x720, seed = 123"),
        ("set image @cat.png", "image = cat.png (PNG"),
        ("preview", "\"seed\":123}"),
        ("sandbox fault 401", "next request:"),
        ("submit", "error: siliconflow rejected the key"),
        ("sandbox fault drop --on submit", "next submit:"),
        ("submit seed=7", "  try: adopt ID --as j1, stop j1, replay r2"),
        ("stop j1", "j1 is lost now; nothing was sent again"),
        ("submit seed=8", "j2 submitted, "),
        ("use sorarelay", "draft: kept prompt; renamed image_size to size"),
    ]

    @Test("behaves as written")
    func session() async throws {
        _ = FileManager.default.createFile(atPath: reel.scratch("cat.png"), contents: Data(Self.picture))
        try await Terminal.run(reel, ["--sandbox", "--prompt-model", "off"], columns: 200, rows: 70) { terminal in
            try await terminal.waitForPrompt()
            for (typed, wanted) in Self.lines {
                try terminal.enter(typed)
                try await terminal.wait(Comment(rawValue: wanted)) { $0.joined().contains(wanted) }
                try await terminal.wait("the prompt") { $0.last?.contains("(sandbox)>") == true }
            }
            try terminal.enter("watch j2")
            try await terminal.waitForLine("j2 running  InProgress")
            try terminal.press("C-c")
            try await terminal.waitForLine("detached; j2 goes on")
            try await terminal.waitForPrompt("sorarelay(sandbox)>")
            try terminal.type("set prompt 改成夜")
            try await terminal.waitForLine("job j2 succeeded after 0:")
            try await terminal.wait("the line") { $0.last == "sorarelay(sandbox)> set prompt 改成夜" }
            #expect(try terminal.cursor().column == 20 + 11 + 6)
            try terminal.type("景")
            try terminal.press("Enter")
            try await terminal.waitForLine("prompt = 改成夜景")
            try terminal.enter("fetch j2 -o cat.mp4")
            try await terminal.waitForLine("(asked 1280x720: ok)")
            try await terminal.waitForPrompt("sorarelay(sandbox)>")
            try terminal.enter("adopt sora-2:task_01k6x15vhrff09dkkqjrzwhm60")
            try await terminal.waitForLine("j3 adopted, ")
            try await terminal.waitForPrompt("sorarelay(sandbox)>")
            try terminal.enter("replay r3")
            try await terminal.wait("the question") { $0.last?.hasSuffix("[y/N]") == true }
            try terminal.enter("n")
            try await terminal.waitForLine("not sent")
            try await terminal.waitForPrompt("sorarelay(sandbox)>")
            try terminal.enter("exit")
            #expect(try await terminal.exitCode() == 0)
            var shown = try terminal.scrollback().filter { !$0.hasPrefix("Pane is dead") }.map(Self.masked)
            while shown.last?.isEmpty == true { shown.removeLast() }
            #expect(shown == Self.expected, "\n\(shown.joined(separator: "\n"))")
        }
        #expect(Film(reel.scratch.read("cat.mp4")).tiles)
    }

    /// With what no two runs share made the same.
    private static func masked(_ line: String) -> String {
        var line = line
        for (pattern, replacement) in [
            (#"\s+\[1 running.*\]$"#, ""), (#"127\.0\.0\.1:\d+"#, "127.0.0.1:…"), (#"trace \S+"#, "trace …"),
            (#"task \w+"#, "task …"),
            (#"0\.930\d+"#, "0.930…"), (#"\(r\d+\)$"#, "(r…)"), (#"\d\d:\d\d:\d\d"#, "HH:MM:SS"),
            (#"in \d+ ms"#, "in … ms"), (#"0:\d\d"#, "0:…"),
            (#"sha256 \w+"#, "sha256 …"), (#"[\d.]+ MiB"#, "… MiB"), (#"r\d+$"#, "r…"), (#"place \d"#, "place …"),
        ] {
            line = line.replacingOccurrences(of: pattern, with: replacement, options: .regularExpression)
        }
        return line
    }

    /// The beginning of a PNG file of 1024x1024: more of it nobody reads.
    private static let picture: [UInt8] =
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 4, 0, 0, 0, 4, 0]
        + [8, 2, 0, 0, 0] + [UInt8](repeating: 7, count: 800_000)

    private static let expected = #"""
        reel 1.0, sandbox: local emulations, nothing is billed. Type help.
        siliconflow(sandbox)> model Wan-AI/Wan2.2-I2V-A14B
        model = Wan-AI/Wan2.2-I2V-A14B
        siliconflow(sandbox)> set prompt 一只猫在月球上弹钢琴, it's slow; "dreamy" # 4k
        prompt = 一只猫在月球上弹钢琴, it's slow; "dreamy" # 4k
        siliconflow(sandbox)> set image_size 1280x700
        error: image_size cannot be "1280x700"
          why: allowed are 1280x720, 720x1280, 960x960
          try: set image_size 1280x720
        siliconflow(sandbox)> image_size=1280x720 seed=123
        image_size = 1280x720, seed = 123
        siliconflow(sandbox)> set image @cat.png
        image = cat.png (PNG 1024x1024, 781 KiB, sent as a data URI)
        siliconflow(sandbox)> preview
        POST /v1/video/submit HTTP/1.1
        Host: 127.0.0.1:…   (sandbox of https://api.siliconflow.cn)
        Accept-Encoding: gzip, deflate
        Accept: application/json
        Authorization: Bearer sandbox-...0001
        Content-Type: application/json
        User-Agent: reel/1.0.0
        Content-Length: 1066880

        {"model":"Wan-AI/Wan2.2-I2V-A14B","prompt":"一只猫在月球上弹钢琴, it's slow; \"dreamy\" # 4k","image_size":"1280x720","image":"data:image/png;base64,iVBORw... (… MiB)","seed":123}
        siliconflow(sandbox)> sandbox fault 401
        next request: 401 in the vendor's form (SiliconFlow: a bare JSON string)
        siliconflow(sandbox)> submit
        error: siliconflow rejected the key
          why: "Invalid token"
          where: POST /v1/video/submit, 401, r1, trace …
          try: submit
        siliconflow(sandbox)> sandbox fault drop --on submit
        next submit: the request is read and accepted, then the connection is closed without an answer
        siliconflow(sandbox)> submit seed=7
        error: siliconflow may have accepted this request and may bill it; j1 is unconfirmed
          why: Empty reply from server (… MiB sent, 0 B received)
          where: POST /v1/video/submit, r2, while waiting
          try: adopt ID --as j1, stop j1, replay r…
        siliconflow(sandbox)> stop j1
        j1 is lost now; nothing was sent again
        siliconflow(sandbox)> submit seed=8
        j2 submitted, task …, r3 200 in … ms, trace …
        siliconflow(sandbox)> use sorarelay
        draft: kept prompt; renamed image_size to size, image to input_reference; lost model, seed
          model: SoraRelay does not list Wan-AI/Wan2.2-I2V-A14B
          seed: SoraRelay has nothing like it
        sorarelay(sandbox)> watch j2
        HH:MM:SS j2 queued
        HH:MM:SS j2 queued   InQueue  place …
        HH:MM:SS j2 running  InProgress
        ^C
        detached; j2 goes on
        job j2 succeeded after 0:…, saved j2.mp4 … MiB (link about 10 min, docs also say 1 h), r…
        sorarelay(sandbox)> set prompt 改成夜景
        prompt = 改成夜景
        sorarelay(sandbox)> fetch j2 -o cat.mp4
        cat.mp4  … MiB  sha256 …...  1280x720 5.0 s 16 fps (asked 1280x720: ok)
        sorarelay(sandbox)> adopt sora-2:task_01k6x15vhrff09dkkqjrzwhm60
        j3 adopted, running: pending, 93% (detail.pending_info.progress_pct 0.930…) (r…)
        sorarelay(sandbox)> replay r…
        r3 is a submit and may be billed. Send it to siliconflow again? [y/N] n
        not sent
        sorarelay(sandbox)> exit
        j3 was not finished; the sandbox and its jobs are gone
        """#.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
}
