import Crypto
import JobEngine
import Journal
import Testing
import VideoProviderKit

@Suite("The examples in the engine")
struct ExampleRunTests {
    @Test("ten lines take a draft from submit to film")
    func lumen() async throws {
        let answers = [
            #"{"id":"vid_1","status":"queued"}"#, #"{"id":"vid_1","status":"processing"}"#,
            #"{"id":"vid_1","status":"completed","video_url":"https://cdn.lumen.example/1.mp4"}"#,
        ]
        let bench = try Workbench(LumenProvider(), answers: answers)
        let draft = try bench.draft([.model: "lumen-2", "prompt": "a cat"])
        let preview = try await bench.engine.preview(draft, to: bench.instance)
        #expect(preview.url == "https://api.lumen.example/v1/videos")
        #expect(String(decoding: preview.body.bytes, as: UTF8.self) == #"{"model":"lumen-2","prompt":"a cat"}"#)
        let job = try #require(await bench.submit(draft))
        #expect(try await bench.engine.pollNow(job).job.state == .running)
        #expect(try await bench.engine.pollNow(job).job.state == .succeeded)
        let assets = try await bench.journal.assets(job: job.id)
        #expect(assets.map(\.asset.source) == [.remote("https://cdn.lumen.example/1.mp4")])
        #expect(
            bench.transport.asked == [
                "POST https://api.lumen.example/v1/videos", "GET https://api.lumen.example/v1/videos/vid_1",
                "GET https://api.lumen.example/v1/videos/vid_1",
            ]
        )
    }

    @Test("a draft that Lumen's schema does not allow is refused before anything is sent")
    func invalid() async throws {
        let bench = try Workbench(LumenProvider())
        let draft = try bench.draft([.model: "lumen-2"])
        #expect(draft.problems(for: bench.instance.descriptor).map(\.code) == [.missing])
        #expect(await bench.submit(draft) == nil)
        #expect(bench.transport.asked == [])
    }

    @Test("a Kling request carries a token signed with the secret part of the key, and not the key")
    func kling() async throws {
        let bench = try Workbench(KlingProvider(), key: "access.secret")
        let draft = try bench.draft([.model: "kling-v1-6", "prompt": "a cat"])
        let request = try await bench.engine.preview(draft, to: bench.instance)
        let line = try #require(request.headerLines.first { $0.name == "Authorization" })
        let parts = line.value.dropFirst(7).split(separator: ".").map(String.init)
        try #require(parts.count == 3)
        let content = "\(parts[0]).\(parts[1])"
        let code = HMAC<SHA256>.authenticationCode(
            for: Array(content.utf8),
            using: SymmetricKey(data: Array("secret".utf8))
        )
        #expect(parts[2] == Base64URL.encode(Array(code)))
        #expect(parts[0] == Base64URL.encode(Array(#"{"alg":"HS256","typ":"JWT"}"#.utf8)))
        #expect(!request.head.contains("secret"))
    }

    @Test("a token is the one that jwt.io shows for the same claims and secret")
    func token() {
        struct Signer: RequestSigner {
            let keyID = ""
            func hmacSHA256(_ message: [UInt8]) -> [UInt8] {
                let key = SymmetricKey(data: Array("your-256-bit-secret".utf8))
                return Array(HMAC<SHA256>.authenticationCode(for: message, using: key))
            }
        }
        let token = Signer().jsonWebToken(["sub": "1234567890", "name": "John Doe", "iat": 1_516_239_022])
        let parts = [
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9",
            "eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ",
            "SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c",
        ]
        #expect(token == parts.joined(separator: "."))
    }

    @Test("a Kling task is asked about at the address that created it")
    func klingAddress() async throws {
        let submitted = #"{"code":0,"data":{"task_id":"7","task_status":"submitted"}}"#
        let bench = try Workbench(KlingProvider(), answers: [submitted, submitted])
        let draft = try bench.draft([.model: "kling-v1-6", "prompt": "a cat", "image": "https://example.com/a.png"])
        let job = try #require(await bench.submit(draft))
        try await bench.engine.pollNow(job)
        #expect(bench.transport.asked.last == "GET https://api-singapore.klingai.com/v1/videos/image2video/7")
    }

    @Test("MiniMax is asked for the file of a finished task, once")
    func miniMax() async throws {
        let answers = [
            #"{"task_id":"106","base_resp":{"status_code":0}}"#,
            #"{"task_id":"106","status":"Success","file_id":"36&x=1","base_resp":{"status_code":0}}"#,
            #"{"file":{"file_id":36,"download_url":"https://cdn.example/x.mp4"},"base_resp":{"status_code":0}}"#,
        ]
        let bench = try Workbench(MiniMaxProvider(), answers: answers)
        let draft = try bench.draft([.model: "T2V-01", "prompt": "a cat"])
        let job = try #require(await bench.submit(draft))
        #expect(try await bench.engine.pollNow(job).job.state == .succeeded)
        #expect(
            try await bench.journal.assets(job: job.id).map(\.asset.source) == [.remote("https://cdn.example/x.mp4")]
        )
        #expect(bench.transport.asked.last == "GET https://api.minimax.io/v1/files/retrieve?file_id=36%26x%3D1")
        #expect(bench.transport.asked.count == 3)
    }

    @Test("Replicate is asked at the address its answer named")
    func replicate() async throws {
        let url = "https://api.replicate.com/v1/predictions/p1"
        let submitted = #"{"id":"p1","status":"starting","urls":{"get":"\#(url)","cancel":"\#(url)/cancel"}}"#
        let bench = try Workbench(ReplicateProvider(), answers: [submitted, submitted])
        let draft = try bench.draft([.model: "minimax/video-01", "prompt": "a cat"])
        let job = try #require(await bench.submit(draft))
        try await bench.engine.pollNow(job)
        #expect(
            bench.transport.asked == [
                "POST https://api.replicate.com/v1/models/minimax/video-01/predictions", "GET \(url)",
            ]
        )
        let receipt = try #require(job.receipt)
        let cancel = try ReplicateProvider().cancelRequest(for: receipt)
        #expect(try cancel.url(below: "https://api.replicate.com") == "\(url)/cancel")
    }

    @Test("a picture for Replicate is sent ahead, and its link stands in the submit")
    func upload() async throws {
        let link = "https://api.replicate.com/v1/files/f1"
        let answers = [#"{"id":"f1","urls":{"get":"\#(link)"}}"#, #"{"id":"p1","status":"starting"}"#]
        let bench = try Workbench(ReplicateProvider(), answers: answers)
        var draft = try bench.draft([.model: "minimax/video-01", "prompt": "a cat"])
        let picture = try #require(MediaContent(bytes: [0xFF, 0xD8, 0xFF, 0xE0], fileName: "cat.jpg"))
        draft["first_frame_image"] = .media([.content(picture)])
        #expect(await bench.submit(draft) != nil)
        #expect(
            bench.transport.asked == [
                "POST https://api.replicate.com/v1/files",
                "POST https://api.replicate.com/v1/models/minimax/video-01/predictions",
            ]
        )
        #expect(bench.transport.bodies.first?.contains(#"name="content"; filename="cat.jpg""#) == true)
        #expect(bench.transport.bodies.last == #"{"input":{"prompt":"a cat","first_frame_image":"\#(link)"}}"#)
    }
}
