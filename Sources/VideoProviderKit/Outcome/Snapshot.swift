public import LosslessJSON

/// What a reply says about a task.
public struct Snapshot: Sendable, Hashable {
    /// The task's id where the reply repeats the one of the create call; an answer about another task is refused.
    ///
    /// Left nil where a vendor's answers carry other ids of the same task.
    public var taskID: String?
    /// How far the task is.
    public var phase: Phase
    /// The vendor's own word, trimmed.
    public var word: String?
    /// How much is done, as written and normalised.
    public var progress: Progress?
    /// The place in the vendor's queue.
    public var queuePosition: Int?
    /// What may be handed out; empty until then.
    public var assets: [Asset]
    /// What the vendor reports about the film and the task.
    public var facts: ReportedFacts
    /// Values to merge into the receipt for later calls.
    public var carry: [String: String]
    /// Why the task failed.
    public var fault: Fault?

    /// Makes a snapshot.
    public init(
        phase: Phase,
        word: String? = nil,
        progress: Progress? = nil,
        queuePosition: Int? = nil,
        assets: [Asset] = [],
        facts: ReportedFacts = ReportedFacts(),
        carry: [String: String] = [:],
        fault: Fault? = nil,
    ) {
        self.phase = phase
        self.word = word
        self.progress = progress
        self.queuePosition = queuePosition
        self.assets = assets
        self.facts = facts
        self.carry = carry
        self.fault = fault
    }

    /// A snapshot with the phase that `word` means to the provider of `descriptor`.
    public init(word: String?, by descriptor: ProviderDescriptor) {
        self.init(phase: descriptor.phase(for: word), word: word)
    }
}

/// Progress as the vendor wrote it and as a fraction.
///
/// It never ends a task.
public struct Progress: Sendable, Hashable {
    /// The vendor's spelling, `50%` or `0.9302178175176704`.
    public var asWritten: String
    /// Where it stood.
    public var path: JSONPath
    /// From 0 to 1.
    public var fraction: Double

    /// Makes progress.
    public init(asWritten: String, path: JSONPath, fraction: Double) {
        self.asWritten = asWritten
        self.path = path
        self.fraction = fraction
    }
}

/// What a vendor reports about a film and its task.
///
/// Everything is optional and nothing is trusted.
public struct ReportedFacts: Sendable, Hashable, Codable {
    /// The seed used.
    public var seed: Int?
    /// The film's length in seconds.
    public var seconds: Double?
    /// Frames a second.
    public var fps: Double?
    /// Columns.
    public var width: Int?
    /// Rows.
    public var height: Int?
    /// The vendor's own measure of the work, in seconds.
    public var inferenceSeconds: Double?
    /// The model, which relays may rename.
    public var model: String?
    /// When the task was created.
    public var createdAt: UpstreamTime?
    /// When it was last changed.
    public var updatedAt: UpstreamTime?
    /// When it was completed.
    public var completedAt: UpstreamTime?
    /// When its result expires.
    public var expiresAt: UpstreamTime?

    /// Makes empty facts.
    public init() {}
}

/// Something a finished task hands out.
public struct Asset: Sendable, Hashable, Codable {
    /// What it is.
    public struct Kind: RawRepresentable, Sendable, Hashable, Codable, CustomStringConvertible {
        /// The name.
        public var rawValue: String

        /// Takes any name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The name.
        public var description: String { rawValue }

        /// The film.
        public static let video = Self(rawValue: "video")
        /// A small still.
        public static let thumbnail = Self(rawValue: "thumbnail")
        /// A cover picture.
        public static let cover = Self(rawValue: "cover")
        /// An animated preview.
        public static let gif = Self(rawValue: "gif")
        /// The last frame, to continue from.
        public static let lastFrame = Self(rawValue: "lastFrame")
        /// The film with a watermark.
        public static let watermarked = Self(rawValue: "watermarked")
    }

    /// Where its bytes are.
    public enum Source: Sendable, Hashable, Codable {
        /// A link, byte for byte; the key goes along only to the provider's own origin.
        case remote(String)
        /// A path at the provider that needs the key, encoded, with its query.
        case endpoint(String)
        /// The bytes themselves, in base64.
        case inline(String)
    }

    /// What it is.
    public var kind: Kind
    /// Where its bytes are.
    public var source: Source

    /// Makes an asset.
    public init(kind: Kind, source: Source) {
        self.kind = kind
        self.source = source
    }

    /// The film behind an authenticated content endpoint; nil when the id in `path` cannot stand in a path.
    public init?(contentAt path: UpstreamPath) {
        guard path.problem == nil else { return nil }
        self.init(kind: .video, source: .endpoint(path.encoded))
    }
}
