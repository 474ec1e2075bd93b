public import LosslessJSON
import Synchronization

/// Notes what a provider read of a reply: which paths, as what, and how it chose between candidates.
///
/// Attached to one ``UpstreamReply`` it costs provider authors nothing; without one, reading costs a test for nil.
public final class ReadingRecorder: Sendable {
    /// What a value was read as.
    public enum Use: String, Sendable, Hashable {
        /// Text.
        case text
        /// An id.
        case identifier
        /// A number.
        case number
        /// True or false.
        case flag
        /// A link.
        case link
        /// A list.
        case list
        /// A time.
        case time
        /// Progress.
        case progress
        /// The JSON itself with all below it.
        case whole
    }

    /// One path that was asked for.
    public struct Reading: Sendable, Hashable {
        /// The path.
        public var path: JSONPath
        /// Whether the reply had it.
        public var found: Bool
        /// What it was read as; nil when only looked at.
        public var use: Use?
    }

    /// A choice between several places.
    public struct Choice: Sendable, Hashable {
        /// What decides.
        public enum Rule: String, Sendable, Hashable {
            /// The first that says something.
            case firstThere = "the first that says something"
            /// The first that holds an http(s) link.
            case firstLink = "the first that holds a link"
        }

        /// The places in the order they were tried.
        public var candidates: [JSONPath]
        /// The one that won; nil when none did.
        public var chosen: JSONPath?
        /// What decided.
        public var rule: Rule
    }

    /// Which part of the reply was taken for the task's record.
    public struct Record: Sendable, Hashable {
        /// Where it stands.
        public var path: JSONPath
        /// Why.
        public var reason: String
    }

    private struct State {
        var order: [JSONPath] = []
        var readings: [JSONPath: Reading] = [:]
        var choices: [Choice] = []
        var record: Record?
    }

    private let state = Mutex(State())

    /// Makes an empty recorder.
    public init() {}

    /// The paths in the order they were first asked for.
    public var readings: [Reading] { state.withLock { state in state.order.compactMap { state.readings[$0] } } }

    /// The choices in the order they were first made.
    public var choices: [Choice] { state.withLock(\.choices) }

    /// The part taken for the task's record, when that was a question.
    public var record: Record? { state.withLock(\.record) }

    func note(_ path: JSONPath, found: Bool) {
        state.withLock { state in
            guard state.readings[path] == nil else { return }
            state.order.append(path)
            state.readings[path] = Reading(path: path, found: found)
        }
    }

    /// The first and most particular reading counts: a time is read through a text, not the other way round.
    func use(_ path: JSONPath, as use: Use) {
        state.withLock { state in
            guard let known = state.readings[path], known.use == nil || known.use == .text else { return }
            state.readings[path]?.use = use
        }
    }

    func choose(_ chosen: JSONPath?, among candidates: [JSONPath], by rule: Choice.Rule) {
        let choice = Choice(candidates: candidates, chosen: chosen, rule: rule)
        state.withLock { if !$0.choices.contains(choice) { $0.choices.append(choice) } }
    }

    func note(record path: JSONPath, because reason: String) {
        state.withLock { if $0.record == nil { $0.record = Record(path: path, reason: reason) } }
    }
}
