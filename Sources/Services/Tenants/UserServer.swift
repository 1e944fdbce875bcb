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
    let email = request.email.lowercased()
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
