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

  /// Notes of which tenant a call is.
  private struct Scoping: ServerInterceptor {
    let tenant: TenantID

    func intercept(
      _ message: [UInt8]?, context: ServerContext, next: Next
    ) async throws(RPCError) -> [UInt8]? {
      var context = context
      context[TenantScopeKey.self] = tenant
      context[AuditTrailKey.self]?.note(tenant: tenant)
      return try await next(message, context)
    }
  }

  @Test("refusals are all counted, but leave no audit row and only some lines of the log")
  func cheap() async {
    let lines = Mutex<[String]>([])
    let rows = Mutex<[String]>([])
    let log = Logger(level: .info) { line in lines.withLock { $0.append(line) } }
    let metrics = Metrics()
    let start = ContinuousClock.now
    var router = Router(
      interceptors: [
        AuditInterceptor(log: log) { (event) async throws(RPCError) in
          rows.withLock { $0.append(event.outcome) }
        },
        Scoping(tenant: one),
        TenantLoad(runningMax: 0, log: log, metrics: metrics, now: { start }),
      ], telemetry: CallTelemetry(log: log, metrics: metrics))
    let method = MethodDescriptor<ErrorInfo, ErrorInfo>(
      MethodInfo(
        service: "test.Service", name: "Method", requestType: "test.Request",
        responseType: "test.Response", policy: MethodPolicy(access: .anyone, scope: .tenant),
        audited: true))
    router.unary(method) { (request, _) async throws(RPCError) in request }
    for _ in 0..<100 {
      guard let registered = router.method(path: method.info.path) else { return }
      let context = ServerContext(method: method.info, door: .grpc)
      let answer = try? await router.serveUnary(registered, message: [], context: context)
      #expect(answer == nil)
    }
    #expect(metrics.renderPrometheus().contains("klinke_tenant_calls_refused_total 100\n"))
    #expect(rows.withLock { $0 } == [])
    let refused = lines.withLock { $0.count { $0.contains("tenant.refused") } }
    #expect(refused == RefusalLog.linesMax)
    // Those are of the wall clock, which may have gone on for some intervals.
    let failed = lines.withLock { $0.count { $0.contains("rpc.failed") } }
    #expect(failed >= RefusalLog.linesMax && failed <= 5 * RefusalLog.linesMax)
  }

  @Test("above so many tenants those that are not busy are forgotten, the longest idle first")
  func forgets() async throws {
    let clock = Clock()
    let load = TenantLoad(runningMax: 10, tenantsMax: 2, now: { clock.now })
    _ = await nested(1, load, one)
    clock.advance(by: .seconds(120))
    _ = await nested(1, load, other)
    let third = TenantID.random()
    _ = await nested(1, load, third)
    // The first had not called for a minute.
    #expect(Set(load.busiest(10).map(\.tenant)) == [other, third])
    // When all have called lately, those that run nothing go; whoever runs something is kept, also
    // above the limit.
    _ = try await load.intercept([], context: context(other)) {
      (_, _) async throws(RPCError) -> [UInt8]? in
      _ = await nested(1, load, one)
      #expect(Set(load.busiest(10).map(\.tenant)) == [one, other])
      _ = try await load.intercept([], context: context(one)) {
        (_, _) async throws(RPCError) -> [UInt8]? in
        _ = await nested(1, load, third)
        #expect(Set(load.busiest(10).map(\.tenant)) == [one, other, third])
        return []
      }
      return []
    }
    #expect(load.busiest(10).allSatisfy { $0.running == 0 })
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
