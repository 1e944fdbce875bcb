package import RPC
package import Schema
package import Telemetry

/// Logs every request that the policy has let through at debug level, as text in which the values of
/// secret and personal fields are left out. Worth having in the chain at that level only.
package struct RequestLogInterceptor: ServerInterceptor, RequestInspector {
  /// Most bytes of one message in a line of the log.
  private static let bytesMax = 4_096

  private let text: TextMapping
  private let log: Logger

  package init(_ pool: DescriptorPool, log: Logger) {
    text = TextMapping(pool)
    self.log = log
  }

  package func intercept(
    _ message: [UInt8]?, context: ServerContext, next: Next
  ) async throws(RPCError) -> [UInt8]? {
    if let message { write(message, context) }
    return try await next(message, context)
  }

  package func inspect(
    _ message: [UInt8], number: Int, context: ServerContext
  ) async throws(RPCError) {
    write(message, context, number: number)
  }

  /// - Parameter number: which message of a stream it is; nil when there is but one.
  private func write(_ message: [UInt8], _ context: ServerContext, number: Int? = nil) {
    guard let type = text.pool.message(named: context.method.requestType) else { return }
    var fields: LogFields = [
      "method": .string(context.method.service + "/" + context.method.name),
      "request_id": .string(context.requestID),
      "message": .string(Self.clipped(text.redacted(message, type: type))),
    ]
    if let number { fields.add("number", .int(number)) }
    log.debug("rpc.request", fields)
  }

  private static func clipped(_ text: String) -> String {
    text.utf8.count <= bytesMax
      ? text : String(decoding: text.utf8.prefix(bytesMax), as: UTF8.self) + "…"
  }
}
