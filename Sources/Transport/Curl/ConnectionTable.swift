/// The two ends of a connection.
struct Endpoint: Hashable {
    var remoteAddress: String
    var remotePort: Int
    var localPort: Int
}

/// What was learnt when a connection was made and holds for each exchange on it.
struct ConnectionFacts: Hashable {
    var id: Int
    var tlsVersion: String?
    var tlsCipher: String?
}

/// Remembers the pooled connections of a transport.
struct ConnectionTable {
    private var facts: [Endpoint: ConnectionFacts] = [:]
    private var order: [Endpoint] = []
    private var lastID = 0
    private let capacity = 256

    /// The facts about a connection; a new one gets the next number.
    mutating func facts(
        for endpoint: Endpoint,
        isReused: Bool,
        tls: (version: String, cipher: String)?
    ) -> ConnectionFacts {
        if isReused, let known = facts[endpoint] {
            return known
        }
        lastID += 1
        let new = ConnectionFacts(id: lastID, tlsVersion: tls?.version, tlsCipher: tls?.cipher)
        if facts.updateValue(new, forKey: endpoint) == nil {
            order.append(endpoint)
        }
        if order.count > capacity {
            facts[order.removeFirst()] = nil
        }
        return new
    }
}
