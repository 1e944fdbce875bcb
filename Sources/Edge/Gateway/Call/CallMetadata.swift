internal import HTTP
internal import RPC
internal import RPCTransport

/// Header fields as metadata, for the doors that pass on all that is not HTTP's own.
enum CallMetadata {
  /// About the message, the connection or the browser, not about the call.
  private static let plumbing = FieldNames([
    "accept", "accept-charset", "accept-encoding", "accept-ranges", "age", "allow", "alt-svc",
    "cache-control", "connection", "content-encoding", "content-length", "content-type", "cookie",
    "date", "dnt", "expect", "forwarded", "host", "keep-alive", "origin", "pragma", "priority",
    "proxy-authorization", "proxy-connection", "referer", "te", "trailer", "transfer-encoding",
    "upgrade", "upgrade-insecure-requests", "vary", "via", "x-grpc-web", "x-real-ip",
    "x-user-agent",
  ])

  private static let reserved = [
    "access-control-", "connect-", "grpc-", "sec-", "trailer-", "x-forwarded-",
  ].map { Array($0.utf8) }

  /// What of a request a handler sees. A value that could not be echoed is dropped; bytes that are
  /// no base64 fail the call.
  static func read(_ fields: HTTPFields) throws(RPCError) -> Metadata {
    var metadata = Metadata(receivedIn: fields.bytes)
    var offset = 0
    while let entry = fields.next(&offset) {
      guard isCustom(entry, of: fields), fields.isPrintable(entry) else { continue }
      if fields.bytes[entry.name].suffix(4).elementsEqual("-bin".utf8),
        !Metadata.isBinary(fields.bytes[entry.value])
      {
        throw RPCError(
          .internal, "metadata \(fields.text(entry).name) is not base64",
          reason: "MALFORMED_METADATA")
      }
      metadata.addReceived(
        start: entry.start, nameCount: entry.nameCount, valueCount: entry.valueCount)
    }
    return metadata
  }

  private static func isCustom(_ entry: HTTPFields.Entry, of fields: HTTPFields) -> Bool {
    guard !plumbing.contains(entry, of: fields) else { return false }
    let name = fields.bytes[entry.name]
    return !reserved.contains { name.starts(with: $0) }
  }

  /// The entries of an answer's metadata that may go out: a reserved name, or a value a peer would
  /// reject, is left out, so that echoing something odd cannot break the answer.
  static func written(_ metadata: Metadata) -> [Metadata.Entry] {
    metadata.entries.filter { entry in
      GRPCName.isCustom(entry.name) && !entry.name.hasPrefix("connect-")
        && !entry.name.hasPrefix("access-control-") && GRPCName.isValue(entry.value)
    }
  }
}

extension HTTPFields {
  /// Adds what of an answer's metadata may go out.
  mutating func add(_ metadata: Metadata, prefix: String = "") {
    guard !metadata.isEmpty else { return }
    for entry in CallMetadata.written(metadata) { add(prefix + entry.name, entry.value) }
  }
}
