internal import Codings
internal import HTTP
internal import RPC

/// What the head of a request says, read once and without side effects.
enum GRPCRequest {
  /// A call, as far as its head goes.
  case call(GRPCCall)
  /// Not gRPC: an HTTP answer without a status of ours.
  case refuse(status: Int, allow: String?, reason: String)
  /// gRPC that cannot run: a status without a message.
  case fail(RPCError, path: String)

  /// Whether a request is for the gRPC door: any method and version, the type decides.
  static func isGRPC(contentType: String?) -> Bool {
    guard let contentType else { return false }
    return MediaType(contentType) != .other
  }

  init(_ head: HTTPRequestHead) {
    var call = GRPCCall(path: head.target, metadata: Metadata(receivedIn: head.fields.bytes))
    var contentType: MediaType?
    var encoding: String?
    var failure: RPCError?
    for entry in head.fields.entries {
      switch FieldKind(head.fields, entry) {
      case .contentType:
        contentType = MediaType(head.fields.value(entry))
      case .timeout:
        if let timeout = Timeout.parse(head.fields.value(entry)) {
          call.timeout = timeout
        } else {
          failure = RPCError(.internal, "malformed grpc-timeout", reason: "MALFORMED_TIMEOUT")
        }
      case .encoding:
        encoding = head.fields.value(entry)
      case .protocolOwn: continue
      case .custom:
        if head.fields.isBinary(entry), !GRPCRequest.isBase64(head.fields.bytes[entry.value]) {
          failure = RPCError(
            .internal, "metadata \(head.fields.text(entry).name) is not base64",
            reason: "MALFORMED_METADATA")
        }
        call.metadata.addReceived(
          start: entry.start, nameCount: entry.nameCount, valueCount: entry.valueCount)
      }
    }
    switch contentType {
    case nil, .other, .otherCodec:
      self = .refuse(
        status: 415, allow: nil, reason: "this needs content-type application/grpc")
      return
    case .proto: break
    }
    guard head.version == .http2 else {
      self = .refuse(status: 505, allow: nil, reason: "gRPC needs HTTP/2")
      return
    }
    guard head.method == "POST" else {
      self = .refuse(status: 405, allow: "POST", reason: "gRPC needs POST")
      return
    }
    if let encoding, encoding != "identity" {
      call.coding = Coding(name: encoding)
      if call.coding == nil {
        failure = RPCError(
          .unimplemented, "messages compressed with \(encoding.prefix(32)) are not understood",
          reason: "UNKNOWN_COMPRESSION")
      }
    }
    if let failure {
      self = .fail(failure, path: head.target)
    } else {
      self = .call(call)
    }
  }

  private static func isBase64(_ value: ArraySlice<UInt8>) -> Bool {
    value.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      .allSatisfy { Base64.decode($0) != nil }
  }
}

/// The head of a call.
struct GRPCCall {
  let path: String
  var timeout: Duration?
  /// What the client's compressed messages are compressed with.
  var coding: Coding?
  var metadata: Metadata
}

/// What a content type means for this door.
private enum MediaType {
  /// `application/grpc`, `application/grpc+proto`, with or without parameters.
  case proto
  /// gRPC with messages in another form.
  case otherCodec
  /// Anything else, `application/grpc-web` among it.
  case other

  init(_ text: String) {
    if text == "application/grpc" || text == "application/grpc+proto" {
      self = .proto
      return
    }
    let name = text.prefix { $0 != ";" && $0 != " " }.lowercased()
    switch name {
    case "application/grpc", "application/grpc+proto": self = .proto
    case _ where name.hasPrefix("application/grpc+"): self = .otherCodec
    default: self = .other
    }
  }
}

/// What a header field means for a call. Told by length first: most fields of a call are the
/// protocol's own and never become strings.
private enum FieldKind {
  case contentType
  case timeout
  case encoding
  /// Of use to HTTP or to gRPC itself, not to a handler.
  case protocolOwn
  /// Metadata.
  case custom

  init(_ fields: HTTPFields, _ entry: HTTPFields.Entry) {
    let name = entry.name
    switch name.count {
    case 2 where fields.has("te", at: name): self = .protocolOwn
    case 4 where fields.has("host", at: name): self = .protocolOwn
    case 12 where fields.has("content-type", at: name): self = .contentType
    case 12 where fields.has("grpc-timeout", at: name): self = .timeout
    case 13 where fields.has("grpc-encoding", at: name): self = .encoding
    case 14 where fields.has("content-length", at: name): self = .protocolOwn
    case 5... where fields.has("grpc-", at: name): self = .protocolOwn
    default: self = .custom
    }
  }
}

extension HTTPFields {
  fileprivate func value(_ entry: Entry) -> String {
    String(decoding: bytes[entry.value], as: UTF8.self)
  }

  /// Whether the name ends in `-bin`.
  fileprivate func isBinary(_ entry: Entry) -> Bool {
    entry.nameCount > 4 && has("-bin", at: entry.name.upperBound - 4..<entry.name.upperBound)
  }

  /// Whether the bytes of a range begin with `text`, which is not longer than the range.
  fileprivate func has(_ text: String, at range: Range<Int>) -> Bool {
    var index = range.lowerBound
    for byte in text.utf8 {
      if bytes[index] != byte { return false }
      index += 1
    }
    return true
  }
}
