package import RPC
private import Synchronization
package import Telemetry

/// Decides whether one more call of a tenant may run; a place for quotas that are not ours to know.
package protocol RateLimiter: Sendable {
  /// Returns to let the call run, or throws what its caller is told: RESOURCE_EXHAUSTED, with a
  /// `RetryInfo` if it is known when to come again.
  func admit(_ method: MethodInfo, of tenant: TenantID) async throws(RPCError)
}

/// Keeps one tenant from taking the whole server, and knows who is busy.
///
/// It stands behind ``PolicyInterceptor``, which finds out the tenant; calls without one pass, and so
/// do those that a handler makes in process. A refusal is counted, but leaves no audit row and now and
/// then a line in the log only: refusing must cost less than serving.
package final class TenantLoad: ServerInterceptor {
  /// What one tenant has done in the last minute or two.
  package struct Figures: Sendable, Hashable {
    package let tenant: TenantID
    package let callsPerMinute: Int
    package let running: Int
  }

  /// Calls of a minute and of the one before it.
  private struct Entry {
    var running = 0
    var minute: Int64 = 0
    var calls = 0
    var callsBefore = 0

    mutating func advance(to now: Int64) {
      guard now > minute else { return }
      callsBefore = now == minute + 1 ? calls : 0
      calls = 0
      minute = now
    }
  }

  private let runningMax: Int
  /// Tenants that are remembered; above it those that are not busy are forgotten.
  private let tenantsMax: Int
  private let limiter: (any RateLimiter)?
  private let refusals: Counter
  private let log: Logger
  private let refusalLog = SharedRefusalLog()
  private let now: @Sendable () -> ContinuousClock.Instant
  private let start: ContinuousClock.Instant
  private let entries = Mutex<[TenantID: Entry]>([:])

  package init(
    runningMax: Int, tenantsMax: Int = 10_000, limiter: (any RateLimiter)? = nil,
    log: Logger = .silent, metrics: Metrics = Metrics(),
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) {
    self.runningMax = runningMax
    self.tenantsMax = tenantsMax
    self.limiter = limiter
    self.log = log
    self.now = now
    start = now()
    refusals = metrics.counter(
      "klinke_tenant_calls_refused_total",
      help: "Calls refused because too many of their tenant were running.")
  }

  package func intercept(
    _ message: [UInt8]?, context: ServerContext, next: Next
  ) async throws(RPCError) -> [UInt8]? {
    // A call on behalf of another has its place already, and must not wait for one half-way.
    guard context.door != .inProcess,
      let tenant = context[TenantScopeKey.self] ?? context.caller.boundTenant
    else { return try await next(message, context) }
    guard enter(tenant) else {
      context[AuditTrailKey.self]?.dismiss()
      throw refusal(of: context.method, tenant)
    }
    defer { leave(tenant) }
    do throws(RPCError) {
      try await limiter?.admit(context.method, of: tenant)
    } catch {
      context[AuditTrailKey.self]?.dismiss()
      throw error
    }
    return try await next(message, context)
  }

  /// The busiest tenants, first the one with the most calls.
  package func busiest(_ count: Int) -> [Figures] {
    let minute = minute
    let all = entries.withLock { entries in
      entries.map { tenant, entry in
        var entry = entry
        entry.advance(to: minute)
        return Figures(
          tenant: tenant, callsPerMinute: max(entry.calls, entry.callsBefore),
          running: entry.running)
      }
    }
    return Array(
      all.filter { $0.callsPerMinute > 0 || $0.running > 0 }
        .sorted {
          ($0.callsPerMinute, $0.running, $1.tenant.text) > (
            $1.callsPerMinute, $1.running, $0.tenant.text
          )
        }.prefix(count))
  }

  private var minute: Int64 { (now() - start).components.seconds / 60 }

  private func enter(_ tenant: TenantID) -> Bool {
    let minute = minute
    return entries.withLock { entries in
      if entries[tenant] == nil, entries.count >= tenantsMax { makeRoom(in: &entries, minute) }
      var entry = entries[tenant] ?? Entry()
      guard entry.running < runningMax else { return false }
      entry.advance(to: minute)
      entry.running += 1
      entry.calls += 1
      entries[tenant] = entry
      return true
    }
  }

  /// Forgets who has done nothing lately, and if that does not help everybody who does nothing now.
  private func makeRoom(in entries: inout [TenantID: Entry], _ minute: Int64) {
    entries = entries.filter { $0.value.running > 0 || $0.value.minute >= minute - 1 }
    guard entries.count >= tenantsMax else { return }
    entries = entries.filter { $0.value.running > 0 }
  }

  private func leave(_ tenant: TenantID) {
    entries.withLock { $0[tenant]?.running -= 1 }
  }

  private func refusal(of method: MethodInfo, _ tenant: TenantID) -> RPCError {
    refusals.add()
    if log.level <= .info, let suppressed = refusalLog.admit("running_calls", now: now()) {
      var fields: LogFields = [
        "tenant_id": .string(tenant.text), "method": .string(method.path),
        "cause": "running_calls",
      ]
      fields.add(notLogged: suppressed)
      log.info("tenant.refused", fields)
    }
    return RPCError(
      .resourceExhausted, "\(runningMax) calls of this tenant are running; wait for one to end",
      reason: "TENANT_TOO_BUSY", metadata: ["running_max": String(runningMax)])
  }
}
