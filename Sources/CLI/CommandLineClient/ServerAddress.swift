/// Host, port and protection of a server's base URL.
struct ServerAddress: Hashable, Sendable {
  let host: String
  let port: UInt16
  let isProtected: Bool

  /// `http://host[:port]` or `https://host[:port]`; an IPv6 address stands in brackets.
  init(_ url: String) throws(UsageError) {
    let malformed = UsageError(
      "the server '\(url)' is not a URL of a host",
      hint: "write it as \(ClientConfiguration.defaultServer), in --server or KLINKE_SERVER")
    guard let scheme = url.firstRange(of: "://") else { throw malformed }
    isProtected = url[..<scheme.lowerBound] == "https"
    guard isProtected || url[..<scheme.lowerBound] == "http" else { throw malformed }
    var rest = url[scheme.upperBound...]
    if rest.hasPrefix("[") {
      guard let bracket = rest.firstIndex(of: "]") else { throw malformed }
      host = String(rest[..<bracket].dropFirst())
      rest = rest[bracket...].dropFirst()
    } else {
      let end = rest.firstIndex(of: ":") ?? rest.endIndex
      host = String(rest[..<end])
      rest = rest[end...]
    }
    // Nothing may stand behind the port: a path would be dropped silently.
    guard !host.isEmpty, !host.contains("/"), !host.contains("@") else { throw malformed }
    if rest.isEmpty {
      port = isProtected ? 443 : 80
    } else {
      guard rest.hasPrefix(":"), let number = UInt16(rest.dropFirst()), number > 0 else {
        throw malformed
      }
      port = number
    }
  }
}
