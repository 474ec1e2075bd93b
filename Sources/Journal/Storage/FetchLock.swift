import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A lock on the download of one job, held against other processes until it is released.
///
/// The system frees it when its process ends, however that happens.
package final class FetchLock: Sendable {
    /// What came of an attempt to take one.
    package enum Outcome: Sendable {
        /// It is held here now.
        case held(FetchLock)
        /// Another process holds it; its number, where it is known.
        case busy(process: Int?)
    }

    private let descriptor: Mutex<CInt>
    private let path: String

    private init(_ descriptor: CInt, _ path: String) {
        self.descriptor = Mutex(descriptor)
        self.path = path
    }

    deinit { release() }

    fileprivate static func take(_ path: String) -> Outcome {
        while true {
            let descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
            // Where no lock can be made nothing can be noted either, which is told there.
            guard descriptor >= 0 else { return .held(FetchLock(-1, path)) }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                defer { close(descriptor) }
                return .busy(process: number(in: descriptor))
            }
            // Whoever held it may have removed the file since it was opened here.
            guard FileIdentity(descriptor: descriptor) == FileIdentity(path: path) else {
                close(descriptor)
                continue
            }
            let text = Array(String(getpid()).utf8)
            ftruncate(descriptor, 0)
            _ = pwrite(descriptor, text, text.count, 0)
            return .held(FetchLock(descriptor, path))
        }
    }

    private static func number(in descriptor: CInt) -> Int? {
        var bytes = [UInt8](repeating: 0, count: 20)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        return Int(String(decoding: bytes.prefix(count), as: UTF8.self))
    }

    /// Whether nobody has taken it from this process, which may have been frozen.
    package var isOurs: Bool {
        descriptor.withLock { $0 < 0 || FileIdentity(descriptor: $0) == FileIdentity(path: path) }
    }

    /// Lets others have it.
    package func release() {
        let isOurs = isOurs
        descriptor.withLock { descriptor in
            guard descriptor >= 0 else { return }
            // Removed while it is held, so that nobody's lock but ours loses its name.
            if isOurs { unlink(path) }
            close(descriptor)
            descriptor = -1
        }
    }
}

extension JobJournal {
    /// Takes the lock on the download of `job`, if nobody else has it.
    package func lockFetch(of job: Int64) -> FetchLock.Outcome { FetchLock.take(fetchLockPath(job)) }

    /// Takes the lock on the download of `job` from a process that has not written for so many seconds: neither into the
    /// lock nor into `parts`.
    ///
    /// It may be frozen, and a link does not live for ever. What it writes when it wakes has lost its name.
    package func breakFetchLock(of job: Int64, silentFor seconds: Int, parts: [String]) -> Bool {
        let path = fetchLockPath(job)
        let last = ([path] + parts).compactMap(PrivateFiles.modified).max()
        guard let last, Int64(time(nil)) - last > seconds else { return false }
        return unlink(path) == 0
    }

    private func fetchLockPath(_ job: Int64) -> String {
        directory.map { "\($0)/fetch-\(job).lock" } ?? "/nowhere/at/all"
    }
}
