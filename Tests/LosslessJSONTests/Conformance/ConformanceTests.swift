import LosslessJSON
import Testing

@Suite("RFC 8259")
struct ConformanceTests {
    @Test("A valid text is read, tokenized and laid out", arguments: acceptedTexts)
    func accepts(_ text: TextCase) throws {
        let document = try JSONDocument(parsing: text.bytes)
        #expect(document.bytes == text.bytes)
        #expect(try !tokens(text.bytes).isEmpty)
        #expect(try tokens(JSONFormatter.format(text.bytes)) == tokens(text.bytes))
    }

    @Test("An invalid text is refused by the document, with a code and a place", arguments: rejectedTexts)
    func documentRejects(_ text: TextCase) throws {
        let error = #expect(throws: JSONError.self) { try JSONDocument(parsing: text.bytes) }
        #expect(error?.code == text.code)
        #expect(error?.offset == text.offset)
    }

    @Test("The tokenizer refuses what the document refuses, at the same place", arguments: rejectedTexts)
    func tokenizerRejects(_ text: TextCase) throws {
        var tokenizer = JSONTokenizer(text.bytes)
        let error = try #require(throws: JSONError.self) { while try tokenizer.next() != nil {} }
        #expect(error.code == text.code)
        #expect(error.offset == text.offset)
        #expect(throws: error) { try tokenizer.next() }
    }

    @Test("The formatter refuses the same at the same place, fed byte by byte", arguments: rejectedTexts)
    func formatterRejects(_ text: TextCase) throws {
        // Several values, or none, are a stream; that is the one thing the formatter takes and the document does not.
        let isStream = text.code == .trailingContent || text.code == .empty
        var formatter = JSONFormatter()
        var output: [UInt8] = []
        var thrown: JSONError?
        do {
            for byte in text.bytes { try formatter.append([byte], to: &output) }
            try formatter.finish(to: &output)
        } catch {
            thrown = error
        }
        guard let thrown else {
            #expect(isStream, "The formatter accepted what the document refuses.")
            return
        }
        #expect(thrown.offset >= text.offset)
        if !isStream {
            #expect(thrown.code == text.code)
            #expect(thrown.offset == text.offset)
        }
        #expect(throws: thrown) { try formatter.finish(to: &output) }
    }

    @Test("Every code is met by one of the invalid texts or has its own test")
    func everyCodeIsCovered() {
        let covered = Set(rejectedTexts.map(\.code)).union([.tooDeep, .tooLarge])
        #expect(covered == Set(JSONError.Code.allCases))
    }

    @Test("A text cut anywhere is an error or a shorter valid text", arguments: acceptedTexts)
    func truncation(_ text: TextCase) throws {
        for end in 0..<text.bytes.count {
            let prefix = Array(text.bytes[..<end])
            do {
                _ = try JSONDocument(parsing: prefix)
                // Only white space or the rest of a number can be missing from a valid text.
                let rest = text.bytes[end...]
                #expect(rest.allSatisfy { $0 <= 0x20 || prefix.last.map { (0x30...0x39).contains($0) } == true })
            } catch {
                #expect([.unexpectedEnd, .empty].contains(error.code))
                #expect(error.offset == end)
            }
        }
    }
}
