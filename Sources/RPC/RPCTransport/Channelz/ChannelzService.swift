private import HTTP
package import HTTP2
package import RPC
private import Telemetry
internal import Wire

/// `grpc.channelz.v1.Channelz`, the part of a server: tells of its connections.
///
/// It has no channels and answers so. Connections are numbered in the order of their making, and a
/// page goes on after the last number, so that one that ends in between shifts nothing.
package struct ChannelzService: ChannelzChannelz {
  /// Entries of a page, whatever the caller asks for.
  private static let pageMax = 500

  private let name: String
  private let snapshot: @Sendable (HTTPServerSnapshot.Scope) async -> HTTPServerSnapshot?
  private let calls: @Sendable () -> [CallFigures]

  /// Tells of one server: `snapshot` gives nil until it has started; `calls` gives what became of
  /// the calls on all its doors.
  package init(
    name: String,
    snapshot: @escaping @Sendable (HTTPServerSnapshot.Scope) async -> HTTPServerSnapshot?,
    calls: @escaping @Sendable () -> [CallFigures]
  ) {
    self.name = name
    self.snapshot = snapshot
    self.calls = calls
  }

  // MARK: Servers

  package func getServers(
    _ request: ChannelzGetServersRequest, context: ServerContext
  ) async throws(RPCError) -> ChannelzGetServersResponse {
    try check(request.maxResults)
    guard let server = await snapshot(.none), Int64(server.id) >= request.startServerID else {
      return ChannelzGetServersResponse(end: true)
    }
    return ChannelzGetServersResponse(server: [self.server(server)], end: true)
  }

  package func getServer(
    _ request: ChannelzGetServerRequest, context: ServerContext
  ) async throws(RPCError) -> ChannelzGetServerResponse {
    ChannelzGetServerResponse(server: server(try await find(request.serverID)))
  }

  package func getServerSockets(
    _ request: ChannelzGetServerSocketsRequest, context: ServerContext
  ) async throws(RPCError) -> ChannelzGetServerSocketsResponse {
    try check(request.maxResults)
    let asked = request.maxResults == 0 ? Self.pageMax : Int(request.maxResults)
    let countMax = min(asked, Self.pageMax)
    // One more, which says whether there are more.
    let server = try await find(
      request.serverID, .page(from: Int(request.startSocketID), countMax: countMax + 1))
    let rest = server.loops.flatMap(\.connections).sorted { $0.id < $1.id }
    let page = rest.prefix(countMax)
    return ChannelzGetServerSocketsResponse(
      socketRef: page.map(ChannelzSocketRef.init), end: page.count == rest.count)
  }

  package func getSocket(
    _ request: ChannelzGetSocketRequest, context: ServerContext
  ) async throws(RPCError) -> ChannelzGetSocketResponse {
    let server = await snapshot(.one(Int(request.socketID)))
    for connection in server?.loops.flatMap(\.connections) ?? []
    where Int64(connection.id) == request.socketID {
      return ChannelzGetSocketResponse(socket: ChannelzSocket(connection))
    }
    for listener in server?.listeners ?? [] where Int64(listener.id) == request.socketID {
      return ChannelzGetSocketResponse(socket: ChannelzSocket(listener))
    }
    throw Self.unknown("socket", request.socketID)
  }

  private func find(
    _ id: Int64, _ scope: HTTPServerSnapshot.Scope = .none
  ) async throws(RPCError) -> HTTPServerSnapshot {
    guard let server = await snapshot(scope), Int64(server.id) == id else {
      throw Self.unknown("server", id)
    }
    return server
  }

  private func server(_ server: HTTPServerSnapshot) -> ChannelzServer {
    let calls = calls()
    let last = server.loops.compactMap(\.lastStarted).max()
    return ChannelzServer(
      ref: ChannelzServerRef(serverID: Int64(server.id), name: name),
      data: ChannelzServerData(
        trace: ChannelzChannelTrace(creationTimestamp: Timestamp(server.began)),
        callsStarted: calls.total(\.started), callsSucceeded: calls.total(\.succeeded),
        callsFailed: calls.total(\.failed),
        lastCallStartedTimestamp: last.map { Timestamp($0.instant) }),
      listenSocket: server.listeners.map(ChannelzSocketRef.init))
  }

  // MARK: Channels

  package func getTopChannels(
    _ request: ChannelzGetTopChannelsRequest, context: ServerContext
  ) async throws(RPCError) -> ChannelzGetTopChannelsResponse {
    try check(request.maxResults)
    return ChannelzGetTopChannelsResponse(end: true)
  }

  package func getChannel(
    _ request: ChannelzGetChannelRequest, context: ServerContext
  ) async throws(RPCError) -> ChannelzGetChannelResponse {
    throw Self.unknown("channel", request.channelID)
  }

  package func getSubchannel(
    _ request: ChannelzGetSubchannelRequest, context: ServerContext
  ) async throws(RPCError) -> ChannelzGetSubchannelResponse {
    throw Self.unknown("subchannel", request.subchannelID)
  }

  // MARK: Refusals

  private func check(_ maxResults: Int64) throws(RPCError) {
    guard maxResults >= 0 else {
      throw RPCError(.invalidArgument, "max_results must not be negative")
    }
  }

  private static func unknown(_ kind: String, _ id: Int64) -> RPCError {
    RPCError(.notFound, "no \(kind) \(id)", reason: "UNKNOWN_\(kind.uppercased())")
  }
}

extension [CallFigures] {
  fileprivate func total(_ part: (CallFigures) -> Int) -> Int64 {
    Int64(reduce(0) { $0 + part($1) })
  }
}
