import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What the process gives away when it ends badly, starts children or is fed too much.
@Suite("the process itself", .fewAtOnce)
struct ProcessSafetyTests {
    @Test(
        "Case 80: a crash leaves no core file, even where the user allows them, and no report of what memory held",
        arguments: [SIGSEGV, SIGABRT, SIGBUS, SIGILL, SIGTRAP]
    )
    func core(_ signal: CInt) async throws {
        let reel = try Reel()
        try reel.scratch.write("", to: "streams/crash.out")
        let child = try ChildProcess(
            ["sh", "-c", "ulimit -c $(ulimit -H -c); exec '\(try Reel.binary())' sandbox --port 0"],
            environment: reel.environment,
            folder: reel.scratch.path,
            output: reel.scratch("streams/crash.out"),
            errors: reel.scratch("streams/crash.err"),
        )
        #expect(try await Waiting.until { reel.text("streams/crash.out").contains("Ctrl-C") })
        child.signal(signal)
        #expect(try await child.exitCode() == 128 + signal)
        #expect(!child.dumpedCore)
        #expect(reel.text("streams/crash.err").isEmpty)
        #expect(reel.scratch.files().filter { $0.hasPrefix("core") } == [])
    }

    @Test("In a sandbox session too children get no key")
    func sandboxChildren() async throws {
        var reel = try Reel()
        reel.variables = ["SILICONFLOW_API_KEY": Upstream.key, "XIEXUS_API_KEY": Upstream.key + "-x"]
        let run = try await reel.run(["--sandbox", "-c", "!env"])
        #expect(run.output.contains("HOME="))
        #expect(!run.output.contains(Upstream.key))
    }

    @Test("The variable that makes TLS libraries write down session keys is taken away")
    func keyLog() async throws {
        var reel = try Reel()
        reel.variables = ["SSLKEYLOGFILE": reel.scratch("keys.log")]
        let run = try await reel.run(["--sandbox", "-c", "!env", "-c", "models --refresh"])
        #expect(run.output.contains("HOME="))
        #expect(!run.output.contains("SSLKEYLOGFILE"))
        #expect(!reel.scratch.files().contains("keys.log"))
    }

    @Test("Case 48: a reply that unpacks a hundredfold costs less than 16 MB")
    func bomb() async throws {
        let packed = Gzip.zeros(runs: 400_000)
        let lines = ["Content-Encoding: gzip", "Content-Type: application/json"]
        var peaks: [Int] = []
        for isBomb in [false, true] {
            let server = try RawServer([
                .serve { _ in
                    isBomb
                        ? Upstream.answer("200 OK", bytes: packed, lines)
                        : Upstream.answer("200 OK", #"{"object":"list","data":[]}"#)
                }
            ])
            var reel = try Reel()
            reel.variables = Upstream.variables(server)
            let child = try reel.start(["models", "--refresh"], place: "models")
            let code = try #require(try await child.exitCode())
            #expect((code != 0) == isBomb, "\(reel.text("streams/models.err"))")
            peaks.append(child.peakMemory)
        }
        #expect(peaks[1] - peaks[0] < 16 << 10, "\(peaks) KiB")
    }
}
