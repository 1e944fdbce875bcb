internal import RPC
internal import Telemetry
internal import TestHarness
internal import Testing

@Suite("Calls of no method, and of too many", .timeLimit(.minutes(1)))
struct RefusedCallTests {
  @Test("are all counted, and get some lines of the log")
  func lines() {
    let lines = Journal()
    let metrics = Metrics()
    let log = Logger(level: .info) { lines.add($0) }
    let telemetry = CallTelemetry(log: log, metrics: metrics)
    for number in 0..<100 {
      telemetry.refused(
        RPCError(.unimplemented, "no such method"), door: .grpc, path: "/a.B/\(number)", peer: "p")
    }
    #expect(lines.entries.count == RefusalLog.linesMax)
    #expect(
      metrics.renderPrometheus().split(separator: "\n").contains {
        $0.hasPrefix("klinke_rpc_calls_total{") && $0.contains("other") && $0.hasSuffix(" 100")
      })
  }

  @Test("those for which there is no room are all counted, and get some lines of the log")
  func exhausted() async throws {
    let lines = Journal()
    let metrics = Metrics()
    let telemetry = CallTelemetry(log: Logger(level: .info) { lines.add($0) }, metrics: metrics)
    var router = Router(interceptors: [], telemetry: telemetry)
    router.unary(EchoMethods.fail) { (_, _) async throws(RPCError) in
      throw RPCError(.resourceExhausted, "there is no room", reason: "NO_ROOM")
    }
    let transport = InProcessTransport(router: router)
    for _ in 0..<100 {
      await #expect(throws: RPCError.self) { try await transport.unary(EchoMethods.fail, Echo()) }
    }
    #expect(lines.entries.count == RefusalLog.linesMax)
    #expect(
      metrics.renderPrometheus().split(separator: "\n").contains {
        $0.hasPrefix("klinke_rpc_calls_total{code=\"RESOURCE_EXHAUSTED\"") && $0.hasSuffix(" 100")
      })
  }
}
