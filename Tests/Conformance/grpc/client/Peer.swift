internal import HTTP2
internal import InteropMessages
internal import RPC
internal import RPCTransport
internal import Reactor
internal import TLS

/// The server that is tested, and one channel to it.
struct Peer: Sendable {
  let flags: Flags
  let channel: GRPCClient
  private let loop: EventLoop
  private let http: HTTP2Client

  init(_ flags: Flags, loop: EventLoop) {
    self.flags = flags
    self.loop = loop
    let place: HTTPClientTarget =
      flags.unixPath.map { .unix(path: $0) } ?? .host(flags.host, port: flags.port)
    let target = flags.serverName.map { .list([place], authority: $0) } ?? place
    let tls = TLSClientConfiguration(
      authoritiesPath: flags.authoritiesPath, serverName: flags.serverName)
    http = HTTP2Client(loop: loop, target: target, tls: flags.usesTLS ? tls : nil)
    channel = GRPCClient(http)
  }

  var service: TestServiceClient<GRPCClient> { TestServiceClient(channel) }

  /// Another channel to the same server.
  func another() -> Peer { Peer(flags, loop: loop) }

  func close() async { await http.close() }
}
