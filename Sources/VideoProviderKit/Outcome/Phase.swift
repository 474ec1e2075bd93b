/// How far a task is.
public enum Phase: Sendable, Hashable, Codable {
    /// Waiting.
    case queued
    /// Being made.
    case running
    /// Done.
    case succeeded
    /// Over without a film.
    case failed
    /// Stopped.
    case cancelled
    /// Gone.
    case expired
    /// The vendor's word is in no table. Never terminal and never silent.
    case unknown(String)

    /// Whether the task is over.
    public var isTerminal: Bool {
        switch self {
        case .succeeded, .failed, .cancelled, .expired: true
        case .queued, .running, .unknown: false
        }
    }

    /// The phase's name; `unknown` without the word.
    public var name: String {
        switch self {
        case .queued: "queued"
        case .running: "running"
        case .succeeded: "succeeded"
        case .failed: "failed"
        case .cancelled: "cancelled"
        case .expired: "expired"
        case .unknown: "unknown"
        }
    }

    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        let known: [Phase] = [.queued, .running, .succeeded, .failed, .cancelled, .expired]
        if let phase = known.first(where: { $0.name == text }) {
            self = phase
        } else {
            self = .unknown(text.hasPrefix("unknown:") ? String(text.dropFirst(8)) : text)
        }
    }

    /// Writes the name, with the word after a colon for an unknown one.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if case .unknown(let word) = self {
            try container.encode("unknown:\(word)")
        } else {
            try container.encode(name)
        }
    }
}

/// The words vendors use for the phases.
public enum StatusWords {
    /// The phase `word` means: by the vendor's own table, then by the shared one; whole words only, since
    /// `video_generation_completed` is still running.
    public static func phase(for word: String?, vendor: [String: Phase] = [:]) -> Phase {
        let folded = word?.trimmed.lowercased() ?? ""
        return vendor[folded] ?? shared[folded] ?? .unknown(word?.trimmed ?? "")
    }

    /// The shared table, lower-cased; the fallback for words a vendor does not document.
    public static let shared: [String: Phase] = {
        let words: [(Phase, String)] = [
            (
                .queued,
                """
                inqueue in_queue queued queueing pending submitted not_start notstarted created preparing starting \
                throttled
                """
            ),
            (
                .running,
                """
                inprogress in_progress processing running generating dreaming started image_downloading \
                video_generating video_generation_completed video_upsampling
                """
            ),
            (.succeeded, "succeed succeeded success completed complete done finished video_upsampling_completed"),
            (.failed, "failed fail failure error timeout video_generation_failed video_upsampling_failed"),
            (.cancelled, "cancelled canceled interrupted"),
            (.expired, "expired"),
        ]
        var table: [String: Phase] = [:]
        for (phase, list) in words {
            for word in list.split(separator: " ") { table[String(word)] = phase }
        }
        return table
    }()
}
