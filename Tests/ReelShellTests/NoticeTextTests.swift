import JobEngine
import Journal
import Testing
import VideoProviderKit

@testable import ReelShell

@Suite("notices about many jobs")
struct NoticeTextTests {
    private func notices(_ kind: JobEvent.Kind, _ crowd: JobEvent.Crowd) async throws -> [String] {
        let house = try ShellHouse()
        await house.finishedJob()
        let job = try #require(try await house.journal.job(number: 1))
        var event = JobEvent(time: UpstreamTime(milliseconds: 0), job: job, exchange: nil, kind: kind)
        event.crowd = crowd
        return NoticeText.lines(event, success: nil, notices: "final", lifetimes: []).map(Language.english.say)
    }

    @Test("Case 37: what rests a thousand jobs of an account is one notice")
    func paused() async throws {
        var fault = Fault(.auth, "Invalid token")
        (fault.httpStatus, fault.traceIDs) = (401, [TraceID(name: "x-trace", value: "t7")])
        let kind = JobEvent.Kind.paused(.credentials, fault)
        let words =
            "not asked about any more: the key was refused, 401 \"Invalid token\", trace t7; resume j1 goes on"
        #expect(try await notices(kind, .alone) == ["job j1 is \(words)"])
        #expect(try await notices(kind, .first(of: 2)) == ["job j1 and 1 other are \(words)"])
        #expect(try await notices(kind, .first(of: 1000)) == ["job j1 and 999 others are \(words)"])
        #expect(try await notices(kind, .further) == [])
        #expect(try await notices(.resumed, .first(of: 1000)) == ["job j1 and 999 others are asked about again"])
        #expect(try await notices(.resumed, .further) == [])
    }

    @Test("A job whose polls stay unanswered is told of, unlike a single poll that failed")
    func unanswered() async throws {
        let fault = Fault(.network, "connection refused")
        let told = try await notices(.unanswered(fault), .alone)
        #expect(told == ["job j1 gets no answer, still asked about once a minute: connection refused"])
        #expect(try await notices(.retry(fault, wait: .seconds(5)), .alone) == [])
    }

    @Test("A state has a word and a verb in both languages; the word in English is the state's own")
    func states() {
        for state in JobState.allCases where state != .unsent && state != .rejected {
            #expect(StateWords.said(state).description == state.shown)
            for words in [StateWords.said(state), StateWords.has(state)] {
                #expect(Language.chinese.say(words) != words.description, "\(state)")
            }
        }
    }
}
