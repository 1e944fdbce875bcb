internal import HTTP
internal import RPC
@testable internal import RPCTransport
internal import Testing

@Suite("size of trailers", .timeLimit(.minutes(5)))
struct TrailerSizeTests {
  private func received(_ error: RPCError) -> (error: RPCError?, size: Int) {
    let trailers = GRPCFields.trailersOnly(error, Metadata())
    return (GRPCOutcome.error(httpStatus: 200, trailers: trailers), trailers.listSize)
  }

  @Test("an error that fits is not touched")
  func fits() {
    let message = String(repeating: "x", count: RPCError.messageBytesMax)
    let error = RPCError(.notFound, message)
    #expect(error.fittingTrailers == error)
    #expect(received(error).error?.message == message)
  }

  @Test(
    "a message that does not is cut between two characters",
    arguments: ["x", "ä", "\u{1f469}\u{200d}\u{1f4bb}"])
  func message(character: String) {
    let long = String(repeating: character, count: 40_000 / character.utf8.count)
    let (error, size) = received(RPCError(.notFound, long, reason: "KEPT"))
    #expect(size <= 8_192)
    #expect(error?.reason == "KEPT")
    let kept = error?.message.dropLast() ?? ""
    #expect(error?.message.last == "…")
    #expect(kept.utf8.count > RPCError.messageBytesMax - 32)
    #expect(kept.allSatisfy { String($0) == character })
  }

  @Test("the largest details are left out, and the reason stays")
  func details() {
    var error = RPCError(.invalidArgument, "many", reason: "MANY_VIOLATIONS")
    error.add(Echo(text: String(repeating: "y", count: 100_000)))
    error.add(RequestInfo(requestID: "kept"))
    let (found, size) = received(error)
    #expect(size <= 8_192)
    #expect(found?.reason == "MANY_VIOLATIONS")
    #expect(found?.detail(RequestInfo.self)?.requestID == "kept")
    #expect(found?.detail(Echo.self) == nil)
  }

  @Test("a refusal of HTTP has a form for gRPC and none for others")
  func refusal() {
    let door = GRPCHandler(router: Router())
    let fields = door.refusal(of: ["content-type": "application/grpc"], reason: "too much")
    #expect(fields?["grpc-status"] == "8")
    #expect(fields?["grpc-message"] == "too much")
    #expect(door.refusal(of: ["content-type": "application/json"], reason: "too much") == nil)
    #expect(door.refusal(of: [:], reason: "too much") == nil)
  }
}
