package import VideoProviderKit

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The mark of a journal that took the place of one whose jobs could not all be read: of a draft nobody can say then
/// that it was not sent before.
enum LostJobs {
    static func note(_ directory: String) {
        // A new file, since its time is what counts.
        unlink(path(directory))
        try? PrivateFiles.makeFile(path(directory))
    }

    static func path(_ directory: String) -> String { "\(directory)/lost" }
}

extension JobJournal {
    /// When jobs may have been lost with a damaged file, if that was after `since`.
    package func lostJobs(since: UpstreamTime) -> UpstreamTime? {
        guard let directory, let seconds = PrivateFiles.modified(LostJobs.path(directory)) else { return nil }
        let time = UpstreamTime(milliseconds: seconds * 1000)
        return time.milliseconds >= since.milliseconds ? time : nil
    }
}
