// Generated from klinke/flow/v1/bot_service.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import RPC

/// Creates and reads bots.
public protocol BotService: RPCService {
  /// Creates a bot.
  func createBot(_ request: CreateBotRequest, context: ServerContext) async throws(RPCError) -> Bot

  /// Lists bots, oldest first.
  func listBots(
    _ request: ListBotsRequest, context: ServerContext
  ) async throws(RPCError) -> ListBotsResponse

  /// Returns one bot.
  func getBot(_ request: GetBotRequest, context: ServerContext) async throws(RPCError) -> Bot

  /// Changes a bot.
  func updateBot(_ request: UpdateBotRequest, context: ServerContext) async throws(RPCError) -> Bot
}

extension BotService {
  /// Adds every method to a router.
  public func register(in router: inout Router) {
    router.unary(encoded: BotServiceMethods.createBot) {
      (request, context) async throws(RPCError) in
      try await createBot(CreateBotRequest(request: request), context: context).responseBytes()
    }
    router.unary(encoded: BotServiceMethods.listBots) {
      (request, context) async throws(RPCError) in
      try await listBots(ListBotsRequest(request: request), context: context).responseBytes()
    }
    router.unary(encoded: BotServiceMethods.getBot) {
      (request, context) async throws(RPCError) in
      try await getBot(GetBotRequest(request: request), context: context).responseBytes()
    }
    router.unary(encoded: BotServiceMethods.updateBot) {
      (request, context) async throws(RPCError) in
      try await updateBot(UpdateBotRequest(request: request), context: context).responseBytes()
    }
  }
}

/// Calls ``BotService`` over any transport.
public struct BotServiceClient<Transport: ClientTransport>: Sendable {
  private let transport: Transport

  /// Calls over `transport`.
  public init(_ transport: Transport) { self.transport = transport }

  /// Creates a bot.
  public func createBot(
    _ request: CreateBotRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> Bot {
    try await transport.unary(BotServiceMethods.createBot, request, options: options)
  }

  /// Lists bots, oldest first.
  public func listBots(
    _ request: ListBotsRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> ListBotsResponse {
    try await transport.unary(BotServiceMethods.listBots, request, options: options)
  }

  /// Returns one bot.
  public func getBot(
    _ request: GetBotRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> Bot {
    try await transport.unary(BotServiceMethods.getBot, request, options: options)
  }

  /// Changes a bot.
  public func updateBot(
    _ request: UpdateBotRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> Bot {
    try await transport.unary(BotServiceMethods.updateBot, request, options: options)
  }
}

// MARK: - Method table

/// The methods of ``BotService``.
public enum BotServiceMethods {
  public static let createBot = MethodDescriptor<CreateBotRequest, Bot>(
    MethodInfo(
      service: "klinke.flow.v1.BotService", name: "CreateBot",
      kind: .unary,
      requestType: "klinke.flow.v1.CreateBotRequest",
      responseType: "klinke.flow.v1.Bot",
      policy: MethodPolicy(access: .roles([.platformAdmin, .customerAdmin]), scope: .tenant, tenantField: 1),
      audited: true,
      routes: [HTTPRoute(.post, "/api/bots", body: .all)]
    ))

  public static let listBots = MethodDescriptor<ListBotsRequest, ListBotsResponse>(
    MethodInfo(
      service: "klinke.flow.v1.BotService", name: "ListBots",
      kind: .unary,
      requestType: "klinke.flow.v1.ListBotsRequest",
      responseType: "klinke.flow.v1.ListBotsResponse",
      policy: MethodPolicy(access: .roles([.platformAdmin, .customerAdmin, .customerUser]), scope: .tenant, tenantField: 1),
      idempotency: .noSideEffects,
      routes: [HTTPRoute(.get, "/api/bots")]
    ))

  public static let getBot = MethodDescriptor<GetBotRequest, Bot>(
    MethodInfo(
      service: "klinke.flow.v1.BotService", name: "GetBot",
      kind: .unary,
      requestType: "klinke.flow.v1.GetBotRequest",
      responseType: "klinke.flow.v1.Bot",
      policy: MethodPolicy(access: .roles([.platformAdmin, .customerAdmin, .customerUser]), scope: .tenant, tenantField: 1),
      idempotency: .noSideEffects,
      routes: [HTTPRoute(.get, "/api/bots/{bot_id}")]
    ))

  public static let updateBot = MethodDescriptor<UpdateBotRequest, Bot>(
    MethodInfo(
      service: "klinke.flow.v1.BotService", name: "UpdateBot",
      kind: .unary,
      requestType: "klinke.flow.v1.UpdateBotRequest",
      responseType: "klinke.flow.v1.Bot",
      policy: MethodPolicy(access: .roles([.platformAdmin, .customerAdmin]), scope: .tenant, tenantField: 1),
      audited: true,
      routes: [HTTPRoute(.patch, "/api/bots/{bot_id}", body: .field("bot"))]
    ))

  /// All of them, in the order of the schema.
  public static let all: [MethodInfo] = [createBot.info, listBots.info, getBot.info, updateBot.info]
}
