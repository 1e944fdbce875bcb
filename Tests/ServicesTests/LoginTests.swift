internal import FlowAPI
internal import Identity
internal import IdentityAPI
internal import Platform
internal import Postgres
internal import RPC
internal import TenantAPI
internal import TestSupport
internal import Testing

@Suite("Signing in", .timeLimit(.minutes(5)))
struct LoginTests {
  private static let password = "ein langes Wort"

  private func user(in company: Company) async throws -> User {
    try await company.admin.users.createUser(
      .init(email: "eva@example.com", role: .customerAdmin, password: Self.password))
  }

  private func stranger(_ services: Services) -> Clients { Clients(services, as: .anonymous) }

  @Test("the right words give a token for the user, the role and the tenant")
  func good() async throws {
    try await withServices { services in
      let company = try await services.company()
      let user = try await user(in: company)
      let answer = try await stranger(services).auth.login(
        .init(email: "EVA@example.com", password: Self.password))
      #expect(answer.user == user)
      #expect(answer.tenant?.tenantID == company.id.text)
      #expect(answer.tenant?.displayName == "Hering GmbH")
      let claims = try #require(services.tokens.claims(of: answer.accessToken, now: 0))
      #expect(claims.user.text == user.userID)
      #expect(claims.tenant == company.id)
      #expect(claims.role == .customerAdmin)
      #expect(claims.expiryTime - claims.issueTime == 60)
      let row = try #require(try await services.audit(of: company.id).last)
      #expect(row.method == "Login" && row.outcome == "OK" && row.actorID == user.userID)
    }
  }

  @Test("a wrong word, an unknown person and a deactivated one hear the same")
  func wrong() async throws {
    try await withServices { services in
      let company = try await services.company()
      let user = try await user(in: company)
      let auth = stranger(services).auth
      let wrong = await refusal {
        try await auth.login(.init(email: user.email, password: "etwas anderes"))
      }
      let unknown = await refusal {
        try await auth.login(.init(email: "x@example.com", password: Self.password))
      }
      _ = try await services.database.query(
        "UPDATE user_account SET active = false WHERE tenant_id = \(company.id)",
        as: .tenant(company.id.text))
      let inactive = await refusal {
        try await auth.login(.init(email: user.email, password: Self.password))
      }
      #expect(wrong?.code == .unauthenticated && wrong?.reason == "WRONG_CREDENTIALS")
      #expect(unknown == wrong)
      #expect(inactive == wrong)
      let rows = try await services.audit(of: company.id).filter { $0.method == "Login" }
      #expect(rows.map(\.outcome) == ["UNAUTHENTICATED", "UNAUTHENTICATED"])
    }
  }

  @Test("the users of a tenant that is not approved are refused, with the right word only")
  func notApproved() async throws {
    try await withServices { services in
      let company = try await services.company()
      let user = try await user(in: company)
      _ = try await services.admin.tenants.suspendTenant(.init(tenantID: company.id.text))
      let auth = stranger(services).auth
      let right = await refusal {
        try await auth.login(.init(email: user.email, password: Self.password))
      }
      #expect(right?.code == .permissionDenied && right?.reason == "TENANT_NOT_APPROVED")
      let wrong = await refusal {
        try await auth.login(.init(email: user.email, password: "etwas anderes"))
      }
      #expect(wrong?.reason == "WRONG_CREDENTIALS")
    }
  }

  @Test("strange words are refused as what they are")
  func strange() async throws {
    try await withServices { services in
      let cases: [(LoginRequest, RPCCode)] = [
        (LoginRequest(), RPCCode.invalidArgument),
        (
          LoginRequest(email: "a@b.de", password: String(repeating: "x", count: 1_025)),
          .invalidArgument
        ),
        (LoginRequest(email: "a\u{0}@b.de", password: "x"), .invalidArgument),
        (LoginRequest(email: "' OR 1=1 --", password: "\u{0}"), .unauthenticated),
      ]
      for (request, code) in cases {
        let error = await refusal { try await stranger(services).auth.login(request) }
        #expect(error?.code == code)
      }
    }
  }

  @Test("what a suspended tenant's user tries with a token is refused and on record")
  func suspendedToken() async throws {
    try await withServices { services in
      let company = try await services.company()
      let user = try await user(in: company)
      let id = try #require(UserID(user.userID))
      let claims = AccessClaims(
        user: id, tenant: company.id, role: .customerAdmin, issueTime: 0, expiryTime: 1_001)
      var options = CallOptions()
      options.metadata.add("authorization", "Bearer " + (try services.tokens.issue(claims)))
      let token = options
      let bots = stranger(services).bots
      let bot = try await bots.createBot(.init(displayName: "x"), options: token)
      #expect(bot.tenantID == company.id.text)
      _ = try await services.admin.tenants.suspendTenant(.init(tenantID: company.id.text))
      let error = await refusal {
        try await bots.createBot(.init(displayName: "y"), options: token)
      }
      #expect(error?.reason == "TENANT_NOT_APPROVED")
      let rows = try await services.audit(of: company.id).filter { $0.method == "CreateBot" }
      #expect(rows.map(\.outcome) == ["OK", "PERMISSION_DENIED"])
      #expect(rows.map(\.actorID) == [user.userID, user.userID])
      let forged = await refusal {
        try await bots.createBot(
          .init(), options: CallOptions(metadata: ["authorization": "Bearer x.y.z"]))
      }
      #expect(forged?.reason == "TOKEN_INVALID")
    }
  }

  @Test("who asks who they are is told, and a stranger is asked to sign in")
  func whoAmI() async throws {
    try await withServices { services in
      let company = try await services.company()
      let user = try await user(in: company)
      let id = try #require(UserID(user.userID))
      let clients = Clients(
        services, as: .user(id: id, tenant: company.id, role: .customerAdmin))
      let answer = try await clients.auth.whoAmI(.init())
      #expect(answer.user == user && answer.tenant?.tenantID == company.id.text)
      let nobody = await refusal { try await stranger(services).auth.whoAmI(.init()) }
      #expect(nobody?.reason == "CREDENTIALS_MISSING")
    }
  }

  @Test("there is one first administrator, however many servers start at once")
  func firstAdministrator() async throws {
    try await withTestDatabase { test in
      let made = try await UserDirectoryProbe(test.app).made(by: 5)
      #expect(made == 1)
    }
  }
}

/// Servers that start at the same time, each with a name of its own for the administrator.
private struct UserDirectoryProbe {
  private let directory: UserDirectory
  private let database: Database

  init(_ database: Database) {
    self.database = database
    directory = UserDirectory(database)
  }

  /// The number of administrators there are afterwards.
  func made(by servers: Int) async throws -> Int {
    let directory = directory
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<servers {
        group.addTask {
          _ = try await directory.ensureAdministrator(
            email: "admin\(index)@example.com", passwordHash: "x")
        }
      }
      try await group.waitForAll()
    }
    let rows = try await database.query(
      "SELECT count(*) AS n FROM user_account", as: .tenant(TenantID.platform.text))
    return try rows[0]["n", as: Int.self]
  }
}
