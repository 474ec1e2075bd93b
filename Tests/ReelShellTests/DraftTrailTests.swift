import SiliconFlow
import SoraRelay
import Testing
import VideoProviderKit
import Xiexus

@testable import ReelShell

@Suite("A draft that goes from provider to provider and back")
struct DraftTrailTests {
    private static let silicon = SiliconFlowProvider().descriptor
    private static let xiexus = XiexusProvider().descriptor
    private static let sora = SoraRelayProvider().descriptor

    private func draft(
        _ items: KeyValuePairs<ParameterName, String>,
        for descriptor: ProviderDescriptor
    ) throws -> Draft {
        var draft = Draft()
        for (name, text) in items {
            draft[name] = try #require(descriptor.parameters.first { $0.name == name }).value(parsing: text)
        }
        return draft
    }

    @Test("there and back is the draft as it was, a value that had to be converted included")
    func identity() throws {
        var start = try draft(["size": "5x5", "prompt": "a cat", "model": "kling-v1"], for: Self.xiexus)
        start.query = [QueryItem("trace", "on")]
        start[extra: "motion"] = try RawJSON(parsing: "3.0")
        var trail = DraftTrail()
        let there = trail.carry(start, from: Self.xiexus, to: Self.silicon)
        #expect(there.draft["image_size"]?.text == "960x960")
        let back = trail.carry(there.draft, from: Self.silicon, to: Self.xiexus)
        #expect(back.draft == start)
        #expect(back.returned == ["size 5x5", "model", "raw.motion", "trace"])
        // And again, as nothing is forgotten on the way.
        let again = trail.carry(back.draft, from: Self.xiexus, to: Self.silicon)
        #expect(again.draft == there.draft)
        #expect(trail.carry(again.draft, from: Self.silicon, to: Self.xiexus).draft == start)
    }

    @Test("a converted value that was changed there is carried as it is now")
    func edited() throws {
        var trail = DraftTrail()
        let start = try draft(["size": "5x5", "prompt": "a cat"], for: Self.xiexus)
        var there = trail.carry(start, from: Self.xiexus, to: Self.silicon).draft
        there["image_size"] = .text("1280x720")
        let back = trail.carry(there, from: Self.silicon, to: Self.xiexus)
        #expect(back.draft["size"]?.text == "1280x720")
        #expect(back.returned.isEmpty)
    }

    @Test("what was taken out there stays out, and what had found no place comes back")
    func unset() throws {
        var trail = DraftTrail()
        let start = try draft(["image_size": "960x960", "prompt": "a cat", "seed": "7"], for: Self.silicon)
        var there = trail.carry(start, from: Self.silicon, to: Self.sora).draft
        #expect(there["seed"] == nil)
        there["prompt"] = nil
        let back = trail.carry(there, from: Self.sora, to: Self.silicon)
        #expect(back.draft["prompt"] == nil)
        #expect(back.draft["seed"] == .number("7"))
        #expect(back.returned == ["image_size 960x960", "seed"])
    }

    @Test("a value set anew goes before the one that had found no place")
    func anew() throws {
        var trail = DraftTrail()
        let start = try draft(["model": "Wan-AI/Wan2.2-T2V-A14B", "prompt": "x"], for: Self.silicon)
        let there = trail.carry(start, from: Self.silicon, to: Self.xiexus).draft
        #expect(there.model == nil)
        var back = trail.carry(there, from: Self.xiexus, to: Self.silicon).draft
        #expect(back.model == "Wan-AI/Wan2.2-T2V-A14B")
        back["model"] = .text("Wan-AI/Wan2.2-I2V-A14B")
        let again = trail.carry(back, from: Self.silicon, to: Self.xiexus).draft
        #expect(trail.carry(again, from: Self.xiexus, to: Self.silicon).draft.model == "Wan-AI/Wan2.2-I2V-A14B")
    }

    @Test("over a third provider the values come back, too")
    func roundTrip() throws {
        var trail = DraftTrail()
        let start = try draft(["image_size": "960x960", "prompt": "a cat", "seed": "7"], for: Self.silicon)
        let second = trail.carry(start, from: Self.silicon, to: Self.xiexus).draft
        let third = trail.carry(second, from: Self.xiexus, to: Self.sora).draft
        #expect(trail.carry(third, from: Self.sora, to: Self.silicon).draft == start)
    }
}
