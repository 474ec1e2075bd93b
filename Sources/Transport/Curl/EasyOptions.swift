import CCurl

extension EasyHandle {
    /// Sets everything for one exchange; what is not set here has libcurl's default, in a new handle and after `reset`.
    ///
    /// By default libcurl follows no redirect and keeps no cookies, netrc, HSTS or alt-svc data.
    func configure(for plan: RequestPlan, context: UnsafeMutableRawPointer) {
        let request = plan.request
        set(CURLOPT_PRIVATE, context: context)
        set(CURLOPT_URL, request.url)
        set(CURLOPT_PATH_AS_IS, true)
        note(ccurl_allow_only_http(pointer))
        set(CURLOPT_DISALLOW_USERNAME_IN_URL, true)
        set(CURLOPT_NOSIGNAL, true)
        set(CURLOPT_NOPROGRESS, true)
        ccurl_leave_resolver_behind(pointer)

        set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
        set(CURLOPT_HTTP09_ALLOWED, false)
        setSecurity(request)
        setConnection(plan)
        setMessage(plan)
        setCallbacks(context)
    }

    private func setSecurity(_ request: WireRequest) {
        set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        guard let caFile = request.caFile else {
            return
        }
        set(CURLOPT_CAINFO, caFile)
        // Otherwise the system's certificates, where they stand in a folder, would be trusted beside the file. Not
        // every TLS library knows the option, and one without it has no such folder.
        _ = ccurl_set_text(pointer, CURLOPT_CAPATH, nil)
    }

    private func setConnection(_ plan: RequestPlan) {
        let request = plan.request
        let connectLimit = max(1, Int(request.limits.connect / .milliseconds(1)))
        // libcurl divides this among the addresses of a host; without it a dead first one gets 150 s.
        set(CURLOPT_CONNECTTIMEOUT_MS, connectLimit)
        // The empty text keeps libcurl from looking into the environment itself.
        set(CURLOPT_PROXY, plan.proxy ?? "")
        set(CURLOPT_NOPROXY, "")
        set(CURLOPT_SUPPRESS_CONNECT_HEADERS, true)
        if request.connection == .fresh {
            set(CURLOPT_FRESH_CONNECT, true)
            set(CURLOPT_FORBID_REUSE, true)
        }
    }

    private func setMessage(_ plan: RequestPlan) {
        let request = plan.request
        if plan.bodyCount > 0 || plan.announcesEmptyBody {
            set(CURLOPT_POST, true)
            set(CURLOPT_POSTFIELDSIZE_LARGE, offset: plan.bodyCount)
            // The default, 64 KiB, is taken and given back to the system for each small body.
            if plan.bodyCount < 16 * 1024 { set(CURLOPT_UPLOAD_BUFFERSIZE, 16 * 1024) }
        }
        if plan.bodyCount == 0, plan.announcesEmptyBody {
            note(ccurl_set_text(pointer, CURLOPT_COPYPOSTFIELDS, ""))
        }
        switch request.method {
        case "HEAD": set(CURLOPT_NOBODY, true)
        case "GET" where plan.bodyCount == 0: set(CURLOPT_HTTPGET, true)
        default: set(CURLOPT_CUSTOMREQUEST, request.method)
        }
        if request.acceptsCompression {
            set(CURLOPT_ACCEPT_ENCODING, "gzip, deflate")
        }
        if request.sink != nil {
            set(CURLOPT_BUFFERSIZE, 128 * 1024)
        }
        var lines: [String] = []
        // A name without value takes away the line that libcurl would write.
        for name in ["Accept", "Content-Type", "Expect"] where plan.headerLines.values(named: name).isEmpty {
            lines.append("\(name):")
        }
        for line in plan.headerLines {
            // libcurl drops a line without value unless it ends with a semicolon.
            let isBlank = line.value.utf8.allSatisfy { byte in ASCII.isBlank(byte) }
            lines.append(isBlank ? "\(line.name);" : "\(line.name): \(line.value)")
        }
        setHeaderLines(lines)
    }
}
