import Foundation
import JobEngine
import Journal
import SoraRelay
import Testing
import Transport
import VideoProviderKit

@Suite("case 66: downloads that break off")
struct ResumeTests {
    private static let film = Sample.film()
    private let film = Self.film

    private func rest(from offset: Int) -> Answer {
        .bytes(
            Array(film[offset...]),
            status: 206,
            ["Content-Range": "bytes \(offset)-\(film.count - 1)/\(film.count)", "ETag": "\"v1\""]
        )
    }

    private func cut(at count: Int) -> Answer {
        .cut(Array(film.prefix(count)), ["Content-Length": "\(film.count)", "ETag": "\"v1\""])
    }

    @Test("cut anywhere, they go on where they stopped", arguments: Array(stride(from: 1, to: film.count, by: 61)))
    func resumed(_ offset: Int) async throws {
        let shop = try Workshop()
        let job = try await shop.succeeded()
        shop.network.script("film.mp4", cut(at: offset), rest(from: offset))
        #expect(try await shop.engine.fetch(job).size == film.count)
        #expect(shop.folder.bytes("j1.mp4")?.elementsEqual(film) == true)
        let again = try #require(shop.network.sent(to: "film.mp4").last)
        #expect(again.header("Range") == "bytes=\(offset)-")
        #expect(again.header("If-Range") == "\"v1\"")
    }

    @Test("a changed film is taken from zero")
    func changed() async throws {
        let shop = try Workshop()
        let job = try await shop.succeeded()
        shop.network.script(
            "film.mp4",
            cut(at: 99),
            .bytes(film, ["ETag": "\"v2\"", "Content-Length": "\(film.count)"])
        )
        _ = try await shop.engine.fetch(job)
        #expect(shop.folder.bytes("j1.mp4")?.elementsEqual(film) == true)
    }

    @Test("without a strong validator they start from zero", arguments: ["", "W/\"v1\""])
    func weak(_ tag: String) async throws {
        let shop = try Workshop()
        let job = try await shop.succeeded()
        shop.network.script("film.mp4", .cut(Array(film.prefix(99)), ["ETag": tag]), .bytes(film))
        _ = try await shop.engine.fetch(job)
        #expect(shop.network.sent(to: "film.mp4").last?.header("Range") == nil)
    }

    @Test("they are tried five times, each time further on, then the fault is told and the part kept")
    func attempts() async throws {
        let shop = try Workshop()
        let job = try await shop.succeeded()
        shop.network.script("film.mp4", cut(at: 10))
        for offset in 10..<20 {
            let range = "bytes \(offset)-\(film.count - 1)/\(film.count)"
            shop.network.script(
                "film.mp4",
                .cut([film[offset]], status: 206, ["Content-Range": range, "ETag": "\"v1\""])
            )
        }
        let fault = await #expect(throws: Fault.self) { try await shop.engine.fetch(job) }
        #expect(fault?.kind == .network)
        let sent = shop.network.sent(to: "film.mp4")
        #expect(sent.map { $0.header("Range") } == [nil] + (10..<14).map { "bytes=\($0)-" })
        #expect(shop.folder.bytes(try await shop.part(of: job)) == Array(film.prefix(14)))
        for (one, next) in zip(sent, sent.dropFirst()) { #expect(next.time - one.time >= .seconds(1)) }
    }

    @Test("a server that asks for patience gets it", arguments: [429, 503])
    func retryAfter(_ status: Int) async throws {
        let shop = try Workshop()
        let job = try await shop.succeeded()
        shop.network.script("film.mp4", .json("", status: status, ["Retry-After": "30"]), .bytes(film))
        #expect(try await shop.engine.fetch(job).size == film.count)
        let times = shop.network.sent(to: "film.mp4").map(\.time)
        #expect(times[1] - times[0] == .seconds(30))
    }

    @Test("case K11: a part left by a killed process is taken up by the next one")
    func afterRestart() async throws {
        let folder = try TemporaryFolder()
        let before = try Workshop(folder: folder)
        let job = try await before.succeeded()
        let stalled = [
            HeaderLine(name: "Content-Length", value: "\(film.count)"), HeaderLine(name: "ETag", value: "\"v1\""),
        ]
        before.network.script("film.mp4", Answer(end: .stalled(200, stalled, Array(film.prefix(99)))))
        let part = try await before.part(of: job)
        let download = Task { try? await before.engine.fetch(job) }
        while try await before.asset(job).validator == nil { await Task.yield() }
        while before.folder.bytes(part)?.count != 99 { await Task.yield() }
        // What a kill frees at once: the lock of the download.
        download.cancel()
        _ = await download.value
        let shop = try Workshop(folder: folder)
        shop.network.script("film.mp4", rest(from: 99))
        #expect(try await shop.engine.fetch(try await shop.job(job.id)).size == film.count)
        #expect(shop.folder.bytes("j1.mp4")?.elementsEqual(film) == true)
    }

    @Test("what stands behind the bytes that were noted is no part of the film", arguments: [1, 50, 5000])
    func foreignTail(_ count: Int) async throws {
        let shop = try Workshop()
        let job = try await shop.succeeded()
        let refused = Answer.failure(.connect, .refused)
        shop.network.script("film.mp4", cut(at: 99), refused, refused, refused, refused, rest(from: 99))
        await #expect(throws: Fault.self) { try await shop.engine.fetch(job) }
        let part = shop.folder.file(try await shop.part(of: job))
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: part))
        try file.seekToEnd()
        try file.write(contentsOf: Data(count: count))
        try file.close()
        #expect(try await shop.engine.fetch(job).size == film.count)
        #expect(shop.folder.bytes("j1.mp4")?.elementsEqual(film) == true)
    }

    @Test("a part that was deleted is begun anew")
    func deletedPart() async throws {
        let shop = try Workshop()
        let job = try await shop.succeeded()
        let refused = Answer.failure(.connect, .refused)
        shop.network.script("film.mp4", cut(at: 99), refused, refused, refused, refused, .bytes(film))
        await #expect(throws: Fault.self) { try await shop.engine.fetch(job) }
        try FileManager.default.removeItem(atPath: shop.folder.file(try await shop.part(of: job)))
        #expect(try await shop.engine.fetch(job).size == film.count)
    }

    @Test("a part that was complete already is the film, and one that does not fit is taken from zero")
    func rangeNotSatisfiable() async throws {
        let whole = try Workshop()
        let done = try await whole.succeeded()
        let satisfied = Answer.json("", status: 416, ["Content-Range": "bytes */\(film.count)"])
        whole.network.script("film.mp4", cut(at: film.count), satisfied)
        #expect(try await whole.engine.fetch(done).size == film.count)
        let shop = try Workshop()
        let job = try await shop.succeeded()
        shop.network.script(
            "film.mp4",
            cut(at: 99),
            .json("", status: 416, ["Content-Range": "bytes */\(film.count)"]),
            .bytes(film)
        )
        #expect(try await shop.engine.fetch(job).size == film.count)
        #expect(shop.folder.bytes("j1.mp4")?.elementsEqual(film) == true)
    }

    @Test(
        "what is not the rest of the part is not joined to it: the film is taken from zero, once more and without a range",
        arguments: [
            ["Content-Range": "bytes 50-639/*"], ["ETag": "\"v1\""], ["Content-Range": "bytes */640"],
            ["Content-Range": "bytes 99-639/640", "ETag": "\"v2\""],
            ["Content-Range": "bytes 99-639/640", "ETag": "W/\"v1\""], ["Content-Range": "bytes 99-700/701"],
            ["Content-Range": "bytes 99-639/640", "Last-Modified": "Tue, 13 Oct 2026 10:00:00 GMT"],
        ]
    )
    func otherRest(_ headers: [String: String]) async throws {
        let shop = try Workshop()
        let job = try await shop.succeeded()
        let lines = headers.map { name, value in
            HeaderLine(name: name, value: value.replacing("640", with: String(film.count)))
        }
        let other = Answer(end: .reply(206, lines, [UInt8](repeating: 7, count: film.count - 99)))
        let first = Answer.cut(
            Array(film.prefix(99)),
            [
                "Content-Length": "\(film.count)", "ETag": "\"v1\"",
                "Last-Modified": "Mon, 12 Oct 2026 10:00:00 GMT",
            ]
        )
        shop.network.script("film.mp4", first, other, .bytes(film))
        #expect(try await shop.engine.fetch(job).size == film.count)
        #expect(shop.folder.bytes("j1.mp4")?.elementsEqual(film) == true)
        #expect(shop.network.sent(to: "film.mp4").map { $0.header("Range") } == [nil, "bytes=99-", nil])
    }

    @Test("a server that sent another range once is asked for none any more")
    func noMoreRanges() async throws {
        let shop = try Workshop()
        let job = try await shop.succeeded()
        let wrong = Answer.bytes([1], status: 206, ["Content-Range": "bytes 50-50/\(film.count)"])
        shop.network.script("film.mp4", cut(at: 99), wrong, cut(at: 99), cut(at: 99), .bytes(film))
        #expect(try await shop.engine.fetch(job).size == film.count)
        #expect(shop.network.sent(to: "film.mp4").map { $0.header("Range") } == [nil, "bytes=99-", nil, nil, nil])
    }

    @Test("a server that sends parts of its own choice is told as that, and not asked five times")
    func onlyWrongRanges() async throws {
        let shop = try Workshop()
        let job = try await shop.succeeded()
        let wrong = Answer.bytes([1], status: 206, ["Content-Range": "bytes 50-50/\(film.count)"])
        shop.network.script("film.mp4", cut(at: 99), wrong, wrong)
        let fault = await #expect(throws: Fault.self) { try await shop.engine.fetch(job) }
        #expect(fault?.kind == .decoding)
        #expect(fault?.message.contains("another range") == true)
        #expect(shop.network.sent(to: "film.mp4").count == 3)
        #expect(!shop.films.contains("j1.mp4"))
    }

    @Test("a content endpoint that gives a link gives it again, and the film goes on")
    func jsonContent() async throws {
        let shop = try Workshop(.jumping, Sample.instance(SoraRelayProvider(), "https://vendor.test"))
        let job = try await shop.finishedSora()
        shop.network.always("/content", .json(#"{"url":"\#(Sample.link)"}"#))
        shop.network.script("film.mp4", cut(at: 99), .bytes(film))
        _ = try await shop.engine.fetch(job)
        #expect(shop.folder.bytes("j1.mp4")?.elementsEqual(film) == true)
    }

    @Test("a stopped engine keeps the part")
    func stopped() async throws {
        let shop = try Workshop { $0.fetchesAutomatically = true }
        let job = try await shop.succeeded()
        shop.network.script("film.mp4", cut(at: 99), .silence)
        try await shop.running { _ in
            _ = try await shop.engine.recover(schedules: true)
            await shop.network.untilSent(4)
        }
        #expect(shop.folder.bytes(try await shop.part(of: job)) == Array(film.prefix(99)))
        let asset = try await shop.asset(job)
        #expect(asset.state == .loading)
        #expect(asset.validator?.hasPrefix("\"v1\"\n") == true)
    }
}
