internal import HTTP
internal import RPC
internal import RPCTransport

/// What of a REST request's headers reaches a handler, and what of its metadata reaches the caller.
enum RESTHeaders {
  /// Hop-by-hop fields and what a proxy says about the caller never become metadata.
  private static let requestNames = FieldNames([
    "authorization", "accept-language", "idempotency-key", "if-match", "traceparent",
    "tracestate", "x-request-id", "user-agent",
  ])

  private static let responseNames: Set<String> = [
    "cache-control", "content-disposition", "content-language", "etag", "last-modified",
    "location", "retry-after", "set-cookie",
  ]

  /// A handler asks for another status than 200 by this name in its initial metadata.
  private static let statusName = "http-status"

  static func metadata(_ fields: HTTPFields) -> Metadata {
    var metadata = Metadata(receivedIn: fields.bytes)
    var offset = 0
    while let entry = fields.next(&offset) {
      guard requestNames.contains(entry, of: fields), fields.isPrintable(entry) else { continue }
      metadata.addReceived(
        start: entry.start, nameCount: entry.nameCount, valueCount: entry.valueCount)
    }
    return metadata
  }

  /// The head of a response out of its metadata.
  static func response(_ metadata: Metadata) -> HTTPResponseHead {
    var head = HTTPResponseHead(status: 200)
    for entry in metadata.entries {
      if entry.name == statusName, let asked = Int(entry.value), (200...299).contains(asked) {
        head.status = asked
      } else if responseNames.contains(entry.name) {
        head.fields.add(entry.name, entry.value)
      }
    }
    return head
  }

  /// The time a caller gives; nil when it says nothing.
  static func timeout(_ fields: HTTPFields) throws(Refusal) -> Duration? {
    if let text = fields["grpc-timeout"] {
      guard let timeout = Timeout.parse(text) else {
        throw .badRequest("malformed grpc-timeout")
      }
      return timeout
    }
    if let text = fields["request-timeout-ms"] {
      guard let value = digits(text) else {
        throw .badRequest("malformed request-timeout-ms")
      }
      return .milliseconds(value)
    }
    return nil
  }

  /// One to eight digits.
  private static func digits(_ text: String) -> Int64? {
    guard (1...8).contains(text.utf8.count),
      text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return Int64(text)
  }
}
