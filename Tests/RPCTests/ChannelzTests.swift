internal import HTTP
internal import Reactor
internal import Telemetry
internal import Testing
internal import Wire

@testable internal import HTTP2
@testable internal import RPC
@testable internal import RPCTransport

@Suite("Channelz", .timeLimit(.minutes(5)))
struct ChannelzTests {
  private static let now = ContinuousClock.now

  private static func connection(_ id: Int) -> HTTPServerSnapshot.Connection {
    var figures = SessionFigures(version: .http2)
    figures.started = 5
    figures.succeeded = 3
    figures.failed = 1
    figures.keepalivesSent = 2
    figures.lastStarted = Moment(now)
    figures.localWindowBytes = 1_000
    figures.remoteWindowBytes = 2_000
    return HTTPServerSnapshot.Connection(
      id: id, local: .tcp(host: "127.0.0.1", port: 8_080),
      remote: .tcp(host: "::1", port: 50_000), began: now, cipher: "TLS_AES_128_GCM_SHA256",
      peer: nil, figures: figures)
  }

  private func with(
    connections: [Int],
    _ body: (ChannelzChannelzClient<InProcessTransport>) async throws -> Void
  ) async throws {
    var router = Router()
    let now = Self.now
    // No connection is there that was not asked for.
    let snapshot: @Sendable (HTTPServerSnapshot.Scope) -> HTTPServerSnapshot = { scope in
      let asked: [Int] =
        switch scope {
        case .none: []
        case .one(let number): connections.filter { $0 == number }
        case .page(let first, let countMax):
          Array(connections.filter { $0 >= first }.prefix(countMax))
        }
      return HTTPServerSnapshot(
        id: 1, began: now, listeners: [.init(id: 2, address: .unix(path: "/run/klinke.sock"))],
        loops: [
          .init(connections: [], lastStarted: nil),
          .init(connections: asked.map(Self.connection), lastStarted: Moment(now)),
        ])
    }
    let calls = [
      CallFigures(method: "a.B/C", started: 7, succeeded: 4, durations: [5, 1]),
      CallFigures(method: "a.B/D", started: 1, succeeded: 1, durations: [0, 1]),
    ]
    ChannelzService(name: "test", snapshot: { snapshot($0) }, calls: { calls })
      .register(in: &router)
    try await body(ChannelzChannelzClient(InProcessTransport(router: router)))
  }

  private func code<T>(_ call: () async throws(RPCError) -> T) async -> RPCCode? {
    do throws(RPCError) {
      _ = try await call()
      return nil
    } catch {
      return error.code
    }
  }

  @Test("tells of its server and of the calls on it")
  func server() async throws {
    try await with(connections: [10]) { client in
      let servers = try await client.getServers(.init())
      #expect(servers.end)
      let server = try #require(servers.server.first)
      #expect(server.ref?.name == "test")
      #expect(server.data?.callsStarted == 8)
      #expect(server.data?.callsSucceeded == 5)
      #expect(server.data?.callsFailed == 2)
      #expect(server.data?.lastCallStartedTimestamp != nil)
      #expect(server.listenSocket.map(\.name) == ["unix:/run/klinke.sock"])
      let same = try await client.getServer(.init(serverID: server.ref?.serverID ?? 0))
      #expect(same.server?.ref == server.ref)
      let none = try await client.getServers(.init(startServerID: 2))
      #expect(none.server.isEmpty && none.end)
      #expect(
        await code { () async throws(RPCError) in try await client.getServer(.init(serverID: 9)) }
          == .notFound)
    }
  }

  @Test("goes through the connections page by page")
  func pages() async throws {
    try await with(connections: Array(10..<15)) { client in
      var found: [Int64] = []
      var start: Int64 = 0
      while true {
        let page = try await client.getServerSockets(
          .init(serverID: 1, startSocketID: start, maxResults: 2))
        found += page.socketRef.map(\.socketID)
        #expect(page.socketRef.count <= 2)
        guard !page.end, let last = found.last else { break }
        start = last + 1
      }
      #expect(found == [10, 11, 12, 13, 14])
      let all = try await client.getServerSockets(.init(serverID: 1))
      #expect(all.socketRef.count == 5 && all.end)
      #expect(
        await code { () async throws(RPCError) in
          try await client.getServerSockets(.init(serverID: 1, maxResults: -1))
        } == .invalidArgument)
    }
  }

  @Test("tells of a connection and of what is listened on")
  func socket() async throws {
    try await with(connections: [10]) { client in
      let connection = try #require(try await client.getSocket(.init(socketID: 10)).socket)
      #expect(connection.ref?.name == "127.0.0.1:8080 -> [::1]:50000")
      #expect(connection.data?.streamsStarted == 5)
      #expect(connection.data?.streamsSucceeded == 3)
      #expect(connection.data?.streamsFailed == 1)
      #expect(connection.data?.keepAlivesSent == 2)
      #expect(connection.data?.localFlowControlWindow?.value == 1_000)
      #expect(connection.data?.remoteFlowControlWindow?.value == 2_000)
      #expect(
        connection.local?.address == .tcpipAddress(.init(ipAddress: [127, 0, 0, 1], port: 8_080)))
      #expect(
        connection.remote?.address
          == .tcpipAddress(
            .init(ipAddress: [UInt8](repeating: 0, count: 15) + [1], port: 50_000)))
      #expect(
        connection.security?.model
          == .tls(.init(cipherSuite: .standardName("TLS_AES_128_GCM_SHA256"))))
      let listener = try #require(try await client.getSocket(.init(socketID: 2)).socket)
      #expect(listener.local?.address == .udsAddress(.init(filename: "/run/klinke.sock")))
      #expect(listener.remote == nil)
      #expect(
        await code { () async throws(RPCError) in try await client.getSocket(.init(socketID: 11)) }
          == .notFound)
    }
  }

  @Test("has no channels")
  func channels() async throws {
    try await with(connections: []) { client in
      let channels = try await client.getTopChannels(.init())
      #expect(channels.channel.isEmpty && channels.end)
      #expect(
        await code { () async throws(RPCError) in try await client.getChannel(.init(channelID: 1)) }
          == .notFound)
      #expect(
        await code { () async throws(RPCError) in
          try await client.getSubchannel(.init(subchannelID: 1))
        } == .notFound)
    }
  }
}
