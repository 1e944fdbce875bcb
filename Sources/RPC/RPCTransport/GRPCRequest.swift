internal import Codings
private import Glibc
internal import HTTP
internal import RPC

/// What the head of a request says, read once and without side effects.
enum GRPCRequest {
  /// A call, as far as its head goes.
  case call(GRPCCall)
  /// Not gRPC: an HTTP answer without a status of ours.
  case refuse(status: Int, allow: String?, reason: String)
  /// gRPC that cannot run: a status without a message.
  case fail(RPCError)

  /// Whether a request is for the gRPC door: any method and version, the type decides.
  static func isGRPC(contentType: String?) -> Bool {
    guard let contentType else { return false }
    return MediaType(contentType) != .other
  }

  init(_ head: HTTPRequestHead) {
    let fields = head.fields
    var call = GRPCCall(metadata: Metadata(receivedIn: fields.bytes))
    var contentType: MediaType?
    var encoding: String?
    var failure: RPCError?
    let bytes = fields.bytes.span
    var offset = 0
    while let entry = fields.next(&offset) {
      switch FieldKind(bytes, entry) {
      case .contentType:
        contentType =
          MediaType(bytes.extracting(entry.value)) ?? MediaType(fields.value(entry))
      case .timeout:
        if let timeout = Timeout.parse(fields.value(entry)) {
          call.timeout = timeout
        } else {
          failure = RPCError(.internal, "malformed grpc-timeout", reason: "MALFORMED_TIMEOUT")
        }
      case .encoding:
        encoding = fields.value(entry)
      case .protocolOwn: continue
      case .custom:
        if fields.isBinary(entry), !Metadata.isBinary(fields.bytes[entry.value]) {
          failure = RPCError(
            .internal, "metadata \(fields.text(entry).name) is not base64",
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
    guard case .http2 = head.version else {
      self = .refuse(status: 505, allow: nil, reason: "gRPC needs HTTP/2")
      return
    }
    guard head.isPost else {
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
      self = .fail(failure)
    } else {
      self = .call(call)
    }
  }
}

/// The head of a call.
struct GRPCCall {
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

  /// Nil for what is not one of the two names that all clients use.
  init?(_ bytes: Span<UInt8>) {
    switch bytes.count {
    case 16 where bytes.has("application/grpc", at: 0): self = .proto
    case 22 where bytes.has("application/grpc+proto", at: 0): self = .proto
    default: return nil
    }
  }

  init(_ text: String) {
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

  init(_ bytes: Span<UInt8>, _ entry: HTTPFields.Entry) {
    let start = Int(entry.start)
    switch entry.nameCount {
    case 2 where bytes.has("te", at: start): self = .protocolOwn
    case 4 where bytes.has("host", at: start): self = .protocolOwn
    case 12 where bytes.has("content-type", at: start): self = .contentType
    case 12 where bytes.has("grpc-timeout", at: start): self = .timeout
    case 13 where bytes.has("grpc-encoding", at: start): self = .encoding
    case 14 where bytes.has("content-length", at: start): self = .protocolOwn
    // Retries are no secret to a handler (gRFC A6).
    case 26 where bytes.has("grpc-previous-rpc-attempts", at: start): self = .custom
    case 5... where bytes.has("grpc-", at: start): self = .protocolOwn
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
    entry.nameCount > 4 && bytes.span.has("-bin", at: entry.name.upperBound - 4)
  }
}

extension Span where Element == UInt8 {
  /// Whether `text` is there at `start`, where there are at least as many bytes.
  fileprivate func has(_ text: StaticString, at start: Int) -> Bool {
    precondition(start >= 0 && start + text.utf8CodeUnitCount <= count, "behind the end")
    return unsafe withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return false }
      return unsafe memcmp(base + start, text.utf8Start, text.utf8CodeUnitCount) == 0
    }
  }
}
