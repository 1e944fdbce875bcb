/// A method with the handler that serves it, types erased to bytes.
@usableFromInline
package final class RegisteredMethod: Sendable {
  @usableFromInline
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
  /// The handler of a unary method when there is nothing around it.
  private let directHandler: UnaryHandler?
  let meter: CallMeter?
  /// `/package.Service/Method`
  let path: [UInt8]

  /// Beside the reference, because reading it there copies all the facts.
  package let kind: MethodKind

  package var info: MethodInfo { reference.info }

  init(_ info: MethodInfo, _ handler: Handler, isIntercepted: Bool, meter: CallMeter?) {
    reference = MethodReference(info)
    kind = info.kind
    path = Array(info.path.utf8)
    self.handler = handler
    if case .unary(let handler) = handler, !isIntercepted {
      directHandler = handler
    } else {
      directHandler = nil
    }
    self.meter = meter
  }

  /// The handler of a unary method; nil when there is something to do around it.
  @usableFromInline
  func directHandler(in context: ServerContext) -> UnaryHandler? {
    context.needsNoWatch ? directHandler : nil
  }

  /// Notes the beginning of a call, if calls are measured.
  @usableFromInline
  func began() -> CallMeter.Start? { meter?.started() }

  /// Notes the end of a call.
  @usableFromInline
  func ended(_ error: RPCError?, _ context: ServerContext, since start: CallMeter.Start?) {
    guard let meter, let start else { return }
    meter.finished(error, context: context, since: start)
  }
}
