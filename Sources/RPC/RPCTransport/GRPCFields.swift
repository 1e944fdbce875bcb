internal import Codings
internal import HTTP
internal import RPC
internal import Schema

/// Metadata and statuses as header fields.
enum GRPCFields {
  /// The head of every answer that has nothing more to say.
  static let response: HTTPFields = ["content-type": "application/grpc"]

  /// The trailers of a success that has nothing more to say.
  static let succeeded: HTTPFields = ["grpc-status": "0"]

  /// What we understand, for `grpc-accept-encoding`.
  static let acceptedCodings = (["identity"] + Coding.allCases.map(\.rawValue)).joined(
    separator: ",")

  /// The head of an answer to a call that may have compressed messages, either way.
  static func response(
    _ metadata: Metadata, requests: Coding?, responses: Coding?
  ) -> HTTPFields {
    if requests == nil && responses == nil { return response(metadata) }
    var fields = response
    if let responses { fields.add("grpc-encoding", responses.rawValue) }
    // A client that compresses cannot have known that we understand it.
    if requests != nil { fields.add("grpc-accept-encoding", acceptedCodings) }
    fields.add(metadata)
    return fields
  }

  static func response(_ metadata: Metadata) -> HTTPFields {
    if metadata.isEmpty { return response }
    var fields = response
    fields.add(metadata)
    return fields
  }

  /// The trailers of a call that ended with `error`, or well.
  static func trailers(_ error: RPCError?, _ metadata: Metadata) -> HTTPFields {
    guard let error else {
      if metadata.isEmpty { return succeeded }
      var fields = succeeded
      fields.add(metadata)
      return fields
    }
    var fields = HTTPFields()
    fields.add(error, metadata)
    return fields
  }

  /// One block that is head and trailers: an error before anything was sent.
  static func trailersOnly(_ error: RPCError, _ metadata: Metadata) -> HTTPFields {
    var fields = response
    fields.add(error, metadata)
    if error.reason == "UNKNOWN_COMPRESSION" {
      fields.add("grpc-accept-encoding", acceptedCodings)
    }
    return fields
  }
}

extension GRPCFields {
  /// The answer to a call that HTTP refuses before it is one. Its HTTP status says the same to
  /// others; a gRPC client would otherwise have to guess a cause from that.
  static func refusal(_ reason: String) -> HTTPFields {
    var fields = response
    fields.add("grpc-status", String(RPCCode.resourceExhausted.rawValue))
    fields.add("grpc-message", StatusMessage.encode(reason))
    return fields
  }
}

extension HTTPFields {
  fileprivate mutating func add(_ error: RPCError, _ metadata: Metadata) {
    let error = error.fittingTrailers
    add("grpc-status", String(error.code.rawValue))
    if !error.message.isEmpty { add("grpc-message", StatusMessage.encode(error.message)) }
    if !error.details.isEmpty {
      add("grpc-status-details-bin", Base64.text(error.statusBytes))
    }
    add(error.metadata)
    add(metadata)
  }

  /// Appends what may go out: a reserved name, or a value a peer would reject, is left out, so that
  /// echoing something odd cannot break the answer.
  mutating func add(_ metadata: Metadata) {
    for entry in metadata.entries
    where GRPCName.isCustom(entry.name) && GRPCName.isValue(entry.value) {
      add(entry.name, entry.value)
    }
  }
}

/// Which names and values metadata may have on the wire.
package enum GRPCName {
  /// With an error: when the client may try again, or that it may not. The one reserved name that a
  /// handler sets.
  static let pushback = "grpc-retry-pushback-ms"

  package static func isCustom(_ name: String) -> Bool {
    switch name {
    case "content-type", "te", "host", "content-length", "connection", "transfer-encoding",
      "upgrade", "keep-alive", "proxy-connection":
      return false
    default:
      return !name.isEmpty && (!name.hasPrefix("grpc-") || name == pushback)
        && name.utf8.allSatisfy(isNameByte)
    }
  }

  package static func isValue(_ value: String) -> Bool {
    value.utf8.allSatisfy { (0x20...0x7e).contains($0) }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
      true
    default: false
    }
  }
}
