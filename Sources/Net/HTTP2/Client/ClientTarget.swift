package import Reactor

/// Where a client connects to.
package indirect enum HTTPClientTarget: Hashable, Sendable, CustomStringConvertible {
  /// A name for the resolver or a numeric address.
  case host(String, port: UInt16)
  case unix(path: String)
  /// Several places of one server, which goes by this authority.
  case list([HTTPClientTarget], authority: String)

  /// Reads `host:port`, `dns:///host:port`, `[::1]:port`, `unix:/path`, and several of these with
  /// commas in between, of which the first lends its name.
  package init(_ text: String) throws(SocketError) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    var targets: [HTTPClientTarget] = []
    for part in parts { targets.append(try Self.one(part)) }
    guard let first = targets.first else { throw .malformedAddress(text) }
    self = targets.count == 1 ? first : .list(targets, authority: first.authority)
  }

  private static func one(_ text: Substring) throws(SocketError) -> HTTPClientTarget {
    if text.hasPrefix("unix:") {
      // Also as a URL, `unix:///path`.
      let path = text.dropFirst(5)
      return .unix(path: String(path.hasPrefix("//") ? path.dropFirst(2) : path))
    }
    let place = text.hasPrefix("dns:") ? text.dropFirst(4).drop { $0 == "/" } : text
    guard let colon = place.lastIndex(of: ":"),
      let port = UInt16(place[place.index(after: colon)...])
    else { throw .malformedTarget(String(text)) }
    var host = place[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    guard !host.isEmpty, !host.contains("/") else { throw .malformedTarget(String(text)) }
    return .host(String(host), port: port)
  }

  package var description: String {
    switch self {
    case .host(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    case .unix(let path): "unix:\(path)"
    case .list(let targets, _): targets.map(\.description).joined(separator: ",")
    }
  }

  /// What `:authority` says unless a request says otherwise. A path is not a legal one.
  package var authority: String {
    switch self {
    case .host: description
    case .unix: "localhost"
    case .list(_, let authority): authority
    }
  }

  /// The name that the certificate of the server must have.
  var serverName: String? {
    switch self {
    case .host(let host, _): host
    case .unix: nil
    case .list(let targets, _): targets.first?.serverName
    }
  }
}
