import LosslessJSON
import SandboxScenarios
import SandboxServer
import Testing

@Suite("Faults on the wire")
struct ServedFaultTests {
    @Test(
        "Faults in the vendor's form go out as any answer does",
        arguments: [(SandboxFault.overloaded, 503), (.rateLimited, 429), (.unauthorized, 401), (.html, 502)]
    )
    func answers(_ fault: SandboxFault, _ status: Int) async throws {
        try await withSandbox { server, endpoints, _ in
            await server.arm(fault, on: .submit)
            let refused = try await send("POST", endpoints.siliconflow, "/v1/video/submit", json: order)
            #expect(refused.status == status)
            #expect(refused.isWhole)
            #expect(try await send("POST", endpoints.siliconflow, "/v1/video/submit", json: order).status == 200)
            #expect(server.billableSubmits == 1)
        }
    }

    @Test("drop reads the submit, makes the job, and closes without a byte")
    func drop() async throws {
        try await withSandbox { server, endpoints, _ in
            await server.arm(.drop, on: .submit)
            let connection = try await RawConnection(to: endpoints.siliconflow)
            try await connection.sendRequest("POST", "/v1/video/submit", json: order)
            #expect(await connection.rest().isEmpty)
            #expect(server.billableSubmits == 1)
            #expect(server.exchanges.map(\.status) == [nil])
        }
    }

    @Test("truncate sends the head and half of what it announces, then closes", arguments: [false, true])
    func truncate(_ download: Bool) async throws {
        try await withSandbox { server, endpoints, _ in
            let target = try await film(endpoints)
            await server.arm(.truncate, on: download ? .download : .poll)
            let connection = try await RawConnection(to: download ? endpoints.storage : endpoints.xiexus)
            if download {
                try await connection.sendRequest("GET", target.path, key: nil)
            } else {
                try await connection.sendRequest("GET", "/v1/video/generations/\(target.id)")
            }
            let reply = try #require(try await connection.reply())
            let announced = try #require(Int(reply.header("content-length") ?? ""))
            #expect(reply.status == 200)
            #expect(!reply.isWhole)
            #expect(reply.body.count == announced / 2)
        }
    }

    @Test("stall takes the submit and says nothing until the client gives up")
    func stall() async throws {
        try await withSandbox { server, endpoints, _ in
            await server.arm(.stall, on: .submit)
            let connection = try await RawConnection(to: endpoints.siliconflow)
            try await connection.sendRequest("POST", "/v1/video/submit", json: order)
            while server.exchanges.isEmpty { await Task.yield() }
            #expect(try await send("GET", endpoints.siliconflow, "/v1/models").status == 200)
            try await connection.closeOutput()
            #expect(await connection.rest().isEmpty)
            #expect(server.billableSubmits == 1)
            #expect(server.exchanges.first?.status == nil)
        }
    }

    @Test("A stalled download stops half-way")
    func stalledDownload() async throws {
        try await withSandbox { server, endpoints, _ in
            let target = try await film(endpoints)
            let whole = try await send("GET", endpoints.storage, target.path, key: nil)
            await server.arm(.stall, on: .download)
            let connection = try await RawConnection(to: endpoints.storage)
            try await connection.sendRequest("GET", target.path, key: nil)
            let head = try #require(try await connection.reply(toHead: true))
            #expect(head.header("content-length") == "\(whole.body.count)")
            try await connection.closeOutput()
            #expect(await connection.rest().count == whole.body.count / 2)
        }
    }

    @Test("Stopping the sandbox ends stalled connections too")
    func stopWhileStalled() async throws {
        try await withSandbox { server, endpoints, _ in
            await server.arm(.stall)
            let connection = try await RawConnection(to: endpoints.siliconflow)
            try await connection.sendRequest("GET", "/v1/models")
            while server.exchanges.isEmpty { await Task.yield() }
            await server.stop()
            #expect(await connection.rest().isEmpty)
        }
    }

    @Test("refuse closes idle connections and turns new ones away until it is cleared; the ports stay the same")
    func refuse() async throws {
        try await withSandbox { server, endpoints, _ in
            let idle = try await RawConnection(to: endpoints.siliconflow)
            try await idle.sendRequest("GET", "/v1/models")
            #expect(try await idle.reply()?.status == 200)
            await server.arm(.refuse)
            #expect(await idle.rest().isEmpty)
            for base in [endpoints.siliconflow, endpoints.xiexus, endpoints.sorarelay] {
                await #expect(throws: (any Error).self) { _ = try await RawConnection(to: base) }
            }
            #expect(try await send("GET", endpoints.storage, "/films/none", key: nil).status == 404)
            #expect(server.status.isRefusing)
            await server.clear()
            #expect(try await send("GET", endpoints.siliconflow, "/v1/models").status == 200)
            #expect(server.endpoints == endpoints)
        }
    }

    @Test("refuse can wait for some requests, and can be for one vendor")
    func refuseLater() async throws {
        try await withSandbox { server, endpoints, _ in
            await server.arm(.refuse, on: .submit, skip: 1)
            let connection = try await RawConnection(to: endpoints.siliconflow)
            try await connection.sendRequest("POST", "/v1/video/submit", json: order)
            #expect(try await connection.reply()?.status == 200)
            #expect(await connection.rest().isEmpty)
            await #expect(throws: (any Error).self) { _ = try await RawConnection(to: endpoints.siliconflow) }
            await server.clear()
            await server.arm(.refuse, at: .xiexus)
            await #expect(throws: (any Error).self) { _ = try await RawConnection(to: endpoints.xiexus) }
            #expect(try await send("GET", endpoints.siliconflow, "/v1/models").status == 200)
        }
    }

    @Test("An expired link and a fault that expires one answer storage's XML")
    func expired() async throws {
        try await withSandbox { server, endpoints, clock in
            let target = try await film(endpoints)
            await server.arm(.expired)
            let struck = try await send("GET", endpoints.storage, target.path, key: nil)
            #expect(struck.status == 403)
            #expect(struck.text.contains("<Message>Request has expired.</Message>"))
            #expect(try await send("GET", endpoints.storage, target.path, key: nil).status == 200)
            clock.advance(86_400_000 + 1_000)
            #expect(try await send("GET", endpoints.storage, target.path, key: nil).status == 403)
        }
    }

    @Test("clear disarms")
    func clear() async throws {
        try await withSandbox { server, endpoints, _ in
            await server.arm(.overloaded, times: 5)
            #expect(server.faults.count == 1)
            #expect(server.status.faults.map(\.times) == [5])
            await server.clear()
            #expect(server.faults.isEmpty)
            let reply = try await send("GET", endpoints.siliconflow, "/v1/models")
            #expect(reply.status == 200)
        }
    }

    /// A small film that is ready: its job, and its path and query at storage.
    private func film(_ endpoints: SandboxEndpoints) async throws -> (id: String, path: String) {
        let order = #"{"model":"MiniMax-H3","prompt":"sandbox:instant","size":"64x64","duration":1}"#
        let receipt = try await send("POST", endpoints.xiexus, "/v1/video/generations", json: order)
        let id = try #require(try receipt.root["task_id"]?.string)
        let poll = try await send("GET", endpoints.xiexus, "/v1/video/generations/\(id)")
        let link = try #require(try poll.root["data"]?["result_url"]?.string)
        return (id, String(link.dropFirst(endpoints.storage.count)))
    }
}
