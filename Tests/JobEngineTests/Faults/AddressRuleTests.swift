import JobEngine
import Journal
import TestSupport
import Testing
import Transport
import VideoProviderKit

/// A vendor on the public Internet, played by a script, and everything else through the real transport.
private struct RoutedTransport: HTTPTransport {
    let vendor: ScriptedTransport
    let network: CurlTransport

    func send(_ request: WireRequest) async throws(TransportFailure) -> WireReply {
        request.url.hasPrefix("https://vendor.test") ? try await vendor.send(request) : try await network.send(request)
    }
}

@Suite("Where requests may go, judged when connecting", .serialized, .timeLimit(.minutes(10)))
struct AddressRuleTests {
    private func fault(_ link: String, hosts: Set<String> = []) async throws -> Fault? {
        let clock = TestClock(.jumping)
        let folder = try TemporaryFolder()
        let redactor = Redactor()
        let journal = try JobJournal(directory: folder.file("state"), scrubber: redactor, now: clock.wall.milliseconds)
        let network = CurlTransport(.init(proxies: ProxyEnvironment([:])))
        let script = ScriptedTransport(clock)
        let instance = try Sample.siliconFlow()
        var settings = EngineSettings()
        settings.fetchesAutomatically = false
        settings.fetchFolder = folder.path
        settings.downloadAttempts = 1
        settings.plainHTTPHosts = hosts
        settings.downloadLimits.connect = .seconds(5)
        let engine = Engine(
            instances: InstanceDirectory([instance]),
            journal: journal,
            transport: RoutedTransport(vendor: script, network: network),
            credentials: CredentialReader(environment: [:]),
            redactor: redactor,
            settings: settings,
            clock: clock
        )
        script.script("/submit", Sample.submitted())
        script.always("/status", Sample.status("Succeed", link: link))
        let report = await engine.submit(Sample.draft, to: instance)
        let job = try await engine.pollNow(try #require(report.end.job)).job
        var fault: Fault?
        do throws(Fault) { _ = try await engine.fetch(job) } catch { fault = error }
        await network.shutdown()
        return fault
    }

    @Test(
        "Case 61: a link of a public vendor's to an address inside is refused before anything is opened",
        arguments: [
            "127.0.0.1", "localhost", "localhost.", "[::1]", "2130706433", "0x7f000001", "0177.0.0.1", "127.1",
            "[::ffff:127.0.0.1]", "0.0.0.0", "[::]",
        ]
    )
    func loopback(_ host: String) async throws {
        let server = try RawServer([.awaitClose])
        let fault = try await fault("https://\(host):\(server.port)/film.mp4")
        #expect(fault != nil)
        #expect(server.log.connections == 0)
    }

    @Test(
        "Case 61: nor is any other address that is not public asked for",
        arguments: [
            "169.254.169.254", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "224.0.0.1", "[fe80::1]",
            "[fd00:ec2::254]", "[ff02::1]", "[64:ff9b::a9fe:a9fe]", "0xa9fea9fe", "2852039166",
        ]
    )
    func inside(_ host: String) async throws {
        let fault = try #require(try await fault("https://\(host)/film.mp4"))
        #expect(fault.sent == .no)
        #expect(fault.message.contains("allowed") || fault.kind == .decoding || fault.message.contains("connect"))
    }

    @Test("Case 61: a name that turns out to be this machine is refused by its address, not by its spelling")
    func name() async throws {
        let server = try RawServer([.awaitClose])
        // Resolved by the system to an address of this machine, as a name that was rebound would be.
        _ = try await fault("https://sub.localhost:\(server.port)/film.mp4")
        #expect(server.log.connections == 0)
    }

    @Test("A link over plain http is refused, unless its host is allowed by name")
    func plain() async throws {
        let film = Sample.film()
        let server = try RawServer([.serve { _ in [.answer("200 OK", bytes: film)] }])
        let link = "http://0x7f.1:\(server.port)/film.mp4"
        #expect(try await fault(link)?.message.contains("https only") == true)
        #expect(server.log.connections == 0)
        #expect(try await fault(link, hosts: ["0x7f.1"]) == nil)
        #expect(server.log.requests.count == 1)
    }
}
