/// Stands around every call: may refuse it, change the context, or look at the outcome.
///
/// ```swift
/// func intercept(
///   _ message: [UInt8]?, context: ServerContext, next: Next
/// ) async throws(RPCError) -> [UInt8]? {
///   var context = context
///   context[CallerKey.self] = try await authenticate(context.metadata)
///   return try await next(message, context)
/// }
/// ```
public protocol ServerInterceptor: Sendable {
  /// The rest of the chain with the handler at its end.
  typealias Next =
    (_ message: [UInt8]?, _ context: ServerContext) async throws(RPCError) -> [UInt8]?

  /// Handles one call. `message` is the encoded request, or `nil` when the method takes a stream of
  /// them; the result is the encoded response, or `nil` when the method returns a stream of them.
  func intercept(
    _ message: [UInt8]?, context: ServerContext, next: Next
  ) async throws(RPCError) -> [UInt8]?
}
