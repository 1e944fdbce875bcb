public import Wire

/// Sends the responses of a streaming call.
public struct ResponseWriter<Response: Message>: Sendable {
  private let stream: any CallStream

  init(_ stream: any CallStream) { self.stream = stream }

  /// Sends one response. Suspends while the caller does not take more, and throws when it is gone.
  ///
  /// Without `compress` it travels as it is; with it, as ``ServerContext/responseCompression`` says.
  public func write(_ response: Response, compress: Bool = true) async throws(RPCError) {
    guard let message = try unsent(response, compress: compress) else { return }
    try await stream.send(message, compress: compress)
  }

  /// Sends the response if that needs no waiting, as most do not; otherwise it is returned.
  private func unsent(_ response: Response, compress: Bool) throws(RPCError) -> [UInt8]? {
    var unsent: [UInt8]?
    var failure: RPCError?
    response.withWireBytes { message in
      do throws(RPCError) {
        if try !stream.sendNow(message, compress: compress) { unsent = Array(copying: message) }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return unsent
  }
}
