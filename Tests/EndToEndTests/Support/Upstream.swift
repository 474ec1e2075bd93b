import Synchronization
import TestSupport

/// A vendor in the manner of SiliconFlow on this machine, whose answers a test gives.
enum Upstream {
    static let key = "sk-canary-4711-0815"
    static let submit = Array(Vendor.siliconflow.submit.dropFirst(2))

    /// The variables that send the program there.
    static func variables(_ server: RawServer) -> [String: String] { Vendor.siliconflow.variables(server.url("")) }

    static func answer(_ status: String, _ body: String, _ lines: [String] = []) -> [ServerStep] {
        answer(status, bytes: Array(body.utf8), lines)
    }

    static func answer(_ status: String, bytes: [UInt8], _ lines: [String] = []) -> [ServerStep] {
        let head = (["HTTP/1.1 \(status)", "Content-Length: \(bytes.count)"] + lines).joined(separator: "\r\n")
        return [.send(Array("\(head)\r\n\r\n".utf8) + bytes)]
    }

    static func succeeded(_ link: String) -> String { Vendor.siliconflow.succeeded("", link) }

    /// A film of `size` bytes of media: `ftyp`, `moov` with two seconds in `mvhd`, `mdat`.
    static func film(_ size: Int) -> [UInt8] {
        let zeros = { (count: Int) in [UInt8](repeating: 0, count: count) }
        let header = box("mvhd", zeros(12) + number(1000) + number(2000) + zeros(80))
        let media = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        return box("ftyp", Array("isom".utf8) + zeros(4)) + box("moov", header) + box("mdat", media)
    }

    private static func box(_ name: String, _ content: [UInt8]) -> [UInt8] {
        number(UInt32(content.count + 8)) + Array(name.utf8) + content
    }

    private static func number(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
    }
}
