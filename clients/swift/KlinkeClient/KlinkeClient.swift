internal import HTTP2
internal import RPCTransport
internal import Reactor

/// Calls a Klinke server by gRPC.
///
/// ```swift
/// try await KlinkeClient.withConnection(to: "127.0.0.1", port: 8080) { client in
///   let client = try await client.signedIn(email: "anna@example.com", password: password)
///   let tenants = try await TenantServiceClient(client).listTenants(ListTenantsRequest())
/// }
/// ```
///
/// Hand it to the client of a service; every call then carries the token. Connections are made for
/// calls and again after they were lost: a client is never stopped for good. ``Configuration`` has
/// name resolution, balancing, TLS, keepalive, retries and hedging; the options of a call have its
/// metadata, deadline, compression and whether it waits for a server that cannot be reached.
///
/// A streaming method takes the two sides of its call apart:
///
/// ```swift
/// let answer = try await client.talk { requests, responses in
///   try await requests.send(question)
///   return try await responses.next()
/// }
/// ```
///
/// An error that says UNAVAILABLE names the true cause and what to change.
public struct KlinkeClient: ClientTransport {
  private let transport: GRPCClient
  private let token: String

  private init(_ transport: GRPCClient, token: String) {
    self.transport = transport
    self.token = token
  }

  /// Runs `body` with a connection to a server and ends the connection afterwards.
  ///
  /// `body` runs on the connection's own thread, so that no call changes threads. Without a `token`
  /// only public methods answer, see ``signedIn(email:password:)``.
  public static func withConnection<Result: Sendable>(
    to host: String, port: UInt16, isProtected: Bool = false, token: String = "",
    _ body: @Sendable (KlinkeClient) async throws -> Result
  ) async throws -> Result {
    let name = host.contains(":") ? "[\(host)]" : host
    var configuration = Configuration(address: "\(name):\(port)")
    if isProtected { configuration.security = .tls() }
    return try await withConnection(configuration, token: token, body)
  }

  /// Runs `body` with connections to a server and ends them afterwards, as above.
  public static func withConnection<Result: Sendable>(
    _ configuration: Configuration, token: String = "",
    _ body: @Sendable (KlinkeClient) async throws -> Result
  ) async throws -> Result {
    let target = try configuration.target()
    guard let group = EventLoopGroup(loops: 1) else {
      throw RPCError(.resourceExhausted, "no threads or descriptors are left")
    }
    let loop = group.next()
    defer { group.shutdown() }
    return try await withTaskExecutorPreference(loop) {
      let http = HTTP2Client(loop: loop, target: target, configuration: configuration.http)
      let client = GRPCClient(
        http, config: configuration.serviceConfig,
        messageBytesMax: configuration.messageBytesMax)
      do {
        let result = try await body(KlinkeClient(client, token: token))
        await http.close()
        return result
      } catch {
        await http.close()
        throw error
      }
    }
  }

  /// The same connection for the user with these credentials.
  public func signedIn(email: String, password: String) async throws(RPCError) -> KlinkeClient {
    let answer = try await AuthServiceClient(self).login(
      LoginRequest(email: email, password: password))
    return KlinkeClient(transport, token: answer.accessToken)
  }

  // MARK: Calls

  /// Calls a method with one request and one response.
  public func unary(
    path: String, message: [UInt8], options: CallOptions
  ) async throws(RPCError) -> [UInt8] {
    try await transport.unary(path: path, message: message, options: authorized(options))
  }

  /// Calls a method of any kind.
  public func withStream<Result: Sendable>(
    path: String, options: CallOptions,
    _ body: (any ClientStream) async throws(RPCError) -> Result
  ) async throws(RPCError) -> Result {
    try await transport.withStream(path: path, options: authorized(options), body)
  }

  private func authorized(_ options: CallOptions) -> CallOptions {
    guard !token.isEmpty, options.metadata["authorization"] == nil else { return options }
    var options = options
    options.metadata.add("authorization", "Bearer \(token)")
    return options
  }
}
