// Generated from klinke/connector/v1/connector_service.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import RPC
public import Wire

/// Connects a tenant's own accounts at outside providers.
public protocol ConnectorService: RPCService {
  /// Stores a tenant's own credentials, encrypted; replaces those of the same provider.
  ///
  /// From then on webhooks of the tenant's numbers must be signed with these credentials.
  func putCredentials(
    _ request: PutCredentialsRequest, context: ServerContext
  ) async throws(RPCError) -> Connector

  /// Lists the connectors of a tenant, oldest first.
  func listConnectors(
    _ request: ListConnectorsRequest, context: ServerContext
  ) async throws(RPCError) -> ListConnectorsResponse

  /// Deletes a connector and its credentials.
  func disconnect(
    _ request: DisconnectRequest, context: ServerContext
  ) async throws(RPCError) -> Empty
}

extension ConnectorService {
  /// Adds every method to a router.
  public func register(in router: inout Router) {
    router.unary(encoded: ConnectorServiceMethods.putCredentials) {
      (request, context) async throws(RPCError) in
      try await putCredentials(
        PutCredentialsRequest(request: request), context: context
      ).responseBytes()
    }
    router.unary(encoded: ConnectorServiceMethods.listConnectors) {
      (request, context) async throws(RPCError) in
      try await listConnectors(
        ListConnectorsRequest(request: request), context: context
      ).responseBytes()
    }
    router.unary(encoded: ConnectorServiceMethods.disconnect) {
      (request, context) async throws(RPCError) in
      try await disconnect(DisconnectRequest(request: request), context: context).responseBytes()
    }
  }
}

/// Calls ``ConnectorService`` over any transport.
public struct ConnectorServiceClient<Transport: ClientTransport>: Sendable {
  private let transport: Transport

  /// Calls over `transport`.
  public init(_ transport: Transport) { self.transport = transport }

  /// Stores a tenant's own credentials, encrypted; replaces those of the same provider.
  ///
  /// From then on webhooks of the tenant's numbers must be signed with these credentials.
  public func putCredentials(
    _ request: PutCredentialsRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> Connector {
    try await transport.unary(ConnectorServiceMethods.putCredentials, request, options: options)
  }

  /// Lists the connectors of a tenant, oldest first.
  public func listConnectors(
    _ request: ListConnectorsRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> ListConnectorsResponse {
    try await transport.unary(ConnectorServiceMethods.listConnectors, request, options: options)
  }

  /// Deletes a connector and its credentials.
  public func disconnect(
    _ request: DisconnectRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> Empty {
    try await transport.unary(ConnectorServiceMethods.disconnect, request, options: options)
  }
}

// MARK: - Method table

/// The methods of ``ConnectorService``.
public enum ConnectorServiceMethods {
  public static let putCredentials = MethodDescriptor<PutCredentialsRequest, Connector>(
    MethodInfo(
      service: "klinke.connector.v1.ConnectorService", name: "PutCredentials",
      kind: .unary,
      requestType: "klinke.connector.v1.PutCredentialsRequest",
      responseType: "klinke.connector.v1.Connector",
      policy: MethodPolicy(access: .roles([.customerAdmin]), scope: .tenant, tenantField: 1),
      audited: true,
      idempotency: .idempotent,
      routes: [HTTPRoute(.put, "/api/connectors/{provider}/credentials", body: .all)]
    ))

  public static let listConnectors = MethodDescriptor<ListConnectorsRequest, ListConnectorsResponse>(
    MethodInfo(
      service: "klinke.connector.v1.ConnectorService", name: "ListConnectors",
      kind: .unary,
      requestType: "klinke.connector.v1.ListConnectorsRequest",
      responseType: "klinke.connector.v1.ListConnectorsResponse",
      policy: MethodPolicy(access: .roles([.platformAdmin, .customerAdmin]), scope: .tenant, tenantField: 1),
      idempotency: .noSideEffects,
      routes: [HTTPRoute(.get, "/api/connectors")]
    ))

  public static let disconnect = MethodDescriptor<DisconnectRequest, Empty>(
    MethodInfo(
      service: "klinke.connector.v1.ConnectorService", name: "Disconnect",
      kind: .unary,
      requestType: "klinke.connector.v1.DisconnectRequest",
      responseType: "google.protobuf.Empty",
      policy: MethodPolicy(access: .roles([.customerAdmin]), scope: .tenant, tenantField: 1),
      audited: true,
      routes: [HTTPRoute(.delete, "/api/connectors/{connector_id}")]
    ))

  /// All of them, in the order of the schema.
  public static let all: [MethodInfo] = [putCredentials.info, listConnectors.info, disconnect.info]
}
