import VideoProviderKit

@testable import ReelShell

/// The sentence of each kind of fault; our own sentences have no kind's and are left out.
enum FaultSentences {
    static let all: [Message] = FaultKind.allCases.filter { $0 != .local }.flatMap { kind in
        [nil, 400].map { status in
            var fault = Fault(kind, "words")
            fault.httpStatus = status
            return FaultWords.sentence(fault, "somebody")
        }
    }
}
