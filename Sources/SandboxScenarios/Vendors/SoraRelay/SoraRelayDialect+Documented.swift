// The task of the vendor's page (查询任务, GET /v1/videos/{id}), there to be adopted.
extension SoraRelayDialect {
    static let documentedID = "sora-2:task_01k6x15vhrff09dkkqjrzwhm60"

    /// The task as the page shows it, 93 % done when it is asked for; it goes on from there and never ends, as there.
    static func documentedTask(at time: SandboxTime) -> SandboxJob {
        let age: Int64 = 11_442
        return SandboxJob(
            id: documentedID,
            model: "sora-2",
            prompt: "make animate sandbox:stuck",
            film: FilmSpec(width: 352, height: 640, seconds: 15, framesPerSecond: 30, seed: 0x1_60),
            submittedWall: time.wall - age,
            submittedWork: time.work - age,
            row: 1_023,
            details: ["form": "unified", "size": "small", "orientation": "portrait", "images": "[]"]
        )
    }
}
