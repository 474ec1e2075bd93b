import LosslessJSON
import Testing

@Suite("Errors")
struct ErrorTests {
    private func error(_ text: String) throws -> JSONError {
        try #require(throws: JSONError.self) { try JSONDocument(parsing: text) }
    }

    @Test("An error names line and column, counted in characters")
    func position() throws {
        let error = try error("{\n  \"名字\": \"猫😀\",\n  \"名字\" 1}")
        #expect(error.line == 3)
        #expect(error.column == 8)
        #expect(error.offset == 36)
        #expect(error.found == UInt8(ascii: "1"))
    }

    @Test("A byte order mark takes no column")
    func positionAfterByteOrderMark() throws {
        #expect(try error("\u{FEFF}x").column == 1)
        #expect(try error("\u{FEFF}x").offset == 3)
    }

    @Test("Carriage return and newline end one line")
    func carriageReturns() throws {
        #expect(try error("[\r\n1\r\n x]").line == 3)
        #expect(try error("[\r\n1\r\n x]").column == 2)
    }

    @Test("The place is the same however the stream is cut", arguments: 1...9)
    func positionInChunks(_ size: Int) throws {
        let bytes = Array("{\n  \"名字\": \"猫😀\\u732b\",\n  \"é\": [1.5e3,\n tru]}".utf8)
        let expected = try #require(throws: JSONError.self) { try JSONDocument(parsing: bytes) }
        let chunks = stride(from: 0, to: bytes.count, by: size).map { bytes[$0..<min($0 + size, bytes.count)] }
        #expect(throws: expected) { try formatted(chunks) }
        #expect(expected.line == 4)
        #expect(expected.column == 5)
    }

    @Test("The description is one sentence that names the place and the byte found")
    func sentence() throws {
        #expect(
            try error(#"{"a" 1}"#).description
                == #"Not valid JSON at line 1, column 6 (byte 5): expected ":" after the member name, found "1"."#
        )
        #expect(
            try error("[\"\u{01}\"]").description
                == "Not valid JSON at line 1, column 3 (byte 2): "
                + "control characters in a string must be escaped, found byte 0x01."
        )
        #expect(
            try error("[1,").description
                == "Not valid JSON at line 1, column 4 (byte 3): the text ends before its value is complete."
        )
    }

    @Test("Every code has an explanation of its own")
    func explanations() {
        let sentences = JSONError.Code.allCases.map {
            JSONError(code: $0, offset: 0, line: 1, column: 1).description
        }
        #expect(Set(sentences).count == JSONError.Code.allCases.count)
        #expect(sentences.allSatisfy { $0.hasSuffix(".") })
    }

    @Test("A text beyond the size limit is refused before it is read")
    func size() throws {
        let error = try #require(throws: JSONError.self) {
            try JSONDocument(parsing: "[1,2,3]", limits: JSONLimits(bytes: 6))
        }
        #expect(error.code == .tooLarge)
        #expect(throws: Never.self) { try JSONDocument(parsing: "[1,2,3]", limits: JSONLimits(bytes: 7)) }
    }
}
