import LosslessJSON
import ReelShell
import SandboxScenarios
import SandboxServer
import VideoProviderKit

/// What the sandbox says, in sentences and as JSON.
enum SandboxWords {
    static func status(_ status: SandboxStatus) -> SandboxAnswer {
        var lines: [Message] = [
            "speed \(number(status.speed)), a job takes about \(number(status.jobSeconds)) s",
            "\(status.requests) requests, \(status.billable) of them made a job",
        ]
        if status.isRefusing { lines.append("connections are refused at the moment") }
        lines += status.faults.map(sentence)
        return SandboxAnswer(
            rows: status.endpoints.map { endpoint in
                [
                    Message(verbatim: endpoint.origin.rawValue), Message(verbatim: endpoint.address),
                    endpoint.jobs.map(jobs) ?? "",
                ]
            },
            lines,
            json: [
                "endpoints": .array(status.endpoints.map(json)), "speed": .number(number(status.speed)),
                "requests": .number("\(status.requests)"), "billable": .number("\(status.billable)"),
                "refusing": .bool(status.isRefusing),
                "faults": .array(
                    status.faults.map { json($0.fault, on: $0.call, at: $0.origin, skip: $0.skip, times: $0.times) }
                ),
            ]
        )
    }

    /// What was disarmed; where nothing was, why that is: a fault strikes once unless told otherwise.
    static func cleared(_ count: Int, isRefusing: Bool, struck: SandboxFault?) -> SandboxAnswer {
        let words: Message =
            if count > 0 || isRefusing {
                count > 1 ? "\(count) faults are disarmed" : "1 fault is disarmed"
            } else if let struck {
                "no fault is armed any more: \(struck.rawValue) has struck, and the same command works again now"
            } else {
                "no fault is armed"
            }
        return SandboxAnswer([words], json: ["faults": []])
    }

    static func speed(_ speed: Double) -> SandboxAnswer {
        SandboxAnswer(
            [
                speed == 1
                    ? "jobs and polls run as fast as real ones" : "jobs and polls run \(number(speed)) times as fast"
            ],
            json: ["speed": .number(number(speed))]
        )
    }

    /// What there is of a kind, each with its line of help.
    static func table(_ name: String, _ entries: [(name: String, help: String)]) -> SandboxAnswer {
        SandboxAnswer(
            rows: entries.map { [Message(verbatim: $0.name), Message(stringLiteral: $0.help)] },
            json: .object([
                .init(name, .array(entries.map { ["name": .string($0.name), "help": .string($0.help)] }))
            ])
        )
    }

    static func armed(_ fault: SandboxFault, on call: SandboxCall?, skip: Int, times: Int) -> SandboxAnswer {
        let place = place(call, skip: skip, origin: nil)
        let words = Message(stringLiteral: fault.help)
        let help: Message = fault.isStatus ? "\(fault.rawValue) \(words)" : words
        return SandboxAnswer(
            [times > 1 ? "\(place): \(help) (\(times) times)" : "\(place): \(help)"],
            json: json(fault, on: call, at: nil, skip: skip, times: times)
        )
    }

    /// `next submit: drop, 2 times`.
    private static func sentence(_ armed: ArmedFaults.Armed) -> Message {
        let place = place(armed.call, skip: armed.skip, origin: armed.origin)
        let fault = armed.fault.rawValue
        return armed.times == 1 ? "\(place): \(fault)" : "\(place): \(fault), \(armed.times) times"
    }

    private static func place(_ call: SandboxCall?, skip: Int, origin: SandboxOrigin?) -> Message {
        let place: Message =
            switch (call?.rawValue, skip > 0) {
            case (let call?, true): "after \(skip) more, \(call)"
            case (let call?, false): "next \(call)"
            case (nil, true): "after \(skip) more, request"
            case (nil, false): "next request"
            }
        return origin.map { "\(place) at \($0.rawValue)" } ?? place
    }

    private static func jobs(_ counts: [(stage: String, count: Int)]) -> Message {
        let all = counts.reduce(0) { $0 + $1.count }
        guard all > 0 else { return "no jobs" }
        let parts = counts.map { "\($0.count) \($0.stage)" }.joined(separator: ", ")
        return all == 1 ? "1 job: \(parts)" : "\(all) jobs: \(parts)"
    }

    private static func json(_ endpoint: SandboxStatus.Endpoint) -> RequestJSON {
        var object: RequestJSON = [
            "name": .string(endpoint.origin.rawValue), "address": .string(endpoint.address),
        ]
        for (stage, count) in endpoint.jobs ?? [] { object.set(.number("\(count)"), at: ["jobs", stage]) }
        return object
    }

    /// `on` and `at` are missing where it waits for any call, at any address.
    private static func json(
        _ fault: SandboxFault,
        on call: SandboxCall?,
        at origin: SandboxOrigin?,
        skip: Int,
        times: Int
    ) -> RequestJSON {
        var object: RequestJSON = [
            "fault": .string(fault.rawValue), "skip": .number("\(skip)"), "times": .number("\(times)"),
        ]
        if let call { object.set(.string(call.rawValue), at: ["on"]) }
        if let origin { object.set(.string(origin.rawValue), at: ["at"]) }
        return object
    }

    /// `12` or `1.2`: whole numbers without a fraction, others with one digit, small ones with two.
    private static func number(_ value: Double) -> String {
        if value == value.rounded() { return String(Int(value)) }
        let digits = value < 0.1 ? 100.0 : 10
        return String((value * digits).rounded() / digits)
    }
}
