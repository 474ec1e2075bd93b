#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension [UInt8] {
    /// Whether `needle` stands somewhere in these bytes.
    package func contains(_ needle: [UInt8]) -> Bool { offset(of: needle) != nil }

    /// Where `needle` first stands at or behind `start`; found at memory speed.
    package func offset(of needle: [UInt8], from start: Int = 0) -> Int? {
        guard let first = needle.first else { return start }
        // memchr finds candidates; memmem would do it all but is missing from the Glibc module.
        return withUnsafeBytes { bytes -> Int? in
            guard let base = bytes.baseAddress else { return nil }
            var offset = start
            while bytes.count - offset >= needle.count {
                let window = bytes.count - offset - needle.count + 1
                guard let hit = memchr(base + offset, CInt(first), window) else { return nil }
                offset = UnsafeRawPointer(hit) - base
                if memcmp(base + offset, needle, needle.count) == 0 { return offset }
                offset += 1
            }
            return nil
        }
    }
}
