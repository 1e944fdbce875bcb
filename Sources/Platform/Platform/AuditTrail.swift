private import Synchronization

package import RPC

/// What the audit row of a call will say, gathered while the call runs.
///
/// A change writes the row itself, in its own transaction, so that both happen or neither. What is
/// left (refusals, and methods that change nothing) is written by ``AuditInterceptor`` afterwards.
package final class AuditTrail: Sendable {
  private struct State {
    var tenant: TenantID?
    var resourceType = ""
    var resourceID = ""
    var actor: Caller?
    var reason = ""
    var isWritten = false
    var isDismissed = false
  }

  private let state = Mutex(State())

  package init() {}

  /// Names what the call is about.
  package func note<Kind>(_ id: EntityID<Kind>, in tenant: TenantID) {
    state.withLock { state in
      state.tenant = tenant
      state.resourceType = Kind.name
      state.resourceID = id.text
    }
  }

  /// Names whose data the call is about.
  package func note(tenant: TenantID) { state.withLock { $0.tenant = tenant } }

  /// Names who acts, where that is found out on the way: by the access token, and at login.
  package func note(actor: Caller, in tenant: TenantID) {
    state.withLock { state in
      state.actor = actor
      state.tenant = tenant
    }
  }

  /// Keeps why somebody does it, in their own words.
  package func note(reason: String) { state.withLock { $0.reason = reason } }

  /// The row of this call, with the outcome given.
  package func event(_ context: ServerContext, outcome: String) -> AuditEvent? {
    let state = state.withLock { $0 }
    let caller = state.actor ?? context.caller
    guard let tenant = state.tenant ?? caller.homeTenant else {
      return nil
    }
    return AuditEvent(
      tenant: tenant, actor: caller, method: "\(context.method.service)/\(context.method.name)",
      resourceType: state.resourceType, resourceID: state.resourceID, outcome: outcome,
      requestID: context.requestID, door: context.door.auditName, reason: state.reason)
  }

  package var isWritten: Bool { state.withLock { $0.isWritten } }

  package func markWritten() { state.withLock { $0.isWritten = true } }

  /// Whether the call leaves no row.
  package var isDismissed: Bool { state.withLock { $0.isDismissed } }

  /// The call is refused for want of room before anybody has looked at what it asks. It leaves no row:
  /// that would cost more than the call, just when there is too much to do.
  package func dismiss() { state.withLock { $0.isDismissed = true } }

  /// The transaction that held the row was undone.
  package func markUnwritten() { state.withLock { $0.isWritten = false } }
}

/// One thing that somebody did or tried to do.
package struct AuditEvent: Sendable, Hashable {
  package var tenant: TenantID
  package var actor: Caller
  package var method: String
  package var resourceType: String
  package var resourceID: String
  package var outcome: String
  package var requestID: String
  package var door: String
  package var reason: String
}

package enum AuditTrailKey: ContextKey {
  package static var defaultValue: AuditTrail? { nil }
}

extension Caller {
  /// The kind and the id of an audit row's actor.
  package var auditActor: (kind: String, id: String) {
    switch self {
    case .anonymous: ("anonymous", "")
    case .user(let id, _, _): ("user", id.text)
    case .service(let name): ("service", name)
    case .webhook(let provider, _): ("webhook", provider)
    }
  }

  /// The tenant whose audit list shows what the caller does when nothing else names one.
  var homeTenant: TenantID? {
    switch self {
    case .user(_, let tenant, _): tenant
    case .webhook(_, let tenant): tenant
    case .service: .platform
    case .anonymous: nil
    }
  }
}

extension Door {
  var auditName: String {
    switch self {
    case .inProcess: "in_process"
    case .grpcWeb: "grpc_web"
    case .grpc, .rest, .webhook, .connect: rawValue
    }
  }
}
