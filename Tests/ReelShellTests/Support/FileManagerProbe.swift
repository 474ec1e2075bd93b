import Foundation

/// What the machine has.
enum FileManagerProbe {
    static let hasCurl = ["/usr/bin/curl", "/bin/curl", "/usr/local/bin/curl"].contains(
        where: FileManager.default.isExecutableFile
    )
}
