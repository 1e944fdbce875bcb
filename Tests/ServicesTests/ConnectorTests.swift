internal import ConnectorAPI
@testable internal import Connectors
internal import Platform
internal import Postgres
internal import ProviderKit
internal import RPC
internal import TenantAPI
internal import TestSupport
internal import Testing

@Suite("Connectors", .timeLimit(.minutes(5)))
struct ConnectorTests {
  private static let account = "AC" + String(repeating: "0a", count: 16)
  private static let token = String(repeating: "1b", count: 16)

  private func credentials(
    account: String = account, token: String = token, provider: String = "twilio"
  ) -> PutCredentialsRequest {
    PutCredentialsRequest(
      provider: provider,
      credentials: .twilio(TwilioCredentials(accountSid: account, authToken: token)))
  }

  private func secrets(
    _ services: Services, call: String = "", number: String = ""
  ) async throws -> WebhookSecrets? {
    let source = ConnectorSecrets(
      store: services.connectors, platform: ["twilio": ["", "platform"], "stripe": [""]])
    let hint = WebhookHint(call: call, calledNumber: number)
    return try await source.secrets(provider: "twilio", hint: hint)
  }

  @Test("the secret is sealed in the database and shown to nobody")
  func sealed() async throws {
    try await withServices { services in
      let company = try await services.company()
      let connector = try await company.admin.connectors.putCredentials(credentials())
      #expect(connector.account == Self.account)
      #expect(connector.secretPrefix == "1b1b1b")
      #expect(connector.provider == "twilio" && connector.tenantID == company.id.text)
      let listed = try await company.admin.connectors.listConnectors(.init()).connectors
      #expect(listed == [connector])
      let rows = try await services.database.query(
        "SELECT sealed_secret FROM connector", as: .tenant(company.id.text))
      let sealed = try rows[0]["sealed_secret", as: [UInt8].self]
      #expect(sealed.count == Self.token.utf8.count + 28)
      #expect(!String(decoding: sealed, as: UTF8.self).contains("1b1b"))
      let opened = try await services.connectors.secret(provider: "twilio", of: company.id)
      #expect(opened?.secret == Self.token && opened?.account == Self.account)
    }
  }

  @Test("only the right master key opens it, and only at its own row")
  func keys() async throws {
    try await withServices { services in
      let company = try await services.company()
      _ = try await company.admin.connectors.putCredentials(credentials())
      let other = try await Services(services.test, masterKey: 8)
      let wrong = await refusal {
        try await other.connectors.secret(provider: "twilio", of: company.id)
      }
      #expect(wrong?.code == .internal && wrong?.reason == "SECRET_UNREADABLE")
      #expect(wrong?.message.contains("1b") == false)
      try await company.answers("+493023125000")
      await #expect(throws: WebhookSecretsUnavailable.self) {
        try await secrets(other, number: "+493023125000")
      }
      // The same bytes under another row's id belong to no place.
      try await services.test.administer(
        "UPDATE connector SET connector_id = gen_random_uuid()")
      let moved = await refusal {
        try await services.connectors.secret(provider: "twilio", of: company.id)
      }
      #expect(moved?.reason == "SECRET_UNREADABLE")
    }
  }

  @Test("new credentials replace the old ones in the same connector")
  func replaced() async throws {
    try await withServices { services in
      let company = try await services.company()
      let first = try await company.admin.connectors.putCredentials(credentials())
      let account = "AC" + String(repeating: "f", count: 32)
      let token = String(repeating: "9", count: 32)
      let second = try await company.admin.connectors.putCredentials(
        credentials(account: account, token: token))
      #expect(second.connectorID == first.connectorID)
      #expect(second.account == account && second.secretPrefix == "999999")
      let opened = try await services.connectors.secret(provider: "twilio", of: company.id)
      #expect(opened?.secret == token)
      #expect(
        try await services.count(
          "SELECT count(*) AS n FROM connector WHERE tenant_id = \(company.id)", in: company.id)
          == 1)
    }
  }

  @Test("many first credentials at once leave one connector that opens")
  func concurrent() async throws {
    try await withServices { services in
      let company = try await services.company()
      let codes = await withTaskGroup(of: RPCCode?.self) { group in
        for digit in 0..<6 {
          group.addTask {
            await refusal {
              try await company.admin.connectors.putCredentials(
                credentials(token: String(repeating: "\(digit)", count: 32)))
            }?.code
          }
        }
        return await group.reduce(into: [RPCCode?]()) { $0.append($1) }
      }
      #expect(codes.allSatisfy { $0 == nil || $0 == .aborted })
      #expect(codes.contains { $0 == nil })
      let opened = try await services.connectors.secret(provider: "twilio", of: company.id)
      let listed = try await company.admin.connectors.listConnectors(.init()).connectors
      #expect(listed.map(\.secretPrefix) == [String(opened?.secret.prefix(6) ?? "")])
    }
  }

  @Test("a webhook is checked with the tenant's secret while there is one")
  func webhooks() async throws {
    try await withServices { services in
      let company = try await services.company()
      try await company.answers("+493023125000")
      let shared = try await secrets(services, number: "+493023125000")
      #expect(shared?.secrets == ["platform"] && shared?.tenantID == nil)
      let connector = try await company.admin.connectors.putCredentials(credentials())
      let own = try await secrets(services, number: "+493023125000")
      #expect(own?.secrets == [Self.token] && own?.tenantID == company.id)
      // A running call decides before the number, which anybody can claim.
      _ = try await Phone(services).rings()
      let other = try await services.company("Makrele AG")
      try await other.answers("+493023125001")
      let call = try await secrets(services, call: "CA1", number: "+493023125001")
      #expect(call?.tenantID == company.id)
      let nobody = try #require(await secrets(services, number: "+493023125999"))
      #expect(nobody.tenantID == nil)
      let unnamed = try await secrets(services)
      #expect(unnamed?.secrets == ["platform"])
      _ = try await company.admin.connectors.disconnect(
        .init(connectorID: connector.connectorID))
      let again = try await secrets(services, number: "+493023125000")
      #expect(again?.secrets == ["platform"])
    }
  }

  @Test("disconnecting is once, one's own, and can be undone with new credentials")
  func disconnect() async throws {
    try await withServices { services in
      let company = try await services.company()
      let other = try await services.company("Makrele AG")
      let connector = try await company.admin.connectors.putCredentials(credentials())
      let request = DisconnectRequest(connectorID: connector.connectorID)
      let foreign = await refusal { try await other.admin.connectors.disconnect(request) }
      #expect(foreign?.reason == "FOREIGN_RESOURCE")
      _ = try await company.admin.connectors.disconnect(request)
      let again = await refusal { try await company.admin.connectors.disconnect(request) }
      #expect(again?.reason == "CONNECTOR_NOT_FOUND")
      #expect(try await services.connectors.secret(provider: "twilio", of: company.id) == nil)
      let next = try await company.admin.connectors.putCredentials(credentials())
      #expect(next.connectorID != connector.connectorID)
      let opened = try await services.connectors.secret(provider: "twilio", of: company.id)
      #expect(opened?.secret == Self.token)
    }
  }

  @Test("every fault is named")
  func faults() async throws {
    try await withServices { services in
      let connectors = try await services.company().admin.connectors
      let requests: [(PutCredentialsRequest, [String])] = [
        (PutCredentialsRequest(), ["provider required", "credentials required"]),
        (credentials(provider: "sipgate"), ["provider string.in"]),
        (PutCredentialsRequest(provider: "twilio"), ["credentials required"]),
        (
          credentials(account: "", token: ""),
          ["twilio.account_sid string.pattern", "twilio.auth_token string.pattern"]
        ),
        (credentials(account: "SK" + Self.token), ["twilio.account_sid string.pattern"]),
        (credentials(token: Self.token + "0"), ["twilio.auth_token string.pattern"]),
        (
          credentials(token: String(Self.token.dropLast()) + "g"),
          ["twilio.auth_token string.pattern"]
        ),
        (
          credentials(token: String(Self.token.dropLast()) + "\u{0}"),
          ["twilio.auth_token string.pattern"]
        ),
      ]
      for (request, faults) in requests {
        let error = await refusal { try await connectors.putCredentials(request) }
        #expect(error?.faults == faults)
      }
      let admin = await refusal { try await services.admin.connectors.putCredentials(.init()) }
      #expect(admin?.reason == "ROLE_NOT_ALLOWED")
    }
  }
}
