import LosslessJSON

@testable import SandboxScenarios

/// A world on a table: requests in, replies out, time moved by hand.
final class Bench {
    var world = SandboxWorld(seed: 7, storage: "http://storage.test")
    var time = SandboxTime(wall: 1_760_000_000_000, work: 0)

    /// Lets `milliseconds` go by, at the speed of the bench.
    func wait(_ milliseconds: Int64) {
        time.wall += milliseconds
        time.work += Int64(Double(milliseconds) * time.speed)
    }

    func send(
        _ method: String,
        _ target: String,
        to origin: SandboxOrigin,
        json: String? = nil,
        key: String? = "sandbox-test",
        headers: [(name: String, value: String)] = []
    ) -> SandboxReply {
        var all = headers
        if let key { all.append(("Authorization", "Bearer \(key)")) }
        if json != nil { all.append(("content-type", "application/json")) }
        let request = SandboxRequest(method: method, target: target, headers: all, body: Array((json ?? "").utf8))
        return world.respond(to: request, at: origin, time: time)
    }

    func form(
        _ fields: [(name: String, value: String)],
        file: (name: String, type: String, bytes: [UInt8])? = nil
    ) -> SandboxReply {
        var body: [UInt8] = []
        for field in fields {
            body += Array(
                "--xyz\r\nContent-Disposition: form-data; name=\"\(field.name)\"\r\n\r\n\(field.value)\r\n".utf8
            )
        }
        if let file {
            let head = "--xyz\r\nContent-Disposition: form-data; name=\"\(file.name)\"; filename=\"a.png\"\r\n"
            body += Array("\(head)Content-Type: \(file.type)\r\n\r\n".utf8) + file.bytes + Array("\r\n".utf8)
        }
        body += Array("--xyz--\r\n".utf8)
        let request = SandboxRequest(
            method: "POST",
            target: "/v1/videos",
            headers: [
                ("Authorization", "Bearer sandbox-test"), ("Content-Type", "multipart/form-data; boundary=xyz"),
            ],
            body: body
        )
        return world.respond(to: request, at: .sorarelay, time: time)
    }

    /// A SiliconFlow submit of a good order, with `prompt`; its id.
    func siliconFlowJob(_ prompt: String = "a cat") throws -> String {
        let reply = send(
            "POST",
            "/v1/video/submit",
            to: .siliconflow,
            json: #"{"model":"Wan-AI/Wan2.2-T2V-A14B","prompt":"\#(prompt)","image_size":"1280x720","seed":123}"#
        )
        return try reply.root["requestId"].text
    }

    func siliconFlowPoll(_ id: String) -> SandboxReply {
        send("POST", "/v1/video/status", to: .siliconflow, json: #"{"requestId":"\#(id)"}"#)
    }

    func xiexusJob(_ prompt: String = "a cat") throws -> String {
        let reply = send(
            "POST",
            "/v1/video/generations",
            to: .xiexus,
            json: #"{"model":"kling-v1","prompt":"\#(prompt)","duration":5,"size":"1280x720"}"#
        )
        return try reply.root["task_id"].text
    }

    func xiexusPoll(_ id: String) -> SandboxReply {
        send("GET", "/v1/video/generations/\(id)", to: .xiexus)
    }

    func unifiedJob(_ prompt: String = "a cat", model: String = "sora-2") throws -> String {
        let reply = send(
            "POST",
            "/v1/video/create",
            to: .sorarelay,
            json: #"{"images":[],"model":"\#(model)","prompt":"\#(prompt)"}"#
        )
        return try reply.root["id"].text
    }

    func openAIJob(_ prompt: String = "a cat") throws -> String {
        try form([("prompt", prompt), ("seconds", "8"), ("size", "1280x720")]).root["id"].text
    }

    func videoPoll(_ id: String) -> SandboxReply {
        send("GET", "/v1/videos/\(id)", to: .sorarelay)
    }

    /// A link as a client of storage asks for it.
    func fetch(_ link: String, key: String? = nil, headers: [(name: String, value: String)] = []) -> SandboxReply {
        send("GET", String(link.dropFirst("http://storage.test".count)), to: .storage, key: key, headers: headers)
    }
}

/// What a test looked for was not in the answer.
struct Missing: Error {}

extension SandboxReply {
    /// The body as JSON.
    var root: JSONValue {
        get throws {
            guard case .bytes(let bytes) = body else { throw Missing() }
            return try JSONDocument(parsing: bytes).root
        }
    }

    var isFilm: Bool {
        if case .film = body { return true }
        return false
    }
}

extension JSONValue? {
    /// The string, or a failure of the test.
    var text: String {
        get throws {
            guard let text = self?.string else { throw Missing() }
            return text
        }
    }
}
