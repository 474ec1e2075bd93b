import Testing
import VideoProviderKit

private struct Named: VideoProvider {
    var descriptor: ProviderDescriptor

    func submitRequest(_ submission: Submission) -> UpstreamRequest { .post("v1", json: submission.json()) }
    func receipt(in reply: UpstreamReply) -> SubmitOutcome { .accepted(Receipt(taskID: "1"), Snapshot(phase: .queued)) }
    func statusRequest(for receipt: Receipt) -> UpstreamRequest { .get("v1/\(receipt.taskID)") }
    func snapshot(in reply: UpstreamReply, for receipt: Receipt) -> Snapshot { Snapshot(phase: .queued) }
}

@Suite("The registry")
struct ProviderRegistryTests {
    @Test("keeps providers in order and can be narrowed")
    func order() {
        let registry = ProviderRegistry([Named(descriptor: .relay), Named(descriptor: .pixels)])
        #expect(registry.ids == ["relay", "pixels"])
        #expect(registry.narrowed(to: ["pixels"]).ids == ["pixels"])
        #expect(registry["pixels"]?.descriptor.id == "pixels")
        #expect(registry["absent"] == nil)
    }

    @Test("refuses a second provider of the same id and keeps the first")
    func duplicate() {
        var registry = ProviderRegistry([Named(descriptor: .relay)])
        let isAdded = registry.register(Named(descriptor: .relay))
        #expect(!isAdded)
        #expect(registry.rejected.map(\.id) == ["relay"])
        #expect(registry.ids == ["relay"])
    }

    private static let damages: [(String, @Sendable (inout ProviderDescriptor) -> Void)] = [
        ("must be lower-case", { $0.id = "Bad Id" }), ("name is empty", { $0.name = "" }),
        ("key variable", { $0.keyVariable = "lower" }), ("No trace header", { $0.traceHeaders = [] }),
        ("stands twice", { $0.models = [ModelAdvice("a"), ModelAdvice("a")] }),
        ("declared twice", { $0.parameters += [$0.parameters[0]] }), ("has no help", { $0.parameters[0].help = "" }),
        ("default of", { $0.parameters += [Parameter("n", .integer(1...5), default: "9", help: "N.")] }),
        ("default of", { $0.parameters += [Parameter("n", .integer(1...5), default: "x", help: "N.")] }),
        ("excludes", { $0.parameters += [Parameter("n", .flag, excludes: ["absent"], help: "N.")] }),
        (
            "depends on",
            { $0.parameters += [Parameter("n", .flag, applies: .parameter("absent", ["x"]), help: "N.")] }
        ), ("role of the prompt", { $0.parameters = [.model()] }),
        ("poll interval", { $0.polling.interval = .milliseconds(1) }), ("growth", { $0.polling.growth = 0.5 }),
        ("poll ceiling", { $0.polling.ceiling = 0 }), ("how long a link lives", { $0.assetLifetimes = [] }),
        ("longer than nothing", { $0.assetLifetimes = [AssetLifetime(.zero, source: "x")] }),
        ("reply limit", { $0.replyLimit = ByteCount(1) }),
        ("names no source", { $0.faults = [FaultRule(code: "x", .server, accepted: .no, source: "")] }),
    ]

    @Test("refuses a descriptor that is invalid, says why, and goes on", arguments: damages)
    func invalid(words: String, damage: @Sendable (inout ProviderDescriptor) -> Void) {
        var descriptor = ProviderDescriptor.example()
        #expect(descriptor.problems().isEmpty)
        damage(&descriptor)
        let registry = ProviderRegistry([Named(descriptor: descriptor), Named(descriptor: .relay)])
        #expect(registry.ids == ["relay"])
        #expect(registry.rejected.first?.problems.contains { $0.contains(words) } == true)
    }

    @Test("derives the variable of the base URL from that of the key")
    func variables() { #expect(ProviderDescriptor.example().baseURLVariable == "EXAMPLE_BASE_URL") }
}
