import JobEngine
import Synchronization
import VideoProviderKit

/// The prompts: who is asked, with which model, and what is under way.
struct PromptText {
    let session: ShellSession
    let mode: String?

    /// `siliconflow@work(sandbox):Wan2.2-T2V-A14B> `.
    var left: String {
        let (instance, model) = session.state.withLock { ($0.instance, $0.draft.model) }
        var text = instance.description
        let tape = session.cassettes.flatMap { $0.mode == .off ? nil : $0.mode.rawValue }
        let modes = [mode, tape].compactMap(\.self)
        if !modes.isEmpty { text += "(\(modes.joined(separator: ", ")))" }
        if session.settings.withLock({ $0["prompt.model"] }) == "on", let model {
            let name = model.split(separator: "/").last.map(String.init) ?? model
            if text.count + name.count + 3 < session.output.width / 2 { text += ":\(name)" }
        }
        return text + "> "
    }

    /// `[2 running, j3 42%]`, or nothing.
    var right: String { session.board.rightPrompt(in: session.output.language) }
}
