@testable internal import RPC
@testable internal import RPCTransport
internal import Testing

@Suite("CallTimeout")
struct CallTimeoutTests {
  @Test(
    "is the caller's wish, within what a unary call may take",
    arguments: [
      (nil, nil, .unary, nil), (nil, 5, .unary, (5, false)), (3, nil, .unary, (3, true)),
      (3, 5, .unary, (3, true)), (5, 5, .unary, (5, true)), (6, 5, .unary, (5, false)),
      (0, 5, .unary, (0, true)), (nil, 5, .serverStreaming, nil),
      (6, 5, .clientStreaming, (6, true)), (6, 5, .bidirectional, (6, true)),
    ] as [(Int?, Int?, MethodKind, (seconds: Int, isCallers: Bool)?)])
  func bounds(
    asked: Int?, most: Int?, kind: MethodKind, expected: (seconds: Int, isCallers: Bool)?
  ) {
    let timeout = CallTimeout(
      asked: asked.map { .seconds($0) }, kind, unaryMax: most.map { .seconds($0) })
    #expect(timeout?.duration == expected.map { .seconds($0.seconds) })
    #expect(timeout?.isCallers == expected?.isCallers)
  }

  @Test("a client waits until the earlier of a time and an instant")
  func options() {
    let now = ContinuousClock.now
    let (soon, late) = (now + .seconds(60), now + .seconds(6_000))
    #expect(CallOptions().effectiveDeadline == nil)
    #expect(CallOptions(deadline: soon).effectiveDeadline == soon)
    #expect(CallOptions(timeout: .seconds(600), deadline: soon).effectiveDeadline == soon)
    let end = CallOptions(timeout: .seconds(600), deadline: late).effectiveDeadline
    #expect(end.map { $0 > soon && $0 < late } == true)
  }
}
