internal import IdentityAPI
internal import Platform
package import Postgres
internal import RPC
internal import TenantAPI

/// The rows of users.
package struct UserStore: Sendable {
  private let database: ServiceDatabase

  package init(_ database: Database) {
    self.database = ServiceDatabase(
      database,
      refusals: [
        "user_account_email_unique": .init(
          .alreadyExists, "EMAIL_TAKEN", "a user with this e-mail address exists"),
        "user_account_tenant": .init(.notFound, "TENANT_NOT_FOUND", "no such tenant"),
        // PostgreSQL may know a lower case of a letter that we do not.
        "user_account_email_form": .init(
          .invalidArgument, "EMAIL_FORM", "the e-mail address cannot be stored in lower case"),
      ])
  }

  func create(
    _ request: CreateUserRequest, email: String, hash: String, in tenant: TenantID,
    _ context: ServerContext
  ) async throws(RPCError) -> User {
    let id = UserID.random()
    var content = request
    content.requestID = ""
    // A quick hash of a password must not be stored: whoever reads it could try a lot of them.
    content.password = ""
    return try await database.create(
      in: tenant, context, requestID: request.requestID, request: content,
      id: \.userID, of: UserKind.self
    ) { (change) async throws(RPCError) -> User in
      // The lock on the tenant's row makes two creations at the limit wait for each other.
      let limits = try await change.rows(
        "SELECT user_limit FROM tenant WHERE tenant_id = \(tenant) FOR NO KEY UPDATE")
      let counts = try await change.rows(
        "SELECT count(*) AS users FROM user_account WHERE tenant_id = \(tenant) AND active")
      guard let limit = try limits.first?.value("user_limit", as: Int.self),
        let count = try counts.first?.value("users", as: Int.self)
      else { throw RPCError(.notFound, "no tenant \(tenant)", reason: "TENANT_NOT_FOUND") }
      guard count < limit else {
        // The contract of the console wants 409, which no other code gives without inviting retries.
        throw RPCError(
          .alreadyExists, "the tenant already has \(count) active users of at most \(limit)",
          reason: "USER_LIMIT_REACHED", metadata: ["limit": String(limit)])
      }
      let rows = try await change.rows(
        """
        INSERT INTO user_account (tenant_id, user_id, email, display_name, role, password_hash)
        VALUES (\(tenant), \(id), \(email), \(request.displayName), \(request.role.word), \(hash))
        RETURNING *
        """)
      guard let row = rows.first else { throw RPCError(.internal, "the user was not stored") }
      return try User(row)
    }
  }

  func list(
    _ paging: Paging, in tenant: TenantID, _ context: ServerContext
  ) async throws(RPCError) -> Page<User> {
    let rows = try await database.rows(
      """
      SELECT *, \(Paging.position(of: "create_time"))
      FROM user_account
      WHERE tenant_id = \(tenant)
        AND \(paging.after("create_time", "user_id"))
      ORDER BY create_time, user_id
      LIMIT \(paging.rowsMax)::integer
      """, in: tenant, context)
    return try Page(rows, paging, key: "user_id") { (row) throws(RPCError) in try User(row) }
  }
}

extension User {
  init(_ row: Row) throws(RPCError) {
    let role: String = try row.value("role")
    self.init(
      userID: try row.value("user_id"), tenantID: try row.value("tenant_id"),
      email: try row.value("email"), displayName: try row.value("display_name"),
      role: UserRole(word: role), active: try row.value("active"),
      createTime: try row.timestamp("create_time"))
  }
}

extension UserRole {
  /// The word in the database.
  var word: String {
    switch self {
    case .platformAdmin: "platform_admin"
    case .customerAdmin: "customer_admin"
    case .customerUser: "customer_user"
    case .support: "support"
    case .unspecified, .unrecognized: ""
    }
  }

  init(word: String) {
    let known: [UserRole] = [.platformAdmin, .customerAdmin, .customerUser, .support]
    self = known.first { $0.word == word } ?? .unspecified
  }
}
