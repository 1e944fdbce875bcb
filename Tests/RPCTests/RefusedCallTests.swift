internal import RPC
internal import Synchronization
internal import Telemetry
internal import Testing

@Suite("Calls of no method")
struct RefusedCallTests {
  @Test("are all counted, and get some lines of the log")
  func lines() {
    let lines = Mutex<[String]>([])
    let metrics = Metrics()
    let log = Logger(level: .info) { line in lines.withLock { $0.append(line) } }
    let telemetry = CallTelemetry(log: log, metrics: metrics)
    for number in 0..<100 {
      telemetry.refused(
        RPCError(.unimplemented, "no such method"), door: .grpc, path: "/a.B/\(number)", peer: "p")
    }
    #expect(lines.withLock { $0.count } == RefusalLog.linesMax)
    #expect(
      metrics.renderPrometheus().split(separator: "\n").contains {
        $0.hasPrefix("klinke_rpc_calls_total{") && $0.contains("other") && $0.hasSuffix(" 100")
      })
  }
}
