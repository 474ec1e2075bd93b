#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The proxies of the environment, read once.
///
/// As in curl, names are looked up in lower case first, and `HTTP_PROXY` is ignored because a web server sets it
/// from a request header (CVE-2016-5385).
package struct ProxyEnvironment: Sendable, Hashable {
    /// The proxy for http, for https and for either.
    var http: String?
    var https: String?
    var all: String?

    /// Hosts that are reached directly.
    var exceptions: [String]

    /// Reads the variables from a dictionary.
    package init(_ variables: [String: String]) {
        func value(_ names: String...) -> String? {
            names.lazy.compactMap { name in variables[name] }.first { value in !value.isEmpty }
        }
        http = value("http_proxy")
        https = value("https_proxy", "HTTPS_PROXY")
        all = value("all_proxy", "ALL_PROXY")
        exceptions = (value("no_proxy", "NO_PROXY") ?? "")
            .split { character in character == "," || character == " " }
            .map { entry in ASCII.lowercased(entry) }
    }

    /// The variables of this process.
    package static func current() -> Self {
        let names = [
            "http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY",
        ]
        var variables: [String: String] = [:]
        for name in names {
            if let value = getenv(name) {
                variables[name] = String(cString: value)
            }
        }
        return Self(variables)
    }

    /// The proxy to use for a URL; nil to connect directly.
    func proxy(for url: RequestURL, policy: ProxyPolicy) -> String? {
        let candidate: String?
        switch policy {
        case .direct: candidate = nil
        case .url(let proxy): candidate = proxy
        case .environment: candidate = (url.scheme == .https ? https : http) ?? all
        }
        guard let candidate, !url.isLoopback else {
            return nil
        }
        guard policy != .environment || !exceptions.contains(where: { entry in Self.entry(entry, covers: url) }) else {
            return nil
        }
        return candidate
    }

    /// A proxy as it may be shown: without user name and password, however badly these are escaped.
    static func display(_ proxy: String) -> String {
        guard let at = proxy.lastIndex(of: "@") else {
            return proxy
        }
        let host = proxy[at...].dropFirst()
        guard let colon = proxy.firstIndex(of: ":"), proxy[colon...].hasPrefix("://") else {
            return String(host)
        }
        return proxy[..<colon] + "://" + host
    }

    private static func entry(_ entry: String, covers url: RequestURL) -> Bool {
        if entry == "*" {
            return true
        }
        if let slash = entry.firstIndex(of: "/") {
            return network(entry[..<slash], entry[slash...].dropFirst(), covers: url)
        }
        if let address = url.literalAddress {
            return SocketAddress(literal: entry)?.bytes == address.bytes
        }
        let host = url.host.hasSuffix(".") ? url.host.dropLast() : Substring(url.host)
        var name = Substring(entry)
        if let colon = name.lastIndex(of: ":") {
            guard Int(name[colon...].dropFirst()) == url.port else {
                return false
            }
            name = name[..<colon]
        }
        while name.hasPrefix(".") || name.hasPrefix("*.") {
            name = name.dropFirst(name.hasPrefix(".") ? 1 : 2)
        }
        return !name.isEmpty && (host == name || host.hasSuffix("." + name))
    }

    private static func network(_ base: Substring, _ length: Substring, covers url: RequestURL) -> Bool {
        guard let address = url.literalAddress?.bytes, let network = SocketAddress(literal: String(base))?.bytes,
            let bits = Int(length), address.count == network.count, bits >= 0, bits <= address.count * 8
        else {
            return false
        }
        return (0..<bits).allSatisfy { bit in
            (address[bit / 8] ^ network[bit / 8]) & (0x80 >> UInt8(bit % 8)) == 0
        }
    }
}
