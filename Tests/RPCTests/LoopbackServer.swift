internal import HTTP
internal import HTTP2
internal import RPC
internal import RPCTransport
internal import Reactor
internal import TestHarness
internal import Testing

/// Runs `body` with a client of a server on a free port of this machine.
func withServer(
  _ handler: any HTTPHandler, config: ServiceConfig = ServiceConfig(),
  _ body: (GRPCClient) async throws -> Void
) async throws {
  let group = try #require(EventLoopGroup(loops: 2))
  defer { group.shutdown() }
  let server = HTTPServer(group: group, address: .tcp(host: "127.0.0.1", port: 0), handler: handler)
  let port = try #require(try await server.start().port)
  let http = HTTP2Client(loop: group.loops[0], target: .host("127.0.0.1", port: port))
  do {
    try await body(GRPCClient(http, config: config))
  } catch {
    await http.close()
    await server.drain(grace: .seconds(1))
    throw error
  }
  await http.close()
  await server.drain(grace: .seconds(1))
}
