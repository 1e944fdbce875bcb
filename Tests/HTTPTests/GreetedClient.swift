internal import HTTP
internal import Reactor
internal import TestHarness
internal import Testing

@testable internal import HTTP2
@testable internal import TLS

/// Runs a test beside a client's connection that has been greeted by a server of ours, whose end
/// the test has. Without `isSecure` the end's descriptor is to be used, not its TLS.
func withGreetedClient(
  isSecure: Bool = true, readsPerTurnMax: Int = 16,
  _ body: (TLSEnd, ClientConnection, EventLoop) async throws -> Void
) async throws {
  let group = try #require(EventLoopGroup(loops: 1))
  defer { group.shutdown() }
  let loop = group.loops[0]
  try await Certificates.with { certificates in
    let (one, other) = try socketPair()
    let server = TLSEnd(one, try TLSContext(server: certificates.server))
    let trust = TLSClientConfiguration(authoritiesPath: certificates.certificate)
    let context = isSecure ? try TLSContext(client: trust) : nil
    let connection = await loop.run {
      ClientConnection(
        FileDescriptor(owning: other), loop: loop, limits: HTTPLimits(), tls: context,
        serverName: "localhost", keepalive: nil, readsPerTurnMax: readsPerTurnMax)
    }
    async let opened: Void = withTaskExecutorPreference(loop) {
      try await connection.open(deadline: .now + .seconds(20))
    }
    if isSecure { try await until { server.tls.handshake() == .done } }
    // SETTINGS with nothing in it.
    let greeting: [UInt8] = [0, 0, 0, 4, 0, 0, 0, 0, 0]
    if isSecure {
      server.send(greeting)
    } else {
      _ = unsafe greeting.withUnsafeBytes { unsafe server.descriptor.send($0) }
    }
    try await opened
    try await body(server, connection, loop)
    await loop.run { connection.close(.closed) }
  }
}
