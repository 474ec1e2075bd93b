import Foundation
import Testing

@testable import SandboxScenarios

@Suite("Films")
struct FilmTests {
    static let specs = [
        FilmSpec(width: 1280, height: 720, seconds: 1, framesPerSecond: 16, seed: 1),
        FilmSpec(width: 352, height: 640, seconds: 2, framesPerSecond: 30, seed: 2),
        FilmSpec(width: 854, height: 480, seconds: 1, framesPerSecond: 24, seed: 3),
        FilmSpec(width: 66, height: 34, seconds: 3, framesPerSecond: 10, seed: 4),
        FilmSpec(width: 18, height: 250, seconds: 1, framesPerSecond: 25, seed: 5),
        FilmSpec(width: 2, height: 2, seconds: 1, framesPerSecond: 1, seed: 6),
    ]

    @Test("Boxes tile the file, and the index stands before the pictures", arguments: specs)
    func structure(_ spec: FilmSpec) throws {
        let film = Film.make(spec)
        let top = try boxes(film, 0..<film.count)
        #expect(top.map(\.type) == ["ftyp", "moov", "mdat"])
        var table = 0..<film.count
        for name in ["moov", "trak", "mdia", "minf", "stbl"] {
            table = try #require(try boxes(film, table).first { $0.type == name }).content
        }
        let sizes = try #require(try boxes(film, table).first { $0.type == "stsz" }).content
        let count = word(film, sizes.lowerBound + 8)
        #expect(count == spec.frameCount)
        let samples = (0..<count).map { word(film, sizes.lowerBound + 12 + 4 * $0) }
        let offsets = try #require(try boxes(film, table).first { $0.type == "stco" }).content
        #expect(word(film, offsets.lowerBound + 8) == top[2].content.lowerBound)
        #expect(samples.reduce(0, +) == top[2].content.count)
        // Each sample is one length and one slice.
        var place = top[2].content.lowerBound
        for (index, sample) in samples.enumerated() {
            #expect(word(film, place) == sample - 4)
            #expect(film[place + 4] == (index == 0 ? 0x65 : 0x41))
            place += sample
        }
    }

    @Test("Equal specs give equal bytes, another seed does not")
    func determinism() {
        let spec = Self.specs[3]
        let other = FilmSpec(width: 66, height: 34, seconds: 3, framesPerSecond: 10, seed: 5)
        #expect(Film.make(spec) == Film.make(spec))
        #expect(Film.make(spec) != Film.make(other))
    }

    @Test("Sides are rounded up to even numbers, since 4:2:0 has no others")
    func oddSides() {
        let spec = FilmSpec(width: 853, height: 481, seconds: 0, framesPerSecond: 900, seed: 1)
        #expect(spec.width == 854)
        #expect(spec.height == 482)
        #expect(spec.seconds == 1)
        #expect(spec.framesPerSecond == 60)
    }

    @Test("No three bytes of a slice could be taken for a start code")
    func emulationPrevention() {
        var writer = BitWriter(header: 0x65)
        writer.bits(0, 16)
        writer.bits(1, 8)
        writer.bits(0, 32)
        let bytes = writer.finish()
        #expect(bytes == [0x65, 0, 0, 3, 1, 0, 0, 3, 0, 0, 0x80])
    }

    @Test("Exp-Golomb codes are those of the standard's table 9-2")
    func golomb() {
        var writer = BitWriter(header: 0)
        for value in [0, 1, 2, 3, 7] { writer.unsigned(value) }
        // 1 010 011 00100 0001000, then the stop bit.
        let bytes = writer.finish()
        #expect(bytes == [0, 0b1010_0110, 0b0100_0001, 0b0001_0000])
    }

    @Test("A painted sample is never below 16, so raw samples need no emulation prevention", arguments: specs)
    func sampleRange(_ spec: FilmSpec) {
        var painter = FilmPainter(spec)
        for row in 0..<spec.heightInMacroblocks {
            for column in 0..<spec.widthInMacroblocks {
                let block = painter.macroblock(column: column, row: row, frame: 0)
                #expect(block.count == 384)
                #expect(block.allSatisfy { $0 >= 16 })
            }
        }
    }

    @Test("A skipped macroblock is one that did not change", arguments: [specs[1], specs[3], specs[4]])
    func changedMacroblocks(_ spec: FilmSpec) {
        var painter = FilmPainter(spec)
        for frame in 1..<min(spec.frameCount, 12) {
            let changed = Set(painter.changedMacroblocks(in: frame))
            for address in 0..<spec.widthInMacroblocks * spec.heightInMacroblocks where !changed.contains(address) {
                let column = address % spec.widthInMacroblocks
                let row = address / spec.widthInMacroblocks
                let before = painter.macroblock(column: column, row: row, frame: frame - 1)
                let after = painter.macroblock(column: column, row: row, frame: frame)
                #expect(after == before)
            }
        }
    }

    @Test(
        "ffprobe sees size, rate and length, and ffmpeg decodes without a word",
        .enabled(if: program("ffprobe") != nil && program("ffmpeg") != nil),
        arguments: specs
    )
    func decodes(_ spec: FilmSpec) throws {
        let ffprobe = try #require(Self.program("ffprobe"))
        let ffmpeg = try #require(Self.program("ffmpeg"))
        let file = FileManager.default.temporaryDirectory.appending(path: "film-\(UUID().uuidString).mp4")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(Film.make(spec)).write(to: file)
        let fields = "stream=width,height,r_frame_rate,duration,nb_frames"
        let seen = try run(ffprobe, ["-v", "error", "-show_entries", fields, "-of", "csv=p=0", file.path])
        let duration = "\(spec.seconds).000000"
        #expect(seen == "\(spec.width),\(spec.height),\(spec.framesPerSecond)/1,\(duration),\(spec.frameCount)\n")
        #expect(try run(ffmpeg, ["-v", "warning", "-i", file.path, "-f", "null", "-"]).isEmpty)
    }

    private func boxes(_ bytes: [UInt8], _ range: Range<Int>) throws -> [(type: String, content: Range<Int>)] {
        var boxes: [(type: String, content: Range<Int>)] = []
        var place = range.lowerBound
        while place < range.upperBound {
            try #require(place + 8 <= range.upperBound)
            let length = word(bytes, place)
            try #require(length >= 8 && place + length <= range.upperBound)
            let type = String(decoding: bytes[place + 4..<place + 8], as: UTF8.self)
            boxes.append((type, place + 8..<place + length))
            place += length
        }
        return boxes
    }

    private func word(_ bytes: [UInt8], _ place: Int) -> Int {
        bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
    }

    private static func program(_ name: String) -> String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    private func run(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return String(decoding: output, as: UTF8.self)
    }
}
