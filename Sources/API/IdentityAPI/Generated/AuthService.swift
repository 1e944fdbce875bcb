// Generated from klinke/identity/v1/auth_service.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import RPC

/// Signs people in and tells them who they are.
public protocol AuthService: RPCService {
  /// Exchanges an e-mail address and a password for an access token.
  ///
  /// Wrong credentials, unknown users and deactivated users all answer UNAUTHENTICATED with the
  /// same message; a user of a tenant that is not approved gets PERMISSION_DENIED.
  func login(
    _ request: LoginRequest, context: ServerContext
  ) async throws(RPCError) -> LoginResponse

  /// Returns the caller's user, role and tenant.
  func whoAmI(
    _ request: WhoAmIRequest, context: ServerContext
  ) async throws(RPCError) -> WhoAmIResponse
}

extension AuthService {
  /// Adds every method to a router.
  public func register(in router: inout Router) {
    router.unary(encoded: AuthServiceMethods.login) {
      (request, context) async throws(RPCError) in
      try await login(LoginRequest(request: request), context: context).responseBytes()
    }
    router.unary(encoded: AuthServiceMethods.whoAmI) {
      (request, context) async throws(RPCError) in
      try await whoAmI(WhoAmIRequest(request: request), context: context).responseBytes()
    }
  }
}

/// Calls ``AuthService`` over any transport.
public struct AuthServiceClient<Transport: ClientTransport>: Sendable {
  private let transport: Transport

  /// Calls over `transport`.
  public init(_ transport: Transport) { self.transport = transport }

  /// Exchanges an e-mail address and a password for an access token.
  ///
  /// Wrong credentials, unknown users and deactivated users all answer UNAUTHENTICATED with the
  /// same message; a user of a tenant that is not approved gets PERMISSION_DENIED.
  public func login(
    _ request: LoginRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> LoginResponse {
    try await transport.unary(AuthServiceMethods.login, request, options: options)
  }

  /// Returns the caller's user, role and tenant.
  public func whoAmI(
    _ request: WhoAmIRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> WhoAmIResponse {
    try await transport.unary(AuthServiceMethods.whoAmI, request, options: options)
  }
}

// MARK: - Method table

/// The methods of ``AuthService``.
public enum AuthServiceMethods {
  public static let login = MethodDescriptor<LoginRequest, LoginResponse>(
    MethodInfo(
      service: "klinke.identity.v1.AuthService", name: "Login",
      kind: .unary,
      requestType: "klinke.identity.v1.LoginRequest",
      responseType: "klinke.identity.v1.LoginResponse",
      policy: MethodPolicy(access: .anyone, scope: .none),
      audited: true,
      routes: [HTTPRoute(.post, "/api/auth/login", body: .all)]
    ))

  public static let whoAmI = MethodDescriptor<WhoAmIRequest, WhoAmIResponse>(
    MethodInfo(
      service: "klinke.identity.v1.AuthService", name: "WhoAmI",
      kind: .unary,
      requestType: "klinke.identity.v1.WhoAmIRequest",
      responseType: "klinke.identity.v1.WhoAmIResponse",
      policy: MethodPolicy(access: .roles([.platformAdmin, .customerAdmin, .customerUser, .support]), scope: .platform),
      idempotency: .noSideEffects,
      routes: [HTTPRoute(.get, "/api/auth/me")]
    ))

  /// All of them, in the order of the schema.
  public static let all: [MethodInfo] = [login.info, whoAmI.info]
}
