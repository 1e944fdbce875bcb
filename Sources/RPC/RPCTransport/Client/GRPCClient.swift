internal import HTTP
package import HTTP2
public import RPC

/// Calls a server by gRPC over HTTP/2.
///
/// ```swift
/// let client = GRPCClient(HTTP2Client(loop: loop, target: .host("127.0.0.1", port: 8080)))
/// let tenants = TenantServiceClient(client)
/// ```
///
/// Connections are made for calls and again after they were lost. A call that no handler has seen is
/// sent again by itself; one that a handler may have seen only as the service config says.
public struct GRPCClient: ClientTransport {
  private let http: HTTP2Client
  private let config: ServiceConfig
  private let messageBytesMax: Int
  let resources: RetryResources

  /// Calls over the connections of `http`; a response message may have `messageBytesMax` bytes.
  package init(
    _ http: HTTP2Client, config: ServiceConfig = ServiceConfig(), messageBytesMax: Int = 4 << 20
  ) {
    self.http = http
    self.config = config
    self.messageBytesMax = messageBytesMax
    resources = RetryResources(config.throttling)
  }

  private func plan(_ path: String, _ options: CallOptions) -> CallPlan {
    CallPlan(
      path, options, config.method(path), http: http, messageBytesMax: messageBytesMax)
  }

  /// Calls a method with one request and one response.
  public func unary(
    path: String, message: [UInt8], options: CallOptions
  ) async throws(RPCError) -> [UInt8] {
    let plan = plan(path, options)
    try plan.check(message)
    let body = HTTPRequestBody.bytes(framed(message, plan.coding))
    switch plan.policy {
    case .hedging(let policy):
      return try await hedge(plan, body, policy, options.responseMetadata)
    case .none, .retry: return try await retry(plan, body, options.responseMetadata)
    }
  }

  /// Calls a method with one request and many responses.
  public func serverStreaming(
    path: String, message: [UInt8], options: CallOptions,
    onResponse: ([UInt8]) async throws(RPCError) -> Void
  ) async throws(RPCError) {
    let plan = plan(path, options)
    switch plan.policy {
    case .hedging(let policy):
      try plan.check(message)
      try await hedgeStream(
        plan, .bytes(framed(message, plan.coding)), policy, options.responseMetadata,
        onResponse: onResponse)
    case .none, .retry:
      try await withStream(plan, options) { (stream) async throws(RPCError) -> Void in
        try await stream.onlyRequest(message, onResponse: onResponse)
      }
    }
  }

  /// Calls a method of any kind.
  public func withStream<Result: Sendable>(
    path: String, options: CallOptions,
    _ body: (any ClientStream) async throws(RPCError) -> Result
  ) async throws(RPCError) -> Result {
    try await withStream(plan(path, options), options, body)
  }

  private func withStream<Result: Sendable>(
    _ plan: CallPlan, _ options: CallOptions,
    _ body: (any ClientStream) async throws(RPCError) -> Result
  ) async throws(RPCError) -> Result {
    let call = ClientCall(plan, resources: resources, metadata: options.responseMetadata)
    do throws(RPCError) {
      try await call.begin()
      let result = try await body(call)
      await call.end()
      return result
    } catch {
      await call.end()
      throw error
    }
  }
}
