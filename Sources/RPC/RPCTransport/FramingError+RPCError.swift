internal import Codings
package import RPC

extension RPCError {
  /// What a peer is told about its bytes.
  package init(_ error: FramingError) {
    switch error {
    case .unknownFlag(let flag):
      self = .malformedFrame("the compressed flag of a message is \(flag), not 0 or 1")
    case .compressed:
      self = .malformedFrame("a message is compressed and the head names no coding")
    case .messageTooLong(let bytes, let bytesMax):
      self = .messageTooLong(bytes: bytes, bytesMax: bytesMax)
    case .inflatesTooLong(let bytesMax):
      self = .messageInflatesTooLong(bytesMax: bytesMax)
    case .corrupt(let coding):
      self = .malformedFrame("a compressed message is not valid \(coding.rawValue)")
    case .truncated:
      self = .malformedFrame("the stream ended within a message")
    }
  }

  /// The bytes of a stream are not messages.
  package static func malformedFrame(_ problem: String) -> RPCError {
    RPCError(.internal, problem, reason: "MALFORMED_FRAME")
  }
}

extension RPCError {
  /// A request, or one of its messages, is longer than we take.
  package static func messageTooLong(bytes: Int?, bytesMax: Int) -> RPCError {
    let message = bytes.map { "a message of \($0) bytes" } ?? "a message"
    return tooLong("\(message) is longer than the limit of \(bytesMax)", bytesMax)
  }

  /// A compressed message would be longer than we take.
  package static func messageInflatesTooLong(bytesMax: Int) -> RPCError {
    tooLong("a compressed message inflates to more than the limit of \(bytesMax) bytes", bytesMax)
  }

  private static func tooLong(_ message: String, _ bytesMax: Int) -> RPCError {
    RPCError(
      .resourceExhausted, message, reason: "MESSAGE_TOO_LONG",
      metadata: ["limit_bytes": String(bytesMax)])
  }
}
