internal import HTTP
internal import RPC
internal import RPCTransport
internal import Reactor

/// What a door has read from the head of a request.
struct DoorCall {
  let door: Door
  var metadata: Metadata
  /// How long it may take, already bounded by the door's limits; nil for as long as its connection
  /// lives.
  var timeout: CallTimeout?
  var requestID: String?
}

extension Router {
  /// Runs a call of any kind behind any door of this module.
  func run<Wire: DoorProtocol>(
    _ method: RegisteredMethod, _ call: DoorCall, _ wire: Wire, on exchange: HTTPExchange
  ) async {
    let metadata = ResponseMetadata()
    let deadline = call.timeout?.deadline(from: exchange.loop.moment)
    let stream = DoorStream(exchange, wire, metadata: metadata, until: deadline)
    var context = ServerContext(
      method: method.reference, metadata: call.metadata, deadline: deadline?.moment,
      peer: exchange.head.peer, door: call.door, requestID: call.requestID,
      responseMetadata: metadata, deadlineIsEnforced: true, end: exchange)
    if let identity = exchange.head.identity {
      context.peerCertificate = PeerCertificate(
        subject: identity.subject, names: identity.names, fingerprint: identity.fingerprint)
    }
    do throws(RPCError) {
      if let timeout = call.timeout, timeout.duration <= .zero {
        throw refused(.deadlineExceeded, call, exchange)
      }
      switch method.kind {
      case .unary:
        let message = try await request(of: stream, call, exchange)
        let response = try await serveUnary(method, message: message, context: context)
        try await stream.finish(with: response)
      case .serverStreaming, .clientStreaming, .bidirectional:
        try await serve(method, stream: stream, context: context)
        stream.finish(nil)
      }
    } catch {
      switch method.kind {
      case .unary, .serverStreaming: await exchange.discardRequest()
      // Who streams may wait for us before it goes on.
      case .clientStreaming, .bidirectional: break
      }
      stream.finish(error.meant(in: context))
    }
  }

  /// The request of a unary call.
  private func request<Wire>(
    of stream: DoorStream<Wire>, _ call: DoorCall, _ exchange: HTTPExchange
  ) async throws(RPCError) -> [UInt8] {
    do throws(RPCError) {
      return try await stream.onlyMessage()
    } catch {
      throw refused(error, call, exchange)
    }
  }

  /// Counts a call that reached no method, so that nothing further in does.
  private func refused(_ error: RPCError, _ call: DoorCall, _ exchange: HTTPExchange) -> RPCError {
    telemetry?.refused(
      error, door: call.door, path: exchange.head.path, peer: exchange.head.peer)
    return error
  }
}
