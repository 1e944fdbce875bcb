internal import IdentityAPI
internal import Platform
internal import RPC
internal import TenantAPI
internal import Testing

@testable internal import Calls
@testable internal import Tenants
@testable internal import Usage

@Suite("Rules", .timeLimit(.minutes(5)))
struct RuleTableTests {
  // MARK: Tenants

  @Test(
    "a tenant moves as its life allows",
    arguments: [
      (TenantTransition.approve, TenantState.pending, TenantState.approved),
      (.approve, .approved, .approved), (.approve, .suspended, nil), (.approve, .rejected, nil),
      (.suspend, .approved, .suspended), (.suspend, .suspended, .suspended),
      (.suspend, .pending, nil), (.suspend, .rejected, nil),
      (.reactivate, .suspended, .approved), (.reactivate, .approved, .approved),
      (.reactivate, .pending, nil), (.reactivate, .rejected, nil), (.approve, .unspecified, nil),
    ] as [(TenantTransition, TenantState, TenantState?)])
  func transitions(move: TenantTransition, from: TenantState, to: TenantState?) async throws {
    if let to {
      #expect(try move.result(from: from) == to)
    } else {
      let error = await refusal { try move.result(from: from) }
      #expect(error?.code == .failedPrecondition)
      #expect(error?.reason == "TENANT_STATE")
    }
  }

  @Test(
    "the words of the states are those of the database",
    arguments: [
      TenantState.pending, .approved, .rejected, .suspended,
    ])
  func stateWords(state: TenantState) { #expect(TenantState(word: state.word) == state) }

  @Test(
    "a locale is a language, or a language and a region; none is the default",
    arguments: [
      ("de", true), ("de-AT", true), ("gsw-CH", true), ("", true), ("DE", false), ("d", false),
      ("de-at", false), ("de_AT", false), ("de-", false), ("de-AT-x", false), ("ger1", false),
      ("dé-DE", false),
    ])
  func locales(text: String, isGood: Bool) {
    let faults = declaredFaults(of: CreateTenantRequest(displayName: "x", locale: text))
    #expect(faults == (isGood ? [] : ["locale string.pattern"]))
  }

  // MARK: Users

  @Test(
    "an e-mail address has a name, an @ and a domain with a dot",
    arguments: [
      ("a@b.de", true), ("eva.müller@example.com", true), ("a+b@c.d.e", true), ("", false),
      ("a", false), ("a@b", false), ("@b.de", false), ("a@.de", false), ("a@b.", false),
      ("a@b@c.de", false), ("a b@c.de", false), ("a@b.de\n", false), ("a\u{0}@b.de", false),
      ("a@b.de\u{7f}", false), (String(repeating: "x", count: 249) + "@b.de", true),
      (String(repeating: "x", count: 250) + "@b.de", false),
    ])
  func emails(text: String, isGood: Bool) {
    let faults = declaredFaults(
      of: CreateUserRequest(email: text, role: .customerUser, password: "0123456789"))
    #expect(faults.isEmpty == isGood)
    #expect(faults.allSatisfy { $0 == "email string.pattern" || $0 == "email string.max_len" })
  }

  // MARK: Calls

  @Test(
    "a carrier's seconds are whole, from nothing to a day",
    arguments: [
      ("", 0), ("0", 0), ("59", 59), ("0059", 59), ("86400", 86_400), ("86401", nil), ("-1", nil),
      ("1.5", nil), ("1e3", nil), (" 1", nil), ("0x10", nil), ("٣", nil),
      ("99999999999999999999", nil), ("\u{0}", nil),
    ] as [(String, Int?)])
  func seconds(text: String, value: Int?) {
    var faults = Violations()
    #expect(CallSeconds.read(text, "CallDuration", &faults) == value ?? 0)
    #expect(faults.isEmpty == (value != nil))
  }

  // MARK: Usage

  @Test(
    "a period is a month or everything",
    arguments: [
      ("", "", .current), ("month", "", .current), ("all", "", .all),
      ("month", "2026-11", .month("2026-11-01")), ("", "0001-12", .month("0001-12-01")),
      ("all", "2026-11", nil), ("", "2026-13", nil), ("", "2026-00", nil), ("", "0000-01", nil),
      ("", "2026-1", nil), ("", "2026-11-01", nil), ("", "2026/11", nil), ("", "2026-1\u{0}", nil),
      ("", "20é-11", nil), ("year", "", nil), ("ALL", "", nil),
    ] as [(String, String, UsagePeriod?)])
  func periods(range: String, month: String, period: UsagePeriod?) async throws {
    if let period {
      #expect(try UsagePeriod(range: range, month: month) == period)
    } else {
      #expect(
        await refusal { try UsagePeriod(range: range, month: month) }?.code == .invalidArgument)
    }
  }
}
