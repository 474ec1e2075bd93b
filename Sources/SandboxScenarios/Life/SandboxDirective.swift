/// A word in a prompt, such as `sandbox:failed`, that decides how this one job goes.
package enum SandboxDirective: String, Sendable, Hashable, CaseIterable {
    /// Ends in failure.
    case failed
    /// Ends in a refusal of its content.
    case moderation
    /// The submit itself is refused.
    case refused
    /// Ends in the vendor's word for cancelled.
    case cancelled
    /// Five times as slow.
    case slow
    /// Over at once.
    case instant
    /// Never over.
    case stuck
    /// Succeeds without a link.
    case noURL = "no-url"
    /// The first success has no link yet.
    case noURLOnce = "no-url-once"
    /// Fails, with a link.
    case failedURL = "failed-url"
    /// An unknown status word on the way.
    case word
    /// Running, queued again, running.
    case runningBack = "running-back"
    /// Every link is over when it is handed out.
    case expired
    /// The first link is over when it is handed out.
    case expiredOnce = "expired-once"
    /// Not to be found at first.
    case late
    /// Not to be found from the middle on.
    case gone
    /// Every second poll answers 500.
    case flaky
    /// Xiexus: the flat documented shape.
    case flat
    /// Xiexus: the link stands in `fail_reason`.
    case linkInReason = "link-in-reason"
    /// Xiexus: the record is null at first.
    case nullData = "null-data"
    /// SoraRelay: the official object, without a link.
    case official
    /// SoraRelay: the content endpoint answers JSON.
    case jsonContent = "json-content"

    /// Every directive, in the order of the help.
    package static var all: [SandboxDirective] { allCases }

    /// The word to put into a prompt.
    package var word: String { "sandbox:\(rawValue)" }

    /// One line for the help.
    package var help: String {
        switch self {
        case .failed: "the job fails with the vendor's reason"
        case .moderation: "the job fails because its content is rejected"
        case .refused: "the submit is refused: 400, content policy"
        case .cancelled: "the job ends in an undocumented word for cancelled"
        case .slow: "the job takes five times as long"
        case .instant: "the job is over at the first poll"
        case .stuck: "the job runs for ever"
        case .noURL: "the job succeeds without naming a film"
        case .noURLOnce: "the first success names no film, the next one does"
        case .failedURL: "the job fails although a film is named"
        case .word: "an unknown status word while it runs"
        case .runningBack: "running, then queued again, then running"
        case .expired: "every link is over when it is handed out"
        case .expiredOnce: "the first link is over when it is handed out, later ones are good"
        case .late: "the job cannot be found for the first three seconds"
        case .gone: "the job cannot be found from the middle on"
        case .flaky: "every second poll answers 500"
        case .flat: "xiexus: polls answer the documented flat shape"
        case .linkInReason: "xiexus: an older server, the link stands in fail_reason, words in lower case"
        case .nullData: "xiexus: polls answer data null while the job is queued"
        case .official: "sorarelay: the official object, no link, bytes at /content"
        case .jsonContent: "sorarelay: /content answers JSON under the name of video/mp4"
        }
    }

    /// The directives in a prompt.
    static func found(in prompt: String) -> Set<SandboxDirective> {
        guard prompt.contains("sandbox:") else { return [] }
        var found: Set<SandboxDirective> = []
        for piece in prompt.split(whereSeparator: { $0.isWhitespace }) where piece.hasPrefix("sandbox:") {
            let name = piece.dropFirst("sandbox:".count).prefix { $0.isLetter || $0 == "-" }
            if let directive = SandboxDirective(rawValue: String(name)) {
                found.insert(directive)
            }
        }
        return found
    }
}
