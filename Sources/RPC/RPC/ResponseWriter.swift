public import Wire

/// Sends the responses of a streaming call.
public struct ResponseWriter<Response: Message>: Sendable {
  private let stream: any CallStream

  init(_ stream: any CallStream) { self.stream = stream }

  /// Sends one response. Suspends while the caller does not take more, and throws when it is gone.
  ///
  /// Without `compress` it travels as it is; with it, as ``ServerContext/responseCompression`` says.
  public func write(_ response: Response, compress: Bool = true) async throws(RPCError) {
    let message = response.wireBytes()
    if try stream.sendNow(message, compress: compress) { return }
    try await stream.send(message, compress: compress)
  }
}
