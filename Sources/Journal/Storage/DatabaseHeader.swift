#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The first hundred bytes of an SQLite file (sqlite.org/fileformat2.html, section 1.3), as this program's journal has them.
enum DatabaseHeader {
    /// The sizes a page can have, ours first.
    static let pageSizes = [4096, 1024, 2048, 8192, 16384, 32768, 65536, 512]

    /// Writes a header over that of the file at `path`: nothing in it is needed that cannot be told from the rest.
    ///
    /// - Returns: false when the file does not consist of pages of this size.
    static func write(to path: String, pageSize: Int) -> Bool {
        let descriptor = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var info = stat()
        guard fstat(descriptor, &info) == 0, info.st_size >= pageSize, Int(info.st_size) % pageSize == 0 else {
            return false
        }
        let header = bytes(pageSize: pageSize, pages: Int(info.st_size) / pageSize)
        return pwrite(descriptor, header, header.count, 0) == header.count
    }

    private static func bytes(pageSize: Int, pages: Int) -> [UInt8] {
        var header = Array("SQLite format 3\0".utf8) + [UInt8](repeating: 0, count: 84)
        // A page of 65,536 bytes is written as 1.
        set(pageSize == 65536 ? 1 : pageSize, 2, at: 16)
        // Written and read through a log; the fixed fractions of a page.
        (header[18], header[19]) = (2, 2)
        (header[21], header[22], header[23]) = (64, 32, 32)
        // The change counter and the count of pages that is valid for it.
        set(1, 4, at: 24)
        set(pages, 4, at: 28)
        set(1, 4, at: 92)
        // The schema: its cookie, its format, UTF-8.
        set(1, 4, at: 40)
        set(4, 4, at: 44)
        set(1, 4, at: 56)
        return header

        func set(_ value: Int, _ count: Int, at offset: Int) {
            for index in 0..<count {
                header[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * (count - 1 - index)))
            }
        }
    }
}
