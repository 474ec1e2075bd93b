import CCurl

/// libcurl alone: the same few transfers again and again on one thread, bodies counted and dropped.
///
/// What a client of libcurl cannot beat, for comparison with ``PollBench``.
enum CurlLoop {
    static func run(_ arguments: [String]) throws {
        guard arguments.count == 3, let parallel = Int(arguments[1]), let seconds = Double(arguments[2]) else {
            throw BenchFailure("curl-loop needs URL, PARALLEL and SECONDS")
        }
        curl_global_init(Int(CURL_GLOBAL_ALL))
        guard let multi = curl_multi_init() else { throw BenchFailure("libcurl cannot be started") }
        for _ in 0..<parallel {
            guard let easy = curl_easy_init() else { throw BenchFailure("libcurl cannot be started") }
            _ = ccurl_set_text(easy, CURLOPT_URL, arguments[0])
            _ = ccurl_set_transfer(easy, CURLOPT_WRITEFUNCTION) { _, size, count, _ in size * count }
            curl_multi_add_handle(multi, easy)
        }
        _ = turn(multi, for: 0.5)
        let start = ContinuousClock.now
        let before = Child.ownCPU
        let count = turn(multi, for: seconds)
        let (wall, cpu) = (ContinuousClock.now - start, Child.ownCPU - before)
        Files.print(PollBench.row("libcurl alone", count, wall, cpu))
    }

    private static func turn(_ multi: UnsafeMutableRawPointer, for seconds: Double) -> Int {
        let deadline = ContinuousClock.now + .seconds(seconds)
        var done = 0
        var active: Int32 = 0
        while ContinuousClock.now < deadline {
            curl_multi_perform(multi, &active)
            var remaining: Int32 = 0
            while let message = curl_multi_info_read(multi, &remaining) {
                guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
                if message.pointee.data.result == CURLE_OK { done += 1 }
                curl_multi_remove_handle(multi, easy)
                curl_multi_add_handle(multi, easy)
            }
            curl_multi_poll(multi, nil, 0, 1, nil)
        }
        return done
    }
}
