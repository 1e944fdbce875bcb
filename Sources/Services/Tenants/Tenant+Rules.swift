internal import Platform
internal import RPC
internal import TenantAPI

/// The life of a tenant: pending → approved | rejected, approved ⇄ suspended.
enum TenantTransition: Sendable {
  case approve
  case suspend
  case reactivate

  /// The state a tenant gets, or the refusal; the same state again is no change.
  func result(from state: TenantState) throws(RPCError) -> TenantState {
    switch (self, state) {
    case (.approve, .pending), (.approve, .approved): return .approved
    case (.suspend, .approved), (.suspend, .suspended): return .suspended
    case (.reactivate, .suspended), (.reactivate, .approved): return .approved
    case (.approve, _), (.suspend, _), (.reactivate, _):
      throw RPCError(
        .failedPrecondition, "a tenant in state \(state.word) cannot be \(pastWord)",
        reason: "TENANT_STATE", metadata: ["state": state.word])
    }
  }

  private var pastWord: String {
    switch self {
    case .approve: "approved"
    case .suspend: "suspended"
    case .reactivate: "reactivated"
    }
  }
}

extension TenantState {
  /// The word in the database and in messages.
  var word: String {
    switch self {
    case .pending: "pending"
    case .approved: "approved"
    case .rejected: "rejected"
    case .suspended: "suspended"
    case .unspecified, .unrecognized: "unknown"
    }
  }

  init(word: String) {
    let known: [TenantState] = [.pending, .approved, .rejected, .suspended]
    self = known.first { $0.word == word } ?? .unspecified
  }
}
