/// Reads the target of a redirect.
package enum RedirectTarget {
    /// The absolute URL that a `Location` means (RFC 3986 section 5), without fragment; nil when it means none.
    package static func resolve(_ location: String, against url: String) -> String? {
        CurlLibrary.resolve(location, against: url)
    }
}

/// Decides whether and how a redirect is followed.
enum RedirectStep {
    /// What another origin may learn; everything else could be a credential.
    private static let harmless = [
        "Accept", "Accept-Encoding", "Accept-Language", "If-Range", "Range", "User-Agent",
    ]

    /// The request for the next hop; nil if the reply is no redirect or not one to follow.
    static func next(after reply: WireReply, of plan: RequestPlan) -> WireRequest? {
        guard [301, 302, 303, 307, 308].contains(reply.status), ["GET", "HEAD"].contains(plan.request.method),
            let location = reply.headerLines.values(named: "Location").first,
            let target = CurlLibrary.resolve(location, against: plan.request.url),
            let url = try? RequestURL(target)
        else {
            return nil
        }
        guard plan.url.scheme == .http || url.scheme == .https else {
            return nil
        }
        var request = plan.request
        request.url = target
        if !url.hasSameOrigin(as: plan.url) {
            request.headerLines.removeAll { line in
                !harmless.contains { name in line.isNamed(name) }
            }
            request.body = .none
        }
        return request
    }
}
