/// What a film file says about itself.
package struct FilmFacts: Sendable, Hashable {
    /// Columns.
    package var width: Int?
    /// Rows.
    package var height: Int?
    /// Length in seconds.
    package var seconds: Double?
    /// Frames a second.
    package var fps: Double?
    /// Bytes behind its last box, which belong to no film and harm none.
    package var trailingBytes = 0

    /// `1280x720 5.0 s 16 fps`, as far as known.
    package var summary: String {
        var parts: [String] = []
        if let width, let height { parts.append("\(width)x\(height)") }
        if let seconds { parts.append("\(Double(Int(seconds * 10 + 0.5)) / 10) s") }
        if let fps { parts.append("\(Int(fps + 0.5)) fps") }
        if trailingBytes > 0 { parts.append("\(trailingBytes) B behind its end") }
        return parts.joined(separator: " ")
    }
}

/// Reads the boxes of an MP4 or QuickTime file (ISO/IEC 14496-12): that they tile the file, and what the film is.
struct FilmInspection {
    struct Malformed: Error, Equatable {
        var message: String
    }

    /// Reads `count` bytes at `offset`.
    typealias Reading = (_ offset: Int, _ count: Int) throws -> [UInt8]

    private static let largestMovieBox = 64 << 20

    private static let knownBoxes: Set<String> = [
        "ftyp", "styp", "moov", "mdat", "moof", "mfra", "free", "skip", "wide", "uuid", "meta", "sidx", "ssix", "prft",
        "pdin", "emsg", "udta", "imda", "pnot",
    ]

    /// Checks that the top-level boxes fill the file and that `moov` and `mdat` are among them, and reads `moov`.
    ///
    /// What follows a whole film and is no box of this format is counted and does no harm.
    static func inspect(size: Int, read: Reading) throws -> FilmFacts {
        var offset = 0
        var movie: [UInt8]?
        var hasMedia = false
        while offset < size {
            let head = try read(offset, min(16, size - offset))
            let isKnown = knownBoxes.contains(name(head, 4))
            var length = Int(number(head, 0, 4))
            if length == 1, head.count == 16 { length = Int(clamping: number(head, 8, 8)) }
            if length == 0, isKnown { length = size - offset }
            guard size - offset >= 8, length >= 8, length <= size - offset else {
                guard !isKnown, movie != nil, hasMedia else { throw Malformed(message: "it ends inside a box") }
                break
            }
            switch name(head, 4) {
            case "moov" where length <= largestMovieBox: movie = try read(offset, length)
            case "mdat": hasMedia = true
            default: break
            }
            offset += length
        }
        guard let movie else { throw Malformed(message: "it has no moov box") }
        // A film cut just before its media tiles the file, too.
        guard hasMedia else { throw Malformed(message: "it has no mdat box") }
        var facts = facts(movie)
        facts.trailingBytes = size - offset
        return facts
    }

    private static func facts(_ movie: [UInt8]) -> FilmFacts {
        var facts = FilmFacts()
        let children = boxes(movie, 8..<movie.count)
        if let header = children.first(where: { $0.name == "mvhd" }) {
            facts.seconds = duration(movie, header.range)
        }
        for track in children where track.name == "trak" {
            let inside = boxes(movie, track.range)
            guard let header = inside.first(where: { $0.name == "tkhd" })?.range, header.count >= 8 else { continue }
            let width = Int(number(movie, header.upperBound - 8, 4) >> 16)
            let height = Int(number(movie, header.upperBound - 4, 4) >> 16)
            guard width > 0, height > 0 else { continue }
            facts.width = width
            facts.height = height
            facts.fps = frameRate(movie, inside)
        }
        return facts
    }

    private static func frameRate(_ movie: [UInt8], _ track: [Box]) -> Double? {
        guard let media = track.first(where: { $0.name == "mdia" })?.range else { return nil }
        let inside = boxes(movie, media)
        guard let header = inside.first(where: { $0.name == "mdhd" })?.range,
            let seconds = duration(movie, header), seconds > 0,
            let info = inside.first(where: { $0.name == "minf" })?.range,
            let table = boxes(movie, info).first(where: { $0.name == "stbl" })?.range,
            let sizes = boxes(movie, table).first(where: { $0.name == "stsz" })?.range, sizes.count >= 12
        else { return nil }
        return Double(number(movie, sizes.lowerBound + 8, 4)) / seconds
    }

    /// Seconds in `mvhd` or `mdhd`: time scale and duration after the times, whose width depends on the version.
    private static func duration(_ movie: [UInt8], _ range: Range<Int>) -> Double? {
        guard range.count >= 20 else { return nil }
        let isLong = movie[range.lowerBound] == 1
        let start = range.lowerBound + (isLong ? 20 : 12)
        guard start + 12 <= range.upperBound else { return nil }
        let scale = number(movie, start, 4)
        let length = number(movie, start + 4, isLong ? 8 : 4)
        return scale > 0 ? Double(length) / Double(scale) : nil
    }

    private struct Box {
        var name: String
        var range: Range<Int>
    }

    private static func boxes(_ bytes: [UInt8], _ range: Range<Int>) -> [Box] {
        var boxes: [Box] = []
        var offset = range.lowerBound
        while range.upperBound - offset >= 8 {
            let length = Int(number(bytes, offset, 4))
            guard length >= 8, length <= range.upperBound - offset else { break }
            boxes.append(Box(name: name(bytes, offset + 4), range: offset + 8..<offset + length))
            offset += length
        }
        return boxes
    }

    private static func number(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> UInt64 {
        guard offset >= 0, offset + count <= bytes.count else { return 0 }
        return bytes[offset..<offset + count].reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func name(_ bytes: [UInt8], _ offset: Int) -> String {
        guard offset + 4 <= bytes.count else { return "" }
        return String(decoding: bytes[offset..<offset + 4], as: UTF8.self)
    }
}
