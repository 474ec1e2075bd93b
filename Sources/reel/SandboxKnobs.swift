import JobEngine
import ReelShell
import SandboxScenarios
import SandboxServer
import Synchronization
import VideoProviderKit

/// The shell's `sandbox` command on the server in this process.
final class SandboxKnobs: SandboxControl {
    private let server: SandboxServer
    private let engine: Engine
    /// The fault armed last, which may have struck since.
    private let last = Mutex<SandboxFault?>(nil)

    init(server: SandboxServer, engine: Engine) {
        self.server = server
        self.engine = engine
    }

    var hasFaults: Bool { !server.faults.isEmpty || server.status.isRefusing }

    func perform(_ words: [String], flags: [String: String]) async throws(ShellFailure) -> SandboxAnswer {
        switch words.first ?? "status" {
        case "status":
            return SandboxWords.status(server.status)
        case "clear":
            let (count, isRefusing) = (server.faults.count, server.status.isRefusing)
            await server.clear()
            let struck = last.withLock { last in
                defer { last = nil }
                return last
            }
            return SandboxWords.cleared(count, isRefusing: isRefusing, struck: struck)
        case "speed":
            guard words.count > 1 else { return SandboxWords.speed(server.speed) }
            guard let speed = Double(words[1]), (0.01...1000).contains(speed) else {
                throw ShellFailure(
                    "the speed cannot be \(words[1])",
                    why: "it is a number from 0.01 to 1000",
                    tries: ["sandbox speed 5"]
                )
            }
            await setSpeed(speed)
            return SandboxWords.speed(speed)
        case "fault":
            return try await arm(Array(words.dropFirst()), flags)
        case "directives":
            return SandboxWords.table("directives", SandboxDirective.all.map { ($0.word, $0.help) })
        case let word:
            throw ShellFailure(
                "sandbox has no \(word)",
                why: "it has status, clear, speed, fault, directives",
                tries: ["sandbox status"]
            )
        }
    }

    /// Sets the speed of jobs and polls together.
    func setSpeed(_ speed: Double) async {
        server.setSpeed(speed)
        for instance in await engine.instances.all {
            var instance = instance
            instance.polling = Instances.sandboxRhythm(speed: speed)
            await engine.add(instance)
        }
    }

    private func arm(_ words: [String], _ flags: [String: String]) async throws(ShellFailure) -> SandboxAnswer {
        guard let name = words.first else {
            return SandboxWords.table("faults", SandboxFault.all.map { ($0.rawValue, $0.help) })
        }
        guard let fault = SandboxFault(rawValue: name) else {
            let names = SandboxFault.all.map(\.rawValue)
            let nearest = EditDistance.nearest(to: name, in: names)
            throw ShellFailure(
                "there is no fault \(name)",
                why: "faults are \(names.joined(separator: ", "))",
                tries: nearest.map { ["sandbox fault \($0)"] } ?? ["sandbox fault"]
            )
        }
        var call: SandboxCall?
        if let word = flags["on"] {
            call = SandboxCall(rawValue: word)
            guard call != nil, call != .other else {
                throw ShellFailure(
                    "--on cannot be \(word)",
                    why: "it is submit, poll or download",
                    tries: ["sandbox fault \(name) --on submit"]
                )
            }
        }
        let skip = try number("skip", flags, default: 0)
        let times = try number("times", flags, default: 1)
        try Self.requireEffect(of: fault, on: call, skip: skip, flags)
        await server.arm(fault, on: call, skip: skip, times: times)
        last.withLock { $0 = fault }
        return SandboxWords.armed(fault, on: call, skip: skip, times: times)
    }

    /// Refuses what could be armed and would never strike, or not where it was said to.
    private static func requireEffect(
        of fault: SandboxFault,
        on call: SandboxCall?,
        skip: Int,
        _ flags: [String: String]
    ) throws(ShellFailure) {
        let name = fault.rawValue
        if let call, !fault.calls.contains(call) {
            let calls = SandboxCall.allCases.filter { fault.calls.contains($0) && $0 != .other }.map(\.rawValue)
            throw ShellFailure(
                "\(name) has no effect on a \(call.rawValue)",
                why: "it strikes \(calls.joined(separator: ", "))",
                tries: calls.map { "sandbox fault \(name) --on \($0)" }
            )
        }
        if fault == .refuse, let call, call != .download, skip == 0 {
            throw ShellFailure(
                "refuse does not wait for a \(call.rawValue)",
                why:
                    "it closes all addresses at once; --on download closes that of the films, --skip N waits for N requests",
                tries: ["sandbox fault refuse", "sandbox fault refuse --on \(call.rawValue) --skip 1"]
            )
        }
        if fault == .refuse, flags["times"] != nil {
            throw ShellFailure(
                "refuse is not counted",
                why: "it lasts a moment, or until sandbox clear",
                tries: ["sandbox fault refuse"]
            )
        }
        if flags["times"] == "0" {
            throw ShellFailure(
                "a fault that strikes 0 times has no effect",
                why: "--times is how often it strikes",
                tries: ["sandbox fault \(name)", "sandbox clear"]
            )
        }
    }

    private func number(_ name: String, _ flags: [String: String], default fallback: Int) throws(ShellFailure) -> Int {
        guard let text = flags[name] else { return fallback }
        guard let number = Int(text), (0...1_000_000).contains(number) else {
            throw ShellFailure("--\(name) cannot be \(text)", why: "it is a number", tries: ["--\(name) 1"])
        }
        return number
    }
}
