package import ConnectorAPI
package import Platform
package import RPC
package import Wire

/// Connects a tenant's own accounts at outside providers.
package struct ConnectorServer: ConnectorService {
  private let store: ConnectorStore
  private let pages: PageTokens

  package init(store: ConnectorStore, pages: PageTokens) {
    self.store = store
    self.pages = pages
  }

  package func putCredentials(
    _ request: PutCredentialsRequest, context: ServerContext
  ) async throws(RPCError) -> Connector {
    let tenant = try context.tenant()
    var faults = Violations()
    guard request.provider == "twilio", case .twilio(let twilio)? = request.credentials else {
      if request.provider.isEmpty {
        faults.add("provider", "is required", reason: "REQUIRED")
      } else if request.provider != "twilio" {
        faults.add("provider", "must be `twilio`", reason: "PROVIDER")
      } else {
        faults.add("twilio", "is required for provider `twilio`", reason: "REQUIRED")
      }
      try faults.throwIfAny()
      throw RPCError(.internal, "unchecked credentials")
    }
    let accountIsGood =
      twilio.accountSid.hasPrefix("AC") && Self.isHexadecimal(twilio.accountSid.dropFirst(2), 32)
    faults.check(accountIsGood, "twilio.account_sid", "must be AC and 32 hexadecimal digits")
    faults.check(
      Self.isHexadecimal(twilio.authToken[...], 32), "twilio.auth_token",
      "must be 32 hexadecimal digits")
    try faults.throwIfAny()
    return try await store.put(
      provider: "twilio", account: twilio.accountSid, secret: twilio.authToken, in: tenant, context)
  }

  package func listConnectors(
    _ request: ListConnectorsRequest, context: ServerContext
  ) async throws(RPCError) -> ListConnectorsResponse {
    let tenant = try context.tenant()
    let paging = try pages.paging(
      size: request.pageSize, token: request.pageToken, in: tenant, context)
    let page = try await store.list(paging, in: tenant, context)
    return ListConnectorsResponse(
      connectors: page.resources, nextPageToken: paging.token(of: page))
  }

  package func disconnect(
    _ request: DisconnectRequest, context: ServerContext
  ) async throws(RPCError) -> Empty {
    let id = try Violations.requireID(request.connectorID, "connector_id", of: ConnectorKind.self)
    try await store.delete(id, in: context.tenant(), context)
    return Empty()
  }

  private static func isHexadecimal(_ text: Substring, _ count: Int) -> Bool {
    text.utf8.count == count
      && text.utf8.allSatisfy { byte in
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
      }
  }
}
