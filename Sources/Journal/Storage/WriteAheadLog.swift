import Foundation

/// The log beside an SQLite file (sqlite.org/fileformat2.html, section 4), read without SQLite.
///
/// SQLite takes a log to end at the first frame whose checksum is wrong, and says nothing of what follows: after one bad
/// sector every later receipt would be gone without a word.
struct WriteAheadLog {
    /// An image of a page.
    struct Frame {
        /// The page, counted from 1.
        var page: Int
        /// Where its bytes begin in the log.
        var offset: Int
        /// Whether a transaction ends with it.
        var isCommit: Bool
    }

    /// The size of a page; 0 without a log.
    let pageSize: Int
    /// The frames of this log's generation, in the order they were written.
    let frames: [Frame]
    /// Whether a frame that ends a transaction stands behind a wrong checksum.
    let isBroken: Bool

    private static let magic = [0x377f_0682, 0x377f_0683]

    init(_ log: Data, pageSize known: Int? = nil) {
        let size = BigEndian.number(log, 8, 4)
        let isNamed = Self.magic.contains(BigEndian.number(log, 0, 4)) && DatabaseHeader.pageSizes.contains(size)
        let pageSize = isNamed ? size : known ?? 4096
        self.pageSize = isNamed ? size : 0
        let starts = stride(from: 32, through: log.count - 24 - pageSize, by: 24 + pageSize)
        var sum = Checksum(isBigEndian: BigEndian.number(log, 0, 4) == Self.magic[1])
        sum.add(log, 0, log.count < 24 ? 0 : 24)
        var holds = isNamed && sum.matches(log, 24)
        // The head is synced before the first frame is written.
        var isBroken = !holds && starts.contains { _ in true }
        // Frames with other salts are from before the log was begun anew; where its head is damaged most are of one kind.
        let salts = holds ? BigEndian.number(log, 16, 8) : Self.commonSalts(log, starts)
        var frames: [Frame] = []
        for start in starts {
            let isOurs = BigEndian.number(log, start + 8, 8) == salts
            if holds {
                sum.add(log, start, 8)
                sum.add(log, start + 24, pageSize)
                holds = isOurs && sum.matches(log, start + 16)
            }
            guard isOurs else { continue }
            let isCommit = BigEndian.number(log, start + 4, 4) > 0
            isBroken = isBroken || !holds && isCommit
            frames.append(Frame(page: BigEndian.number(log, start, 4), offset: start + 24, isCommit: isCommit))
        }
        self.frames = frames
        self.isBroken = isBroken
    }

    private static func commonSalts(_ log: Data, _ starts: StrideThrough<Int>) -> Int {
        let counts = starts.reduce(into: [Int: Int]()) { $0[BigEndian.number(log, $1 + 8, 8), default: 0] += 1 }
        return counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 0
    }

    /// The sums that go on from frame to frame.
    private struct Checksum {
        let isBigEndian: Bool
        private var (first, second): (UInt32, UInt32) = (0, 0)

        init(isBigEndian: Bool) { self.isBigEndian = isBigEndian }

        mutating func add(_ data: Data, _ start: Int, _ count: Int) {
            data.withUnsafeBytes { bytes in
                for offset in stride(from: start, to: start + count, by: 8) {
                    first &+= word(bytes, offset) &+ second
                    second &+= word(bytes, offset + 4) &+ first
                }
            }
        }

        func matches(_ data: Data, _ offset: Int) -> Bool {
            BigEndian.number(data, offset, 4) == Int(first) && BigEndian.number(data, offset + 4, 4) == Int(second)
        }

        private func word(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt32 {
            let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
            return isBigEndian ? UInt32(bigEndian: word) : UInt32(littleEndian: word)
        }
    }
}

/// Numbers as SQLite's files have them.
enum BigEndian {
    /// The number at `offset`; 0 beyond the end.
    static func number(_ data: Data, _ offset: Int, _ count: Int) -> Int {
        guard offset >= 0, offset + count <= data.count else { return 0 }
        return data[offset..<offset + count].reduce(0) { $0 << 8 | Int($1) }
    }
}
