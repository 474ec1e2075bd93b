#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A kind of media, known by the first bytes of its content.
public struct MediaType: RawRepresentable, Sendable, Hashable, Codable, CustomStringConvertible {
    /// The Internet media type (RFC 6838), `image/png`.
    public var rawValue: String

    /// Takes any spelling.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The Internet media type.
    public var description: String { rawValue }

    /// A short name for messages, `PNG`.
    public var name: String { rawValue.split(separator: "/").last.map { $0.uppercased() } ?? rawValue }

    /// The usual file extension, `png`.
    public var fileExtension: String {
        switch self {
        case .jpeg: "jpg"
        case .quickTime: "mov"
        case .matroska: "mkv"
        default: rawValue.split(separator: "/").last.map(String.init) ?? "bin"
        }
    }

    /// Portable Network Graphics.
    public static let png = Self(rawValue: "image/png")
    /// JPEG.
    public static let jpeg = Self(rawValue: "image/jpeg")
    /// WebP.
    public static let webp = Self(rawValue: "image/webp")
    /// GIF.
    public static let gif = Self(rawValue: "image/gif")
    /// Windows bitmap.
    public static let bmp = Self(rawValue: "image/bmp")
    /// High-efficiency image.
    public static let heic = Self(rawValue: "image/heic")
    /// AV1 image.
    public static let avif = Self(rawValue: "image/avif")
    /// MPEG-4 film.
    public static let mp4 = Self(rawValue: "video/mp4")
    /// QuickTime film.
    public static let quickTime = Self(rawValue: "video/quicktime")
    /// WebM film.
    public static let webm = Self(rawValue: "video/webm")
    /// Matroska film.
    public static let matroska = Self(rawValue: "video/x-matroska")

    /// The type that the first bytes show, or nil.
    ///
    /// Names and declared types are not trusted.
    public static func sniffed(_ bytes: some Collection<UInt8>) -> MediaType? {
        let head = Array(bytes.prefix(64))
        func starts(_ prefix: [UInt8], at offset: Int = 0) -> Bool {
            head.count >= offset + prefix.count && Array(head[offset..<offset + prefix.count]) == prefix
        }
        if starts([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .png }
        if starts([0xFF, 0xD8, 0xFF]) { return .jpeg }
        if starts(Array("RIFF".utf8)), starts(Array("WEBP".utf8), at: 8) { return .webp }
        if starts(Array("GIF8".utf8)) { return .gif }
        if starts(Array("BM".utf8)), head.count >= 26 { return .bmp }
        if starts(Array("ftyp".utf8), at: 4), head.count >= 12 {
            return switch String(decoding: head[8..<12], as: UTF8.self) {
            case "heic", "heix", "mif1": .heic
            case "avif": .avif
            case "qt  ": .quickTime
            default: .mp4
            }
        }
        if starts([0x1A, 0x45, 0xDF, 0xA3]) {
            let isWebM = head.indices.contains { starts(Array("webm".utf8), at: $0) }
            return isWebM ? .webm : .matroska
        }
        return nil
    }
}

/// Media bytes held in memory, with the type their first bytes show.
public struct MediaContent: Sendable, Hashable {
    /// The bytes, shared by all copies.
    public var bytes: [UInt8]
    /// The type sniffed from ``bytes``.
    public var type: MediaType
    /// The name to send in a form and to show; never a path.
    public var fileName: String

    /// Sniffs the type of `bytes`; nil when they are no known media.
    public init?(bytes: [UInt8], fileName: String? = nil) {
        guard let type = MediaType.sniffed(bytes) else { return nil }
        self.bytes = bytes
        self.type = type
        self.fileName = fileName ?? "media.\(type.fileExtension)"
    }

    /// The bytes in base64 (RFC 4648 §4), padded, without line breaks.
    public var base64: [UInt8] { Array(Data(bytes).base64EncodedData()) }

    /// Reads a `data:` URI (RFC 2397) in base64; blanks after the comma are tolerated.
    ///
    /// - Throws: ``DraftProblem`` that says what is wrong with the URI.
    public init(dataURI: String) throws(DraftProblem) {
        guard let comma = dataURI.firstIndex(of: ",") else {
            throw DraftProblem(.wrongType, "The data: URI has no comma.")
        }
        let header = dataURI[..<comma].lowercased()
        guard header.hasSuffix(";base64") else {
            throw DraftProblem(.wrongType, "The data: URI is not in base64.")
        }
        let payload = String(dataURI[dataURI.index(after: comma)...].filter { !$0.isWhitespace })
        guard let data = Data(base64Encoded: payload), !data.isEmpty else {
            throw DraftProblem(.wrongType, "The base64 of the data: URI cannot be decoded.")
        }
        guard let content = MediaContent(bytes: Array(data), fileName: nil) else {
            throw DraftProblem(.wrongType, "The data: URI holds no known kind of picture or film.")
        }
        self = content
    }
}

/// A picture or film in a draft.
public enum Media: Sendable, Hashable {
    /// A link, kept byte for byte.
    case link(String)
    /// Bytes from a file or a `data:` URI.
    case content(MediaContent)

    /// Reads an `http(s)` URL or a `data:` URI.
    ///
    /// Files are read by the caller, since nothing here does I/O.
    public init(parsing text: String) throws(DraftProblem) {
        let lowered = text.prefix(8).lowercased()
        if lowered.hasPrefix("data:") {
            self = .content(try MediaContent(dataURI: text))
        } else if lowered.hasPrefix("http://") || lowered.hasPrefix("https://"), WebURL(text) != nil {
            self = .link(text)
        } else {
            throw DraftProblem(.wrongType, "\"\(text.prefix(60))\": it is no http(s) URL, data: URI or @FILE.")
        }
    }

    /// A line for views: the link, or name, type and size of the bytes.
    public var summary: String {
        switch self {
        case .link(let url): url
        case .content(let content): "\(content.fileName) (\(content.type.name), \(content.bytes.count) bytes)"
        }
    }
}
