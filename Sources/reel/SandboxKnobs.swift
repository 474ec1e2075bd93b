import JobEngine
import ReelShell
import SandboxScenarios
import SandboxServer
import VideoProviderKit

/// The shell's `sandbox` command on the server in this process.
struct SandboxKnobs: SandboxControl {
    let server: SandboxServer
    let engine: Engine

    func perform(_ words: [String], flags: [String: String]) async throws(ShellFailure) -> SandboxAnswer {
        switch words.first ?? "status" {
        case "status":
            return SandboxWords.status(server.status)
        case "clear":
            await server.clear()
            return SandboxAnswer(["no fault is armed"], json: ["faults": []])
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
            guard call != nil else {
                throw ShellFailure(
                    "--on cannot be \(word)",
                    why: "it is submit, poll or download",
                    tries: ["sandbox fault \(name) --on submit"]
                )
            }
        }
        let skip = try number("skip", flags, default: 0)
        let times = try number("times", flags, default: 1)
        await server.arm(fault, on: call, skip: skip, times: times)
        return SandboxWords.armed(fault, on: call, skip: skip, times: times)
    }

    private func number(_ name: String, _ flags: [String: String], default fallback: Int) throws(ShellFailure) -> Int {
        guard let text = flags[name] else { return fallback }
        guard let number = Int(text), (0...1_000_000).contains(number) else {
            throw ShellFailure("--\(name) cannot be \(text)", why: "it is a number", tries: ["--\(name) 1"])
        }
        return number
    }
}
