private import Synchronization

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

/// What a handler has read in a head, and would read again in it.
package protocol HTTPHeadReading: AnyObject, Sendable {}

/// What a request begins with.
///
/// A class, since it goes through many hands and nobody changes it, and many requests of a
/// connection may share one. Method, authority and target lie
/// with the fields, and only those that someone asks for become strings.
package final class HTTPRequestHead: Sendable {
  /// `http` or `https`, by what the connection really is.
  package let scheme: String
  package let fields: HTTPFields
  /// The address of the other end of the connection.
  package let peer: String
  package let version: HTTPVersion
  /// Who the peer has proved to be; nil without a certificate.
  package let identity: PeerIdentity?
  /// Most requests are one of these two, and nobody needs the name.
  package let isPost: Bool
  package let isHead: Bool
  private let methodPiece: HTTPFields.Piece
  private let authorityPiece: HTTPFields.Piece
  private let targetPiece: HTTPFields.Piece
  private let memory = Mutex(Memory())

  private struct Memory {
    var isKnown = false
    var reading: (any HTTPHeadReading)?
  }

  /// A head whose parts are in the bytes of its fields.
  package init(
    method: HTTPFields.Piece, authority: HTTPFields.Piece, target: HTTPFields.Piece,
    fields: HTTPFields, scheme: String, peer: String, version: HTTPVersion,
    identity: PeerIdentity?
  ) {
    methodPiece = method
    isPost = fields.isText(method, "POST")
    isHead = fields.isText(method, "HEAD")
    authorityPiece = authority
    targetPiece = target
    self.fields = fields
    self.scheme = scheme
    self.peer = peer
    self.version = version
    self.identity = identity
  }

  package init(
    method: String, scheme: String = "http", authority: String = "", target: String,
    fields: HTTPFields = HTTPFields(), peer: String = "", version: HTTPVersion = .http2,
    identity: PeerIdentity? = nil
  ) {
    var fields = fields
    authorityPiece = fields.keep(authority)
    targetPiece = fields.keep(target)
    methodPiece = fields.keep(method)
    isPost = method == "POST"
    isHead = method == "HEAD"
    self.fields = fields
    self.scheme = scheme
    self.peer = peer
    self.version = version
    self.identity = identity
  }

  /// Whether a head with these parts would be the same.
  package func isSame(
    method: HTTPFields.Piece, authority: HTTPFields.Piece, target: HTTPFields.Piece,
    fields: borrowing HTTPFieldBuffer
  ) -> Bool {
    method == methodPiece && authority == authorityPiece && target == targetPiece
      && fields.isSame(as: self.fields)
  }

  /// What a handler has kept of an earlier request with this head.
  package var reading: (any HTTPHeadReading)? { memory.withLock { $0.reading } }

  /// Keeps what a handler has read, unless this is the first request with the head: others may
  /// never come.
  package func keep(_ reading: @autoclosure () -> any HTTPHeadReading) {
    let isKnown = memory.withLock { memory in
      defer { memory.isKnown = true }
      return memory.isKnown
    }
    guard isKnown else { return }
    let reading = reading()
    memory.withLock { $0.reading = reading }
  }

  /// As received; methods are case-sensitive.
  package var method: String { fields.text(methodPiece) }

  /// The `Host` of HTTP/1.1; empty when the client sent none.
  package var authority: String {
    authorityPiece.isEmpty && version == .http2 ? fields["host"] ?? "" : fields.text(authorityPiece)
  }

  /// Path and query as received, not decoded.
  package var target: String { fields.text(targetPiece) }

  /// The bytes of ``target``.
  package func withTarget<R>(_ body: (Span<UInt8>) -> R) -> R {
    let bytes = fields.bytes
    return body(bytes.span.extracting(targetPiece.range))
  }

  /// The target up to its question mark.
  package var path: String { String(decoding: pathBytes, as: UTF8.self) }

  /// The bytes of ``path``.
  package var pathBytes: ArraySlice<UInt8> {
    fields.bytes[targetPiece.range.lowerBound..<(mark ?? targetPiece.range.upperBound)]
  }

  /// The bytes of the target after its question mark; nil when there is none.
  package var queryBytes: ArraySlice<UInt8>? {
    mark.map { fields.bytes[($0 + 1)..<targetPiece.range.upperBound] }
  }

  /// Where the question mark is.
  private var mark: Int? { fields.index(of: UInt8(ascii: "?"), in: targetPiece) }
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
