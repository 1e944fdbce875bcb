internal import HTTP
internal import RPC

extension HTTPExchange {
  /// The longest rest of a refused request that is read, and for how long.
  private static let discardedBytesMax = 16 << 20
  private static let discardingMax = Duration.seconds(2)

  /// Reads what is left of a request that will be refused, and throws it away.
  ///
  /// Many clients do not look at an answer before they have sent everything, and some (curl 7.88
  /// over HTTP/2) lose one that comes earlier.
  func discardRequest() async {
    // Whoever asks before it sends is told before it sends.
    guard !isRequestComplete, !head.fields.contains("expect") else { return }
    do throws(RPCError) {
      try await withDeadline(.now + Self.discardingMax) { () async throws(RPCError) in
        var left = Self.discardedBytesMax
        // An error here is another end of the request.
        while left > 0, let bytes = try? await self.readBody() { left -= bytes.count }
      }
    } catch {
      // The client is slow or gone. The answer is sent either way.
    }
  }
}
