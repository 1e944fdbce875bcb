/// A method with the handler that serves it, types erased to bytes.
package final class RegisteredMethod: Sendable {
  typealias UnaryHandler =
    @Sendable (_ message: [UInt8], _ context: ServerContext) async throws(RPCError) -> [UInt8]
  /// `message` is the one request of a server-streaming method, `nil` for the other kinds; the
  /// result is the one response of a client-streaming method.
  typealias StreamHandler =
    @Sendable (_ message: [UInt8]?, _ stream: any CallStream, _ context: ServerContext)
    async throws(RPCError) -> [UInt8]?

  enum Handler: Sendable {
    case unary(UnaryHandler)
    case stream(StreamHandler)
  }

  package let reference: MethodReference
  let handler: Handler
  let meter: CallMeter?
  /// `/package.Service/Method`
  let path: [UInt8]

  /// Beside the reference, because reading it there copies all the facts.
  package let kind: MethodKind

  package var info: MethodInfo { reference.info }

  init(_ info: MethodInfo, _ handler: Handler, meter: CallMeter?) {
    reference = MethodReference(info)
    kind = info.kind
    path = Array(info.path.utf8)
    self.handler = handler
    self.meter = meter
  }
}
