import Testing
import VideoProviderKit

@Suite("A multipart form")
struct FormPartTests {
    @Test("is these bytes")
    func bytes() throws {
        let content = try #require(MediaContent(bytes: [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10], fileName: "a\"b.png"))
        let body = RequestBody.form([FormPart("prompt", "a 月"), FormPart("input_reference", file: content)]).rendered()
        let boundary = try #require(body.contentType?.split(separator: "=").last)
        let head = """
            --\(boundary)\r
            Content-Disposition: form-data; name="prompt"\r
            \r
            a 月\r
            --\(boundary)\r
            Content-Disposition: form-data; name="input_reference"; filename="a%22b.png"\r
            Content-Type: image/png\r
            \r\n
            """
        #expect(body.contentType == "multipart/form-data; boundary=\(boundary)")
        #expect(body.bytes == Array(head.utf8) + content.bytes + Array("\r\n--\(boundary)--\r\n".utf8))
    }

    @Test("has the same boundary each time, so that a preview is what is sent")
    func stable() {
        let form = RequestBody.form([FormPart("prompt", "x")])
        #expect(form.rendered() == form.rendered())
        #expect(form.rendered().contentType != RequestBody.form([FormPart("prompt", "y")]).rendered().contentType)
    }

    @Test("keeps media apart from the text around them")
    func segments() {
        let body = RequestBody.form([FormPart("file", file: .pixel)]).rendered()
        #expect(body.segments.contains(.media(.pixel, .identity)))
    }

    @Test("does not let a name end its own line")
    func names() {
        let bytes = RequestBody.form([FormPart("a\"\r\nX: y", "v")]).rendered().bytes
        #expect(String(decoding: bytes, as: UTF8.self).contains(#"name="a%22%0D%0AX: y""#))
    }
}
