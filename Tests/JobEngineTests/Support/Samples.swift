import HTTPTypes
import JobEngine
import SiliconFlow
import SoraRelay
import Testing
import Transport
import VideoProviderKit
import Xiexus

enum Sample {
    /// A key that stands nowhere else.
    static let key = "sk-canary/7f+Q2=9xZ"

    static func secret(_ key: String = key) throws -> Secret { try #require(Secret(key)) }

    static var draft: Draft {
        var draft = Draft()
        draft[.model] = .text("Wan-AI/Wan2.2-T2V-A14B")
        draft["prompt"] = .text("a cat in the rain")
        draft["image_size"] = .text("1280x720")
        return draft
    }

    static func draft(_ prompt: String) -> Draft {
        var draft = draft
        draft["prompt"] = .text(prompt)
        return draft
    }

    static func siliconFlow(_ base: BaseURL = "https://vendor.test/v1", key: String = key) throws -> ProviderInstance {
        try instance(SiliconFlowProvider(), base, key)
    }

    static func instance(
        _ provider: any VideoProvider,
        _ base: BaseURL,
        _ key: String = key
    ) throws
        -> ProviderInstance
    {
        var instance = ProviderInstance(provider)
        instance.baseURL = base
        instance.credentials = [.fixed(try secret(key))]
        return instance
    }

    static func submitted(_ id: String = "task-1") -> Answer { .json(#"{"requestId":"\#(id)"}"#) }

    static func status(_ word: String, link: String? = nil) -> Answer {
        status(word, links: link.map { [$0] } ?? [])
    }

    static func status(_ word: String, links: [String]) -> Answer {
        let videos = links.map { #"{"url":"\#($0)"}"# }.joined(separator: ",")
        return .json(#"{"status":"\#(word)","reason":"","results":{"videos":[\#(videos)],"seed":7}}"#)
    }

    static let link = "https://storage.test/film.mp4?sig=abc"

    /// The smallest film: `ftyp`, a `moov` with a header that says two seconds, and `mdat` filled with `size` bytes.
    static func film(_ size: Int = 600) -> [UInt8] {
        let header = box("mvhd", [0, 0, 0, 0] + zeros(8) + number(1000) + number(2000) + zeros(80))
        let media = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        return box("ftyp", Array("isom".utf8) + zeros(4)) + box("moov", header) + box("mdat", media)
    }

    static func box(_ name: String, _ content: [UInt8]) -> [UInt8] {
        number(UInt32(content.count + 8)) + Array(name.utf8) + content
    }

    static func number(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) } }

    static func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }
}

extension UpstreamReply {
    init(_ status: Int, _ text: String, _ fields: HTTPFields = [:]) {
        self.init(status: status, headerFields: fields, body: Array(text.utf8))
    }
}
