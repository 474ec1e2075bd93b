import JobEngine
import Synchronization
import Testing
import VideoProviderKit

@testable import ReelShell

@Suite("Composing at the prompt")
struct ComposingTests {
    private let quiet: QuietSession

    init() throws { quiet = try QuietSession() }

    /// What the last of `entries` shows.
    private func shown(_ entries: String...) async -> [String] {
        for entry in entries.dropLast() { _ = await quiet.session.run(entry: entry) }
        let before = quiet.writer.lines.count
        _ = await quiet.session.run(entry: entries.last ?? "")
        return Array(quiet.writer.lines.dropFirst(before))
    }

    @Test("undo goes back over a change of the provider, with the draft as it was")
    func undoOfUse() async {
        let lines = await shown("use xiexus", "size=5x5", "use siliconflow", "undo")
        #expect(lines == ["back at xiexus with the draft of before", "size = 5x5"])
        #expect(quiet.session.instance.name.description == "xiexus")
        #expect(await shown("undo") == ["unset size"])
        #expect(await shown("undo") == ["back at siliconflow with the draft of before", "the draft is empty"])
        #expect(await shown("undo").first == "error: there is nothing to undo")
    }

    @Test("going back and forth after an undo is as if nothing had been")
    func undoneTrail() async {
        let lines = await shown(
            "use xiexus",
            "size=5x5",
            "use siliconflow",
            "undo",
            "use siliconflow",
            "use xiexus",
            "show size"
        )
        #expect(lines == ["size = 5x5"])
    }

    @Test("undo prints what changed, in the words of set")
    func undoPrints() async {
        #expect(await shown("seed=1", "set prompt a cat", "seed=2", "undo") == ["seed = 1"])
        #expect(await shown("undo") == ["unset prompt"])
    }

    @Test("free text over several lines is said to be one value")
    func severalLines() async {
        let lines = await shown("set prompt a cat\nshow the moon\nset seed 3")
        #expect(lines.contains("note: prompt has 3 lines; undo takes it back"))
        #expect(lines.contains("prompt = a cat"))
        #expect(lines.contains("         show the moon"))
        #expect(await shown("set prompt a cat") == ["prompt = a cat"])
    }

    @Test("further lines of a value stand below its first")
    func show() async {
        #expect(await shown("set prompt a\nseed", "show prompt") == ["prompt = a", "         seed"])
        let lines = await shown("show")
        let column = lines.firstIndex { $0.hasPrefix("prompt") }.map { lines[$0].firstRange(of: " a")?.upperBound }
        #expect(column != nil)
        #expect(lines.contains { $0.hasPrefix(" ") && $0.hasSuffix(" seed") })
        #expect(!lines.contains("seed"))
    }

    @Test("a query item that is spelled as a parameter is told of")
    func queryItem() async {
        #expect(await shown("seed==5").contains("note: seed== is a query item; seed=5 sets the parameter"))
        #expect(await !shown("trace==on").contains { $0.hasPrefix("note") })
    }

    @Test(
        "what hands type that know other programs is said in the words of this one",
        arguments: [
            ("set seed = 5", "  try: set seed 5"), ("seed = 5", "  try: seed=5"),
            ("prompt = a cat; slow", "  try: set prompt a cat; slow"), ("jobs; !ls -l", "  try: !ls"),
            ("submit prompt=a cat seed=7 --wait", "  try: submit prompt=\"a cat\" seed=7 --wait"),
            ("log -n 5", "  try: log 5"),
            ("history -n 3", "  try: history | tail -n 5"), ("models xiexus", "  try: use xiexus"),
            ("use", "  try: use xiexus"), ("clear", "  try: !clear"),
        ]
    )
    func habits(entry: String, hint: String) async {
        #expect(await shown(entry).contains(hint))
    }

    @Test("an alias is defined as in other shells, too")
    func alias() async {
        #expect(await shown("alias go='submit -n 4'") == ["go stands for: submit -n 4"])
        #expect(await shown("alias s=submit -n 2") == ["s stands for: submit -n 2"])
        #expect(await shown("alias go") == ["go  submit -n 4"])
    }

    @Test(
        "a setting takes only what it can mean",
        arguments: [
            ("poll.every abc", "a time is a number with ms, s, m or h"), ("poll.every 1ms", "it is at least 100ms"),
            ("poll.rate x", "it is a number from 0.001 to 1000"), ("poll.rate 0", "it is a number from 0.001 to 1000"),
            ("stall.after soon", "a time is a number with ms, s, m or h"), ("notify.after -1", "a time is a number"),
            ("journal.max 1.5", "it is a whole number of 1 or more"), ("budget many", "it is a whole number, or empty"),
            ("fetch.dir /dev/null/films", "/dev/null is no folder"), ("fetch.auto maybe", "allowed are on, late, off"),
            ("allow_http http://x/", "http:// or a path"), ("provider nobody", "providers are"),
        ]
    )
    func settings(words: String, why: String) async {
        let lines = await shown("config \(words)")
        #expect(lines.first?.hasPrefix("error: ") == true, "\(lines)")
        #expect(lines.joined().contains(why), "\(lines)")
        let name = words.prefix { $0 != " " }
        #expect(quiet.session.settings.withLock { $0.entry(String(name))?.source } == "default")
    }

    @Test(
        "and takes that",
        arguments: [
            "poll.every 10s", "poll.rate 0.5", "stall.after 1.5m", "notify.after 0", "journal.max 10", "budget 3",
            "fetch.dir films/new", "allow_http 127.0.0.1,media.local", "provider xiexus",
        ]
    )
    func goodSettings(words: String) async {
        #expect(await shown("config \(words)").first?.hasSuffix("(this session)") == true)
    }

    @Test("every default is a value that the setting takes")
    func defaults() {
        for definition in ShellSettings.definitions {
            #expect(definition.kind.problem(with: definition.defaultValue) == nil, "\(definition.name)")
        }
    }
}
