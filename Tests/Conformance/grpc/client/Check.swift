internal import InteropMessages
internal import RPC

/// Fails the case unless a condition holds.
func check(
  _ condition: Bool, _ words: @autoclosure () -> String
) throws(RPCError) {
  if !condition { throw RPCError(.dataLoss, words()) }
}

/// Runs what must end with an error of this code, and returns the error.
@discardableResult
func expect(
  _ code: RPCCode, _ what: String, _ body: () async throws(RPCError) -> Void
) async throws(RPCError) -> RPCError {
  do throws(RPCError) {
    try await body()
  } catch {
    try check(error.code == code, "\(what) ended with \(error) in place of \(code.name)")
    return error
  }
  throw RPCError(.dataLoss, "\(what) succeeded in place of \(code.name)")
}

/// Bytes of zero.
func zeros(_ count: Int) -> Payload { Payload(body: [UInt8](repeating: 0, count: count)) }

/// The large request with an answer that is larger than the windows.
enum Large {
  static let requestBytes = 271_828
  static let responseBytes = 314_159

  static var request: SimpleRequest {
    SimpleRequest(responseSize: Int32(responseBytes), payload: zeros(requestBytes))
  }

  static func check(_ response: SimpleResponse) throws(RPCError) {
    guard response.payload == zeros(responseBytes) else {
      throw RPCError(.dataLoss, "the answer is not \(responseBytes) bytes of zero")
    }
  }
}
