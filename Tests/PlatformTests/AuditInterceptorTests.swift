internal import RPC
internal import Synchronization
internal import Telemetry
internal import Testing

@testable internal import Platform

@Suite("AuditInterceptor", .timeLimit(.minutes(1)))
struct AuditInterceptorTests {
  private final class Ending: Interruptible {
    let isInterrupted: Bool
    init(_ isInterrupted: Bool) { self.isInterrupted = isInterrupted }
  }

  @Test(
    "the row of a cancelled call says why it was cancelled, as its caller is told",
    arguments: [
      (true, false, "UNAVAILABLE"), (true, true, "UNAVAILABLE"),
      (false, true, "DEADLINE_EXCEEDED"), (false, false, "CANCELLED"),
    ])
  func outcome(isInterrupted: Bool, isLate: Bool, outcome: String) async {
    let outcomes = Mutex<[String]>([])
    let audit = AuditInterceptor(log: .silent) { (event) async throws(RPCError) in
      outcomes.withLock { $0.append(event.outcome) }
    }
    let method = MethodReference(
      MethodInfo(
        service: "test.Service", name: "Method", requestType: "test.Request",
        responseType: "test.Response", policy: MethodPolicy(access: .anyone, scope: .tenant),
        audited: true))
    let now = Moment.now
    let context = ServerContext(
      method: method, metadata: Metadata(), deadline: isLate ? now : now + .seconds(600),
      peer: "test", door: .grpc, requestID: nil, end: Ending(isInterrupted))
    let tenant = TenantID.random()
    do throws(RPCError) {
      _ = try await audit.intercept([], context: context) {
        (_, context) async throws(RPCError) -> [UInt8]? in
        context[AuditTrailKey.self]?.note(tenant: tenant)
        throw .cancelled
      }
      Issue.record("the error is gone")
    } catch {
      // What the router makes of it is for the door.
      #expect(error.code == .cancelled)
    }
    #expect(outcomes.withLock { $0 } == [outcome])
  }
}
