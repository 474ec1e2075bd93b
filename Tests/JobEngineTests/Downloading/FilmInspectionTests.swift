import SandboxScenarios
import Testing

@testable import JobEngine

@Suite("What a film file says about itself")
struct FilmInspectionTests {
    private func inspect(_ bytes: [UInt8]) throws -> FilmFacts {
        try FilmInspection.inspect(size: bytes.count) { offset, count in
            Array(bytes[min(offset, bytes.count)..<min(offset + count, bytes.count)])
        }
    }

    @Test("Size, length and frame rate are read")
    func facts() throws {
        let film = Film.make(FilmSpec(width: 320, height: 180, seconds: 2, framesPerSecond: 8, seed: 1))
        let facts = try inspect(film)
        #expect(facts.width == 320)
        #expect(facts.height == 180)
        #expect(facts.seconds == 2)
        #expect(facts.fps == 8)
        #expect(facts.summary == "320x180 2.0 s 8 fps")
    }

    @Test("A film cut anywhere is not whole")
    func truncated() throws {
        let film = Sample.film(64)
        for count in 0..<film.count {
            #expect(throws: FilmInspection.Malformed.self, "\(count) of \(film.count) bytes") {
                try inspect(Array(film.prefix(count)))
            }
        }
        #expect(throws: Never.self) { try inspect(film) }
    }

    @Test(
        "Bytes behind a whole film that are no box are counted and do no harm",
        arguments: [
            Sample.zeros(6), Sample.zeros(20), [0], Array("<html>".utf8), Array("<html><body></body></html>".utf8),
            Sample.number(4) + Sample.zeros(4),
        ]
    )
    func trailingBytes(_ rest: [UInt8]) throws {
        let facts = try inspect(Sample.film() + rest)
        #expect(facts.trailingBytes == rest.count)
        #expect(facts.summary == "2.0 s \(rest.count) B behind its end")
    }

    @Test("A box behind the film that does not end is a film that was cut", arguments: ["mdat", "moof", "free"])
    func cutBox(_ name: String) {
        #expect(throws: FilmInspection.Malformed.self) {
            try inspect(Sample.film() + Sample.number(100) + Array(name.utf8) + Sample.zeros(20))
        }
    }

    @Test("A file without a movie or without media is refused")
    func noMovie() {
        let bytes = Sample.box("ftyp", Array("isom".utf8)) + Sample.box("mdat", [1, 2, 3])
        #expect(throws: FilmInspection.Malformed(message: "it has no moov box")) { try inspect(bytes) }
        let empty = Sample.box("ftyp", Array("isom".utf8)) + Sample.box("moov", [])
        #expect(throws: FilmInspection.Malformed(message: "it has no mdat box")) { try inspect(empty) }
    }

    @Test("A length of 64 bits is read, and one that does not fit is refused")
    func longBoxes() throws {
        let content = Sample.zeros(10)
        let wide = Sample.number(1) + Array("mdat".utf8) + Sample.number(0) + Sample.number(26) + content
        #expect(throws: Never.self) { try inspect(Sample.box("ftyp", [0]) + Sample.box("moov", []) + wide) }
        let huge = Sample.number(1) + Array("mdat".utf8) + Sample.number(.max) + Sample.number(.max) + content
        #expect(throws: FilmInspection.Malformed.self) { try inspect(Sample.box("moov", []) + huge) }
    }

    @Test("The last box may reach to the end of the file")
    func openEnd() throws {
        let open = Sample.number(0) + Array("mdat".utf8) + [1, 2, 3]
        #expect(throws: Never.self) { try inspect(Sample.box("moov", []) + open) }
    }

    @Test("A garbled byte anywhere never crashes the reader")
    func garbled() throws {
        let film = Film.make(FilmSpec(width: 64, height: 64, seconds: 1, framesPerSecond: 2, seed: 3))
        let facts = try inspect(film)
        var changed = 0
        for index in 0..<min(film.count, 700) {
            for value in [UInt8(0), 0x7f, 0xff] {
                var bytes = film
                bytes[index] = value
                if (try? inspect(bytes)) != facts { changed += 1 }
            }
        }
        #expect(changed > 0)
    }
}
