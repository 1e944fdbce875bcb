package import IdentityAPI
package import Platform
package import RPC
package import TenantAPI

/// Creates and lists the users of a tenant.
package struct UserServer: UserService {
  private let store: UserStore
  private let pages: PageTokens
  private let passwords: PasswordHasher

  package init(database: UserStore, pages: PageTokens, passwords: PasswordHasher) {
    store = database
    self.pages = pages
    self.passwords = passwords
  }

  package func createUser(
    _ request: CreateUserRequest, context: ServerContext
  ) async throws(RPCError) -> User {
    let tenant = try context.tenant()
    var faults = Violations()
    let email = UserRules.normalized(email: request.email)
    UserRules.check(email: email, &faults)
    faults.checkLength(request.displayName, "display_name", 0...120)
    faults.checkLength(request.password, "password", UserRules.passwordLength)
    if request.role != .customerAdmin && request.role != .customerUser {
      faults.add("role", "must be CUSTOMER_ADMIN or CUSTOMER_USER", reason: "ROLE")
    }
    try faults.throwIfAny()
    let hash = try await passwords.hash(request.password)
    return try await store.create(request, email: email, hash: hash, in: tenant, context)
  }

  package func listUsers(
    _ request: ListUsersRequest, context: ServerContext
  ) async throws(RPCError) -> ListUsersResponse {
    let tenant = try context.tenant()
    let paging = try pages.paging(
      size: request.pageSize, token: request.pageToken, in: tenant, context)
    let page = try await store.list(paging, in: tenant, context)
    return ListUsersResponse(
      users: page.resources, nextPageToken: paging.token(of: page))
  }
}

/// What a user may be called and sign in with.
enum UserRules {
  static let passwordLength = 10...128

  static func normalized(email: String) -> String { email.lowercased() }

  /// A simple form: one `@`, a dot in the domain, no spaces. Whether the address exists is for the
  /// mail to find out.
  static func check(email: String, _ faults: inout Violations) {
    faults.checkLength(email, "email", 3...254)
    let parts = email.split(separator: "@", omittingEmptySubsequences: false)
    let isGood =
      parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && !parts[1].hasPrefix(".")
      && !parts[1].hasSuffix(".") && email.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7f }
    if !email.isEmpty { faults.check(isGood, "email", "must be an e-mail address") }
  }
}
