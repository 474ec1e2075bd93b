package import VideoProviderKit

/// How the program ends.
///
/// The codes follow the kind of fault, not the HTTP number.
package struct ExitCode: RawRepresentable, Sendable, Hashable {
    /// The number given to the system.
    package var rawValue: Int32

    /// Takes a number.
    package init(rawValue: Int32) { self.rawValue = rawValue }

    /// Everything went well.
    package static let ok = Self(rawValue: 0)
    /// Anything that has no code of its own.
    package static let other = Self(rawValue: 1)
    /// Wrong usage or a wrong request; nothing was accepted.
    package static let usage = Self(rawValue: 2)
    /// The key was refused.
    package static let credentials = Self(rawValue: 3)
    /// Too many requests, or no money left.
    package static let limited = Self(rawValue: 4)
    /// The wait ended; the job goes on.
    package static let waitTimedOut = Self(rawValue: 5)
    /// The network or a certificate failed.
    package static let network = Self(rawValue: 6)
    /// The task failed, was cancelled, expired or is unknown.
    package static let taskEnded = Self(rawValue: 7)
    /// The server failed or is overloaded.
    package static let server = Self(rawValue: 8)
    /// The submit got no clear answer.
    package static let unconfirmed = Self(rawValue: 9)
    /// The content was refused.
    package static let contentRejected = Self(rawValue: 10)
    /// A reply that cannot be read, points elsewhere or is too large.
    package static let unreadable = Self(rawValue: 11)
    /// Something on this machine: a file, the journal.
    package static let local = Self(rawValue: 12)
    /// Ctrl-C.
    package static let interrupted = Self(rawValue: 130)

    /// The code of a kind of fault.
    package init(_ kind: FaultKind) { self = FaultTable.entry(kind).code }
}
