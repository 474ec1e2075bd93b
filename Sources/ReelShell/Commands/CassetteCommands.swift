import JobEngine
import VideoProviderKit

/// `record` and `play`: exchanges written into a folder, and answers out of it instead of the network.
enum CassetteCommands {
    static func record(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        let (word, cassettes) = try subject(call, runner)
        if word == "off" { return await stop(cassettes, runner) }
        let output = runner.session.output
        do throws(CassetteError) {
            try cassettes.record(into: LocalFiles.expand(word)) { reason in
                output.remark("not recorded: \(Message(recognizing: reason))")
            }
        } catch {
            throw failure(error)
        }
        await runner.session.engine.cassetteChanged()
        runner.output.tell(
            "recording into \(word); record off ends it",
            json: ["mode": "rec", "folder": .string(word)]
        )
    }

    static func play(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        let (word, cassettes) = try subject(call, runner)
        if word == "off" { return await stop(cassettes, runner) }
        let count: Int
        do throws(CassetteError) { count = try cassettes.play(from: LocalFiles.expand(word)) } catch {
            throw failure(error)
        }
        // What is played was recorded with a key; none is needed now.
        await runner.session.engine.setStandIn(Secret("cassette-without-a-key"))
        await runner.session.engine.cassetteChanged()
        runner.output.tell(
            "playing \(exchanges(count)) of \(word); the network is not touched; play off ends it",
            json: ["mode": "play", "folder": .string(word), "exchanges": .int(count)]
        )
    }

    private static func subject(
        _ call: CommandCall,
        _ runner: CommandRunner
    ) throws(ShellFailure) -> (String, CassetteTransport) {
        try call.atMost(1)
        guard let cassettes = runner.session.cassettes else {
            throw ShellFailure("there are no cassettes in this session", code: .local, kind: "local")
        }
        guard let word = call.words.first else {
            throw ShellFailure(
                "\(call.spec.name) needs a folder",
                why: call.spec.synopsis,
                tries: ["\(call.spec.name) tapes"]
            )
        }
        return (word, cassettes)
    }

    private static func stop(_ cassettes: CassetteTransport, _ runner: CommandRunner) async {
        let mode = cassettes.mode
        let count = cassettes.stop()
        await runner.session.engine.setStandIn(nil)
        await runner.session.engine.cassetteChanged()
        let text: Message =
            switch mode {
            case .off: "nothing was being recorded or played"
            case .recording: "\(exchanges(count)) recorded"
            case .playing: "requests go to the network again"
            }
        runner.output.tell(text, json: ["mode": "off", "recorded": .int(count)])
    }

    private static func exchanges(_ count: Int) -> Message { count == 1 ? "1 exchange" : "\(count) exchanges" }

    private static func failure(_ error: CassetteError) -> ShellFailure {
        ShellFailure(
            Message(recognizing: error.what),
            why: Message(recognizing: error.why),
            tries: ["help record"],
            code: .local,
            kind: "local"
        )
    }
}
