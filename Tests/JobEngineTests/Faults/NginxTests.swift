import JobEngine
import Journal
import SandboxScenarios
import SandboxServer
import TestSupport
import Testing
import Transport
import VideoProviderKit

/// nginx with TLS, HTTP/2 and gzip in front of the emulated vendors, as many a relay stands on the Internet.
@Suite(
    "Through nginx",
    .serialized,
    .timeLimit(.minutes(10)),
    .enabled(if: Nginx.isAvailable, "nginx or the openssl command is not installed")
)
struct NginxTests {
    private func run(
        _ location: String = "/sf",
        _ body: (FaultHouse, SandboxServer, Nginx) async throws -> Void
    ) async throws {
        let sandbox = SandboxServer(configuration: SandboxConfiguration(speed: 20))
        let endpoints = try await sandbox.start()
        let authority = try TestAuthority()
        let files = try authority.certificate(for: ["127.0.0.1"])
        let nginx = try Nginx(
            http: """
                limit_req_zone $binary_remote_addr zone=one:1m rate=1r/m;
                gzip on; gzip_types application/json; gzip_min_length 1; gzip_proxied any;
                server {
                  listen 127.0.0.1:PORT ssl http2;
                  ssl_certificate \(files.certificate); ssl_certificate_key \(files.key);
                  location /sf/ { proxy_pass \(endpoints.siliconflow)/; proxy_http_version 1.1; }
                  location /limited/ { limit_req zone=one; limit_req_status 429; proxy_pass \(endpoints.siliconflow)/; }
                  location /bad/ { proxy_pass http://127.0.0.1:1/; }
                  location /late/ { proxy_pass \(endpoints.siliconflow)/; proxy_read_timeout 100ms; }
                  location /moved/ { return 308 https://127.0.0.1:PORT/sf/; }
                }
                """
        )
        let unused = try RawServer([.close])
        let change: (inout ProviderInstance) -> Void = { $0.caFile = authority.file }
        let base = "https://127.0.0.1:\(nginx.port)\(location)"
        let result: Result<Void, any Error>
        do {
            try await FaultHouse.run(unused, base: base, instance: change) { house in
                try await body(house, sandbox, nginx)
            }
            result = .success(())
        } catch { result = .failure(error) }
        await sandbox.stop()
        try result.get()
    }

    @Test("A whole life over TLS, HTTP/2 and gzip: one task, a film, replies as the vendor wrote them")
    func wholeLife() async throws {
        try await run { house, sandbox, _ in
            let report = try await house.submit("sandbox:instant")
            let job = try await house.engine.pollNow(try #require(report.end.job)).job
            #expect(job.state == .succeeded)
            _ = try await house.engine.fetch(job)
            #expect(sandbox.billableSubmits == 1)
            let submit = try #require(try await house.journal.exchange(1))
            #expect(submit.httpVersion == "HTTP/2")
            #expect(["TLSv1.2", "TLSv1.3"].contains(submit.tlsVersion))
            let poll = try #require(try await house.journal.exchange(2))
            #expect(String(decoding: poll.replyHead, as: UTF8.self).lowercased().contains("content-encoding: gzip"))
            #expect(poll.replyBody?.first == UInt8(ascii: "{"))
        }
    }

    @Test("Polls share one HTTP/2 connection")
    func multiplexed() async throws {
        try await run { house, _, nginx in
            let url = "https://127.0.0.1:\(nginx.port)/sf/v1/models"
            let caFile = house.instance.caFile
            let transport = house.transport
            _ = try await transport.send(WireRequest(url: url, caFile: caFile))
            let connections = try await withThrowingTaskGroup(of: Int?.self) { group in
                for _ in 0..<40 {
                    group.addTask {
                        try await transport.send(WireRequest(url: url, caFile: caFile)).exchange.connectionID
                    }
                }
                return try await group.reduce(into: Set<Int?>()) { $0.insert($1) }
            }
            #expect(connections.count == 1)
        }
    }

    @Test("A rate limit in front of the vendor is waited out or told, and makes no second task")
    func limited() async throws {
        try await run("/limited") { house, sandbox, _ in
            let first = try await house.submit("one")
            let second = try await house.submit("two")
            #expect(first.end.name == "submitted")
            #expect(second.end.name == "rejected")
            #expect(second.end.fault?.kind == .rateLimited)
            #expect(sandbox.billableSubmits == 1)
        }
    }

    @Test("A gateway without its vendor leaves a submit unconfirmed, and no task is made")
    func badGateway() async throws {
        try await run("/bad") { house, sandbox, _ in
            let report = try await house.submit()
            #expect(report.end.name == "unconfirmed")
            #expect(report.end.fault?.httpStatus == 502)
            #expect(sandbox.billableSubmits == 0)
        }
    }

    @Test("A gateway that gives up waiting leaves it unconfirmed, with the one task that was made")
    func gatewayTimeout() async throws {
        try await run("/late") { house, sandbox, _ in
            await sandbox.arm(.stall, on: .submit)
            let report = try await house.submit()
            #expect(report.end.name == "unconfirmed")
            #expect(report.end.fault?.httpStatus == 504)
            #expect(sandbox.billableSubmits == 1)
        }
    }

    @Test("Case 22: a gateway that moved is not followed with a submit")
    func moved() async throws {
        try await run("/moved") { house, sandbox, _ in
            let report = try await house.submit()
            #expect(report.end.name == "rejected")
            #expect(report.end.fault?.kind == .redirected)
            #expect(sandbox.billableSubmits == 0)
        }
    }

    @Test("Through a forward proxy one task is made, and the proxy stands in the record")
    func forwardProxy() async throws {
        let sandbox = SandboxServer(configuration: SandboxConfiguration(speed: 20))
        let endpoints = try await sandbox.start()
        let nginx = try Nginx(
            http: "server { listen 127.0.0.1:PORT; location / { proxy_pass \(endpoints.siliconflow); } }"
        )
        let unused = try RawServer([.close])
        try await FaultHouse.run(
            unused,
            base: "http://vendor.test",
            proxies: ["http_proxy": "http://user:secret-pw@127.0.0.1:\(nginx.port)"]
        ) { settings in
            settings.plainHTTPHosts = ["vendor.test"]
        } _: { house in
            let report = try await house.submit()
            #expect(report.end.name == "submitted")
            #expect(sandbox.billableSubmits == 1)
            for name in ["journal.sqlite", "journal.sqlite-wal"] {
                let bytes = house.folder.bytes("state/\(name)") ?? []
                #expect(!String(decoding: bytes, as: UTF8.self).contains("secret-pw"))
            }
        }
        await sandbox.stop()
    }
}
