internal import RPC

/// Answers with what it is asked: handlers that do as little as handlers can.
struct EchoServer: EchoService {
  func echo(
    _ request: EchoRequest, context: ServerContext
  ) async throws(RPCError) -> EchoResponse {
    EchoResponse(payload: request.payload)
  }

  func `repeat`(
    _ request: RepeatRequest, responses: ResponseWriter<EchoResponse>, context: ServerContext
  ) async throws(RPCError) {
    let response = EchoResponse(payload: request.payload)
    for _ in 0..<request.count { try await responses.write(response) }
  }

  func collect(
    requests: RequestStream<EchoRequest>, context: ServerContext
  ) async throws(RPCError) -> CollectResponse {
    var response = CollectResponse()
    while let request = try await requests.next() {
      response.bytes += UInt64(request.payload.count)
    }
    return response
  }

  func converse(
    requests: RequestStream<EchoRequest>, responses: ResponseWriter<EchoResponse>,
    context: ServerContext
  ) async throws(RPCError) {
    while let request = try await requests.next() {
      try await responses.write(EchoResponse(payload: request.payload))
    }
  }
}
