private import Schema

/// Where the server is and who calls: from flags, the environment and the last login, in this
/// order.
package struct ClientConfiguration: Hashable, Sendable {
  package static let defaultServer = "http://127.0.0.1:8080"

  /// A base URL without a slash at its end.
  package private(set) var server: String
  /// Empty when nobody has logged in.
  package private(set) var token: String
  /// The file that ``save(server:token:)`` writes; empty when there is no home folder.
  package let path: String

  /// Reads the environment and the saved file.
  package init(
    environment: [String: String], server flag: String? = nil, read: FileReader
  ) throws(UsageError) {
    path = Self.path(environment)
    let saved = try Self.saved(at: path, read)
    var server = flag ?? environment.nonEmpty("KLINKE_SERVER") ?? saved.server ?? Self.defaultServer
    while server.hasSuffix("/") { server.removeLast() }
    guard server.hasPrefix("http://") || server.hasPrefix("https://") else {
      throw UsageError(
        "the server '\(server)' is not a URL",
        hint: "write it as \(Self.defaultServer), in --server or KLINKE_SERVER")
    }
    self.server = server
    // A token is a secret between its owner and one server: another server never gets it.
    let savedToken = saved.server == server ? saved.token : nil
    token = environment.nonEmpty("KLINKE_TOKEN") ?? savedToken ?? ""
  }

  /// The content of the file after a login.
  package func fileContent(token: String) -> [UInt8] {
    JSONValue.object([
      .init("server", .string(server)), .init("token", .string(token)),
    ]).json + [0x0a]
  }

  private static func path(_ environment: [String: String]) -> String {
    if let folder = environment.nonEmpty("XDG_CONFIG_HOME") {
      return folder + "/klinke/config.json"
    }
    return environment.nonEmpty("HOME").map { $0 + "/.config/klinke/config.json" } ?? ""
  }

  private static func saved(
    at path: String, _ read: FileReader
  ) throws(UsageError) -> (server: String?, token: String?) {
    guard !path.isEmpty, let bytes = read(path) else { return (nil, nil) }
    do {
      let file = try JSONValue(json: bytes)
      return (file["server"]?.text, file["token"]?.text)
    } catch {
      throw UsageError("\(path) is not JSON: \(error)", hint: "remove it and run 'klinke login'")
    }
  }
}

extension [String: String] {
  /// A variable that is set to nothing counts as not set.
  func nonEmpty(_ name: String) -> String? {
    self[name].flatMap { $0.isEmpty ? nil : $0 }
  }
}
