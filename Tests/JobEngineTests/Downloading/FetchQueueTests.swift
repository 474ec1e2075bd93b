import Testing

@testable import JobEngine

@Suite("Which film is saved next")
struct FetchQueueTests {
    private func entry(_ job: Int64, expires: Int?, due: Int = 0) -> FetchQueue.Entry {
        FetchQueue.Entry(job: job, expires: expires.map { .seconds($0) }, due: .seconds(due))
    }

    @Test("The link that dies first comes first, and links without an end last")
    func nearest() {
        var queue = FetchQueue()
        for one in [entry(1, expires: nil), entry(2, expires: 900), entry(3, expires: 60), entry(4, expires: 600)] {
            queue.add(one)
        }
        #expect((0..<5).map { _ in queue.take(at: .zero) } == [3, 4, 2, 1, nil])
    }

    @Test("None is taken before its time, and the next time is known")
    func due() {
        var queue = FetchQueue()
        queue.add(entry(1, expires: 600, due: 300))
        #expect(queue.take(at: .seconds(299)) == nil)
        #expect(queue.nextDue(after: .zero) == .seconds(300))
        #expect(queue.take(at: .seconds(300)) == 1)
        #expect(queue.nextDue(after: .zero) == nil)
    }

    @Test("A job stands in it once")
    func once() {
        var queue = FetchQueue()
        queue.add(entry(1, expires: 600))
        queue.add(entry(1, expires: 60))
        #expect(queue.take(at: .zero) == 1)
        #expect(queue.take(at: .zero) == nil)
    }
}
