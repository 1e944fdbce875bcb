internal import HTTP
internal import RPC
internal import RPCTransport
internal import Testing

@Suite("The end of a stream under a call")
struct StreamEndTests {
  @Test(
    "has its status, and a reason where the code alone does not say it",
    arguments: [
      (.reset(code: 8), .cancelled, "CANCELLED"), (.connectionLost, .cancelled, "CANCELLED"),
      // Not DEADLINE_EXCEEDED: the call may have had all the time in the world.
      (.timedOut, .cancelled, "PEER_TIMED_OUT"),
      (.cancelled, .cancelled, "CANCELLED"), (.finished, .cancelled, "CANCELLED"),
      (.bodyTooLarge(limit: 1), .resourceExhausted, "MESSAGE_TOO_LONG"),
      (.overloaded, .resourceExhausted, "OVERLOADED"),
      (.malformedBody, .invalidArgument, "MALFORMED_BODY"),
    ] as [(HTTPStreamError, RPCCode, String)])
  func meaning(end: HTTPStreamError, code: RPCCode, reason: String) {
    let error = RPCError(end)
    #expect(error.code == code)
    #expect(error.reason == reason)
  }
}
