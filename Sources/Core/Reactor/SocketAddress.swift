internal import CLinux
private import Glibc

/// Where a server listens: `127.0.0.1:8443`, `[::1]:0`, `*:8443`, `unix:/run/klinke.sock`.
package enum ListenAddress: Hashable, Sendable, CustomStringConvertible {
  /// A numeric address. Port 0 lets the kernel choose.
  case tcp(host: String, port: UInt16)
  case unix(path: String)

  /// Reads the notation above. `localhost` is 127.0.0.1 and `*` is every address.
  package init(_ text: String) throws(SocketError) {
    if text.hasPrefix("unix:") {
      self = .unix(path: String(text.dropFirst(5)))
    } else {
      guard let colon = text.lastIndex(of: ":"),
        let port = UInt16(text[text.index(after: colon)...])
      else { throw .malformedAddress(text) }
      var host = String(text[..<colon])
      if host.hasPrefix("[") && host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
      if host == "localhost" { host = "127.0.0.1" }
      if host == "*" { host = "::" }
      self = .tcp(host: host, port: port)
    }
    _ = try socketAddress()
  }

  package var description: String {
    switch self {
    case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    case .unix(let path): "unix:\(path)"
    }
  }

  /// The 4 or 16 bytes of an IP address; none for a path.
  package var ipBytes: [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 16)
    guard var address = try? socketAddress() else { return [] }
    let count = unsafe klinke_address_bytes(&address.raw, &bytes)
    return Array(bytes[..<Int(count)])
  }

  package func socketAddress() throws(SocketError) -> SocketAddress {
    var raw = klinke_address()
    let result: Int32 =
      switch self {
      case .tcp(let host, let port): unsafe klinke_address_numeric(host, port, &raw)
      case .unix(let path): unsafe klinke_address_unix(path, &raw)
      }
    guard result == 0 else { throw .malformedAddress(description) }
    return SocketAddress(raw: raw)
  }
}

/// A resolved address of any family.
package struct SocketAddress: Sendable, CustomStringConvertible {
  var raw: klinke_address

  /// The family, for `socket`.
  package var family: Int32 { Int32(raw.storage.ss_family) }

  /// The same address as something to listen on or print.
  package var listenAddress: ListenAddress {
    var raw = raw
    var port: UInt16 = 0
    var text = [CChar](repeating: 0, count: 128)
    let family = unsafe klinke_address_describe(&raw, &text, text.count, &port)
    let end = text.firstIndex(of: 0) ?? text.endIndex
    let host = String(decoding: text[..<end].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return family == AF_UNIX ? .unix(path: host) : .tcp(host: host, port: port)
  }

  package var description: String { listenAddress.description }
}
