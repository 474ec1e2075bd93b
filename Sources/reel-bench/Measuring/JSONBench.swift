import LosslessJSON

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Measures `LosslessJSON` on files, to be run beside `jq .` on the same ones.
enum JSONBench {
    static let usage = """
        usage: format [--compact] FILE    lay out FILE, or standard input for -, on standard output
               generate MB FILE           write about MB megabytes of replies as vendors send them
               parse FILE                 read FILE into a document, best of 5, and its first element
               path FILE PATH             look PATH up, a million times
               get FILE PATH              print the value at PATH
               diff OLD NEW               print what changed, by path
        """

    /// Runs one subcommand.
    static func run(arguments: [String]) throws {
        switch (arguments.first, arguments.dropFirst().map { $0 }) {
        case ("format", let rest) where rest.count == 1: try format(rest[0], style: .pretty)
        case ("format", let rest) where rest.count == 2 && rest[0] == "--compact":
            try format(rest[1], style: .compact)
        case ("generate", let rest) where rest.count == 2:
            guard let megabytes = Int(rest[0]), megabytes > 0 else { throw BenchFailure(usage) }
            try generate(megabytes: megabytes, path: rest[1])
        case ("parse", let rest) where rest.count == 1: try parse(rest[0])
        case ("path", let rest) where rest.count == 2: try path(rest[0], JSONPath(parsing: rest[1]))
        case ("get", let rest) where rest.count == 2: try get(rest[0], JSONPath(parsing: rest[1]))
        case ("diff", let rest) where rest.count == 2: try diff(rest[0], rest[1])
        default: throw BenchFailure(usage)
        }
    }

    /// Reads a file and prints one value, as `jq PATH FILE` does.
    private static func get(_ file: String, _ path: JSONPath) throws {
        let root = try JSONDocument(parsing: Files.contents(of: file)).root
        try Files.writeAll(Array(root[path: path]?.rawBytes ?? []) + [10], to: STDOUT_FILENO)
    }

    /// Reads two files and prints the changes, as `diff <(jq . OLD) <(jq . NEW)` does.
    private static func diff(_ old: String, _ new: String) throws {
        let left = try JSONDocument(parsing: Files.contents(of: old)).root
        let right = try JSONDocument(parsing: Files.contents(of: new)).root
        let lines = JSONDiff.changes(from: left, to: right).map { "\($0)\n" }
        try Files.writeAll(Array(lines.joined().utf8), to: STDOUT_FILENO)
    }

    private static func format(_ path: String, style: JSONFormatter.Style) throws {
        let input = try Files.descriptor(path, O_RDONLY)
        var formatter = JSONFormatter(style: style)
        var chunk = [UInt8](repeating: 0, count: 128 * 1024)
        var output: [UInt8] = []
        while true {
            let count = chunk.withUnsafeMutableBytes { read(input, $0.baseAddress, $0.count) }
            guard count >= 0 else { throw BenchFailure("reading \(path) failed with errno \(errno)") }
            if count == 0 { break }
            try formatter.append(chunk[..<count], to: &output)
            try Files.writeAll(output, to: STDOUT_FILENO)
            output.removeAll(keepingCapacity: true)
        }
        try formatter.finish(to: &output)
        try Files.writeAll(output, to: STDOUT_FILENO)
    }

    private static func parse(_ path: String) throws {
        let bytes = try Files.contents(of: path)
        var best = Duration.seconds(1_000)
        var count = 0
        for _ in 0..<5 {
            var document: JSONDocument?
            let time = try ContinuousClock().measure { document = try JSONDocument(parsing: bytes) }
            best = min(best, time)
            count = document?.root.count ?? 0
        }
        print("parse: \(rate(bytes.count, best)) MB/s, \(best), \(count) at the top")
        // A reply is small and fits into the cache; the whole file measures the kernel's pages as well.
        guard let first = try JSONDocument(parsing: bytes).root[0] else { return }
        let reply = Array(first.rawBytes)
        let rounds = 100_000
        let time = try ContinuousClock().measure {
            for _ in 0..<rounds { count += try JSONDocument(parsing: reply).root.count }
        }
        print(
            "parse its first element: \(rate(reply.count * rounds, time)) MB/s, \(time / rounds), \(reply.count) bytes"
        )
    }

    private static func path(_ file: String, _ path: JSONPath) throws {
        let root = try JSONDocument(parsing: Files.contents(of: file)).root
        var found = 0
        let rounds = 1_000_000
        let time = ContinuousClock().measure {
            for _ in 0..<rounds where root[path: path] != nil { found += 1 }
        }
        print("path: \(time / rounds) a look-up, found \(found) times: \(root[path: path]?.rawText.prefix(80) ?? "-")")
    }

    /// Replies of many tasks in one array, drawn from a fixed seed: the same file on every machine.
    private static func generate(megabytes: Int, path: String) throws {
        let output = try Files.descriptor(path, O_WRONLY | O_CREAT | O_TRUNC)
        var seed: UInt64 = 42
        var written = 0
        var text: [UInt8] = Array("[".utf8)
        var number = 0
        while written < megabytes * 1_000_000 {
            text.append(contentsOf: (number == 0 ? "" : ",").utf8)
            text.append(contentsOf: task(number, &seed).utf8)
            number += 1
            if text.count > 1_000_000 {
                written += text.count
                try Files.writeAll(text, to: output)
                text.removeAll(keepingCapacity: true)
            }
        }
        try Files.writeAll(text + Array("]\n".utf8), to: output)
        close(output)
    }

    private static func task(_ number: Int, _ seed: inout UInt64) -> String {
        func random(_ bound: UInt64) -> UInt64 {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (seed >> 33) % bound
        }
        let prompts = [
            "a cat walks along a rainy street, cinematic light", "一只猫在雨中的街道上行走,电影光影",
            "slow pan over a \\\"neon\\\" market, 35mm\\nshallow focus", "海边日落,镜头缓慢推进,\\u4e00\\u53ea海鸥飞过",
        ]
        let states = ["Succeed", "InQueue", "InProgress", "Failed"]
        let id = "\(random(1 << 31))-\(number)"
        return """
            {"code":20000,"message":"Ok","request_id":"req_\(id)","data":{"task_id":"task_\(id)",\
            "status":"\(states[Int(random(4))])","progress":\(Double(random(1_000)) / 10),"position":\(random(90)),\
            "reason":null,"created_at":\(1_760_000_000 + random(9_999_999)),"prompt":"\(prompts[Int(random(4))])",\
            "parameters":{"image_size":"1280x720","seed":\(random(1 << 31)),"duration":5.0,"fps":24,\
            "guidance_scale":7.5e0,"negative_prompt":"","watermark":false,"tags":[],"extra":{}},\
            "results":{"videos":[{"url":"https://cdn.example.com/v/\(id).mp4?sig=\(random(1 << 31))",\
            "width":1280,"height":720,"bytes":\(random(1 << 31)),"audio":true}],\
            "timings":{"inference":\(Double(random(100_000)) / 1_000)},"seed":\(random(1 << 31))}},\
            "usage":{"total":\(random(500)),"unit":"点"}}
            """
    }

    private static func rate(_ bytes: Int, _ time: Duration) -> Int {
        Int(Double(bytes) / 1e6 / (time / .seconds(1)))
    }
}
