internal import HTTP
internal import HTTP2
internal import RPC
internal import RPCTransport
package import Reactor
internal import TLS

extension ServerConnection {
  /// No answer to a webhook is longer.
  private static let answerBytesMax = 1 << 20

  /// How long a webhook may take: what a carrier grants it.
  private static let webhookTimeout = Duration.seconds(15)

  /// One connection for calls and webhooks, made when it is first used.
  package static func overHTTP2(
    _ configuration: ClientConfiguration, on loop: EventLoop
  ) throws(UsageError) -> ServerConnection {
    let address = try ServerAddress(configuration.server)
    let client = HTTP2Client(
      loop: loop, target: .host(address.host, port: address.port),
      tls: address.isProtected ? TLSClientConfiguration() : nil)
    return ServerConnection(
      transport: GRPCClient(client),
      post: { (post) async throws(RPCError) in try await send(post, over: client) })
  }

  private static func send(
    _ post: Post, over client: HTTP2Client
  ) async throws(RPCError) -> Answer {
    let deadline = ContinuousClock.now + webhookTimeout
    var fields = HTTPFields()
    for field in post.fields { fields.add(field.name, field.value) }
    do {
      let stream = try await client.request(
        method: "POST", target: post.target, fields: fields, body: .bytes(post.body),
        deadline: deadline)
      let head = try await stream.response()
      return Answer(
        status: head.status, body: try await stream.collectBody(limit: answerBytesMax))
    } catch {
      switch error {
      case .timedOut: throw RPCError(.deadlineExceeded, "no answer within \(webhookTimeout)")
      case .unreachable, .tls, .notHTTP2, .notConnectedInTime, .unsent, .pausing, .refused,
        .reset, .connectionLost, .cancelled, .responseHeaderTooLarge, .responseTooLarge,
        .requestHeaderTooLarge, .tooManyWaiting, .closed:
        throw RPCError(.unavailable, "\(error)")
      }
    }
  }
}
