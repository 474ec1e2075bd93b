import Transport
import VideoProviderKit

/// What the user wants of a download.
package struct FetchOptions: Sendable, Hashable {
    /// The file to save as; nil for `jN.EXT` in the configured folder.
    package var path: String?
    /// Whether an existing file may be replaced.
    package var replaces = false
    /// Whether another name is taken when the default one exists.
    package var takesFreeName = false
    /// Which of the job's results; nil for its first film.
    package var index: Int?
    /// Whether a link that is refused is left after one fresh one, as others wait.
    var isBrief = false

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

    private let plainHTTPHosts: Set<String>

    /// The first hop; http is for this machine and for `plainHTTPHosts` alone.
    init(url: WebURL, carriesCredential: Bool, plainHTTPHosts: Set<String> = []) throws(Fault) {
        guard url.origin.mayBePlain(plainHTTPHosts) else {
            throw Fault(.redirected, "\(url.origin) is plain http; films are taken over https only.")
        }
        self.url = url
        self.carriesCredential = carriesCredential
        self.plainHTTPHosts = plainHTTPHosts
    }

    /// The next hop, judged anew: credentials stay at home, and https never becomes http.
    func redirected(to location: String, base: BaseURL) throws(Fault) -> FetchTarget {
        guard hops < Self.hopLimit else { throw Fault(.redirected, "More than \(Self.hopLimit) redirects.") }
        guard let absolute = RedirectTarget.resolve(location, against: url.text), let next = WebURL(absolute) else {
            throw Fault(.redirected, "The server points to an address that cannot be used.")
        }
        if url.origin.scheme == "https", next.origin.scheme == "http" {
            throw Fault(.redirected, "The server points from https to http at \(next.origin).")
        }
        var target = try FetchTarget(
            url: next,
            carriesCredential: carriesCredential && next.origin == base.url.origin,
            plainHTTPHosts: plainHTTPHosts
        )
        target.hops = hops + 1
        return target
    }
}

extension WebURL.Origin {
    /// Whether requests may go there as they are: over https, to this machine, or to a host the user allows by name.
    func mayBePlain(_ plainHTTPHosts: Set<String>) -> Bool {
        scheme == "https" || isLoopback || plainHTTPHosts.contains(host)
    }
}
