#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The files of the checkout that these tests are compiled from.
enum Checkout {
    /// The root, without a trailing slash.
    static let root: String = #filePath.split(separator: "/").dropLast(4).map { "/\($0)" }.joined()

    /// The folder of the guide's examples.
    static let examples = "\(root)/Tests/DocumentationTests/Examples"

    /// The text of the file at `path` below the root; nil when there is none.
    static func text(_ path: String) -> String? {
        FileManager.default.contents(atPath: "\(root)/\(path)").map { String(decoding: $0, as: UTF8.self) }
    }

    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: "\(root)/\(path)") }

    /// The paths of the files below `folder` whose names end in `suffix`, in order.
    static func files(below folder: String, suffix: String) -> [String] {
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: "\(root)/\(folder)")) ?? []
        return names.filter { $0.hasSuffix(suffix) }.sorted().map { "\(folder)/\($0)" }
    }

    /// The pages for people.
    static let pages: [String] =
        ["README.md", "Plugins/README.md"].filter(exists) + files(below: "docs", suffix: ".md")
}
