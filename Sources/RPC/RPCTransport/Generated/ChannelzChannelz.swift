// Generated from grpc/channelz/v1/channelz.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import RPC

/// Tells of the server's connections and what went over them.
public protocol ChannelzChannelz: RPCService {
  /// Returns the channels that belong to no other: none, since a server has no channels.
  func getTopChannels(
    _ request: ChannelzGetTopChannelsRequest, context: ServerContext
  ) async throws(RPCError) -> ChannelzGetTopChannelsResponse

  /// Returns the servers of the process.
  func getServers(
    _ request: ChannelzGetServersRequest, context: ServerContext
  ) async throws(RPCError) -> ChannelzGetServersResponse

  /// Returns one server, or NOT_FOUND.
  func getServer(
    _ request: ChannelzGetServerRequest, context: ServerContext
  ) async throws(RPCError) -> ChannelzGetServerResponse

  /// Returns the connections of a server.
  func getServerSockets(
    _ request: ChannelzGetServerSocketsRequest, context: ServerContext
  ) async throws(RPCError) -> ChannelzGetServerSocketsResponse

  /// Returns one channel, or NOT_FOUND.
  func getChannel(
    _ request: ChannelzGetChannelRequest, context: ServerContext
  ) async throws(RPCError) -> ChannelzGetChannelResponse

  /// Returns one subchannel, or NOT_FOUND.
  func getSubchannel(
    _ request: ChannelzGetSubchannelRequest, context: ServerContext
  ) async throws(RPCError) -> ChannelzGetSubchannelResponse

  /// Returns one socket, or NOT_FOUND.
  func getSocket(
    _ request: ChannelzGetSocketRequest, context: ServerContext
  ) async throws(RPCError) -> ChannelzGetSocketResponse
}

extension ChannelzChannelz {
  /// Adds every method to a router.
  public func register(in router: inout Router) {
    router.unary(encoded: ChannelzChannelzMethods.getTopChannels) {
      (request, context) async throws(RPCError) in
      try await getTopChannels(
        ChannelzGetTopChannelsRequest(request: request), context: context
      ).responseBytes()
    }
    router.unary(encoded: ChannelzChannelzMethods.getServers) {
      (request, context) async throws(RPCError) in
      try await getServers(
        ChannelzGetServersRequest(request: request), context: context
      ).responseBytes()
    }
    router.unary(encoded: ChannelzChannelzMethods.getServer) {
      (request, context) async throws(RPCError) in
      try await getServer(
        ChannelzGetServerRequest(request: request), context: context
      ).responseBytes()
    }
    router.unary(encoded: ChannelzChannelzMethods.getServerSockets) {
      (request, context) async throws(RPCError) in
      try await getServerSockets(
        ChannelzGetServerSocketsRequest(request: request), context: context
      ).responseBytes()
    }
    router.unary(encoded: ChannelzChannelzMethods.getChannel) {
      (request, context) async throws(RPCError) in
      try await getChannel(
        ChannelzGetChannelRequest(request: request), context: context
      ).responseBytes()
    }
    router.unary(encoded: ChannelzChannelzMethods.getSubchannel) {
      (request, context) async throws(RPCError) in
      try await getSubchannel(
        ChannelzGetSubchannelRequest(request: request), context: context
      ).responseBytes()
    }
    router.unary(encoded: ChannelzChannelzMethods.getSocket) {
      (request, context) async throws(RPCError) in
      try await getSocket(
        ChannelzGetSocketRequest(request: request), context: context
      ).responseBytes()
    }
  }
}

/// Calls ``ChannelzChannelz`` over any transport.
public struct ChannelzChannelzClient<Transport: ClientTransport>: Sendable {
  private let transport: Transport

  /// Calls over `transport`.
  public init(_ transport: Transport) { self.transport = transport }

  /// Returns the channels that belong to no other: none, since a server has no channels.
  public func getTopChannels(
    _ request: ChannelzGetTopChannelsRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> ChannelzGetTopChannelsResponse {
    try await transport.unary(ChannelzChannelzMethods.getTopChannels, request, options: options)
  }

  /// Returns the servers of the process.
  public func getServers(
    _ request: ChannelzGetServersRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> ChannelzGetServersResponse {
    try await transport.unary(ChannelzChannelzMethods.getServers, request, options: options)
  }

  /// Returns one server, or NOT_FOUND.
  public func getServer(
    _ request: ChannelzGetServerRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> ChannelzGetServerResponse {
    try await transport.unary(ChannelzChannelzMethods.getServer, request, options: options)
  }

  /// Returns the connections of a server.
  public func getServerSockets(
    _ request: ChannelzGetServerSocketsRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> ChannelzGetServerSocketsResponse {
    try await transport.unary(ChannelzChannelzMethods.getServerSockets, request, options: options)
  }

  /// Returns one channel, or NOT_FOUND.
  public func getChannel(
    _ request: ChannelzGetChannelRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> ChannelzGetChannelResponse {
    try await transport.unary(ChannelzChannelzMethods.getChannel, request, options: options)
  }

  /// Returns one subchannel, or NOT_FOUND.
  public func getSubchannel(
    _ request: ChannelzGetSubchannelRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> ChannelzGetSubchannelResponse {
    try await transport.unary(ChannelzChannelzMethods.getSubchannel, request, options: options)
  }

  /// Returns one socket, or NOT_FOUND.
  public func getSocket(
    _ request: ChannelzGetSocketRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> ChannelzGetSocketResponse {
    try await transport.unary(ChannelzChannelzMethods.getSocket, request, options: options)
  }
}

// MARK: - Method table

/// The methods of ``ChannelzChannelz``.
public enum ChannelzChannelzMethods {
  public static let getTopChannels = MethodDescriptor<ChannelzGetTopChannelsRequest, ChannelzGetTopChannelsResponse>(
    MethodInfo(
      service: "grpc.channelz.v1.Channelz", name: "GetTopChannels",
      kind: .unary,
      requestType: "grpc.channelz.v1.GetTopChannelsRequest",
      responseType: "grpc.channelz.v1.GetTopChannelsResponse",
      policy: MethodPolicy(access: .roles([.platformAdmin, .internalService]), scope: .platform)
    ))

  public static let getServers = MethodDescriptor<ChannelzGetServersRequest, ChannelzGetServersResponse>(
    MethodInfo(
      service: "grpc.channelz.v1.Channelz", name: "GetServers",
      kind: .unary,
      requestType: "grpc.channelz.v1.GetServersRequest",
      responseType: "grpc.channelz.v1.GetServersResponse",
      policy: MethodPolicy(access: .roles([.platformAdmin, .internalService]), scope: .platform)
    ))

  public static let getServer = MethodDescriptor<ChannelzGetServerRequest, ChannelzGetServerResponse>(
    MethodInfo(
      service: "grpc.channelz.v1.Channelz", name: "GetServer",
      kind: .unary,
      requestType: "grpc.channelz.v1.GetServerRequest",
      responseType: "grpc.channelz.v1.GetServerResponse",
      policy: MethodPolicy(access: .roles([.platformAdmin, .internalService]), scope: .platform)
    ))

  public static let getServerSockets = MethodDescriptor<ChannelzGetServerSocketsRequest, ChannelzGetServerSocketsResponse>(
    MethodInfo(
      service: "grpc.channelz.v1.Channelz", name: "GetServerSockets",
      kind: .unary,
      requestType: "grpc.channelz.v1.GetServerSocketsRequest",
      responseType: "grpc.channelz.v1.GetServerSocketsResponse",
      policy: MethodPolicy(access: .roles([.platformAdmin, .internalService]), scope: .platform)
    ))

  public static let getChannel = MethodDescriptor<ChannelzGetChannelRequest, ChannelzGetChannelResponse>(
    MethodInfo(
      service: "grpc.channelz.v1.Channelz", name: "GetChannel",
      kind: .unary,
      requestType: "grpc.channelz.v1.GetChannelRequest",
      responseType: "grpc.channelz.v1.GetChannelResponse",
      policy: MethodPolicy(access: .roles([.platformAdmin, .internalService]), scope: .platform)
    ))

  public static let getSubchannel = MethodDescriptor<ChannelzGetSubchannelRequest, ChannelzGetSubchannelResponse>(
    MethodInfo(
      service: "grpc.channelz.v1.Channelz", name: "GetSubchannel",
      kind: .unary,
      requestType: "grpc.channelz.v1.GetSubchannelRequest",
      responseType: "grpc.channelz.v1.GetSubchannelResponse",
      policy: MethodPolicy(access: .roles([.platformAdmin, .internalService]), scope: .platform)
    ))

  public static let getSocket = MethodDescriptor<ChannelzGetSocketRequest, ChannelzGetSocketResponse>(
    MethodInfo(
      service: "grpc.channelz.v1.Channelz", name: "GetSocket",
      kind: .unary,
      requestType: "grpc.channelz.v1.GetSocketRequest",
      responseType: "grpc.channelz.v1.GetSocketResponse",
      policy: MethodPolicy(access: .roles([.platformAdmin, .internalService]), scope: .platform)
    ))

  /// All of them, in the order of the schema.
  public static let all: [MethodInfo] = [
    getTopChannels.info,
    getServers.info,
    getServer.info,
    getServerSockets.info,
    getChannel.info,
    getSubchannel.info,
    getSocket.info
  ]
}
