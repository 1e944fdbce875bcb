internal import HTTP
internal import RPC
@testable internal import RPCTransport
internal import Testing

@Suite("GRPCOutcome")
struct GRPCOutcomeTests {
  private func error(_ status: Int = 200, _ fields: [(String, String)]) -> RPCError? {
    var trailers = HTTPFields()
    for (name, value) in fields { trailers.add(name, value) }
    return GRPCOutcome.error(httpStatus: status, trailers: trailers)
  }

  @Test("an error survives its way through the trailers, all of it but the log's part")
  func roundTrip() {
    var sent = RPCError(
      .failedPrecondition, "über 100 %\n", reason: "NOT_NOW", metadata: ["a": "b"],
      detail: "secret")
    sent.add(Echo(text: "detail"))
    sent.metadata.add("x-trailer", "kept")
    let trailers = GRPCFields.trailersOnly(sent, Metadata())
    #expect(!trailers.contains { $0.value.contains("secret") })
    let received = GRPCOutcome.error(httpStatus: 200, trailers: trailers)
    #expect(received?.code == .failedPrecondition)
    #expect(received?.message == "über 100 %\n")
    #expect(received?.details == sent.details)
    #expect(received?.metadata == ["x-trailer": "kept"])
    #expect(received?.reason == "NOT_NOW")
  }

  @Test("grpc-status wins over the HTTP status, which counts only without it")
  func status() {
    #expect(error(500, [("grpc-status", "0")]) == nil)
    #expect(error(200, [("grpc-status", "5")])?.code == .notFound)
    #expect(error(503, [])?.code == .unavailable)
    #expect(error(200, [])?.code == .unknown)
  }

  @Test("a number without a meaning is UNKNOWN and kept for the reader")
  func unknownNumber() {
    let found = error(200, [("grpc-status", "77"), ("grpc-message", "odd")])
    #expect(found?.code == .unknown)
    #expect(found?.message == "odd (grpc-status 77)")
  }

  @Test("garbled details do not hide the status")
  func garbled() {
    for text in ["!", "/w", ""] {
      let found = error(200, [("grpc-status", "3"), ("grpc-status-details-bin", text)])
      #expect(found?.code == .invalidArgument)
      #expect(found?.details == [])
    }
  }
}
