import JobEngine
import Journal
import Transport
import VideoProviderKit

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// `fetch URL FOLDER`: one film by way of the engine: downloaded, checked, hashed, synced, renamed, noted.
///
/// `fetch URL FOLDER transfer`: only what is downloaded goes into a file.
enum FetchBench {
    static func run(_ arguments: [String]) async throws {
        if arguments.count == 3, arguments[2] == "transfer" {
            try await transfer(arguments[0], "\(arguments[1])/film.part")
            return
        }
        guard arguments.count == 2 else { throw BenchFailure("fetch needs URL and FOLDER") }
        let (url, folder) = (arguments[0], arguments[1])
        let house = try BenchHouse(provider: "siliconflow", url: "http://127.0.0.1:9", folder: "\(folder)/state")
        let film = "\(folder)/film.mp4"
        try await house.fill(
            jobs: 1,
            exchanges: 1,
            state: "succeeded",
            asset: Asset(kind: .video, source: .remote(url))
        )
        guard let job = try await house.engine.journal.currentJob() else { throw BenchFailure("there is no job") }
        var options = FetchOptions()
        options.path = film
        options.replaces = true
        _ = try await house.engine.fetch(job, options)
        await house.transport.shutdown()
        house.engine.journal.close()
        for file in ["journal.sqlite", "journal.sqlite-wal", "journal.sqlite-shm"] { unlink("\(folder)/state/\(file)") }
    }

    private static func transfer(_ url: String, _ path: String) async throws {
        var request = WireRequest(url: url, limits: .download)
        let sink = FileSink(descriptor: try Files.descriptor(path, O_WRONLY | O_CREAT | O_TRUNC))
        request.sink = sink
        let transport = CurlTransport()
        let reply = try await transport.send(request)
        guard reply.status == 200 else { throw BenchFailure("the server answered \(reply.status)") }
        await transport.shutdown()
    }
}

/// Writes what comes into a file.
private final class FileSink: WireSink {
    private let descriptor: Int32

    init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    func begin(status: Int, headerLines: [HeaderLine]) {}

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes
        while !rest.isEmpty {
            let count = systemWrite(rest)
            guard count > 0 else { throw BenchFailure("writing failed with errno \(errno)") }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }

    private func systemWrite(_ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Glibc)
        Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #else
        Darwin.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
    }
}
