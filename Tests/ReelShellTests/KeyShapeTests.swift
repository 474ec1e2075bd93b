import Testing

@testable import ReelShell

@Suite("Entries that hold a key are told by its looks")
struct KeyShapeTests {
    @Test(
        "What looks like a key",
        arguments: [
            "set prompt sk-CANARYq7Zx19vT55pLmWk3", "login sk-CANARYq7Zx19vT55pLmWk3",
            "prompt='my sk-0123456789abcdef0'",
            "http GET /x Authorization:whatever", "http GET /x 'authorization: Bearer x'",
            "!curl -H 'X-Api-Key: 12' https://a.test", "set prompt Bearer 0123456789abcdef",
            "login siliconflow 0123456789abcdef01234567",
        ]
    )
    func key(_ entry: String) { #expect(KeyShape.occurs(in: entry)) }

    @Test(
        "What does not",
        arguments: [
            "set prompt a cat at the piano", "login siliconflow", "login siliconflow --stdin", "sk-",
            "set prompt sk-8 boards",
            "set prompt the bearer of bad news", "http GET /v1/models", "submit seed=7", "describe authorization",
            "set prompt 钢琴前的猫",
        ]
    )
    func other(_ entry: String) { #expect(!KeyShape.occurs(in: entry)) }
}
