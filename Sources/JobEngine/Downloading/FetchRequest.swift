import VideoProviderKit

/// What the user wants of a download.
package struct FetchOptions: Sendable, Hashable {
    /// The file to save as; nil for `jN.EXT` in the configured folder.
    package var path: String?
    /// Whether an existing file may be replaced.
    package var replaces = false
    /// Whether another name is taken when the default one exists.
    package var takesFreeName = false

    /// Makes the defaults.
    package init() {}
}

/// The address of a film's bytes, one hop at a time.
struct FetchTarget: Sendable {
    static let hopLimit = 5

    /// The URL of this hop.
    var url: WebURL
    /// Whether the key goes along: only to the provider's own origin.
    var carriesCredential: Bool
    var hops = 0

    init(url: WebURL, carriesCredential: Bool, base: BaseURL) throws(Fault) {
        try Self.check(url, base)
        self.url = url
        self.carriesCredential = carriesCredential
    }

    /// The next hop, judged anew: credentials stay at home, and https never becomes http.
    func redirected(to location: String, base: BaseURL) throws(Fault) -> FetchTarget {
        guard hops < Self.hopLimit else { throw Fault(.redirected, "More than \(Self.hopLimit) redirects.") }
        let absolute = location.hasPrefix("/") && !location.hasPrefix("//") ? "\(url.origin)\(location)" : location
        guard let next = WebURL(absolute) else {
            throw Fault(.redirected, "The server points to an address that cannot be used.")
        }
        if url.origin.scheme == "https", next.origin.scheme == "http" {
            throw Fault(.redirected, "The server points from https to http at \(next.origin).")
        }
        var target = try FetchTarget(
            url: next,
            carriesCredential: carriesCredential && next.origin == base.url.origin,
            base: base
        )
        target.hops = hops + 1
        return target
    }

    private static func check(_ url: WebURL, _ base: BaseURL) throws(Fault) {
        guard url.origin.scheme == "https" || url.origin.isLoopback || url.origin == base.url.origin else {
            throw Fault(.redirected, "\(url.origin) is plain http; films are taken over https only.")
        }
    }
}
