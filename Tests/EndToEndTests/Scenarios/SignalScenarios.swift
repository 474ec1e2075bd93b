import Foundation
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Ctrl-C in every state, and signals.
@Suite("signal", .fewAtOnce, .enabled(if: Terminal.isAvailable, "tmux is not installed"))
struct SignalScenarios {
    static let submit = "submit model=Wan-AI/Wan2.2-T2V-A14B image_size=960x960 prompt="
    let reel: Reel

    init() throws { reel = try Reel() }

    @Test("c-empty-twice: two on an empty line leave with 130")
    func emptyTwice() async throws {
        try await Terminal.run(reel) { terminal in
            try await terminal.waitForPrompt()
            // Two that come at once are one signal, and on a busy machine two seconds may pass between two.
            for _ in 0..<100 where !terminal.hasEnded {
                try terminal.press("C-c")
                try await Task.sleep(for: .milliseconds(200))
            }
            #expect(try await terminal.exitCode() == 130)
        }
    }

    @Test("c-in-watch, in place: the table stays, the prompt comes back, the job goes on")
    func inPlace() async throws {
        try await Terminal.run(reel) { terminal in
            try await terminal.waitForPrompt()
            try terminal.enter(Self.submit + "sandbox:stuck")
            try await terminal.wait("the job") { $0.joined().contains("j1 submitted") }
            try terminal.enter("watch --in-place")
            try await terminal.wait("the row") { $0.contains { $0.hasPrefix("j1  ") && $0.contains("InProgress") } }
            try terminal.press("C-c")
            let screen = try await terminal.waitForLine("detached; j1 goes on")
            #expect(screen.contains("^C"))
            #expect(screen.count { $0.hasPrefix("j1  ") } == 1)
            try await terminal.waitForPrompt()
        }
    }

    @Test("c-submit-connect: before a byte has left nothing was sent, and the prompt says so")
    func submitConnect() async throws {
        // A listener that nobody accepts from: the connection stands, the handshake of TLS never ends.
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(listener) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let port = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw -> UInt16 in
                guard bind(listener, raw, length) == 0, listen(listener, 5) == 0 else { return 0 }
                getsockname(listener, raw, &length)
                return 1
            }
        }
        try #require(port != 0)
        var reel = reel
        reel.variables = [
            "SILICONFLOW_BASE_URL": "https://127.0.0.1:\(UInt16(bigEndian: address.sin_port))/v1",
            "SILICONFLOW_API_KEY": "sk-test-0123456789",
        ]
        try await Terminal.run(reel, []) { terminal in
            try await terminal.waitForPrompt("siliconflow>")
            try terminal.enter(Self.submit + "cat")
            try await terminal.wait("the connection") { _ in
                var waiting = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
                return poll(&waiting, 1, 0) > 0
            }
            try terminal.press("C-c")
            try await terminal.wait("that nothing was sent") { $0.joined().contains("nothing was sent") }
            try await terminal.waitForPrompt("siliconflow>")
            try terminal.enter("jobs")
            try await terminal.waitForLine("no jobs yet")
        }
    }

    @Test("c-in-child: the child gets it, reel stays")
    func inChild() async throws {
        try await Terminal.run(reel) { terminal in
            try await terminal.waitForPrompt()
            try terminal.enter("!echo begun; sleep 100")
            try await terminal.waitForLine("begun")
            try terminal.press("C-c")
            try await terminal.waitForPrompt()
            try terminal.enter("version")
            try await terminal.waitForLine("reel 1.0")
        }
    }

    @Test("c-in-a-request: the prompt does not wait for an answer that does not come")
    func inRequest() async throws {
        try await Terminal.run(reel) { terminal in
            try await terminal.waitForPrompt()
            try terminal.enter(Self.submit + "sandbox:stuck")
            try await terminal.wait("the job") { $0.joined().contains("j1 submitted") }
            try terminal.enter("sandbox fault stall --on poll --times 9")
            try await terminal.waitForLine("poll")
            try terminal.enter("status j1")
            try await terminal.wait("the command") { $0.contains { $0.contains("status j1") } }
            try terminal.press("C-c")
            try await terminal.waitForPrompt()
            try terminal.type("set prompt 之后")
            try await terminal.waitForLast("siliconflow(sandbox)> set prompt 之后")
        }
    }

    @Test("term-restores: SIGTERM and SIGHUP end with their codes and a terminal that echoes", arguments: [15, 1])
    func terminalRestored(signal: Int) async throws {
        try await Terminal.run(reel, ["-i"], program: "sh") { terminal in
            try await terminal.wait("the shell") { !$0.isEmpty }
            try terminal.enter("PS1='shell: '")
            try await terminal.wait("its prompt") { $0.last?.hasSuffix("shell:") == true }
            try terminal.enter("'\(try Reel.binary())' --sandbox; echo code $?; stty -a | grep -o ' -*echo '")
            try await terminal.waitForPrompt()
            try terminal.type("half typed 一")
            try await terminal.waitForLast("siliconflow(sandbox)> half typed 一")
            try terminal.press("C-u")
            try terminal.enter("!kill -\(signal) $PPID")
            try await terminal.waitForLine("code \(128 + signal)")
            try await terminal.wait("echo is on") { $0.contains(" echo") }
        }
    }

    @Test("a line that follows Ctrl-C is not taken by the command that was left")
    func nextCommand() async throws {
        try await Terminal.run(reel) { terminal in
            try await terminal.waitForPrompt()
            try terminal.enter(Self.submit + "sandbox:stuck")
            try await terminal.wait("the job") { $0.joined().contains("j1 submitted") }
            for _ in 1...3 {
                // What earlier rounds left must not be taken for this one's.
                try terminal.press("C-l")
                try await terminal.wait("a clear screen") { $0.count { !$0.isEmpty } == 1 }
                try terminal.enter("watch")
                try await terminal.wait("the watch") { $0.contains { $0.contains(" j1 ") } }
                try terminal.press("C-c")
                try await terminal.waitForLine("detached; j1 goes on")
                try await terminal.waitForPrompt()
            }
            try terminal.enter("version")
            try await terminal.waitForLine("reel 1.0")
        }
    }
}
