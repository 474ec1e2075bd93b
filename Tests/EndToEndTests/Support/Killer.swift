import Synchronization
import TestSupport

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Kills a program once, from the thread on which a server notices that the moment has come.
///
/// Nothing has to get its turn before: on a loaded machine a test that waits for a flag and kills then may come after
/// the program's own limits have ended it.
final class Killer: Sendable {
    private let target = Mutex<pid_t?>(nil)
    private let struck = Mutex(false)
    private let isAimed = Latch()

    /// Whether it has killed.
    var hasStruck: Bool { struck.withLock(\.self) }

    /// Says whom.
    func aim(at child: ChildProcess) {
        target.withLock { $0 = child.id }
        isAimed.open()
    }

    /// Kills as soon as it is known whom; a second time does nothing.
    func strike() {
        isAimed.wait()
        let isFirst = struck.withLock { done in
            defer { done = true }
            return !done
        }
        if isFirst, let id = target.withLock(\.self) { kill(id, SIGKILL) }
    }
}
