/// What a conformance run found.
public struct ConformanceReport: Sendable, CustomStringConvertible {
    /// One way in which the provider does not conform.
    public struct Finding: Sendable, Hashable, CustomStringConvertible {
        /// The rule that is broken; stable, so that a test can look for it.
        public struct ID: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
            /// The spelling.
            public var rawValue: String

            /// Takes any spelling.
            public init(rawValue: String) { self.rawValue = rawValue }

            /// The spelling.
            public var description: String { rawValue }
        }

        /// The rule that is broken.
        public var id: ID
        /// One full sentence.
        public var message: String
        /// The fixture it was seen with.
        public var fixture: String?

        /// One line: rule, fixture and sentence.
        public var description: String { "\(id)\(fixture.map { " (\($0))" } ?? ""): \(message)" }
    }

    /// What was found, in the order of the checks; empty when the provider conforms.
    public private(set) var findings: [Finding] = []

    /// How many single comparisons were made: a run that compared next to nothing proves nothing.
    public internal(set) var comparisons = 0

    /// Whether nothing was found.
    public var conforms: Bool { findings.isEmpty }

    /// One line for each finding.
    public var description: String {
        conforms ? "conforms, \(comparisons) comparisons" : findings.map(\.description).joined(separator: "\n")
    }

    // One broken rule shows with thousands of mutations; the first few of a fixture are enough to mend it.
    mutating func note(_ id: Finding.ID, _ message: String, fixture: String? = nil) {
        guard findings.count(where: { $0.id == id && $0.fixture == fixture }) < 3 else { return }
        findings.append(Finding(id: id, message: message, fixture: fixture))
    }

    mutating func expect(
        _ condition: Bool,
        _ id: Finding.ID,
        _ message: @autoclosure () -> String,
        fixture: String? = nil,
    ) {
        comparisons += 1
        if !condition { note(id, message(), fixture: fixture) }
    }
}

extension ConformanceReport.Finding.ID {
    /// The descriptor cannot be registered.
    public static let descriptor = Self(rawValue: "descriptor")
    /// The fixtures cannot be read, or are too few to prove anything.
    public static let fixtures = Self(rawValue: "fixtures")
    /// Equal arguments gave different requests.
    public static let requestUnstable = Self(rawValue: "request.unstable")
    /// A request carries a credential of its own.
    public static let requestSecret = Self(rawValue: "request.secret")
    /// A request shows the draft outside its body.
    public static let requestLeak = Self(rawValue: "request.leak")
    /// A draft that the schema allows was refused.
    public static let requestRefused = Self(rawValue: "request.refused")
    /// A value of the draft did not reach its place.
    public static let requestDropped = Self(rawValue: "request.dropped")
    /// A request differs from the recorded one.
    public static let requestDiffers = Self(rawValue: "request.differs")
    /// A hostile id changed the address asked.
    public static let pathEscaped = Self(rawValue: "path.escaped")
    /// A recorded reply was read otherwise than it says.
    public static let reading = Self(rawValue: "reading")
    /// The same reply was read in two ways.
    public static let readingUnstable = Self(rawValue: "reading.unstable")
    /// A harmless variation of a reply was read otherwise.
    public static let variation = Self(rawValue: "variation")
    /// A word in no table was taken for a phase.
    public static let unknownWord = Self(rawValue: "variation.unknown-word")
    /// Something else than the status word decided.
    public static let statusDecides = Self(rawValue: "variation.status-decides")
    /// A failed call was not reported with all that is known about it.
    public static let fault = Self(rawValue: "fault")
    /// A reply that names no task was taken for an accepted submit.
    public static let faultAccepted = Self(rawValue: "fault.accepted")
    /// A broken reply was read as success without a word that says so.
    public static let mutationSucceeded = Self(rawValue: "mutation.succeeded")
    /// A broken reply gave an id that does not stand in it.
    public static let mutationReceipt = Self(rawValue: "mutation.receipt")
    /// A broken reply gave a link that does not stand in it, or links before the end.
    public static let mutationAsset = Self(rawValue: "mutation.asset")
    /// A broken body hid a failed call.
    public static let mutationFault = Self(rawValue: "mutation.fault")
    /// A reply that cannot be read was not called so.
    public static let mutationUnreadable = Self(rawValue: "mutation.unreadable")
}
