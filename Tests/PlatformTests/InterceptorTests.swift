internal import RPC
internal import Testing
internal import Wire

@testable internal import Platform

/// A directory with one approved and one suspended tenant.
private struct FakeDirectory: AccessDirectory {
  var states: [TenantID: String] = [:]
  var activeUsers: Set<UserID> = []

  func standing(of user: UserID, in tenant: TenantID) async throws(RPCError) -> Standing? {
    guard let state = states[tenant] else { return nil }
    return Standing(userActive: activeUsers.contains(user), tenantState: state)
  }

  func tenantState(_ tenant: TenantID) async throws(RPCError) -> String? { states[tenant] }
}

private func method(
  access: MethodPolicy.Access, scope: MethodPolicy.Scope, tenantField: Int = 0,
  webhook: WebhookInfo? = nil
) -> MethodInfo {
  MethodInfo(
    service: "test.Service", name: "Method", requestType: "test.Request",
    responseType: "test.Response",
    policy: MethodPolicy(access: access, scope: scope, tenantField: tenantField), webhook: webhook)
}

private func request(tenant: String) -> [UInt8] {
  var builder = WireBuilder()
  if !tenant.isEmpty { builder.appendString(field: 1, tenant) }
  return builder.bytes
}

@Suite("PolicyInterceptor", .timeLimit(.minutes(1)))
struct PolicyInterceptorTests {
  private let own = TenantID.random()
  private let other = TenantID.random()
  private var policy: PolicyInterceptor {
    PolicyInterceptor(directory: FakeDirectory(states: [own: "approved", other: "approved"]))
  }

  /// The tenant the handler would work in, or the refusal.
  private func outcome(
    _ caller: Caller, _ method: MethodInfo, _ message: [UInt8] = []
  ) async -> Result<TenantID?, RPCError> {
    var context = ServerContext(method: method)
    context[CallerKey.self] = caller
    var seen: TenantID?
    do throws(RPCError) {
      _ = try await policy.intercept(message, context: context) {
        (_, context) async throws(RPCError) -> [UInt8]? in
        seen = context[TenantScopeKey.self]
        return []
      }
      return .success(seen)
    } catch {
      return .failure(error)
    }
  }

  private func code(_ result: Result<TenantID?, RPCError>) -> RPCCode? {
    if case .failure(let error) = result { error.code } else { nil }
  }

  private func user(_ role: Role, _ tenant: TenantID) -> Caller {
    .user(id: .random(), tenant: tenant, role: role)
  }

  @Test("lets only the named roles in", arguments: Role.allCases)
  func roles(role: Role) async {
    let allowed: RoleSet = [.platformAdmin, .support]
    let result = await outcome(
      user(role, own), method(access: .roles(allowed), scope: .platform))
    #expect(code(result) == (allowed.contains(RoleSet(role)) ? nil : .permissionDenied))
  }

  @Test("asks strangers for credentials")
  func anonymous() async {
    let result = await outcome(
      .anonymous, method(access: .roles([.platformAdmin]), scope: .platform))
    #expect(code(result) == .unauthenticated)
  }

  @Test("a webhook's method takes only that provider's webhooks")
  func webhooks() async {
    let info = method(
      access: .webhook, scope: .none, webhook: WebhookInfo(provider: "twilio", payload: .form))
    #expect(code(await outcome(.webhook(provider: "twilio", tenant: nil), info)) == nil)
    #expect(
      code(await outcome(.webhook(provider: "stripe", tenant: nil), info)) == .unauthenticated)
    #expect(code(await outcome(.anonymous, info)) == .unauthenticated)
    #expect(code(await outcome(user(.platformAdmin, own), info)) == .unauthenticated)
  }

  @Test("a webhook's signature opens no other method")
  func webhookElsewhere() async {
    let result = await outcome(
      .webhook(provider: "twilio", tenant: own),
      method(access: .roles([.customerAdmin]), scope: .tenant, tenantField: 1))
    #expect(code(result) == .unauthenticated)
  }

  @Test("a tenant's user works in the own tenant, named or not")
  func ownTenant() async throws {
    let info = method(access: .roles([.customerAdmin]), scope: .tenant, tenantField: 1)
    let caller = user(.customerAdmin, own)
    #expect(try await outcome(caller, info).get() == own)
    #expect(try await outcome(caller, info, request(tenant: own.text)).get() == own)
    #expect(try await outcome(caller, info, request(tenant: own.text.uppercased())).get() == own)
  }

  @Test("a tenant's user cannot name another tenant")
  func foreignTenant() async {
    let info = method(access: .roles([.customerAdmin]), scope: .tenant, tenantField: 1)
    let caller = user(.customerAdmin, own)
    for named in [other, .random(), .platform] {
      let result = await outcome(caller, info, request(tenant: named.text))
      #expect(code(result) == .permissionDenied)
    }
    #expect(code(await outcome(caller, info, request(tenant: "x"))) == .invalidArgument)
  }

  @Test("the last of several tenant_id fields counts, as it does for the handler")
  func lastFieldWins() async {
    let info = method(access: .roles([.customerAdmin]), scope: .tenant, tenantField: 1)
    let message = request(tenant: own.text) + request(tenant: other.text)
    #expect(code(await outcome(user(.customerAdmin, own), info, message)) == .permissionDenied)
  }

  @Test("a platform administrator must name an existing tenant")
  func platformAdmin() async throws {
    let info = method(access: .roles([.platformAdmin]), scope: .tenant, tenantField: 1)
    let caller = user(.platformAdmin, .platform)
    #expect(try await outcome(caller, info, request(tenant: other.text)).get() == other)
    #expect(code(await outcome(caller, info)) == .invalidArgument)
    #expect(code(await outcome(caller, info, request(tenant: "x"))) == .invalidArgument)
    let unknown = request(tenant: TenantID.random().text)
    #expect(code(await outcome(caller, info, unknown)) == .notFound)
    let platform = request(tenant: TenantID.platform.text)
    #expect(code(await outcome(caller, info, platform)) == .notFound)
  }

  @Test("a request that is no protobuf is refused")
  func malformed() async {
    let info = method(access: .roles([.customerAdmin]), scope: .tenant, tenantField: 1)
    let result = await outcome(user(.customerAdmin, own), info, [0x0a, 0x7f])
    #expect(code(result) == .invalidArgument)
  }
}

@Suite("AuthInterceptor", .timeLimit(.minutes(1)))
struct AuthInterceptorTests {
  private let tenant = TenantID.random()
  private let suspended = TenantID.random()
  private let person = UserID.random()
  private let tokens: AccessTokens

  init() throws { tokens = try AccessTokens(seed: Array(repeating: 1, count: 32)) }

  private func outcome(_ header: String?) async -> Result<Caller, RPCError> {
    let auth = AuthInterceptor(
      AccessCheck(
        tokens: tokens,
        directory: FakeDirectory(
          states: [tenant: "approved", suspended: "suspended"], activeUsers: [person]),
        secondsNow: { 1_500 }))
    var context = ServerContext(
      method: method(access: .roles([.customerAdmin]), scope: .platform))
    if let header { context.metadata.add("authorization", header) }
    var seen = Caller.anonymous
    do throws(RPCError) {
      _ = try await auth.intercept([], context: context) {
        (_, context) async throws(RPCError) -> [UInt8]? in
        seen = context.caller
        return []
      }
      return .success(seen)
    } catch {
      return .failure(error)
    }
  }

  private func bearer(
    _ user: UserID, _ tenant: TenantID, expiryTime: Int = 2_000
  ) throws -> String {
    try "Bearer "
      + tokens.issue(
        AccessClaims(
          user: user, tenant: tenant, role: .customerAdmin, issueTime: 1_000,
          expiryTime: expiryTime))
  }

  @Test("knows the bearer of a good token")
  func good() async throws {
    let caller = try await outcome(bearer(person, tenant)).get()
    #expect(caller == .user(id: person, tenant: tenant, role: .customerAdmin))
  }

  @Test("a caller without a token is anonymous")
  func none() async throws { #expect(try await outcome(nil).get() == .anonymous) }

  @Test(
    "refuses headers that are no good token",
    arguments: ["", "Bearer", "Bearer x", "Basic YTpi", "Bearer a.b.c", "token"])
  func malformed(header: String) async {
    await expect(outcome(header), is: .unauthenticated)
  }

  @Test("refuses an ended token, an inactive user and a suspended tenant")
  func standing() async throws {
    await expect(try outcome(bearer(person, tenant, expiryTime: 1_500)), is: .unauthenticated)
    await expect(try outcome(bearer(.random(), tenant)), is: .unauthenticated)
    await expect(try outcome(bearer(person, suspended)), is: .permissionDenied)
  }

  private func expect(
    _ outcome: Result<Caller, RPCError>, is code: RPCCode,
    location: SourceLocation = #_sourceLocation
  ) {
    if case .failure(let error) = outcome {
      #expect(error.code == code, sourceLocation: location)
    } else {
      Issue.record("was let in", sourceLocation: location)
    }
  }
}

@Suite("Language")
struct LanguageTests {
  @Test(
    "takes the best language it speaks",
    arguments: [
      ("", Language.german), ("en", .english), ("en-GB, de;q=0.5", .english),
      ("fr, en;q=0.3, de;q=0.7", .german), ("en;q=0", .german), ("*", .german), (";;;,,", .german),
      (" de ; q = 0.8 ,\ten ; q = 0.9 ", .english),
    ])
  func negotiates(header: String, language: Language) {
    #expect(Language(accepting: header) == language)
  }
}

@Suite("PageTokens")
struct PageTokenTests {
  private let tokens = PageTokens(key: Array(repeating: 3, count: 32))
  private let info = method(access: .anyone, scope: .none)

  @Test("is good for the same question only")
  func bound() throws {
    let tenant = TenantID.random()
    let token = tokens.token(after: ["a", "b"], method: info, tenant: tenant, filters: ["x"])
    #expect(
      try tokens.position(in: token, parts: 2, method: info, tenant: tenant, filters: ["x"])
        == ["a", "b"])
    #expect(throws: RPCError.self) {
      try tokens.position(in: token, parts: 2, method: info, tenant: tenant, filters: ["y"])
    }
    #expect(throws: RPCError.self) {
      try tokens.position(in: token, parts: 2, method: info, tenant: .random(), filters: ["x"])
    }
    #expect(throws: RPCError.self) {
      try tokens.position(in: token + "A", parts: 2, method: info, tenant: tenant, filters: ["x"])
    }
    #expect(throws: RPCError.self) {
      try tokens.position(in: "!", parts: 2, method: info, tenant: tenant, filters: ["x"])
    }
  }

  @Test("the first page has no token")
  func first() throws {
    #expect(
      try tokens.position(in: "", parts: 2, method: info, tenant: nil, filters: []) == nil)
  }

  @Test("page sizes have a default and a most")
  func sizes() throws {
    #expect(try PageSize.of(0) == 50)
    #expect(try PageSize.of(1) == 1)
    #expect(try PageSize.of(500) == 500)
    #expect(try PageSize.of(501) == 500)
    #expect(throws: RPCError.self) { try PageSize.of(-1) }
  }
}
