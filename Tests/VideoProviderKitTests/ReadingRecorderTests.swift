import Testing
import VideoProviderKit

@Suite struct ReadingRecorderTests {
    @Test("What a value was read as is noted, the more particular reading winning over text")
    func notesUse() {
        let recorder = ReadingRecorder()
        let body = #"{"id":"a","n":"5","t":1760000000,"u":"https://a.test/","p":"50%","plain":"x","seen":1}"#
        let root = UpstreamReply(status: 200, body: Array(body.utf8), recorder: recorder).root
        _ = (root["id"].identifier, root["n"].int, root["t"].time, root["u"].url, root["p"].percent, root["plain"].text)
        _ = root["seen"].kind
        let uses = Dictionary(uniqueKeysWithValues: recorder.readings.map { ($0.path.description, $0.use) })
        #expect(
            uses == [
                ".id": .identifier, ".n": .number, ".t": .time, ".u": .link, ".p": .progress, ".plain": .text,
                ".seen": nil,
            ]
        )
    }

    @Test("Choices between places are noted with the one that won")
    func notesChoices() {
        let recorder = ReadingRecorder()
        let reply = UpstreamReply(
            status: 200,
            body: Array(#"{"b":"","c":"x","u":"ftp://a","v":"https://a.test"}"#.utf8),
            recorder: recorder
        )
        _ = reply.root.first(of: "a", "b", "c").text
        _ = reply.root.firstURL(of: "u", "v")
        _ = reply.root.firstURL(of: "u")
        #expect(recorder.choices.map(\.chosen) == [".c", ".v", nil])
        #expect(recorder.choices[0].candidates == [".a", ".b", ".c"])
    }

    @Test(
        "The part taken for the record is noted with its reason",
        arguments: [
            (#"{"status":"x"}"#, "."), (#"{"data":{"status":"x"}}"#, ".data"), (#"{"data":[{"id":"x"}]}"#, ".data[0]"),
        ]
    )
    func notesRecord(body: String, path: String) {
        let recorder = ReadingRecorder()
        _ = UpstreamReply(status: 200, body: Array(body.utf8), recorder: recorder).record
        #expect(recorder.record?.path.description == path)
    }
}
