import CCurl

/// One of libcurl's transfers, reusable; belongs to the transport's thread.
final class EasyHandle {
    let pointer: UnsafeMutableRawPointer
    private let errorBuffer: UnsafeMutablePointer<CChar>
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private var firstProblem = CURLE_OK

    init?() {
        guard let pointer = curl_easy_init() else {
            return nil
        }
        self.pointer = pointer
        errorBuffer = .allocate(capacity: Int(CURL_ERROR_SIZE))
        keepErrors()
    }

    deinit {
        curl_easy_cleanup(pointer)
        curl_slist_free_all(headerList)
        errorBuffer.deallocate()
    }

    /// The first option that libcurl refused since the last `reset`.
    var problem: CURLcode { firstProblem }

    /// Forgets all options, credentials in header lines among them; connections belong to the multi handle and stay.
    func reset() {
        curl_easy_reset(pointer)
        curl_slist_free_all(headerList)
        headerList = nil
        firstProblem = CURLE_OK
        keepErrors()
    }

    private func keepErrors() {
        errorBuffer[0] = 0
        note(ccurl_set_pointer(pointer, CURLOPT_ERRORBUFFER, errorBuffer))
    }

    /// libcurl's words about the last failure; empty if it had none.
    var errorMessage: String { String(cString: errorBuffer) }

    func set(_ option: CURLoption, _ value: Int) {
        note(ccurl_set_long(pointer, option, value))
    }

    func set(_ option: CURLoption, _ value: Bool) {
        note(ccurl_set_long(pointer, option, value ? 1 : 0))
    }

    func set(_ option: CURLoption, _ value: String?) {
        note(ccurl_set_text(pointer, option, value))
    }

    func set(_ option: CURLoption, offset value: Int) {
        note(ccurl_set_offset(pointer, option, curl_off_t(value)))
    }

    func set(_ option: CURLoption, context value: UnsafeMutableRawPointer) {
        note(ccurl_set_pointer(pointer, option, value))
    }

    /// Notes the outcome of setting an option.
    func note(_ code: CURLcode) {
        if firstProblem == CURLE_OK {
            firstProblem = code
        }
    }

    func setHeaderLines(_ lines: [String]) {
        for line in lines {
            guard let longer = curl_slist_append(headerList, line) else {
                note(CURLE_OUT_OF_MEMORY)
                return
            }
            headerList = longer
        }
        note(ccurl_set_list(pointer, CURLOPT_HTTPHEADER, headerList))
    }

    func number(_ info: CURLINFO) -> Int {
        ccurl_get_long(pointer, info)
    }

    func count(_ info: CURLINFO) -> Int {
        Int(ccurl_get_offset(pointer, info))
    }

    func text(_ info: CURLINFO) -> String? {
        ccurl_get_text(pointer, info).map { text in String(cString: text) }
    }

    /// A moment counted from the start of the transfer; nil if it was not reached.
    func mark(_ info: CURLINFO) -> Duration? {
        let microseconds = ccurl_get_offset(pointer, info)
        return microseconds > 0 ? .microseconds(Int64(microseconds)) : nil
    }
}
