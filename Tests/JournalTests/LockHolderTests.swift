#if os(Linux)
import Foundation
import GRDB
import Testing

@testable import Journal

@Suite("Who keeps the journal locked")
struct LockHolderTests {
    @Test("A process that was stopped is told as suspended, one that runs is not")
    func suspended() throws {
        let child = Process()
        child.executableURL = URL(fileURLWithPath: "/bin/sleep")
        child.arguments = ["60"]
        try child.run()
        let id = child.processIdentifier
        defer {
            kill(id, SIGKILL)
            child.waitUntilExit()
        }
        #expect(!LockHolder.isSuspended(id))
        kill(id, SIGSTOP)
        var info = siginfo_t()
        #expect(waitid(P_PID, id_t(id), &info, WSTOPPED | WNOWAIT) == 0)
        #expect(LockHolder.isSuspended(id))
    }

    @Test("Nobody is named where nobody writes, or where there is no journal")
    func nobody() throws {
        let folder = try TemporaryFolder()
        #expect(LockHolder(folder.file("state")).words == nil)
        let journal = try JobJournal(in: folder)
        #expect(LockHolder(folder.file("state")).words == nil)
        journal.close()
    }
}
#endif
