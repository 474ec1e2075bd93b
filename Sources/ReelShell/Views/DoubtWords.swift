import JobEngine
import TerminalOutput
import VideoProviderKit

/// The words for reasons to ask before a submit.
enum DoubtWords {
    /// Asks whether to submit all the same.
    static func confirm(_ doubts: [SubmitDoubt], _ session: ShellSession) async throws(ShellFailure) {
        if session.assumesYes { return }
        guard session.interaction.canAsk else { throw failure(doubts) }
        try await session.confirm("\(reasons(doubts)). Submit all the same?", refusal: "not submitted")
    }

    /// The failure where nobody can be asked.
    static func failure(_ doubts: [SubmitDoubt]) -> ShellFailure {
        let (code, kind): (ExitCode, String) =
            switch doubts.first {
            case .refused(let fault, _): (ExitCode(fault.kind), fault.kind.rawValue)
            case .jobsLost: (.usage, "usage")
            case .unreachable: (.server, FaultKind.server.rawValue)
            case .tooMany, nil: (.limited, FaultKind.rateLimited.rawValue)
            }
        return ShellFailure(
            "not submitted: \(reasons(doubts))",
            why: "nothing was sent, and nobody can be asked here",
            tries: ["--yes"],
            code: code,
            kind: kind
        )
    }

    private static func reasons(_ doubts: [SubmitDoubt]) -> Message {
        let sentences = doubts.map(sentence)
        return sentences.dropFirst().reduce(sentences.first ?? "") { "\($0); \($1)" }
    }

    private static func sentence(_ doubt: SubmitDoubt) -> Message {
        switch doubt {
        case .refused(let fault, let time):
            let words = TerminalText.words(fault.message)
            return "the last submit of this account was refused at \(LocalTime.text(time)): \(words)"
        case .jobsLost(let time):
            return "the journal was found damaged at \(LocalTime.text(time)), and a lost job may have had this draft"
        case .unreachable(let place):
            return "\(place) has not answered for a while"
        case .tooMany(let jobs, let interval, let life):
            let (interval, life) = (DurationText.said(interval), DurationText.said(life))
            return "\(jobs) jobs can be asked about only every \(interval), and links live \(life)"
        }
    }
}
