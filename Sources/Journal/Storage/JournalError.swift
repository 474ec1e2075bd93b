/// Why the journal could not do what was asked.
package struct JournalError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What went wrong.
    package enum Code: String, Sendable, Hashable {
        /// The folder or file cannot be made or opened.
        case cannotOpen
        /// The folder or file belongs to somebody else or is a symbolic link.
        case unsafeFile
        /// The disk is full.
        case diskFull
        /// The disk or the file can only be read.
        case readOnly
        /// A newer reel wrote the file.
        case newerSchema
        /// The file is damaged.
        case corrupt
        /// Another process holds the file for longer than we wait.
        case busy
        /// Another process has taken the job over; what this one knows of it is older.
        case takenOver
        /// The file or its log was moved or deleted while it was open.
        case movedAway
        /// Any other failure of SQLite.
        case failed
    }

    /// What went wrong.
    package var code: Code
    /// The file concerned.
    package var path: String
    /// SQLite's or the system's own words.
    package var underlying: String

    /// Makes an error.
    package init(code: Code, path: String, underlying: String) {
        self.code = code
        self.path = path
        self.underlying = underlying
    }

    /// Whether more space may help; where the log's index cannot grow SQLite speaks of a failed read or write.
    package var mayBeLackOfSpace: Bool { code == .diskFull || code == .failed }

    /// The same, with the process that holds the file in place of SQLite's word where it is locked.
    func naming(_ holder: LockHolder?) -> JournalError {
        guard code == .busy else { return self }
        return JournalError(code: code, path: path, underlying: holder?.words ?? "")
    }

    /// One full sentence.
    package var description: String {
        switch code {
        case .cannotOpen: "The journal at \(path) cannot be opened: \(underlying)."
        case .unsafeFile: "The journal at \(path) is not safe to use: \(underlying)."
        case .diskFull: "The disk that holds the journal at \(path) is full."
        case .readOnly: "The journal at \(path) can only be read."
        case .newerSchema:
            "The journal at \(path) was written by a newer reel; install that one or move the file aside."
        case .corrupt: "The journal at \(path) is damaged: \(underlying)."
        case .busy:
            "\(underlying.isEmpty ? "Another process" : underlying) has kept the journal at \(path) locked for 5 seconds."
        case .movedAway: "The journal at \(path) was moved or deleted while it was open\(underlying); start reel again."
        case .takenOver: "Another reel has taken this job over."
        case .failed: "The journal at \(path) failed: \(underlying)."
        }
    }
}
