import Testing
import VideoProviderKit

@Suite("Status words")
struct StatusWordsTests {
    @Test(
        "mean a phase as whole words in any case",
        arguments: [
            ("InQueue", .queued), ("NOT_START", .queued), ("pending", .queued), ("InProgress", .running),
            ("IN_PROGRESS", .running), ("video_generation_completed", .running), ("Succeed", .succeeded),
            ("SUCCESS", .succeeded), (" completed\n", .succeeded), ("video_upsampling_completed", .succeeded),
            ("FAILURE", .failed), ("video_generation_failed", .failed), ("canceled", .cancelled), ("Expired", .expired),
        ] as [(String, Phase)]
    )
    func known(word: String, phase: Phase) { #expect(StatusWords.phase(for: word) == phase) }

    @Test(
        "that are in no table stay unknown, with the word",
        arguments: ["unknown", "Reviewing", "completed_soon", "in progress", "in-progress", "succes", "200", "true"]
    )
    func unknown(word: String) {
        #expect(StatusWords.phase(for: word) == .unknown(word))
        #expect(!StatusWords.phase(for: word).isTerminal)
    }

    @Test("of the vendor come before the shared ones")
    func vendorFirst() {
        #expect(StatusWords.phase(for: "COMPLETED", vendor: ["completed": .running]) == .running)
    }

    @Test("that are missing are unknown")
    func missing() { #expect(StatusWords.phase(for: nil) == .unknown("")) }
}
