import CCurl

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// What is done once for the process.
enum CurlLibrary {
    /// libcurl, set up on first use and never torn down: other code in the process may use it too.
    static let status: CURLcode = curl_global_init(Int(CURL_GLOBAL_ALL))

    /// Keeps TLS session keys from being written to a file; libcurl looks at the variable when it is set up.
    ///
    /// Changing the environment races with threads that read it, so this belongs to the start of the program.
    static func forbidKeyLog() {
        if getenv("SSLKEYLOGFILE") != nil {
            unsetenv("SSLKEYLOGFILE")
        }
    }

    /// The absolute URL that a `Location` means (RFC 3986 section 5), without fragment.
    static func resolve(_ reference: String, against base: String) -> String? {
        guard let parts = curl_url() else {
            return nil
        }
        defer { curl_url_cleanup(parts) }
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_set(parts, CURLUPART_URL, base, UInt32(CURLU_PATH_AS_IS)) == CURLUE_OK,
            curl_url_set(parts, CURLUPART_URL, reference, UInt32(CURLU_URLENCODE)) == CURLUE_OK,
            curl_url_set(parts, CURLUPART_FRAGMENT, nil, 0) == CURLUE_OK,
            ccurl_url_get(parts, CURLUPART_URL, &text, 0) == CURLUE_OK, let text
        else {
            return nil
        }
        defer { curl_free(text) }
        return String(cString: text)
    }
}
