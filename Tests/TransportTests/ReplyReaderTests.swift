import Testing

@testable import Transport

@Suite("Heads of answers")
struct ReplyReaderTests {
    private func read(
        _ lines: [String],
        limits: WireLimits = WireLimits(),
        decodes: Bool = false
    )
        -> (reader: ReplyReader, last: ReplyReader.Verdict?)
    {
        var reader = ReplyReader(limits: limits, decodes: decodes)
        var last: ReplyReader.Verdict?
        for line in lines {
            last = [UInt8](text: line).withUnsafeBytes { raw in reader.read(raw) }
        }
        return (reader, last)
    }

    @Test("Lines keep their order, their spelling and their duplicates")
    func order() {
        let (reader, last) = read([
            "HTTP/1.1 200 Fine\r\n", "set-cookie: a\r\n", "X-B:  b \t\r\n", "Set-Cookie: c\r\n", "\r\n",
        ])
        #expect(last == .finalComplete)
        #expect(reader.status == 200)
        #expect(reader.statusLine == "HTTP/1.1 200 Fine")
        #expect(reader.headerLines == [.init("set-cookie", "a"), .init("X-B", "b"), .init("Set-Cookie", "c")])
    }

    @Test("Interim answers are kept apart from the final one")
    func interim() {
        let (reader, _) = read([
            "HTTP/1.1 100 Continue\r\n", "\r\n", "HTTP/1.1 103 Early Hints\r\n", "Link: x\r\n", "\r\n",
            "HTTP/1.1 204 No Content\r\n", "A: b\r\n", "\r\n",
        ])
        #expect(reader.informational == [[], [.init("Link", "x")]])
        #expect(reader.status == 204)
        #expect(reader.headerLines == [.init("A", "b")])
        #expect(reader.headerBytes.text.hasPrefix("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103"))
    }

    @Test("Lines behind the final head are trailers")
    func trailers() {
        let (reader, last) = read(["HTTP/1.1 200 OK\r\n", "\r\n", "X-Sum: 1\r\n", "\r\n"])
        #expect(last == .proceed)
        #expect(reader.trailerLines == [.init("X-Sum", "1")])
        #expect(reader.headerLines.isEmpty)
    }

    @Test("A folded line goes on with the one before it")
    func folding() {
        let (reader, _) = read(["HTTP/1.1 200 OK\r\n", "A: b\r\n", "\t c\r\n", "\r\n"])
        #expect(reader.headerLines == [.init("A", "b c")])
    }

    @Test("A line without colon is kept as a name")
    func noColon() {
        let (reader, _) = read(["HTTP/1.1 200 OK\r\n", "garbage\r\n", "\r\n"])
        #expect(reader.headerLines == [.init("garbage", "")])
    }

    @Test("Bytes that are not UTF-8 are replaced in the value and kept in the raw head")
    func badText() {
        var reader = ReplyReader(limits: WireLimits(), decodes: false)
        _ = [UInt8](text: "HTTP/1.1 200 OK\r\n").withUnsafeBytes { raw in reader.read(raw) }
        _ = ([UInt8](text: "A: ") + [0xE9, 13, 10]).withUnsafeBytes { raw in reader.read(raw) }
        #expect(reader.headerLines == [.init("A", "\u{FFFD}")])
        #expect(reader.headerBytes.suffix(3) == [0xE9, 13, 10])
    }

    @Test("A line over its limit is refused")
    func longLine() {
        let limits = WireLimits(headerLine: 20)
        #expect(read(["HTTP/1.1 200 OK\r\n", "A: 123456789012345\r\n"], limits: limits).last == .proceed)
        #expect(
            read(["HTTP/1.1 200 OK\r\n", "A: 1234567890123456\r\n"], limits: limits).last
                == .tooLarge("A header line is longer than 20 bytes.")
        )
    }

    @Test("All lines together have a limit, interim answers and trailers included")
    func total() {
        let limits = WireLimits(headerTotal: 60)
        let interim = ["HTTP/1.1 100 Go\r\n", "\r\n"]
        #expect(read(interim + interim + interim, limits: limits).last == .interim)
        #expect(
            read(interim + interim + interim + interim.prefix(1), limits: limits).last
                == .tooLarge("The header lines are longer than 60 bytes together.")
        )
        let trailer = ["HTTP/1.1 200 OK\r\n", "\r\n", "A: 3456789012345678901234567890123456789012345\r\n"]
        #expect(read(trailer, limits: limits).last == .tooLarge("The header lines are longer than 60 bytes together."))
    }

    @Test(
        "A status that is not three digits is malformed",
        arguments: [
            "HTTP/1.1\r\n", "HTTP/1.1 99 x\r\n", "HTTP/1.1 1000 x\r\n", "HTTP/1.1 2x0 x\r\n", "HTTP/1.1 -200 x\r\n",
        ]
    )
    func badStatus(line: String) {
        #expect(read([line]).last == .malformed("The status line does not hold a status of three digits."))
    }

    @Test("A status beyond 599 is reported as it is")
    func highStatus() {
        #expect(read(["HTTP/1.1 999 Denied\r\n"]).reader.status == 999)
    }

    @Test(
        "A second coding is refused when codings are undone",
        arguments: [
            (["gzip"], true), (["identity, gzip"], true), (["gzip, gzip"], false), (["gzip", "deflate"], false),
        ]
    )
    func codings(values: [String], isAllowed: Bool) {
        let lines = ["HTTP/1.1 200 OK\r\n"] + values.map { value in "Content-Encoding: \(value)\r\n" } + ["\r\n"]
        #expect(read(lines, decodes: false).last == .finalComplete)
        let expected = ReplyReader.Verdict.badEncoding("The body is encoded 2 times over.")
        #expect(read(lines, decodes: true).last == (isAllowed ? .finalComplete : expected))
    }
}
