import CCurl

/// libcurl's set of transfers with the connections they share.
///
/// `@unchecked Sendable`: all of it belongs to the transport's thread but `wakeUp`, which libcurl allows from any
/// thread as long as the handle lives; and it lives until the last one who may call that has let go of it, when no
/// transfer is left.
final class MultiHandle: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer

    init?(idleConnections: Int) {
        guard let pointer = curl_multi_init() else {
            return nil
        }
        self.pointer = pointer
        ccurl_multi_set_long(pointer, CURLMOPT_MAXCONNECTS, idleConnections)
    }

    deinit {
        curl_multi_cleanup(pointer)
    }

    /// Ends the current wait of the transport's thread, or the next if there is none.
    func wakeUp() {
        curl_multi_wakeup(pointer)
    }
}
