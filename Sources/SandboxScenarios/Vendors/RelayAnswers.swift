/// Answers that servers of the new-api project share, whichever models they relay to.
enum RelayAnswers {
    /// A request id in new-api's form: the time, eight digits, eight letters.
    static func requestID(_ time: SandboxTime, _ ids: inout IdentifierSource) -> String {
        CalendarText(milliseconds: time.wall).digits + ids.text(8, of: IdentifierSource.digits)
            + ids.text(8, of: IdentifierSource.letters)
    }

    static func wrongKey(_ requestID: String) -> SandboxReply {
        .json(
            401,
            ["error": ["message": .string("无效的令牌 (request id: \(requestID))"), "type": "new_api_error", "code": ""]]
        )
    }

    static func forbidden(_ requestID: String) -> SandboxReply {
        .json(
            403,
            [
                "error": [
                    "message": .string("您的 IP 不在令牌允许访问的列表中 (request id: \(requestID))"),
                    "type": "new_api_error", "code": "",
                ]
            ]
        )
    }

    static func noChannel(_ model: String, _ requestID: String) -> SandboxReply {
        .json(
            503,
            [
                "error": [
                    "message": .string("当前分组 default 下对于模型 \(model) 无可用渠道 (request id: \(requestID))"),
                    "type": "new_api_error", "code": "model_not_found",
                ]
            ]
        )
    }

    static func invalidURL(_ request: SandboxRequest) -> SandboxReply {
        .json(
            404,
            [
                "error": [
                    "message": .string("Invalid URL (\(request.method) \(request.path))"),
                    "type": "invalid_request_error", "param": "", "code": "",
                ]
            ]
        )
    }

    static let overloaded = task(503, "fail_to_fetch_task", "当前分组上游负载已饱和，请稍后再试")

    /// The envelope of task errors: code, message, null data.
    static func task(_ status: Int, _ code: String, _ message: String) -> SandboxReply {
        .json(status, ["code": .string(code), "message": .string(message), "data": nil])
    }

    static func error(_ status: Int, _ message: String, type: String = "invalid_request_error") -> SandboxReply {
        .json(status, ["error": ["message": .string(message), "type": .string(type)]])
    }

    /// OpenAI's error object, with all four members.
    static func error(_ status: Int, _ message: String, param: JSONTree, code: JSONTree) -> SandboxReply {
        .json(
            status,
            [
                "error": [
                    "message": .string(message), "type": "invalid_request_error", "param": param, "code": code,
                ]
            ]
        )
    }

    static let wrongServer = error(500, "upstream error: bad response status code 500", type: "new_api_error")
}
