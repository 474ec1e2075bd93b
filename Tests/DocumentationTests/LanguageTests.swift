import BundledProviders
import SandboxScenarios
import Testing
import VideoProviderKit

@testable import ReelShell

@Suite("Chinese")
struct LanguageTests {
    /// What the sources say as errors, reasons and questions, with `{}` for values.
    static let said: [(key: String, file: String)] = {
        let files =
            Checkout.files(below: "Sources/ReelShell", suffix: ".swift")
            + Checkout.files(below: "Sources/reel", suffix: ".swift")
        return files.filter { !$0.contains("/Language/") }.flatMap { file in
            SaidSentences(Checkout.text(file) ?? "").keys.map { ($0, file) }
        }
    }()

    @Test("every error, reason and question has a translation")
    func errors() {
        #expect(Self.said.count > 250)
        for (key, file) in Self.said where Phrasebook.chinese[key] == nil {
            Issue.record("\(file) says \"\(key)\", which Sources/ReelShell/Language does not")
        }
    }

    @Test("what the engine says of a fault is recognized and translated")
    func faultsOfTheEngine() {
        let files = ["JobEngine", "Transport", "VideoProviderKit"]
            .flatMap { Checkout.files(below: "Sources/\($0)", suffix: ".swift") }
        let keys = files.flatMap { (file: String) -> [String] in
            SaidSentences(Checkout.text(file) ?? "", calls: ["Fault("]).keys
        }
        let sentences = Set(keys).filter { $0.contains(" ") }
        #expect(sentences.count > 30)
        for sentence in sentences {
            let key = sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
            if !Phrasebook.foreignSentences.contains(key) { Issue.record("\"\(sentence)\" is not translated") }
        }
    }

    @Test("a translation has the values of the original", arguments: entries)
    func values(english: String, chinese: String) {
        let count = english.ranges(of: "{}").count
        let named = (1...9).filter { chinese.contains("{\($0)}") }
        if chinese.contains("{}") {
            #expect(chinese.ranges(of: "{}").count == count, "\(english)")
        } else if english != "{} {} not installed" {
            #expect(named == Array(1..<(count + 1)), "\(english)")
        }
        #expect(!chinese.isEmpty)
    }

    static let entries =
        Phrasebook.all
        .filter { $0.english.contains("{}") || $0.translation.contains("{}") }.map { ($0.english, $0.translation) }

    @Test("every command has a summary and, where there are any, details", arguments: CommandCatalog.standard.all)
    func commands(spec: CommandSpec) throws {
        let page = try #require(Phrasebook.chineseCommandPages[spec.name], "\(spec.name)")
        #expect(!page.summary.isEmpty)
        let (details, _) = HelpText.parts(of: spec.details)
        #expect(page.details.isEmpty == details.isEmpty, "\(spec.name)")
        for flag in spec.flags { #expect(Phrasebook.chinese[flag.help] != nil, "\(spec.name) \(flag.spelling)") }
    }

    @Test("what the tables hold is translated")
    func tables() {
        for flag in CommandCatalog.globalFlags + CommandCatalog.commonFlags {
            #expect(Phrasebook.chinese[flag.help] != nil, "\(flag.spelling)")
        }
        for definition in ShellSettings.definitions {
            #expect(Phrasebook.chinese[definition.help] != nil, "\(definition.name)")
        }
        for meaning in ExitCode.table { #expect(Phrasebook.chinese[meaning.text] != nil, "\(meaning.code.rawValue)") }
        for event in EventSpec.all { #expect(Phrasebook.chinese[event.summary] != nil, "\(event.name)") }
        for group in CommandGroup.allCases { #expect(Phrasebook.chinese[group.title] != nil, "\(group.rawValue)") }
    }

    @Test("parameters and models of the bundled providers are explained")
    func parameters() {
        let descriptors = BundledProviders.all.map(\.descriptor)
        let sentences = descriptors.flatMap { $0.parameters.map(\.help) + $0.models.map(\.note) }
        for sentence in sentences where !sentence.isEmpty && Phrasebook.chinese[sentence] == nil {
            Issue.record("\"\(sentence)\" is not translated")
        }
        for kind in descriptors.flatMap({ $0.parameters.map(\.kind) }) where kind.choices.isEmpty && kind != .json {
            let said = Language.chinese.say(Message(recognizing: kind.summary))
            #expect(said != kind.summary, "\(kind.summary)")
        }
        for label in ["type", "default", "required", "taken", "not with", "sent as", "also called", "vendor", "now"] {
            #expect(Phrasebook.chinese[label] != nil, "\(label)")
        }
    }

    @Test("the shapes of the bundled providers' replies have Chinese names")
    func shapes() {
        for name in Set(BundledProviders.all.flatMap(\.descriptor.shapes).map(\.name)) {
            #expect(Phrasebook.chinese[name] != nil, "\(name)")
        }
    }

    @Test("units, labels and places are Chinese among Chinese")
    func units() {
        #expect(Language.chinese.say("link about \(DurationText.said(.seconds(600)))" as Message) == "链接约 10 分钟")
        #expect(Language.chinese.say(DurationText.said(.seconds(3600))) == "1 小时")
        #expect(ShellFailure("there is no job yet").lines(in: .chinese) == ["错误：还没有任务"])
        let relay: Message = "(sandbox of \(Message(recognizing: "a relay of your choice")))"
        #expect(Language.chinese.say(relay) == "（你所选的中转站 的沙盒）")
    }

    @Test("faults and directives of the sandbox are explained")
    func sandbox() {
        for help in SandboxFault.all.map(\.help) + SandboxDirective.all.map(\.help) {
            #expect(Phrasebook.chinese[help] != nil, "\(help)")
        }
    }

    @Test("what the table of faults says to try is a command or translated")
    func tries() {
        let commands = Set(CommandCatalog.standard.all.flatMap { [$0.name] + $0.aliases })
        let tries = FaultTable.entries.flatMap(\.tries)
        for line in tries where Phrasebook.chinese[line] == nil {
            #expect(commands.contains(String(line.prefix { $0 != " " })), "\(line)")
        }
    }

    @Test("every topic is translated, with the same examples in it", arguments: HelpTopic.all)
    func topics(topic: HelpTopic) throws {
        let page = try #require(Phrasebook.chineseTopicPages[topic.name])
        #expect(!page.title.isEmpty)
        func examples(_ text: String) -> Int {
            HelpText.blocks(of: text).count { if case .example = $0 { true } else { false } }
        }
        #expect(examples(page.text) == examples(topic.text))
    }

    @Test("every kind of fault has a sentence in both languages", arguments: FaultSentences.all)
    func faults(sentence: Message) {
        #expect(Language.chinese.say(sentence) != Language.english.say(sentence))
    }

    @Test(
        "values stand where the language wants them",
        arguments: [
            ("siliconflow rejected the request because of size", "siliconflow 因 size 拒绝了请求"),
            ("seed cannot be 99", "seed 不能是 99"), ("it must lie in 0 to 7", "必须在 0 到 7 之间"),
        ],
    )
    func order(english: String, chinese: String) {
        let message: Message =
            english.hasPrefix("siliconflow")
            ? "\("siliconflow") rejected the request because of \("size")" : Message(recognizing: english)
        #expect(message.description == english)
        #expect(Language.chinese.say(message) == chinese)
    }

    @Test("a vendor's words stay as they are")
    func verbatim() {
        #expect(Language.chinese.say(Message(verbatim: "error")) == "error")
        #expect(Language.chinese.say(Message(verbatim: "{} {1}")) == "{} {1}")
        #expect(Language.chinese.say("a {} in a literal") == "a {} in a literal")
    }

    @Test(
        "the language follows the setting, else the locale",
        arguments: [
            ("auto", ["LANG": "zh_CN.UTF-8"], Language.chinese), ("auto", ["LANG": "en_US.UTF-8"], .english),
            ("en", ["LANG": "zh_CN.UTF-8"], .english), ("zh", [:], .chinese), ("auto", [:], .english),
            ("auto", ["LC_ALL": "C", "LANG": "zh_CN.UTF-8"], .english),
            ("auto", ["LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "en_US"], .chinese),
        ],
    )
    func choice(setting: String, environment: [String: String], language: Language) {
        #expect(Language(setting: setting, environment: environment) == language)
    }

    @Test("no line of Chinese help is wider than the screen", arguments: [40, 80])
    func fits(width: Int) {
        let pages = CommandCatalog.standard.all.map { HelpText.command($0, width: width, language: .chinese) }
        for line in pages.joined() where !line.hasPrefix("例：") && !line.hasPrefix("用法：") {
            // All wide characters of the tables lie beyond the radicals.
            let columns = line.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) }
            #expect(columns <= width, "\(line)")
        }
    }
}
