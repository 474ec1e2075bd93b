import Testing
import VideoProviderKit

@Suite("Media")
struct MediaTests {
    @Test(
        "are known by their first bytes",
        arguments: [
            ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .png), ([0xFF, 0xD8, 0xFF, 0xE0], .jpeg),
            (Array("RIFF....WEBPVP8 ".utf8), .webp), (Array("GIF89a".utf8), .gif),
            (Array("BM".utf8) + Array(repeating: 0, count: 30), .bmp), ([0, 0, 0, 24] + Array("ftypisom".utf8), .mp4),
            ([0, 0, 0, 24] + Array("ftypqt  ".utf8), .quickTime), ([0, 0, 0, 24] + Array("ftypheic".utf8), .heic),
            ([0, 0, 0, 24] + Array("ftypavif".utf8), .avif),
            ([0x1A, 0x45, 0xDF, 0xA3] + Array("..webm".utf8), .webm),
            ([0x1A, 0x45, 0xDF, 0xA3] + Array("..matroska".utf8), .matroska), (Array("<html>".utf8), nil),
            (Array("{\"url\":1}".utf8), nil), ([], nil), (Array("RIFF....WAVE".utf8), nil), ([0xFF, 0xD8], nil),
            (Array("BMW".utf8), nil),
        ] as [([UInt8], MediaType?)]
    )
    func sniffing(bytes: [UInt8], type: MediaType?) { #expect(MediaType.sniffed(bytes) == type) }

    @Test("in a data URI are decoded, blanks after the comma too")
    func dataURI() throws {
        let base64 = String(decoding: MediaContent.pixel.base64, as: UTF8.self)
        let content = try MediaContent(dataURI: "data:image/png;base64, \(base64)")
        #expect(content.bytes == MediaContent.pixel.bytes)
        #expect(content.type == .png)
    }

    @Test(
        "in a data URI that cannot be read are refused",
        arguments: [
            "data:image/png;base64", "data:image/png,abc", "data:image/png;base64,%%%", "data:image/png;base64,",
            "data:text/plain;base64,aGVsbG8=",
        ]
    )
    func badDataURI(text: String) { #expect(throws: DraftProblem.self) { try MediaContent(dataURI: text) } }

    @Test("in a data URI are sent without a space after the comma")
    func sentDataURI() {
        let json = RequestJSON(.content(.pixel), as: .dataURI)
        #expect(json.text.hasPrefix("\"data:image/png;base64,iVBOR"))
    }

    @Test("sent as links keep every byte")
    func link() throws {
        let url = "https://h/a?sig=%2F%20"
        #expect(try RequestJSON(Media(parsing: url), as: .url).text == "\"\(url)\"")
    }
}
