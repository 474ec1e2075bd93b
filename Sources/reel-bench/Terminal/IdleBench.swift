#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Memory and CPU of a program that waits; needs `/proc`.
enum IdleBench {
    static func run(_ arguments: [String]) throws {
        guard arguments.count == 3, let seconds = Int(arguments[0]) else {
            throw BenchFailure("idle needs SECONDS, PROMPT and COMMAND")
        }
        guard Files.text(ofUnsized: "/proc/self/stat") != nil else {
            Files.print("  skipped: there is no /proc here")
            return
        }
        let child = try TerminalChild(Specification.words(arguments[2]))
        defer { child.end() }
        let start = ContinuousClock.now
        try child.wait(for: arguments[1])
        let busy = try settleDown(child)
        let settled = ContinuousClock.now - start
        let before = ticks(child.process)
        child.drain(seconds: Double(seconds))
        let used = Double(ticks(child.process) - before) / Double(sysconf(Int32(_SC_CLK_TCK)))
        let share = used / Double(seconds) * 100
        Files.print(
            "  resident \(memory(child.process, "VmRSS")) MiB, at most \(memory(child.process, "VmHWM")) MiB; "
                + "idle CPU \(Samples.text(share)) % over \(seconds) s; "
                + "quiet \(Samples.text(settled.seconds)) s after the start, \(Samples.text(busy)) s of CPU until then"
        )
    }

    /// Waits until the program has used no CPU to speak of for two seconds.
    private static func settleDown(_ child: TerminalChild) throws -> Double {
        let deadline = ContinuousClock.now + .seconds(300)
        var last = -1000
        while ContinuousClock.now < deadline {
            let now = ticks(child.process)
            if now - last <= 1 { return Double(now) / Double(sysconf(Int32(_SC_CLK_TCK))) }
            last = now
            child.drain(seconds: 2)
        }
        throw BenchFailure("the program does not come to rest")
    }

    private static func ticks(_ process: pid_t) -> Int {
        // The second field, the name, may hold blanks but ends with the last bracket (proc_pid_stat(5)).
        let text = Files.text(ofUnsized: "/proc/\(process)/stat") ?? ""
        let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
        guard fields.count > 13, let user = Int(fields[12]), let system = Int(fields[13]) else { return 0 }
        return user + system
    }

    static func memory(_ process: pid_t, _ field: String) -> String {
        let text = Files.text(ofUnsized: "/proc/\(process)/status") ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("\(field):") }
        let kilobytes = line?.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap {
            Double($0)
        }
        return Samples.text((kilobytes ?? 0) / 1024)
    }
}
