import Foundation

/// nginx on a port of this machine, in the foreground and with a folder of its own.
package final class Nginx: Sendable {
    /// Where it listens.
    package let port: Int
    private let tool: ToolProcess
    private let folder: String

    /// Whether there is an nginx on this machine.
    package static let isAvailable = ToolProcess.path(of: "nginx") != nil && TestAuthority.isAvailable

    /// Starts nginx with these directives inside `http { }` besides ours; `PORT` in them is replaced by the port.
    package init(http directives: String) throws {
        port = try LoopbackSocket.unusedPort()
        folder = FileManager.default.temporaryDirectory.path + "/reel-nginx-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let user = geteuid() == 0 ? "user root;" : ""
        let text = """
            \(user) worker_processes 1; daemon off; pid \(folder)/pid; error_log \(folder)/error.log;
            events { worker_connections 512; }
            http {
              access_log off; client_max_body_size 64m;
              client_body_temp_path \(folder)/b; proxy_temp_path \(folder)/p; fastcgi_temp_path \(folder)/f;
              uwsgi_temp_path \(folder)/u; scgi_temp_path \(folder)/s;
              \(directives.replacing("PORT", with: String(port)))
            }
            """
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/nginx.conf"))
        tool = try ToolProcess(
            ["nginx", "-p", folder, "-c", "\(folder)/nginx.conf", "-e", "\(folder)/error.log"],
            folder: folder
        )
        for _ in 0..<4000 {
            let (probe, _) = try LoopbackSocket.bound()
            defer { LoopbackSocket.close(probe) }
            if (try? LoopbackSocket.connect(probe, to: port)) != nil { return }
            Thread.sleep(forTimeInterval: 0.005)
        }
        let log = FileManager.default.contents(atPath: "\(folder)/error.log").map {
            String(decoding: $0, as: UTF8.self)
        }
        throw ToolProcess.Problem(description: "nginx does not listen: \(log ?? "no log")")
    }

    deinit {
        tool.stop()
        try? FileManager.default.removeItem(atPath: folder)
    }
}
