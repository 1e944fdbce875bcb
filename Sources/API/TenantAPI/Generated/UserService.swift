// Generated from klinke/tenant/v1/user_service.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import IdentityAPI
public import RPC

/// Creates and lists the users of a tenant.
public protocol UserService: RPCService {
  /// Creates a user in a tenant. The tenant's user limit counts active users only.
  func createUser(
    _ request: CreateUserRequest, context: ServerContext
  ) async throws(RPCError) -> User

  /// Lists the users of a tenant, oldest first.
  func listUsers(
    _ request: ListUsersRequest, context: ServerContext
  ) async throws(RPCError) -> ListUsersResponse
}

extension UserService {
  /// Adds every method to a router.
  public func register(in router: inout Router) {
    router.unary(encoded: UserServiceMethods.createUser) {
      (request, context) async throws(RPCError) in
      try await createUser(CreateUserRequest(request: request), context: context).responseBytes()
    }
    router.unary(encoded: UserServiceMethods.listUsers) {
      (request, context) async throws(RPCError) in
      try await listUsers(ListUsersRequest(request: request), context: context).responseBytes()
    }
  }
}

/// Calls ``UserService`` over any transport.
public struct UserServiceClient<Transport: ClientTransport>: Sendable {
  private let transport: Transport

  /// Calls over `transport`.
  public init(_ transport: Transport) { self.transport = transport }

  /// Creates a user in a tenant. The tenant's user limit counts active users only.
  public func createUser(
    _ request: CreateUserRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> User {
    try await transport.unary(UserServiceMethods.createUser, request, options: options)
  }

  /// Lists the users of a tenant, oldest first.
  public func listUsers(
    _ request: ListUsersRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> ListUsersResponse {
    try await transport.unary(UserServiceMethods.listUsers, request, options: options)
  }
}

// MARK: - Method table

/// The methods of ``UserService``.
public enum UserServiceMethods {
  public static let createUser = MethodDescriptor<CreateUserRequest, User>(
    MethodInfo(
      service: "klinke.tenant.v1.UserService", name: "CreateUser",
      kind: .unary,
      requestType: "klinke.tenant.v1.CreateUserRequest",
      responseType: "klinke.identity.v1.User",
      policy: MethodPolicy(access: .roles([.platformAdmin, .customerAdmin]), scope: .tenant, tenantField: 1),
      audited: true,
      routes: [HTTPRoute(.post, "/api/tenants/{tenant_id}/users", body: .all)]
    ))

  public static let listUsers = MethodDescriptor<ListUsersRequest, ListUsersResponse>(
    MethodInfo(
      service: "klinke.tenant.v1.UserService", name: "ListUsers",
      kind: .unary,
      requestType: "klinke.tenant.v1.ListUsersRequest",
      responseType: "klinke.tenant.v1.ListUsersResponse",
      policy: MethodPolicy(access: .roles([.platformAdmin, .customerAdmin]), scope: .tenant, tenantField: 1),
      idempotency: .noSideEffects,
      routes: [HTTPRoute(.get, "/api/tenants/{tenant_id}/users")]
    ))

  /// All of them, in the order of the schema.
  public static let all: [MethodInfo] = [createUser.info, listUsers.info]
}
