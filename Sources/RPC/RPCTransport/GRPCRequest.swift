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
    var call = GRPCCall(path: head.target)
    var contentType: MediaType?
    var encoding: String?
    var failure: RPCError?
    for field in head.fields.entries {
      switch field.name {
      case "content-type":
        contentType = MediaType(field.value)
      case "grpc-timeout":
        if let timeout = Timeout.parse(field.value) {
          call.timeout = timeout
        } else {
          failure = RPCError(.internal, "malformed grpc-timeout", reason: "MALFORMED_TIMEOUT")
        }
      case "grpc-encoding":
        encoding = field.value
      case "te", "host", "content-length":
        continue
      default:
        guard !field.name.hasPrefix("grpc-") else { continue }
        if field.name.hasSuffix("-bin"), !GRPCRequest.isBase64(field.value) {
          failure = RPCError(
            .internal, "metadata \(field.name) is not base64", reason: "MALFORMED_METADATA")
        }
        call.metadata.addReceived(field.name, field.value)
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
      failure = RPCError(
        .unimplemented, "messages compressed with \(encoding.prefix(32)) are not understood",
        reason: "UNKNOWN_COMPRESSION")
    }
    if let failure {
      self = .fail(failure, path: head.target)
    } else {
      self = .call(call)
    }
  }

  private static func isBase64(_ value: String) -> Bool {
    value.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      .allSatisfy { Base64.decode($0) != nil }
  }
}

/// The head of a call.
struct GRPCCall {
  let path: String
  var timeout: Duration?
  var metadata = Metadata()
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
