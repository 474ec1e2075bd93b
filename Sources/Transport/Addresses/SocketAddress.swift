#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The address at the other end of a connection, and what kind of place it is.
package struct SocketAddress: Sendable, Hashable {
    /// The address family.
    package enum Family: String, Sendable, Hashable, Codable {
        case ipv4
        case ipv6
    }

    /// The address family.
    package let family: Family

    /// The four or sixteen bytes of the address.
    package let bytes: [UInt8]

    /// What kind of place it is; none of them for an address on the public Internet.
    package let traits: AddressTraits

    /// The address as text, without brackets.
    package let text: String

    /// Makes an address from its four or sixteen bytes; nil for any other count.
    package init?(bytes: [UInt8]) {
        switch bytes.count {
        case 4:
            family = .ipv4
            traits = AddressTraits(ipv4: bytes)
        case 16:
            family = .ipv6
            traits = AddressTraits(ipv6: bytes)
        default:
            return nil
        }
        self.bytes = bytes
        text = Self.text(of: bytes)
    }

    /// Reads an address literal: IPv6 with or without brackets and zone, IPv4 also in the old forms of `inet_aton`
    /// (decimal, hexadecimal, octal, fewer than four parts), because resolvers and proxies still take them.
    package init?(literal: String) {
        var text = Substring(literal)
        if text.hasPrefix("["), text.hasSuffix("]") {
            text = text.dropFirst().dropLast()
        }
        var wide = in6_addr()
        if inet_pton(AF_INET6, String(text.prefix { character in character != "%" }), &wide) == 1 {
            self.init(bytes: withUnsafeBytes(of: &wide) { raw in Array(raw) })
            return
        }
        // inet_aton ignores what follows a blank, so only the characters of its notation may reach it.
        var narrow = in_addr()
        guard text.utf8.allSatisfy({ byte in ASCII.isHexDigit(byte) || byte == 0x2E || (byte | 0x20) == 0x78 }),
            let first = text.utf8.first, ASCII.isDigit(first),
            inet_aton(String(text), &narrow) != 0
        else {
            return nil
        }
        self.init(bytes: withUnsafeBytes(of: &narrow) { raw in Array(raw) })
    }

    /// Reads the address out of a socket address; nil for families other than IPv4 and IPv6.
    init?(_ address: UnsafePointer<sockaddr>, length: Int) {
        let raw = UnsafeRawPointer(address)
        switch Int32(address.pointee.sa_family) {
        case AF_INET where length >= MemoryLayout<sockaddr_in>.size:
            var narrow = raw.loadUnaligned(as: sockaddr_in.self).sin_addr
            self.init(bytes: withUnsafeBytes(of: &narrow) { bytes in Array(bytes) })
        case AF_INET6 where length >= MemoryLayout<sockaddr_in6>.size:
            var wide = raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr
            self.init(bytes: withUnsafeBytes(of: &wide) { bytes in Array(bytes) })
        default:
            return nil
        }
    }

    private static func text(of bytes: [UInt8]) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
            let family = bytes.count == 4 ? AF_INET : AF_INET6
            guard let base = buffer.baseAddress, inet_ntop(family, bytes, base, 64) != nil else {
                return ""
            }
            return String(cString: base)
        }
    }
}

extension SocketAddress {
    /// Whether the address lies on the public Internet.
    package var isPublic: Bool { traits.isEmpty }

    /// This machine, under any of its names.
    package var isLoopback: Bool { traits.contains(.loopback) }

    /// A private network.
    package var isPrivate: Bool { traits.contains(.private) }

    /// Only valid on one link; the usual place of cloud metadata.
    package var isLinkLocal: Bool { traits.contains(.linkLocal) }

    /// A group, not a host.
    package var isMulticast: Bool { traits.contains(.multicast) }

    /// An IPv6 address that carries an IPv4 address.
    package var isMapped: Bool { traits.contains(.mapped) }

    /// A service that hands out the machine's credentials.
    package var isMetadata: Bool { traits.contains(.metadata) }
}
