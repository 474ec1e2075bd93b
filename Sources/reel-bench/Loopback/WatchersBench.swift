import JobEngine
import Journal
import Transport
import VideoProviderKit

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// `watchers FOLDER SECONDS`: what the jobs of a filled journal cost that are watched and not due: memory, and the processor's time.
///
/// The vendor's address answers nothing and is never asked: the first polls lie beyond the measurement.
enum WatchersBench {
    static func run(_ arguments: [String]) async throws {
        guard arguments.count == 2, let seconds = Double(arguments[1]) else {
            throw BenchFailure("watchers needs FOLDER and SECONDS")
        }
        let measured = try BenchHouse(provider: "siliconflow", url: "http://127.0.0.1:9", folder: arguments[0])
        let before = residentBytes()
        _ = try await measured.engine.watch(startingAfter: .seconds(seconds + 3600))
        let running = Task { await measured.engine.run() }
        try await Task.sleep(for: .seconds(1))
        let (start, cpu) = (ContinuousClock.now, Child.ownCPU)
        try await Task.sleep(for: .seconds(seconds))
        let share = (Child.ownCPU - cpu).seconds / (ContinuousClock.now - start).seconds * 100
        let after = residentBytes()
        let watched = await measured.engine.watchedJobs.count
        Files.print("  \(watched) jobs: \(after >> 20) MiB resident, \(before >> 20) MiB of it before they were read")
        Files.print("  \(await measured.engine.timerBytes) bytes of timer state each")
        Files.print("  idle over \(Samples.text(seconds)) s: \(Samples.text(share)) % CPU")
        await measured.engine.stop()
        await running.value
        await measured.transport.shutdown()
        measured.engine.journal.close()
    }

    /// The resident memory of this process; 0 where the system does not tell.
    private static func residentBytes() -> Int {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        guard fgets(&line, Int32(line.count), file) != nil else { return 0 }
        let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}
