import ReelShell
import Yams

/// YAML as the shell's own tree, with lines; the library stays out of everything else.
enum YAMLReading {
    static func parse(_ text: String) throws(YAMLProblem) -> YAMLNode? {
        do {
            return try Yams.compose(yaml: text).map(convert)
        } catch let error as YamlError {
            throw problem(error)
        } catch {
            throw YAMLProblem(line: 1, message: "\(error)")
        }
    }

    private static func convert(_ node: Node) -> YAMLNode {
        let line = node.mark?.line ?? 1
        switch node {
        case .scalar(let scalar):
            return YAMLNode(.scalar(scalar.string, isPlain: scalar.style == .plain || scalar.style == .any), line: line)
        case .sequence(let sequence):
            return YAMLNode(.sequence(sequence.map(convert)), line: line)
        case .mapping(let mapping):
            let members = mapping.map { YAMLNode.Member(key: $0.key.string ?? "", value: convert($0.value)) }
            return YAMLNode(.mapping(members), line: line)
        case .alias:
            return YAMLNode(.scalar("", isPlain: true), line: line)
        }
    }

    private static func problem(_ error: YamlError) -> YAMLProblem {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            YAMLProblem(line: mark.line, message: problem)
        case .duplicatedKeysInMapping(let duplicates, let context):
            YAMLProblem(line: context.mark.line, message: "\(duplicates.map { "\($0)" }.joined(separator: ", ")) twice")
        default:
            YAMLProblem(line: 1, message: "\(error)".split(separator: "\n").first.map(String.init) ?? "no YAML")
        }
    }
}
