/// Blocks of header fields as HPACK writes them, without Huffman.
enum HeaderBlock {
  /// How a field goes into the table of the other side (RFC 7541 section 6.2).
  enum Form: UInt8 {
    case indexed = 0x40
    case plain = 0
    case never = 0x10
  }

  static func field(_ name: [UInt8], _ value: [UInt8], _ form: Form = .plain) -> [UInt8] {
    [form.rawValue] + text(name) + text(value)
  }

  static func fields(_ fields: [(String, String)], _ form: Form = .plain) -> [UInt8] {
    fields.flatMap { field(Array($0.0.utf8), Array($0.1.utf8), form) }
  }

  private static func text(_ bytes: [UInt8]) -> [UInt8] { integer(bytes.count) + bytes }

  /// A number behind seven bits of its first byte (RFC 7541 section 5.1).
  private static func integer(_ value: Int) -> [UInt8] {
    guard value >= 127 else { return [UInt8(value)] }
    var bytes: [UInt8] = [127]
    var rest = value - 127
    while rest >= 128 {
      bytes.append(UInt8(rest % 128 + 128))
      rest /= 128
    }
    return bytes + [UInt8(rest)]
  }
}

/// What requests and answers begin with, where an input does not say it byte for byte.
enum Templates {
  static let methods = [
    "Echo", "Pour", "Drink", "Talk", "Hold", "Deaf", "Fail", "Nothing",
  ]

  /// Heads of requests to every door.
  static func request(_ kind: UInt8, method: UInt8) -> [(String, String)] {
    let path = Service.path(methods[Int(method) % methods.count])
    switch kind % 12 {
    case 0: return post(path, "application/grpc", [("te", "trailers")])
    case 1: return post(path, "application/grpc+proto", [("grpc-encoding", "gzip")])
    case 2: return post(path, "application/grpc-web+proto")
    case 3:
      return post(path, "application/grpc-web-text", [("accept", "application/grpc-web-text")])
    case 4: return post(path, "application/proto", [("connect-protocol-version", "1")])
    case 5: return post(path, "application/connect+proto")
    case 6: return post(path, "application/json")
    case 7: return post(path, "application/connect+json", [("connect-accept-encoding", "gzip")])
    case 8: return head("GET", path + "?encoding=json&message=%22AAAA%22&connect=v1")
    case 9: return post("/v1/books", "application/json")
    case 10: return head("GET", "/v1/items/7/shelves/a%2Fb?optional_bool=true")
    default: return post("/hooks/twilio?step=1", "application/x-www-form-urlencoded")
    }
  }

  private static func head(_ method: String, _ path: String) -> [(String, String)] {
    [(":method", method), (":scheme", "http"), (":path", path), (":authority", "localhost")]
  }

  private static func post(
    _ path: String, _ type: String, _ more: [(String, String)] = []
  ) -> [(String, String)] {
    head("POST", path) + [("content-type", type)] + more
  }

  /// Heads of answers to a call.
  static func response(_ kind: UInt8) -> [(String, String)] {
    switch kind % 8 {
    case 0: [(":status", "200"), ("content-type", "application/grpc")]
    case 1: [(":status", "200"), ("content-type", "application/grpc"), ("grpc-encoding", "gzip")]
    case 2: [("grpc-status", "0")]
    case 3: [("grpc-status", "14"), ("grpc-message", "later%20%25"), ("x-last", "1")]
    case 4: [(":status", "200"), ("content-type", "application/grpc"), ("grpc-status", "9")]
    case 5: [(":status", "103"), ("link", "</a>")]
    case 6: [(":status", "503"), ("content-type", "text/html"), ("retry-after", "1")]
    default: [("grpc-status", "8"), ("grpc-status-details-bin", "CAgSAm5v")]
    }
  }

  /// Names of fields that mean something to a door.
  static let names = [
    "grpc-timeout", "grpc-encoding", "grpc-accept-encoding", "x-data-bin", "traceparent",
    "connect-timeout-ms", "connect-content-encoding", "content-encoding", "accept", "origin",
    "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "content-length", "te", "cookie",
    "authorization", "x-request-id", "x-http-method-override", "x-server-timeout", "host",
    "content-type", "x-twilio-signature", "stripe-signature", "transfer-encoding", "expect",
    "connection", "accept-encoding", "grpc-retry-pushback-ms", "grpc-status", "grpc-message",
    "access-control-request-method",
  ]
}
