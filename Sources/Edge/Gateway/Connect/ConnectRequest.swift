internal import HTTP
internal import RPC
internal import Schema

/// What the head of a request to the path of a method says, read once and without side effects.
enum ConnectRequest {
  /// A bare message in the body.
  case unary(ConnectCodec)
  /// Envelopes both ways.
  case stream(ConnectCodec)
  /// A message in the query.
  case get(ConnectQuery)
  /// Not a Connect call, or one that the method does not take.
  case refuse(ConnectRefusal)

  init(_ head: HTTPRequestHead, kind: MethodKind, idempotency: Idempotency) {
    let isUnary = kind == .unary
    let isReadable = isUnary && idempotency == .noSideEffects
    switch head.method {
    case "POST": self = .post(head, isUnary: isUnary, isBidirectional: kind == .bidirectional)
    case "GET" where isReadable, "HEAD" where isReadable:
      do throws(ConnectRefusal) {
        self = .get(try ConnectQuery(head.queryBytes ?? []))
      } catch {
        self = .refuse(error)
      }
    default: self = .refuse(.method(allowed: isReadable ? "GET, HEAD, POST" : "POST"))
    }
  }

  private static func post(
    _ head: HTTPRequestHead, isUnary: Bool, isBidirectional: Bool
  ) -> ConnectRequest {
    let type = ConnectType(head.fields["content-type"])
    switch (type, isUnary) {
    case (.unary(let codec)?, true): return .unary(codec)
    case (.stream(let codec)?, false):
      guard !isBidirectional || head.version == .http2 else { return .refuse(.needsHTTP2) }
      return .stream(codec)
    case (nil, _), (.unary?, false), (.stream?, true): return .refuse(.type(isUnary: isUnary))
    }
  }
}

/// How messages travel.
enum ConnectCodec: String, Sendable {
  case proto
  case json
}

/// What a content type means for this door.
enum ConnectType: Hashable {
  case unary(ConnectCodec)
  case stream(ConnectCodec)

  init?(_ text: String?) {
    guard let text else { return nil }
    switch text {
    // As nearly everybody writes them.
    case "application/proto": self = .unary(.proto)
    case "application/json": self = .unary(.json)
    default: self.init(parsing: text)
    }
  }

  private init?(parsing text: String) {
    switch MediaType(inUTF8: text)?.name {
    case "application/proto": self = .unary(.proto)
    case "application/json": self = .unary(.json)
    case "application/connect+proto": self = .stream(.proto)
    case "application/connect+json": self = .stream(.json)
    default: return nil
    }
  }

  var name: String {
    switch self {
    case .unary(let codec): "application/\(codec.rawValue)"
    case .stream(let codec): "application/connect+\(codec.rawValue)"
    }
  }
}

/// The query of a call by GET.
struct ConnectQuery {
  let codec: ConnectCodec
  let message: [UInt8]
  let compression: String?

  init(_ query: ArraySlice<UInt8>) throws(ConnectRefusal) {
    guard let parameters = PercentCoding.parameters(query) else {
      throw .malformed("the query is not valid percent-encoded UTF-8")
    }
    var values: [String: String] = [:]
    for (name, text) in parameters {
      // Whoever reads a repeated parameter another way would see another call.
      guard values.updateValue(text, forKey: name) == nil || !Self.names.contains(name) else {
        throw .malformed("the query has \(name) more than once")
      }
    }
    guard let codec = values["encoding"].flatMap(ConnectCodec.init) else { throw .encoding }
    guard let message = values["message"] else { throw .malformed("the query has no message") }
    if let version = values["connect"], version != "v1" {
      throw .malformed("the query has connect=\(version.prefix(20)), we speak v1")
    }
    if values["base64"] == "1" {
      guard let bytes = Base64.decode(message.utf8, .either) else {
        throw .malformed("the message of the query is not base64")
      }
      self.message = bytes
    } else {
      self.message = Array(message.utf8)
    }
    self.codec = codec
    compression = values["compression"]
  }

  private static let names: Set<String> = [
    "message", "encoding", "base64", "compression", "connect",
  ]
}

/// Why a request cannot become a call, as HTTP says it.
struct ConnectRefusal: Error {
  let error: RPCError
  let status: Int
  var fields = HTTPFields()

  static func malformed(_ problem: String) -> ConnectRefusal {
    ConnectRefusal(
      error: RPCError(.invalidArgument, problem, reason: "MALFORMED_REQUEST"), status: 400)
  }

  static func method(allowed: String) -> ConnectRefusal {
    ConnectRefusal(
      error: RPCError(
        .unimplemented, "this method takes \(allowed) only", reason: "METHOD_NOT_ALLOWED"),
      status: 405, fields: ["allow": allowed])
  }

  static func type(isUnary: Bool) -> ConnectRefusal {
    let make = isUnary ? ConnectType.unary : ConnectType.stream
    let types = "\(make(.proto).name), \(make(.json).name)"
    return ConnectRefusal(
      error: RPCError(
        .invalidArgument, "this method takes content-type \(types)",
        reason: "UNSUPPORTED_MEDIA_TYPE"),
      status: 415, fields: ["accept-post": types])
  }

  static var encoding: ConnectRefusal {
    ConnectRefusal(
      error: RPCError(
        .invalidArgument, "the query needs encoding=proto or encoding=json",
        reason: "UNSUPPORTED_MEDIA_TYPE"),
      status: 415)
  }

  static var needsHTTP2: ConnectRefusal {
    ConnectRefusal(
      error: RPCError(
        .unimplemented, "this method streams both ways and needs HTTP/2", reason: "NEEDS_HTTP2"),
      status: 505)
  }
}
