internal import RPC
internal import Telemetry
internal import TestHarness
internal import Testing

@Suite("Calls of no method")
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
}
