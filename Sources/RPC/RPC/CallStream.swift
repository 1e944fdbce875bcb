/// The door's side of a call, at the level of bytes: one encoded message at a time.
///
/// One task reads and one writes; they may be the same.
package protocol CallStream: AnyObject, Sendable {
  /// The next request message; `nil` when the caller sends no more.
  func nextMessage() async throws(RPCError) -> [UInt8]?

  /// Sends a response message; suspends while the caller does not take more.
  func send(_ message: [UInt8]) async throws(RPCError)

  /// As above; without `compress` the message travels as it is, whatever holds for the call.
  func send(_ message: [UInt8], compress: Bool) async throws(RPCError)

  /// Sends a response message if that needs no waiting; false when it has not been sent.
  func sendNow(_ message: Span<UInt8>, compress: Bool) throws(RPCError) -> Bool
}

extension CallStream {
  /// For doors that do not compress single messages.
  package func send(_ message: [UInt8], compress: Bool) async throws(RPCError) {
    try await send(message)
  }

  /// For doors whose streams are short.
  package func sendNow(_ message: Span<UInt8>, compress: Bool) throws(RPCError) -> Bool { false }
}
