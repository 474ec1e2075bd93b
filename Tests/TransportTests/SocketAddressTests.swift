import Testing

@testable import Transport

@Suite("Addresses")
struct SocketAddressTests {
    @Test(
        "An address is classified by the range it lies in",
        arguments: [
            ("8.8.8.8", []),
            ("0.0.0.0", .unspecified),
            ("0.1.2.3", .unspecified),
            ("9.255.255.255", []),
            ("10.0.0.0", .private),
            ("10.255.255.255", .private),
            ("11.0.0.0", []),
            ("100.63.255.255", []),
            ("100.64.0.1", .shared),
            ("100.127.255.255", .shared),
            ("100.128.0.0", []),
            ("100.100.100.200", [.shared, .metadata]),
            ("126.255.255.255", []),
            ("127.0.0.1", .loopback),
            ("127.255.255.255", .loopback),
            ("128.0.0.0", []),
            ("169.253.255.255", []),
            ("169.254.1.1", .linkLocal),
            ("169.254.169.254", [.linkLocal, .metadata]),
            ("172.15.255.255", []),
            ("172.16.0.0", .private),
            ("172.31.255.255", .private),
            ("172.32.0.0", []),
            ("192.0.0.8", .reserved),
            ("192.0.2.1", .reserved),
            ("192.88.99.1", .reserved),
            ("192.167.255.255", []),
            ("192.168.0.1", .private),
            ("192.169.0.0", []),
            ("198.17.255.255", []),
            ("198.18.0.1", .reserved),
            ("198.19.255.255", .reserved),
            ("198.51.100.7", .reserved),
            ("203.0.113.7", .reserved),
            ("223.255.255.255", []),
            ("224.0.0.1", .multicast),
            ("239.255.255.255", .multicast),
            ("240.0.0.1", .reserved),
            ("255.255.255.255", .reserved),
            ("::", .unspecified),
            ("::1", .loopback),
            ("2606:4700::1111", []),
            ("2001:db8::1", .reserved),
            ("2001:20::1", .reserved),
            ("3fff::1", .reserved),
            ("100::1", .reserved),
            ("fc00::1", .private),
            ("fdff::1", .private),
            ("fd00:ec2::254", [.private, .metadata]),
            ("fe80::1", .linkLocal),
            ("febf::1", .linkLocal),
            ("fec0::1", .private),
            ("ff02::1", .multicast),
            ("::ffff:127.0.0.1", [.mapped, .loopback]),
            ("::ffff:8.8.8.8", .mapped),
            ("::10.0.0.1", [.mapped, .private]),
            ("64:ff9b::10.0.0.1", [.mapped, .private]),
            ("64:ff9b:1::127.0.0.1", [.mapped, .loopback]),
            ("2002:7f00:1::", [.mapped, .loopback]),
            // Teredo: the client is stored inverted, here 192.168.0.1.
            ("2001:0:1:2:3:4:3f57:fffe", [.mapped, .reserved, .private]),
        ] as [(String, AddressTraits)]
    )
    func classification(literal: String, traits: AddressTraits) throws {
        let address = try #require(SocketAddress(literal: literal))
        #expect(address.traits == traits)
        #expect(address.isPublic == traits.isEmpty)
    }

    @Test(
        "Every notation of a literal that a resolver accepts is read",
        arguments: [
            ("2130706433", "127.0.0.1"),
            ("0x7f000001", "127.0.0.1"),
            ("0x7F.1", "127.0.0.1"),
            ("0177.0.0.1", "127.0.0.1"),
            ("127.1", "127.0.0.1"),
            ("[::1]", "::1"),
            ("fe80::1%eth0", "fe80::1"),
            ("::FFFF:10.0.0.1", "::ffff:10.0.0.1"),
        ]
    )
    func notations(literal: String, text: String) {
        #expect(SocketAddress(literal: literal)?.text == text)
    }

    @Test(
        "What is not an address is not read as one",
        arguments: ["", "example.com", "1.2.3.4.5", "256.1.1.1", "127.0.0.1 x", "face", "0xg", "::g", "1.2.3.4:80"]
    )
    func names(literal: String) {
        #expect(SocketAddress(literal: literal) == nil)
    }

    @Test("Only four or sixteen bytes make an address", arguments: [0, 3, 5, 15, 17])
    func byteCounts(count: Int) {
        #expect(SocketAddress(bytes: [UInt8](repeating: 1, count: count)) == nil)
    }
}
