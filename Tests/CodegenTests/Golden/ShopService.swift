// Generated from shop.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import RPC
public import Wire

/// Sells things.
public protocol ShopService: RPCService {
  /// Creates an item. Its id is new.
  func createItem(
    _ request: CreateItemRequest, context: ServerContext
  ) async throws(RPCError) -> Item

  /// Lists items.
  func listItems(
    _ request: ListItemsRequest, context: ServerContext
  ) async throws(RPCError) -> ListItemsResponse

  /// Deletes an item.
  func deleteItem(
    _ request: DeleteItemRequest, context: ServerContext
  ) async throws(RPCError) -> Empty

  /// Finds an item. Use ListItems.
  func findItem(_ request: DeleteItemRequest, context: ServerContext) async throws(RPCError) -> Item

  /// Takes news of the carrier.
  func takeNews(_ request: TakeNewsRequest, context: ServerContext) async throws(RPCError) -> Empty

  /// Watches items.
  func watchItems(
    _ request: ListItemsRequest, responses: ResponseWriter<Item>, context: ServerContext
  ) async throws(RPCError)

  /// Stores items.
  func storeItems(
    requests: RequestStream<Item>, context: ServerContext
  ) async throws(RPCError) -> ListItemsResponse

  /// Talks about items.
  func talkItems(
    requests: RequestStream<Item>, responses: ResponseWriter<Item>, context: ServerContext
  ) async throws(RPCError)
}

extension ShopService {
  /// Adds every method to a router.
  public func register(in router: inout Router) {
    router.unary(encoded: ShopServiceMethods.createItem) {
      (request, context) async throws(RPCError) in
      try await createItem(CreateItemRequest(request: request), context: context).responseBytes()
    }
    router.unary(encoded: ShopServiceMethods.listItems) {
      (request, context) async throws(RPCError) in
      try await listItems(ListItemsRequest(request: request), context: context).responseBytes()
    }
    router.unary(encoded: ShopServiceMethods.deleteItem) {
      (request, context) async throws(RPCError) in
      try await deleteItem(DeleteItemRequest(request: request), context: context).responseBytes()
    }
    router.unary(encoded: ShopServiceMethods.findItem) {
      (request, context) async throws(RPCError) in
      try await findItem(DeleteItemRequest(request: request), context: context).responseBytes()
    }
    router.unary(encoded: ShopServiceMethods.takeNews) {
      (request, context) async throws(RPCError) in
      try await takeNews(TakeNewsRequest(request: request), context: context).responseBytes()
    }
    router.serverStreaming(ShopServiceMethods.watchItems) {
      (request, responses, context) async throws(RPCError) in
      try await watchItems(request, responses: responses, context: context)
    }
    router.clientStreaming(ShopServiceMethods.storeItems) {
      (requests, context) async throws(RPCError) in
      try await storeItems(requests: requests, context: context)
    }
    router.bidirectional(ShopServiceMethods.talkItems) {
      (requests, responses, context) async throws(RPCError) in
      try await talkItems(requests: requests, responses: responses, context: context)
    }
  }
}

/// Calls ``ShopService`` over any transport.
public struct ShopServiceClient<Transport: ClientTransport>: Sendable {
  private let transport: Transport

  /// Calls over `transport`.
  public init(_ transport: Transport) { self.transport = transport }

  /// Creates an item. Its id is new.
  public func createItem(
    _ request: CreateItemRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> Item {
    try await transport.unary(ShopServiceMethods.createItem, request, options: options)
  }

  /// Lists items.
  public func listItems(
    _ request: ListItemsRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> ListItemsResponse {
    try await transport.unary(ShopServiceMethods.listItems, request, options: options)
  }

  /// Deletes an item.
  public func deleteItem(
    _ request: DeleteItemRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> Empty {
    try await transport.unary(ShopServiceMethods.deleteItem, request, options: options)
  }

  /// Finds an item. Use ListItems.
  @available(*, deprecated, message: "deprecated in the schema")
  public func findItem(
    _ request: DeleteItemRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> Item {
    try await transport.unary(ShopServiceMethods.findItem, request, options: options)
  }

  /// Takes news of the carrier.
  public func takeNews(
    _ request: TakeNewsRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> Empty {
    try await transport.unary(ShopServiceMethods.takeNews, request, options: options)
  }

  /// Watches items.
  public func watchItems(
    _ request: ListItemsRequest,
    options: CallOptions = .init(),
    onResponse: (Item) async throws(RPCError) -> Void
  ) async throws(RPCError) {
    try await transport.serverStreaming(
      ShopServiceMethods.watchItems, request, options: options, onResponse: onResponse
    )
  }

  /// Stores items.
  public func storeItems(
    options: CallOptions = .init(), send: (RequestWriter<Item>) async throws(RPCError) -> Void
  ) async throws(RPCError) -> ListItemsResponse {
    try await transport.clientStreaming(ShopServiceMethods.storeItems, options: options, send: send)
  }

  /// Talks about items.
  public func talkItems<Result: Sendable>(
    options: CallOptions = .init(),
    _ body: (RequestWriter<Item>, ResponseStream<Item>) async throws(RPCError) -> Result
  ) async throws(RPCError) -> Result {
    try await transport.bidirectional(ShopServiceMethods.talkItems, options: options, body)
  }

  /// ``talkItems(options:_:)`` with `send` beside `receive`.
  public func talkItems<Result: Sendable>(
    options: CallOptions = .init(),
    send: @escaping @Sendable (RequestWriter<Item>) async throws(RPCError) -> Void,
    receive: (ResponseStream<Item>) async throws(RPCError) -> Result
  ) async throws(RPCError) -> Result {
    try await transport.bidirectional(
      ShopServiceMethods.talkItems, options: options, send: send, receive: receive
    )
  }
}

// MARK: - Method table

/// The methods of ``ShopService``.
public enum ShopServiceMethods {
  public static let createItem = MethodDescriptor<CreateItemRequest, Item>(
    MethodInfo(
      service: "golden.v1.ShopService", name: "CreateItem",
      kind: .unary,
      requestType: "golden.v1.CreateItemRequest",
      responseType: "golden.v1.Item",
      policy: MethodPolicy(access: .roles([.platformAdmin, .customerAdmin]), scope: .tenant, tenantField: 1),
      audited: true,
      routes: [HTTPRoute(.post, "/api/items", body: .all)]
    ))

  public static let listItems = MethodDescriptor<ListItemsRequest, ListItemsResponse>(
    MethodInfo(
      service: "golden.v1.ShopService", name: "ListItems",
      kind: .unary,
      requestType: "golden.v1.ListItemsRequest",
      responseType: "golden.v1.ListItemsResponse",
      policy: MethodPolicy(access: .anyone, scope: .none),
      idempotency: .noSideEffects,
      routes: [HTTPRoute(.get, "/api/items"), HTTPRoute(.get, "/api/items/{filter.state}")]
    ))

  public static let deleteItem = MethodDescriptor<DeleteItemRequest, Empty>(
    MethodInfo(
      service: "golden.v1.ShopService", name: "DeleteItem",
      kind: .unary,
      requestType: "golden.v1.DeleteItemRequest",
      responseType: "google.protobuf.Empty",
      policy: MethodPolicy(access: .roles([.customerUser]), scope: .platform),
      audited: true,
      routes: [HTTPRoute(.delete, "/api/items/{item_id}")]
    ))

  public static let findItem = MethodDescriptor<DeleteItemRequest, Item>(
    MethodInfo(
      service: "golden.v1.ShopService", name: "FindItem",
      kind: .unary,
      requestType: "golden.v1.DeleteItemRequest",
      responseType: "golden.v1.Item",
      policy: MethodPolicy(access: .anyone, scope: .none),
      idempotency: .noSideEffects,
      routes: [HTTPRoute(.get, "/api/items:find")]
    ))

  public static let takeNews = MethodDescriptor<TakeNewsRequest, Empty>(
    MethodInfo(
      service: "golden.v1.ShopService", name: "TakeNews",
      kind: .unary,
      requestType: "golden.v1.TakeNewsRequest",
      responseType: "google.protobuf.Empty",
      policy: MethodPolicy(access: .webhook, scope: .none),
      routes: [HTTPRoute(.post, "/news", body: .all)],
      webhook: WebhookInfo(provider: "carrier", payload: .json, rawBodyField: "body")
    ))

  public static let watchItems = MethodDescriptor<ListItemsRequest, Item>(
    MethodInfo(
      service: "golden.v1.ShopService", name: "WatchItems",
      kind: .serverStreaming,
      requestType: "golden.v1.ListItemsRequest",
      responseType: "golden.v1.Item",
      policy: MethodPolicy(access: .anyone, scope: .none),
      idempotency: .noSideEffects,
      routes: [HTTPRoute(.get, "/api/items:watch")]
    ))

  public static let storeItems = MethodDescriptor<Item, ListItemsResponse>(
    MethodInfo(
      service: "golden.v1.ShopService", name: "StoreItems",
      kind: .clientStreaming,
      requestType: "golden.v1.Item",
      responseType: "golden.v1.ListItemsResponse",
      policy: MethodPolicy(access: .anyone, scope: .none)
    ))

  public static let talkItems = MethodDescriptor<Item, Item>(
    MethodInfo(
      service: "golden.v1.ShopService", name: "TalkItems",
      kind: .bidirectional,
      requestType: "golden.v1.Item",
      responseType: "golden.v1.Item",
      policy: MethodPolicy(access: .anyone, scope: .none)
    ))

  /// All of them, in the order of the schema.
  public static let all: [MethodInfo] = [
    createItem.info,
    listItems.info,
    deleteItem.info,
    findItem.info,
    takeNews.info,
    watchItems.info,
    storeItems.info,
    talkItems.info
  ]
}
