import Crypto
import Journal
import Synchronization
import Transport
import VideoProviderKit

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The partial file of a download: ours alone, in the target folder, so that the final rename is atomic.
///
/// Written by the transport's thread through ``WireSink``, then by nobody: checked, synced and renamed by the download.
final class PartFile: WireSink, Sendable {
    let path: String
    private let descriptor: CInt
    private let progress: Mutex<Progress>
    /// Ticks when an answer with a strong validator begins, so that it can be noted while the bytes come.
    let beginnings: AsyncStream<Void>
    /// What has to stay free on the disk beside the film, in bytes.
    private let spaceToLeave: Int
    /// The largest film that is taken, in bytes.
    private let limit: Int
    private let beginningMarks: AsyncStream<Void>.Continuation

    struct Progress: Sendable {
        /// Bytes that came.
        var size = 0
        /// How many of them are certain to be on the disk, whatever becomes of the power.
        var synced = 0
        /// Whether the server sent the rest after our range.
        var resumed = false
        /// The whole size by the server's word.
        var expected: Int?
        /// The strong validator of the bytes on the disk.
        var validator: String?
        /// The date of the bytes on the disk, as the server wrote it.
        var lastModified: String?

        /// The number of the file that has them, so that another one put in its place is not gone on with.
        var file: String?

        /// Whether there is more to go on from than was noted.
        var hasNews: Bool { validator != nil && size > synced }

        /// What is noted of the bytes for a later process, a line each: the validator, the date, how many are on the disk, and
        /// in which file.
        var noted: String? { validator.map { "\($0)\n\(lastModified ?? "")\n\(synced)\n\(file ?? "")" } }

        /// Takes over what was noted.
        init(noted: String? = nil, expected: Int? = nil) {
            let lines = noted?.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) ?? []
            validator = lines.first
            lastModified = lines.dropFirst().first.flatMap { $0.isEmpty ? nil : $0 }
            synced = lines.dropFirst(2).first.flatMap { Int($0) } ?? 0
            file = lines.dropFirst(3).first.flatMap { $0.isEmpty ? nil : $0 }
            self.expected = expected
        }
    }

    /// The server sent something else than the rest of what is on the disk.
    struct Mismatch: Error {
        var message: String
    }

    /// Opens the part at `path`.
    ///
    /// An existing one is taken up only when `resuming` says that its bytes are ours, with what was `noted` of them and the
    /// size of the whole film; one that was deleted or replaced meanwhile is begun anew. What follows the bytes that were noted is cut
    /// off: after a loss of power a file may have its length and not its bytes.
    init(
        path: String,
        resuming: Bool,
        noted: String? = nil,
        expected: Int? = nil,
        spaceToLeave: Int = 0,
        limit: Int = .max
    ) throws(Fault) {
        self.path = path
        self.spaceToLeave = spaceToLeave
        self.limit = limit
        (beginnings, beginningMarks) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        let existing = resuming ? open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC) : -1
        if resuming, existing < 0, errno != ENOENT { throw Self.fault(path) }
        if existing >= 0 {
            descriptor = existing
        } else {
            unlink(path)
            descriptor = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_CREAT | O_EXCL, 0o600)
        }
        progress = Mutex(existing >= 0 ? Progress(noted: noted, expected: expected) : Progress())
        guard descriptor >= 0 else { throw Self.fault(path) }
        var info = stat()
        guard fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG, info.st_nlink == 1,
            info.st_uid == geteuid()
        else {
            // The descriptor is closed by deinit, which runs for an object that is whole.
            throw Fault(.local, "\(path) is not a plain file of ours.")
        }
        let number = identity?.number
        try progress.withLock { state throws(Fault) in
            if let file = state.file, file != number { state = Progress() }
            state.file = number
            state.size = min(max(state.synced, 0), Int(info.st_size))
            state.synced = state.size
            guard ftruncate(descriptor, off_t(state.size)) == 0 else { throw Self.fault(path) }
        }
    }

    /// Opens a finished file at `path` for reading; nil when there is no plain file.
    init?(reading path: String) {
        self.path = path
        spaceToLeave = 0
        limit = .max
        (beginnings, beginningMarks) = AsyncStream.makeStream()
        descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        progress = Mutex(Progress())
        guard descriptor >= 0 else { return nil }
        var info = stat()
        guard fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return nil }
        progress.withLock { $0.size = Int(info.st_size) }
    }

    deinit {
        beginningMarks.finish()
        if descriptor >= 0 { close(descriptor) }
    }

    /// Which file it is, whatever has its name by now.
    var identity: FileIdentity? { FileIdentity(descriptor: descriptor) }

    var state: Progress { progress.withLock(\.self) }

    func begin(status: Int, headerLines: [HeaderLine]) throws {
        let answer = Answer(headerLines)
        let validator = answer.strongTag
        let number = identity?.number
        try progress.withLock { state in
            if status == 206 {
                if let reason = Self.mismatch(answer, state) { throw Mismatch(message: reason) }
                state.resumed = true
                state.expected = answer.total
                state.validator = state.validator ?? validator
            } else {
                guard ftruncate(descriptor, 0) == 0 else { throw Self.fault(path) }
                state = Progress(noted: validator, expected: answer.length)
                state.file = number
            }
            state.lastModified = answer.lastModified ?? state.lastModified
            lseek(descriptor, off_t(state.size), SEEK_SET)
            try checkLimit(state.expected ?? 0)
            try checkSpace(for: (state.expected ?? 0) - state.size)
        }
        if validator != nil { beginningMarks.yield() }
    }

    /// What the header lines say about the bytes that follow.
    private struct Answer {
        var length: Int?
        var range: String?
        var tag: String?
        var lastModified: String?

        init(_ lines: [HeaderLine]) {
            func value(_ name: String) -> String? { lines.last { $0.name.lowercased() == name }?.value }
            length = value("content-length").flatMap { Int($0) }
            range = value("content-range")
            tag = value("etag")
            lastModified = value("last-modified")
        }

        /// The whole size, where the range names it.
        var total: Int? { range?.split(separator: "/").last.flatMap { Int($0) } }

        /// Only a strong validator may join two halves (RFC 9110 §13.1.5).
        var strongTag: String? { tag.flatMap { $0.isEmpty || $0.hasPrefix("W/") ? nil : $0 } }
    }

    /// Why the answer to a range is not the rest of what is on the disk; nil when it is.
    ///
    /// A server that ignores `If-Range` sends a part of another film, which may be as long.
    private static func mismatch(_ answer: Answer, _ state: Progress) -> String? {
        guard let range = answer.range, range.hasPrefix("bytes \(state.size)-") else {
            return "The server sent another range than the one asked for: \(answer.range ?? "none")."
        }
        guard state.size > 0 else { return nil }
        let pairs: [(String?, String?)] = [
            answer.tag == nil ? (state.lastModified, answer.lastModified) : (state.validator, answer.tag),
            (state.expected.map(String.init), answer.total.map(String.init)),
        ]
        for case (let before?, let now?) in pairs where before != now {
            return "The server sent a part of another film: \(now) in place of \(before)."
        }
        return nil
    }

    private func checkLimit(_ size: Int) throws(Fault) {
        guard size > limit else { return }
        throw Fault(.tooLarge, "The server announces \(size) bytes, and at most \(limit) are taken.")
    }

    /// Refuses a film that does not fit before its bytes fill the disk.
    private func checkSpace(for count: Int) throws(Fault) {
        var disk = statvfs()
        guard fstatvfs(descriptor, &disk) == 0 else { return }
        let free = Int(
            clamping: UInt64(disk.f_bavail).multipliedReportingOverflow(by: UInt64(disk.f_frsize)).partialValue
        )
        guard max(count, 0) > free - spaceToLeave else { return }
        throw Fault(
            .local,
            "\(path): the disk has \(free >> 20) MiB free, and the film needs \(max(count, 0) >> 20) MiB and \(spaceToLeave >> 20) MiB beside it; what came is kept."
        )
    }

    /// Ends ``beginnings``: no more bytes come.
    func endNotes() { beginningMarks.finish() }

    /// Forgets all bytes: they are no part of the film.
    func discard() {
        progress.withLock { state in
            ftruncate(descriptor, 0)
            lseek(descriptor, 0, SEEK_SET)
            let file = state.file
            state = Progress()
            state.file = file
        }
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Self.systemWrite(descriptor, UnsafeRawBufferPointer(rebasing: rest))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.fault(path) }
            rest = rest.dropFirst(count)
        }
        progress.withLock { $0.size += bytes.count }
    }

    /// The first bytes, to see what the file is.
    func head(_ count: Int = 512) throws -> [UInt8] { try read(at: 0, count) }

    func read(at offset: Int, _ count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = bytes.withUnsafeMutableBytes { buffer in
                pread(descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, off_t(offset + filled))
            }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw Self.fault(path) }
            if got == 0 { break }
            filled += got
        }
        return Array(bytes.prefix(filled))
    }

    func sha256() throws -> [UInt8] {
        var hash = SHA256()
        var offset = 0
        while true {
            let chunk = try read(at: offset, 1 << 20)
            if chunk.isEmpty { return Array(hash.finalize()) }
            hash.update(data: chunk)
            offset += chunk.count
        }
    }

    /// Brings what came onto the disk.
    func sync() throws(Fault) {
        let size = state.size
        guard fsync(descriptor) == 0 else { throw Self.fault(path) }
        // Bytes that were forgotten meanwhile are not there.
        progress.withLock { $0.synced = min(size, $0.size) }
    }

    private static func systemWrite(_ descriptor: CInt, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Glibc)
        Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #else
        Darwin.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
    }

    static func fault(_ path: String) -> Fault {
        Fault(.local, "\(path): \(String(cString: strerror(errno))).")
    }
}
