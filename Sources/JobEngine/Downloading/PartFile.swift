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
    private let progress = Mutex(Progress())

    struct Progress: Sendable {
        /// Bytes on the disk.
        var size = 0
        /// Whether the server sent the rest after our range.
        var resumed = false
        /// The whole size by the server's word.
        var expected: Int?
        var status = 0
        var validator: String?
    }

    /// Opens the part at `path`.
    ///
    /// An existing one is taken up only when `resuming` says how many bytes are ours.
    init(path: String, resuming known: Bool) throws(Fault) {
        self.path = path
        if !known { unlink(path) }
        let flags = O_RDWR | O_NOFOLLOW | O_CLOEXEC | (known ? 0 : O_CREAT | O_EXCL)
        descriptor = open(path, flags, 0o600)
        guard descriptor >= 0 else { throw Self.fault(path) }
        var info = stat()
        guard fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG, info.st_nlink == 1,
            info.st_uid == geteuid()
        else {
            close(descriptor)
            throw Fault(.local, "\(path) is not a plain file of ours.")
        }
        progress.withLock { $0.size = Int(info.st_size) }
    }

    deinit { close(descriptor) }

    var state: Progress { progress.withLock(\.self) }

    func begin(status: Int, headerLines: [HeaderLine]) throws {
        let length = headerLines.last { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) }
        let range = headerLines.last { $0.name.lowercased() == "content-range" }?.value
        let tag = headerLines.last { $0.name.lowercased() == "etag" }?.value
        try progress.withLock { state in
            state.status = status
            // Only a strong validator may join two halves (RFC 9110 §13.1.5).
            state.validator = tag.flatMap { $0.hasPrefix("W/") ? nil : $0 }
            if status == 206, let range, range.hasPrefix("bytes \(state.size)-") {
                state.resumed = true
                state.expected = range.split(separator: "/").last.flatMap { Int($0) }
            } else {
                guard ftruncate(descriptor, 0) == 0 else { throw Self.fault(path) }
                state.size = 0
                state.expected = length
            }
            lseek(descriptor, off_t(state.size), SEEK_SET)
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
