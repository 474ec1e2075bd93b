import TestSupport

/// The vendors, in whose manner a server of a test answers.
enum Vendor: String, CaseIterable, Sendable {
    case siliconflow, xiexus, sorarelay

    /// The words of a submit, up to the prompt.
    var submit: [String] {
        let items =
            switch self {
            case .siliconflow: ["model=Wan-AI/Wan2.2-T2V-A14B", "image_size=960x960"]
            case .xiexus: ["model=MiniMax-H3", "size=128x64", "duration=1"]
            case .sorarelay: ["model=sora-2", "size=720x1280"]
            }
        return ["--provider", rawValue, "submit"] + items
    }

    /// The variables that send the program to `address`.
    func variables(_ address: String) -> [String: String] {
        let name = rawValue.uppercased()
        return ["\(name)_BASE_URL": address, "\(name)_API_KEY": Upstream.key, "http_proxy": "", "no_proxy": "*"]
    }

    /// Whether a request makes a task; SiliconFlow is asked about one with POST, too.
    static func isSubmit(_ request: RawRequest) -> Bool {
        request.method == "POST" && !request.target.hasSuffix("/status")
    }

    /// The answer to a submit that was accepted.
    func accepted(_ id: String) -> String {
        switch self {
        case .siliconflow: #"{"requestId":"\#(id)"}"#
        case .xiexus: #"{"task_id":"\#(id)","status":"queued"}"#
        case .sorarelay: #"{"id":"\#(id)","object":"video","status":"queued"}"#
        }
    }

    /// The state of a task that is not over.
    func running(_ id: String) -> String {
        switch self {
        case .siliconflow: #"{"status":"InProgress","reason":"","results":{"videos":[]}}"#
        case .xiexus: #"{"task_id":"\#(id)","status":"in_progress"}"#
        case .sorarelay: #"{"id":"\#(id)","object":"video","status":"in_progress"}"#
        }
    }

    /// The state of a task whose film stands at `link`.
    func succeeded(_ id: String, _ link: String) -> String {
        switch self {
        case .siliconflow: #"{"status":"Succeed","reason":"","results":{"videos":[{"url":"\#(link)"}]}}"#
        case .xiexus: #"{"task_id":"\#(id)","status":"completed","url":"\#(link)"}"#
        case .sorarelay: #"{"id":"\#(id)","object":"video","status":"completed","video_url":"\#(link)"}"#
        }
    }
}
