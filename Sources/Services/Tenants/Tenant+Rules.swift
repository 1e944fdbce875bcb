internal import Platform
internal import RPC
internal import TenantAPI

/// What a tenant may be named and set to.
enum TenantRules {
  static let reasonMax = 500

  static func check(
    displayName: String, _ faults: inout Violations, path: String
  ) {
    faults.checkLength(displayName, path, 1...120)
  }

  static func check(region: String, _ faults: inout Violations, path: String) {
    faults.check(
      PhoneNumber.regions.contains(region), path,
      "must be one of \(PhoneNumber.regions.joined(separator: ", "))")
  }

  /// A language and perhaps a region, as in `de` and `de-AT` (BCP 47, the part we use).
  static func check(locale: String, _ faults: inout Violations, path: String) {
    let parts = locale.split(separator: "-", omittingEmptySubsequences: false)
    let isLanguage = { (text: Substring) in
      (2...3).contains(text.utf8.count)
        && text.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
    }
    let isRegion = { (text: Substring) in
      text.utf8.count == 2
        && text.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    }
    let isGood =
      switch parts.count {
      case 1: isLanguage(parts[0])
      case 2: isLanguage(parts[0]) && isRegion(parts[1])
      default: false
      }
    faults.check(isGood, path, "must be a language like de or de-AT")
  }

  static func check(userLimit: Int32, _ faults: inout Violations, path: String) {
    faults.check((1...10_000).contains(userLimit), path, "must be 1 to 10000")
  }
}

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
