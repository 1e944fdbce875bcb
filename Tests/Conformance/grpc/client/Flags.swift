internal import RPC

/// The command line.
struct Flags: Sendable {
  let cases: [String]
  let host: String
  let port: UInt16
  let unixPath: String?
  /// Whether to use TLS, with the authorities in this file and the server's name as below.
  let usesTLS: Bool
  let authoritiesPath: String?
  let serverName: String?
  /// What the cases of compression compress with.
  let codings: [Compression]
  let soakIterations: Int
  /// How long the slow consumer takes for each message.
  let slowConsumerPause: Duration

  init(_ arguments: some Sequence<String>) throws(RPCError) {
    var values: [String: String] = [:]
    for argument in arguments {
      let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, parts[0].hasPrefix("--") else {
        throw RPCError(.invalidArgument, "not a flag: \(argument)")
      }
      values[String(parts[0].dropFirst(2))] = parts[1]
    }
    func number(_ name: String, _ standard: Int) throws(RPCError) -> Int {
      guard let text = values[name] else { return standard }
      guard let number = Int(text) else {
        throw RPCError(.invalidArgument, "--\(name)=\(text) is not a number")
      }
      return number
    }
    cases = (values["test_case"] ?? "large_unary").split(separator: ",").map(String.init)
    host = values["server_host"] ?? "127.0.0.1"
    port = UInt16(clamping: try number("server_port", 0))
    unixPath = values["unix"]
    usesTLS = values["use_tls"] == "true"
    authoritiesPath = values["ca_file"]
    serverName = values["server_host_override"]
    codings = (values["codings"] ?? "gzip,deflate").split(separator: ",").compactMap {
      Compression(rawValue: String($0))
    }
    soakIterations = try number("soak_iterations", 10)
    slowConsumerPause = .milliseconds(try number("slow_consumer_ms", 20))
  }
}
