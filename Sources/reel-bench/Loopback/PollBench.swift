import BundledProviders
import JobEngine
import Journal
import Transport
import VideoProviderKit

/// Polls as the program makes them: scheduler, transport, decoding, journal on the disk.
enum PollBench {
    static func run(_ arguments: [String]) async throws {
        guard arguments.count == 6, let jobs = Int(arguments[3]), let parallel = Int(arguments[4]),
            let seconds = Double(arguments[5])
        else { throw BenchFailure("polls needs PROVIDER, URL, FOLDER, JOBS, PARALLEL and SECONDS") }
        let house = try BenchHouse(provider: arguments[0], url: arguments[1], folder: arguments[2])
        let engine = house.engine
        var instance = house.instance
        let pause = Duration.microseconds(1)
        instance.polling = PollAdvice(first: pause, interval: pause, growth: 1, maximum: pause, ceiling: 1_000_000)
        await engine.add(instance)
        await engine.configure { $0.parallelPolls = parallel }
        try await house.fill(jobs: jobs, exchanges: 1, state: "running")
        _ = try await engine.recover(schedules: true)
        let running = Task { await engine.run() }
        try await Task.sleep(for: .seconds(1))
        let first = try await engine.journal.lastExchange() ?? 0
        let start = ContinuousClock.now
        let before = Child.ownCPU
        try await Task.sleep(for: .seconds(seconds))
        let last = try await engine.journal.lastExchange() ?? 0
        let (wall, cpu) = (ContinuousClock.now - start, Child.ownCPU - before)
        let faults = try await engine.journal.exchanges(ExchangeFilter()).compactMap(\.fault)
        if let fault = faults.first {
            throw BenchFailure("\(faults.count) of the last 20 polls failed: \(fault.kind.rawValue) \(fault.message)")
        }
        Files.print(row("reel, \(arguments[0]), \(jobs) jobs", last - first, wall, cpu))
        await engine.stop()
        await running.value
        await house.transport.shutdown()
        house.engine.journal.close()
    }

    /// `libcurl alone   48000 /s   18.2 µs CPU each`.
    static func row(_ label: String, _ count: Int, _ wall: Duration, _ cpu: Duration) -> String {
        let padding = String(repeating: " ", count: max(1, 34 - label.count))
        let each = count > 0 ? cpu.seconds * 1e6 / Double(count) : 0
        let rate = Double(count) / wall.seconds
        return "  \(label)\(padding)\(Samples.text(rate)) /s, \(Samples.text(each)) µs CPU each, "
            + "\(Samples.text(cpu.seconds / wall.seconds)) cores"
    }
}
