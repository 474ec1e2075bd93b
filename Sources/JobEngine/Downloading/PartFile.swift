import Crypto
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
    /// The strong validator of each answer that began, so that it can be noted while the bytes come.
    let validators: AsyncStream<String>
    /// What has to stay free on the disk beside the film, in bytes.
    private let spaceToLeave: Int
    private let validatorNotes: AsyncStream<String>.Continuation

    struct Progress: Sendable {
        /// Bytes on the disk.
        var size = 0
        /// Whether the server sent the rest after our range.
        var resumed = false
        /// The whole size by the server's word.
        var expected: Int?
        /// The strong validator of the bytes on the disk.
        var validator: String?
    }

    /// Opens the part at `path`.
    ///
    /// An existing one is taken up only when `resuming` says that its bytes are ours, with the `validator` of those; one
    /// that was deleted meanwhile is begun anew.
    init(path: String, resuming: Bool, validator: String? = nil, spaceToLeave: Int = 0) throws(Fault) {
        self.path = path
        self.spaceToLeave = spaceToLeave
        (validators, validatorNotes) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        let existing = resuming ? open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC) : -1
        if resuming, existing < 0, errno != ENOENT { throw Self.fault(path) }
        if existing >= 0 {
            descriptor = existing
        } else {
            unlink(path)
            descriptor = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_CREAT | O_EXCL, 0o600)
        }
        progress = Mutex(Progress(validator: existing >= 0 ? validator : nil))
        guard descriptor >= 0 else { throw Self.fault(path) }
        var info = stat()
        guard fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG, info.st_nlink == 1,
            info.st_uid == geteuid()
        else {
            // The descriptor is closed by deinit, which runs for an object that is whole.
            throw Fault(.local, "\(path) is not a plain file of ours.")
        }
        progress.withLock { $0.size = Int(info.st_size) }
    }

    /// Opens a finished file at `path` for reading; nil when there is no plain file.
    init?(reading path: String) {
        self.path = path
        spaceToLeave = 0
        (validators, validatorNotes) = AsyncStream.makeStream()
        descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        progress = Mutex(Progress())
        guard descriptor >= 0 else { return nil }
        var info = stat()
        guard fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return nil }
        progress.withLock { $0.size = Int(info.st_size) }
    }

    deinit {
        validatorNotes.finish()
        if descriptor >= 0 { close(descriptor) }
    }

    var state: Progress { progress.withLock(\.self) }

    func begin(status: Int, headerLines: [HeaderLine]) throws {
        let length = headerLines.last { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) }
        let range = headerLines.last { $0.name.lowercased() == "content-range" }?.value
        let tag = headerLines.last { $0.name.lowercased() == "etag" }?.value
        // Only a strong validator may join two halves (RFC 9110 §13.1.5).
        let validator = tag.flatMap { $0.isEmpty || $0.hasPrefix("W/") ? nil : $0 }
        try progress.withLock { state in
            if status == 206 {
                // Bytes from elsewhere are neither the rest nor a whole film.
                guard let range, range.hasPrefix("bytes \(state.size)-") else {
                    throw Fault(.decoding, "The server sent another range than the one asked for: \(range ?? "none").")
                }
                state.resumed = true
                state.expected = range.split(separator: "/").last.flatMap { Int($0) }
            } else {
                guard ftruncate(descriptor, 0) == 0 else { throw Self.fault(path) }
                state = Progress(expected: length, validator: validator)
            }
            lseek(descriptor, off_t(state.size), SEEK_SET)
            try checkSpace(for: (state.expected ?? 0) - state.size)
        }
        if let validator { validatorNotes.yield(validator) }
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

    /// Ends ``validators``: no more bytes come.
    func endNotes() { validatorNotes.finish() }

    /// Forgets all bytes: they are no part of the film.
    func discard() {
        progress.withLock { state in
            ftruncate(descriptor, 0)
            lseek(descriptor, 0, SEEK_SET)
            state = Progress()
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

    func sync() throws(Fault) {
        guard fsync(descriptor) == 0 else { throw Self.fault(path) }
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
