import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite("Pages")
struct PageTests {
    /// Folders that only a machine of somebody's has.
    private static let foreign: [String] = {
        var folders = ["/home/", "/Users/", "/root/"]
        let parent = Checkout.root.split(separator: "/").dropLast().map { "/\($0)" }.joined()
        if !["", "/tmp"].contains(parent) { folders.append("\(parent)/") }
        return folders
    }()

    @Test("name no path of a machine", arguments: Checkout.pages)
    func paths(page: String) throws {
        let text = try #require(Checkout.text(page))
        for folder in Self.foreign {
            // What follows a letter or a slash is part of a longer path, such as a URL's.
            let found = text.ranges(of: folder).filter { range in
                guard range.lowerBound > text.startIndex else { return true }
                let before = text[text.index(before: range.lowerBound)]
                return !(before.isLetter || before.isNumber || "./-_~}".contains(before))
            }
            #expect(found.isEmpty, "\(page) names \(folder)")
        }
    }

    @Test("link to files and headings that exist", arguments: Checkout.pages)
    func links(page: String) throws {
        let folder = page.split(separator: "/").dropLast().joined(separator: "/")
        for link in Markdown(try #require(Checkout.text(page))).links where !link.contains("://") {
            let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let target = parts[0].isEmpty ? page : Self.resolved(parts[0], in: folder)
            #expect(Checkout.exists(target), "\(page) links to \(link)")
            guard parts.count > 1, target.hasSuffix(".md"), let text = Checkout.text(target) else { continue }
            #expect(Markdown(text).anchors.contains(parts[1]), "\(page) links to \(link)")
        }
    }

    private static func resolved(_ link: String, in folder: String) -> String {
        var steps = folder.split(separator: "/")
        for step in link.split(separator: "/") {
            switch step {
            case "..": _ = steps.popLast()
            case ".": continue
            default: steps.append(step)
            }
        }
        return steps.joined(separator: "/")
    }
}
