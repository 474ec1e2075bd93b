import Crypto
import VideoProviderKit

/// Signs with the secret part of a key of the form `id.secret` or `id:secret`; a key without either signs as a whole.
struct SecretSigner: RequestSigner {
    private let secret: Secret

    init(_ secret: Secret) { self.secret = secret }

    var keyID: String { parts.id }

    func hmacSHA256(_ message: [UInt8]) -> [UInt8] {
        let key = SymmetricKey(data: Array(parts.secret.utf8))
        return Array(HMAC<SHA256>.authenticationCode(for: message, using: key))
    }

    private var parts: (id: String, secret: String) {
        let key = secret.exposed
        guard let mark = key.firstIndex(where: { $0 == "." || $0 == ":" }) else { return (key, key) }
        return (String(key[..<mark]), String(key[key.index(after: mark)...]))
    }
}
