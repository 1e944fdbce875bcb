internal import RPC
internal import Synchronization
internal import Telemetry
internal import Testing

@testable internal import Platform

@Suite("TenantLoad", .timeLimit(.minutes(1)))
struct TenantLoadTests {
  private let one = TenantID.random()
  private let other = TenantID.random()

  /// A clock that is set by hand.
  private final class Clock: Sendable {
    private let storage = Mutex(ContinuousClock.now)
    var now: ContinuousClock.Instant { storage.withLock { $0 } }
    func advance(by duration: Duration) { storage.withLock { $0 += duration } }
  }

  private struct Refusing: RateLimiter {
    let tenant: TenantID

    func admit(_ method: MethodInfo, of tenant: TenantID) async throws(RPCError) {
      if tenant == self.tenant {
        throw RPCError(.resourceExhausted, "too often", reason: "TOO_OFTEN")
      }
    }
  }

  private func context(_ tenant: TenantID?, _ door: Door = .grpc) -> ServerContext {
    var context = ServerContext(
      method: MethodInfo(
        service: "test.Service", name: "Method", requestType: "test.Request",
        responseType: "test.Response", policy: MethodPolicy(access: .anyone, scope: .tenant)),
      door: door)
    context[TenantScopeKey.self] = tenant
    return context
  }

  /// Runs so many calls of a tenant at once and returns the reason of the first refusal.
  private func nested(_ count: Int, _ load: TenantLoad, _ tenant: TenantID?) async -> String? {
    guard count > 0 else { return nil }
    do throws(RPCError) {
      var inner: String?
      _ = try await load.intercept([], context: context(tenant)) {
        (_, _) async throws(RPCError) -> [UInt8]? in
        inner = await nested(count - 1, load, tenant)
        return []
      }
      return inner
    } catch {
      return error.reason
    }
  }

  @Test("a call that a handler makes in process needs no place of its own")
  func inProcess() async throws {
    let load = TenantLoad(runningMax: 1)
    var reached = false
    _ = try await load.intercept([], context: context(one)) {
      (_, _) async throws(RPCError) -> [UInt8]? in
      try await load.intercept([], context: context(one, .inProcess)) {
        (_, _) async throws(RPCError) -> [UInt8]? in
        reached = true
        return []
      }
    }
    #expect(reached)
    #expect(load.busiest(1).first?.callsPerMinute == 1)
  }

  @Test("a tenant may run as many calls at once as the limit says, and not one more")
  func limit() async {
    let metrics = Metrics()
    let load = TenantLoad(runningMax: 3, metrics: metrics)
    #expect(await nested(3, load, one) == nil)
    #expect(await nested(4, load, one) == "TENANT_TOO_BUSY")
    #expect(metrics.renderPrometheus().contains("klinke_tenant_calls_refused_total 1\n"))
    // What was refused or has ended takes no place.
    #expect(await nested(3, load, one) == nil)
    #expect(load.busiest(1).first?.running == 0)
  }

  @Test("a busy tenant is nobody else's problem, and calls without a tenant are nobody's")
  func apart() async throws {
    let load = TenantLoad(runningMax: 1)
    var reasons: [String?] = []
    _ = try await load.intercept([], context: context(one)) {
      (_, _) async throws(RPCError) -> [UInt8]? in
      reasons = [
        await nested(1, load, other), await nested(5, load, nil), await nested(1, load, one),
      ]
      return []
    }
    #expect(reasons == [nil, nil, "TENANT_TOO_BUSY"])
  }

  @Test("a limiter of another kind is asked, and its refusal is the caller's answer")
  func hook() async {
    let load = TenantLoad(runningMax: 10, limiter: Refusing(tenant: one))
    #expect(await nested(1, load, one) == "TOO_OFTEN")
    #expect(await nested(1, load, other) == nil)
    #expect(load.busiest(2).allSatisfy { $0.running == 0 })
  }

  @Test("the busiest tenants are those of the last minutes")
  func busiest() async {
    let clock = Clock()
    let load = TenantLoad(runningMax: 10, now: { clock.now })
    for _ in 0..<5 { _ = await nested(1, load, one) }
    for _ in 0..<2 { _ = await nested(1, load, other) }
    #expect(load.busiest(10).map(\.tenant) == [one, other])
    #expect(load.busiest(10).map(\.callsPerMinute) == [5, 2])
    #expect(load.busiest(1).map(\.tenant) == [one])
    clock.advance(by: .seconds(60))
    _ = await nested(1, load, other)
    #expect(load.busiest(10).map(\.callsPerMinute) == [5, 2])
    clock.advance(by: .seconds(60))
    #expect(load.busiest(10).map(\.tenant) == [other])
    clock.advance(by: .seconds(120))
    #expect(load.busiest(10).isEmpty)
  }
}
