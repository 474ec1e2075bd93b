extension CommandCall {
    /// All values of a flag that may be given several times, in order.
    func values(_ flag: String) -> [String] {
        arguments.compactMap { if case .flag(let name, .some(let value)) = $0, name == flag { value } else { nil } }
    }
}
