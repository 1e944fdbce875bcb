public import Wire

/// A method with both its types, so that client, router and doors cannot disagree about them.
public struct MethodDescriptor<Request: Message, Response: Message>: Sendable {
  /// What the contract says about it.
  public let info: MethodInfo

  /// A method of the contract.
  public init(_ info: MethodInfo) { self.info = info }
}

/// What every generated server protocol refines.
public protocol RPCService: Sendable {}

extension Message {
  /// Decodes what a caller sent. The words of the error name the message, not the bytes.
  public init(request bytes: [UInt8]) throws(RPCError) {
    do {
      self = try Self(wireBytes: bytes)
    } catch {
      throw RPCError(
        .invalidArgument, "malformed request: \(Self.protoName): \(error)",
        reason: "MALFORMED_REQUEST")
    }
  }

  /// Encodes what a handler answers.
  @inlinable
  public func responseBytes() -> [UInt8] { wireBytes() }

  /// Decodes what a server answered.
  init(response bytes: [UInt8]) throws(RPCError) {
    do {
      self = try Self(wireBytes: bytes)
    } catch {
      throw RPCError(
        .internal, "malformed response: \(Self.protoName): \(error)",
        reason: "MALFORMED_RESPONSE")
    }
  }
}
