/// What kind of place an address is; the IANA special-purpose registries (RFC 6890 and its updates) as code.
package struct AddressTraits: OptionSet, Sendable, Hashable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// 127.0.0.0/8 and ::1.
    package static let loopback = Self(rawValue: 1 << 0)
    /// RFC 1918, RFC 4193 (fc00::/7) and the old site-local fec0::/10.
    package static let `private` = Self(rawValue: 1 << 1)
    /// 169.254.0.0/16 and fe80::/10.
    package static let linkLocal = Self(rawValue: 1 << 2)
    /// 224.0.0.0/4 and ff00::/8.
    package static let multicast = Self(rawValue: 1 << 3)
    /// 0.0.0.0/8 and ::, which connect to this machine.
    package static let unspecified = Self(rawValue: 1 << 4)
    /// 100.64.0.0/10, between a carrier and its customers.
    package static let shared = Self(rawValue: 1 << 5)
    /// Known addresses of cloud metadata services.
    package static let metadata = Self(rawValue: 1 << 6)
    /// Documentation, benchmarks, protocol assignments, class E, broadcast.
    package static let reserved = Self(rawValue: 1 << 7)
    /// IPv6 carrying IPv4: mapped, compatible, NAT64, 6to4, Teredo.
    ///
    /// The traits of what it carries are added.
    package static let mapped = Self(rawValue: 1 << 8)
}

extension AddressTraits {
    /// Classifies the four bytes of an IPv4 address.
    init(ipv4 bytes: some Collection<UInt8>) {
        let address = bytes.reduce(UInt32(0)) { value, byte in value << 8 | UInt32(byte) }
        self = Self.ipv4Ranges.reduce(into: []) { traits, range in
            if (address ^ range.base) >> (32 - range.bits) == 0 {
                traits.formUnion(range.traits)
            }
        }
    }

    /// Classifies the sixteen bytes of an IPv6 address.
    init(ipv6 bytes: [UInt8]) {
        var traits = Self.ipv6Ranges.reduce(into: Self()) { traits, range in
            if Self.matches(bytes, range.prefix, bits: range.bits) {
                traits.formUnion(range.traits)
            }
        }
        if let carried = Self.carriedIPv4(in: bytes) {
            traits.formUnion(.mapped)
            traits.formUnion(Self(ipv4: carried))
        }
        self = traits
    }

    private static func matches(_ bytes: [UInt8], _ prefix: [UInt8], bits: Int) -> Bool {
        for index in 0..<((bits + 7) / 8) {
            let wanted = index < prefix.count ? prefix[index] : 0
            let kept = min(8, bits - index * 8)
            guard (bytes[index] ^ wanted) >> (8 - kept) == 0 else {
                return false
            }
        }
        return true
    }

    /// The IPv4 address inside, for each way of carrying one.
    private static func carriedIPv4(in bytes: [UInt8]) -> [UInt8]? {
        let last = Array(bytes[12...])
        if matches(bytes, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], bits: 96) {
            return last
        }
        // RFC 6052 and RFC 8215 (64:ff9b::/96 and 64:ff9b:1::/48).
        if matches(bytes, [0, 0x64, 0xFF, 0x9B], bits: 96) || matches(bytes, [0, 0x64, 0xFF, 0x9B, 0, 1], bits: 48) {
            return last
        }
        // RFC 3056.
        if matches(bytes, [0x20, 0x02], bits: 16) {
            return Array(bytes[2..<6])
        }
        // RFC 4380 section 4: the client's address is stored inverted.
        if matches(bytes, [0x20, 0x01, 0, 0], bits: 32) {
            return last.map { byte in ~byte }
        }
        // RFC 4291 section 2.5.5.1; :: and ::1 are not of this kind.
        let isCompatible = matches(bytes, [], bits: 96) && !matches(bytes, [], bits: 120)
        return isCompatible ? last : nil
    }

    private static let ipv4Ranges: [(base: UInt32, bits: UInt32, traits: Self)] = [
        (0x0000_0000, 8, .unspecified),
        (0x0A00_0000, 8, .private),
        (0x6440_0000, 10, .shared),
        (0x6464_64C8, 32, .metadata),
        (0x7F00_0000, 8, .loopback),
        (0xA9FE_0000, 16, .linkLocal),
        (0xA9FE_A9FE, 32, .metadata),
        (0xAC10_0000, 12, .private),
        (0xC000_0000, 24, .reserved),
        (0xC000_0200, 24, .reserved),
        (0xC058_6300, 24, .reserved),
        (0xC0A8_0000, 16, .private),
        (0xC612_0000, 15, .reserved),
        (0xC633_6400, 24, .reserved),
        (0xCB00_7100, 24, .reserved),
        (0xE000_0000, 4, .multicast),
        (0xF000_0000, 4, .reserved),
    ]

    private static let ipv6Ranges: [(prefix: [UInt8], bits: Int, traits: Self)] = [
        ([], 128, .unspecified),
        ([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], 128, .loopback),
        ([0x01, 0x00], 64, .reserved),
        ([0x20, 0x01, 0x0D, 0xB8], 32, .reserved),
        ([0x20, 0x01, 0x00], 23, .reserved),
        ([0x3F, 0xFF], 20, .reserved),
        ([0x5F, 0x00], 16, .reserved),
        ([0xFC], 7, .private),
        ([0xFD, 0x00, 0x0E, 0xC2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54], 128, .metadata),
        ([0xFE, 0x80], 10, .linkLocal),
        ([0xFE, 0xC0], 10, .private),
        ([0xFF], 8, .multicast),
    ]
}
