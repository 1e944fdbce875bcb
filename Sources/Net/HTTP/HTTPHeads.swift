/// The protocol version of a request.
package enum HTTPVersion: Sendable, Hashable {
  /// HTTP/1.1 or 1.0.
  case http1
  case http2
}

/// Who is at the other end of a connection, by a certificate that was found good.
///
/// A class, so that every request of the connection refers to the same one.
package final class PeerIdentity: Sendable {
  /// The whole subject as RFC 2253 writes it: `CN=worker-7,O=Klinke`.
  package let subject: String
  /// The alternative names: `DNS:worker-7.internal`, `URI:spiffe://klinke/worker`, `email:a@b`.
  package let names: [String]
  /// SHA-256 of the certificate, in hexadecimal.
  package let fingerprint: String

  package init(subject: String, names: [String], fingerprint: String) {
    self.subject = subject
    self.names = names
    self.fingerprint = fingerprint
  }
}

/// What a request begins with.
package struct HTTPRequestHead: Sendable {
  /// As received; methods are case-sensitive.
  package var method: String
  /// `http` or `https`, by what the connection really is.
  package var scheme: String
  /// The `Host` of HTTP/1.1; empty when the client sent none.
  package var authority: String
  /// Path and query as received, not decoded.
  package var target: String
  package var fields: HTTPFields
  /// The address of the other end of the connection.
  package var peer: String
  package var version: HTTPVersion
  /// Who the peer has proved to be; nil without a certificate.
  package var identity: PeerIdentity?

  package init(
    method: String, scheme: String = "http", authority: String = "", target: String,
    fields: HTTPFields = HTTPFields(), peer: String = "", version: HTTPVersion = .http2,
    identity: PeerIdentity? = nil
  ) {
    self.method = method
    self.scheme = scheme
    self.authority = authority
    self.target = target
    self.fields = fields
    self.peer = peer
    self.version = version
    self.identity = identity
  }

  /// The target up to its question mark.
  package var path: Substring { target[..<(mark ?? target.endIndex)] }

  /// The target after its question mark; nil when there is none.
  package var query: Substring? {
    mark.map { target[target.utf8.index(after: $0)...] }
  }

  /// By bytes: looking for characters that a reader sees as one costs a microsecond a call.
  private var mark: String.Index? { target.utf8.firstIndex(of: UInt8(ascii: "?")) }
}

/// What a response begins with.
package struct HTTPResponseHead: Sendable {
  package var status: Int
  package var fields: HTTPFields

  package init(status: Int, fields: HTTPFields = HTTPFields()) {
    self.status = status
    self.fields = fields
  }
}
