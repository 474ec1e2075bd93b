import LosslessJSON

/// The Cartesian product of items with several values: `seed=1,2 size=a,b` are four drafts, the last item fastest.
struct ItemGrid {
    /// A name with the items it is given in turn.
    struct Axis: Hashable {
        var name: String
        var choices: [RequestItem]
    }

    let axes: [Axis]

    /// How many combinations there are; nil when there are more than can be counted.
    var count: Int? {
        var product = 1
        for axis in axes {
            let (next, overflows) = product.multipliedReportingOverflow(by: axis.choices.count)
            guard !overflows else { return nil }
            product = next
        }
        return product
    }

    /// The axes along which something changes.
    var varying: [Axis] { axes.filter { $0.choices.count > 1 } }

    /// Reads items: values of `=` and `=@` are divided at commas, those of `:=[...]` are the elements.
    init(_ items: [RequestItem]) {
        axes = items.map { Axis(name: $0.name, choices: Self.choices($0)) }
    }

    /// The items of the combination at `index`.
    func items(at index: Int) -> [RequestItem] {
        var rest = index
        var chosen: [RequestItem] = []
        for axis in axes.reversed() {
            chosen.append(axis.choices[rest % axis.choices.count])
            rest /= axis.choices.count
        }
        return chosen.reversed()
    }

    private static func choices(_ item: RequestItem) -> [RequestItem] {
        switch item.op {
        // A data: URI holds a comma of its own.
        case .assign where !item.value.lowercased().hasPrefix("data:"):
            return divided(item.value).map { RequestItem(item, value: $0) }
        case .file, .jsonFile:
            // `image=@a.png,@b.png` is as natural as `image=@a.png,b.png`.
            return divided(item.value).map { RequestItem(item, value: $0.hasPrefix("@") ? String($0.dropFirst()) : $0) }
        case .json:
            guard let root = try? JSONDocument(parsing: item.value).root, root.kind == .array, root.count > 0 else {
                return [item]
            }
            return root.elements.map { element in
                // A text is taken as if it had been typed, so that it is checked by the parameter's type.
                guard let text = element.string, !item.name.hasPrefix("raw.") else {
                    return RequestItem(item, value: element.rawText)
                }
                return RequestItem(name: item.name, op: .assign, value: text, isLiteral: true)
            }
        default:
            return [item]
        }
    }

    private static func divided(_ text: String) -> [String] {
        let parts = text.split(separator: ",").map { String($0).trimmingBlanks }.filter { !$0.isEmpty }
        return parts.isEmpty ? [text] : parts
    }
}

extension RequestItem {
    /// The same item with another value.
    fileprivate init(_ item: RequestItem, value: String) {
        self.init(name: item.name, op: item.op, value: value, isLiteral: item.isLiteral)
    }
}
