private import Synchronization

/// An interceptor that looks at every message of a stream of requests.
///
/// ``ServerInterceptor/intercept(_:context:next:)`` is given the request of methods that take one;
/// where a method takes a stream of them, each comes here on its way to the handler. Methods with one
/// request never get here and pay nothing for it.
public protocol RequestInspector: ServerInterceptor {
  /// Looks at one message, when the handler takes it. Throwing ends the call with that error, whatever
  /// the handler makes of it.
  ///
  /// `number` counts the messages of the stream from 1. The context is the handler's.
  func inspect(
    _ message: [UInt8], number: Int, context: ServerContext
  ) async throws(RPCError)
}

/// A stream of requests that inspectors see before the handler does.
final class InspectedStream: CallStream {
  private let stream: any CallStream
  private let inspectors: [any RequestInspector]
  private let context: ServerContext
  private let state = Mutex(State())

  private struct State {
    var received = 0
    var refusal: RPCError?
  }

  init(
    _ stream: any CallStream, _ inspectors: [any RequestInspector], _ context: ServerContext
  ) {
    self.stream = stream
    self.inspectors = inspectors
    self.context = context
  }

  /// Why the call must end; nil while all messages were good.
  var refusal: RPCError? { state.withLock { $0.refusal } }

  func nextMessage() async throws(RPCError) -> [UInt8]? {
    if let refusal { throw refusal }
    guard let message = try await stream.nextMessage() else { return nil }
    let number = state.withLock { state in
      state.received += 1
      return state.received
    }
    do throws(RPCError) {
      for inspector in inspectors {
        try await inspector.inspect(message, number: number, context: context)
      }
    } catch {
      state.withLock { $0.refusal = error }
      throw error
    }
    return message
  }

  func send(_ message: [UInt8]) async throws(RPCError) {
    if let refusal { throw refusal }
    try await stream.send(message)
  }

  func send(_ message: [UInt8], compress: Bool) async throws(RPCError) {
    if let refusal { throw refusal }
    try await stream.send(message, compress: compress)
  }

  func sendNow(_ message: Span<UInt8>, compress: Bool) throws(RPCError) -> Bool {
    if let refusal { throw refusal }
    return try stream.sendNow(message, compress: compress)
  }
}
