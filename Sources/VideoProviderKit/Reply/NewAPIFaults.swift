extension FaultRule {
    /// The codes of the new-api relay server, which many vendors run under their own name.
    ///
    /// Its bodies are `{code, message, data}` or `{error: {message, type, param, code}}`; the source is the server's
    /// own code at github.com/QuantumNous/new-api.
    public static let newAPI: [FaultRule] = [
        FaultRule(
            code: "task_not_exist",
            .taskNotFound,
            source: "new-api relay/relay_task.go: HTTP 400 for a missing task"
        ),
        FaultRule(
            code: "insufficient_user_quota",
            .balance,
            source: "new-api service/pre_consume_quota.go: HTTP 403"
        ),
        FaultRule(
            status: 503,
            code: "model_not_found",
            .modelNotFound,
            accepted: .no,
            isPermanent: true,
            source: "new-api middleware/distributor.go: no channel has the model, so no upstream was asked"
        ),
        FaultRule(
            status: 404,
            message: "Invalid URL",
            .endpointNotFound,
            source: "new-api controller/relay.go: the route is wrong, whatever task it names"
        ),
    ]
}
