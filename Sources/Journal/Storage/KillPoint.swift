#if DEBUG
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
#endif

/// A moment between two steps at which a test has the program killed, as `kill -9` or a power cut may.
///
/// In a debug build the point that the variable `REEL_TEST_KILL` names ends the program there; in a release build there
/// are none.
package enum KillPoint: String, Sendable {
    /// A submit is made ready; its intent is not stored.
    case beforeIntent = "K1"
    /// The intent is stored.
    case intended = "K2"
    /// The submit is held, its repeat not yet due.
    case held = "K3"
    /// The answer to a submit is read and not stored.
    case answerRead = "K7"
    /// The receipt is stored and not told.
    case receiptStored = "K8"
    /// The answer to a poll is read and not stored.
    case pollRead = "K9"
    /// The asset is stored, nothing of it loaded.
    case assetStored = "K10"
    /// The film has its name and is not noted as saved.
    case renamed = "K12"
    /// A migration has changed the tables and is not committed.
    case migrating = "K13"
    /// The program ends, and the write-ahead log is not yet folded into the file.
    case beforeCheckpoint = "K13b"

    /// Ends the program here when a test wants it.
    package func reached() {
        #if DEBUG
        if Self.wanted == self { kill(getpid(), SIGKILL) }
        #endif
    }

    #if DEBUG
    private static let wanted = getenv("REEL_TEST_KILL").flatMap { Self(rawValue: String(cString: $0)) }
    #endif
}
