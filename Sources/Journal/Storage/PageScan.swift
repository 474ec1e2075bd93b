import Foundation
import GRDB

/// The rows of an SQLite file and its log, read page by page without the tables, which may be damaged
/// (sqlite.org/fileformat2.html, sections 1.5, 1.6, 2.1 and 4.1).
///
/// Pages that a table no longer uses are read, too: of one row there may be several versions, the newest last.
struct PageScan {
    /// A record as it is stored.
    struct Record {
        /// Whether it is from an index, as all rows of a table without row ids are.
        var isKeyed: Bool
        /// The row id; 0 where there is none.
        var rowID: Int64
        /// The values as far as they could be read.
        var values: [DatabaseValue]
    }

    private let pageSize: Int
    private let file: Data
    private let log: Data
    /// The images in the log, in the order they were written.
    private let frames: [WriteAheadLog.Frame]
    /// Where the newest image of a page is in the log.
    private let newest: [Int: Int]

    /// Visits every record whose page can be read.
    static func visit(_ path: String, _ visit: (Record) -> Void) {
        let file = data(path)
        let log = data(path + "-wal")
        let named = [BigEndian.number(file, 16, 2), WriteAheadLog(log).pageSize].map { $0 == 1 ? 65536 : $0 }
        if let size = named.first(where: DatabaseHeader.pageSizes.contains), file.count % size == 0 {
            return PageScan(file, log, size).visit(visit)
        }
        // Without a header the size is the one in which most can be read.
        let scans = DatabaseHeader.pageSizes.map { PageScan(file, log, $0) }
        scans.max { $0.count < $1.count }?.visit(visit)
    }

    private init(_ file: Data, _ log: Data, _ pageSize: Int) {
        self.file = file
        self.log = log
        self.pageSize = pageSize
        let written = WriteAheadLog(log, pageSize: pageSize)
        // Frames of another size would be read at the wrong places.
        frames = [0, pageSize].contains(written.pageSize) ? written.frames : []
        newest = Dictionary(frames.map { ($0.page, $0.offset) }) { _, later in later }
    }

    static func data(_ path: String) -> Data {
        (try? Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)) ?? Data()
    }

    private var count: Int {
        var count = 0
        visit { _ in count += 1 }
        return count
    }

    private func visit(_ visit: (Record) -> Void) {
        for page in 0..<file.count / pageSize { read(file, page * pageSize, isFirst: page == 0, visit) }
        for frame in frames { read(log, frame.offset, isFirst: frame.page == 1, visit) }
    }

    private func read(_ data: Data, _ start: Int, isFirst: Bool, _ visit: (Record) -> Void) {
        let head = isFirst ? 100 : 0
        let page = [UInt8](data[start..<start + pageSize])
        // A leaf of a table, and both kinds of page of an index, which has records inside, too.
        guard let kind = PageKind(rawValue: page[head]) else { return }
        let count = Int(page[head + 3]) << 8 | Int(page[head + 4])
        for cell in 0..<count {
            let pointer = head + kind.headSize + 2 * cell
            guard pointer + 1 < pageSize else { return }
            var reader = ByteReader(bytes: page, offset: Int(page[pointer]) << 8 | Int(page[pointer + 1]))
            if kind == .indexInterior { reader.offset += 4 }
            guard let size = reader.varint(), size > 0, size <= file.count + log.count else { continue }
            let rowID = kind == .tableLeaf ? reader.varint() : 0
            guard let rowID, reader.offset < pageSize else { continue }
            let payload = payload(Int(size), page, reader.offset, kind)
            guard let values = RecordReader.values(payload) else { continue }
            visit(Record(isKeyed: kind != .tableLeaf, rowID: rowID, values: values))
        }
    }

    /// What a cell holds: the part in its page, and what follows in others as far as they can be read.
    private func payload(_ size: Int, _ page: [UInt8], _ start: Int, _ kind: PageKind) -> [UInt8] {
        let most = kind == .tableLeaf ? pageSize - 35 : (pageSize - 12) * 64 / 255 - 23
        let least = (pageSize - 12) * 32 / 255 - 23
        let rest = least + (size - least) % (pageSize - 4)
        let local = size <= most ? size : rest <= most ? rest : least
        var bytes = Array(page[start..<min(start + local, pageSize)])
        guard local < size, start + local + 4 <= pageSize else { return bytes }
        var next = page[start + local..<start + local + 4].reduce(0) { $0 << 8 | Int($1) }
        while bytes.count < size, next > 0 {
            let (data, offset) = newest[next].map { (log, $0) } ?? (file, (next - 1) * pageSize)
            guard offset + pageSize <= data.count else { break }
            bytes += data[offset + 4..<offset + min(pageSize, 4 + size - bytes.count)]
            next = BigEndian.number(data, offset, 4)
        }
        return bytes
    }
}

private enum PageKind: UInt8 {
    case indexInterior = 2
    case indexLeaf = 10
    case tableLeaf = 13

    var headSize: Int { self == .indexInterior ? 12 : 8 }
}

private struct ByteReader {
    var bytes: [UInt8]
    var offset: Int

    /// A number of one to nine bytes.
    mutating func varint() -> Int64? {
        var value: UInt64 = 0
        for index in 0..<9 {
            guard offset < bytes.count else { return nil }
            let byte = bytes[offset]
            offset += 1
            if index == 8 { return Int64(bitPattern: value << 8 | UInt64(byte)) }
            value = value << 7 | UInt64(byte & 0x7f)
            if byte < 0x80 { break }
        }
        return Int64(bitPattern: value)
    }

    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, offset + count <= bytes.count else { return nil }
        defer { offset += count }
        return bytes[offset..<offset + count]
    }
}

/// The record format.
private enum RecordReader {
    /// The values up to the first that is cut; nil for what is no record.
    static func values(_ payload: [UInt8]) -> [DatabaseValue]? {
        var head = ByteReader(bytes: payload, offset: 0)
        guard let headSize = head.varint(), headSize > 0, headSize <= payload.count else { return nil }
        var body = ByteReader(bytes: payload, offset: Int(headSize))
        var values: [DatabaseValue] = []
        while head.offset < Int(headSize) {
            guard let type = head.varint(), type >= 0 else { return nil }
            guard let value = value(type, &body) else { return values }
            values.append(value)
        }
        return values
    }

    private static func value(_ type: Int64, _ body: inout ByteReader) -> DatabaseValue? {
        switch type {
        case 0: return .null
        case 1...6:
            guard let bytes = body.take([1, 2, 3, 4, 6, 8][Int(type) - 1]), let first = bytes.first else { return nil }
            let sign: Int64 = first < 0x80 ? 0 : -1
            return bytes.reduce(sign) { $0 << 8 | Int64($1) }.databaseValue
        case 7:
            return body.take(8).map { Double(bitPattern: $0.reduce(0) { $0 << 8 | UInt64($1) }).databaseValue }
        case 8, 9: return (type - 8).databaseValue
        case 12...:
            guard let bytes = body.take(Int((type - 12) / 2)) else { return nil }
            if type % 2 == 0 { return Data(bytes).databaseValue }
            return String(validating: bytes, as: UTF8.self)?.databaseValue
        default: return nil
        }
    }
}
