import VideoProviderKit

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The bodies of a folder with what its `fixtures.json` says about them, in the format at ``ProviderConformance``.
struct FixtureSet {
    /// The members that may wrap a record.
    let envelopes: [String]
    let fixtures: [Fixture]

    var responses: [Fixture] { fixtures.filter { $0.direction == .response } }
    var requests: [Fixture] { fixtures.filter { $0.direction == .request } }

    init(folder: String) throws(FixtureError) {
        let root: JSONValue
        let index = try Self.read("\(folder)/fixtures.json")
        do { root = try JSONDocument(parsing: index).root } catch {
            throw FixtureError(message: "fixtures.json cannot be read: \(error)")
        }
        envelopes = root["envelopes"]?.elements.compactMap(\.string) ?? []
        var fixtures: [Fixture] = []
        for entry in root["fixtures"]?.elements.map(\.self) ?? [] {
            fixtures.append(try Self.fixture(entry, in: folder))
        }
        self.fixtures = fixtures
    }

    private static func fixture(_ entry: JSONValue, in folder: String) throws(FixtureError) -> Fixture {
        guard let file = entry["file"]?.string, let word = entry["direction"]?.string,
            let direction = Fixture.Direction(rawValue: word), let call = entry["call"]?.string
        else { throw FixtureError(message: "An entry of fixtures.json lacks file, direction or call.") }
        var headers = HTTPFields()
        for field in entry["headers"]?.members.map(\.self) ?? [] {
            guard let name = HTTPField.Name(field.key), let value = field.value.string else { continue }
            headers.append(HTTPField(name: name, value: value))
        }
        guard call == "any" || Self.call(call) != nil else {
            throw FixtureError(message: "\(file) is for the unknown call \"\(call)\".")
        }
        let expect = entry["expect"].flatMap { $0.isNull ? nil : $0 }
        guard direction == .request || expect != nil && entry["status"]?.int != nil else {
            throw FixtureError(message: "\(file) says no status, or not how it should be read.")
        }
        return Fixture(
            file: file,
            direction: direction,
            calls: Self.call(call).map { [$0] } ?? [],
            endpoint: entry["endpoint"]?.string ?? "",
            status: entry["status"]?.int ?? 0,
            headers: headers,
            form: entry["body"]?.string ?? "json",
            bytes: try read("\(folder)/\(file)"),
            receipt: receipt(entry["receipt"]),
            expect: expect,
            draft: entry["draft"]
        )
    }

    private static func call(_ word: String) -> UpstreamCall? {
        word == "list" ? .lookup : UpstreamCall(rawValue: word)
    }

    private static func receipt(_ value: JSONValue?) -> Receipt {
        var values: [String: String] = [:]
        for member in value?["values"]?.members.map(\.self) ?? [] { values[member.key] = member.value.string }
        return Receipt(taskID: value?["taskID"]?.string ?? "task-1", values: values)
    }

    private static func read(_ path: String) throws(FixtureError) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw FixtureError(message: "\(path) cannot be read.")
        }
        return Array(data)
    }
}
