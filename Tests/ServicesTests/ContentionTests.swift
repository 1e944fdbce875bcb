internal import CallAPI
internal import ConnectorAPI
internal import FlowAPI
internal import IdentityAPI
internal import MappingAPI
internal import Platform
internal import RPC
internal import TenantAPI
internal import Testing
internal import Wire

@Suite("Many changes of one tenant at once", .timeLimit(.minutes(5)))
struct ContentionTests {
  @Test("wait for each other and never lock each other out")
  func crowd() async throws {
    try await withServices { services in
      let company = try await services.company()
      let bot = try await company.answers("+493023125000")
      let flow = try await company.admin.flows.listFlows(.init()).flows[0]
      _ = try await services.admin.tenants.updateTenant(
        .init(tenantID: company.id.text, tenant: Tenant(userLimit: 100)))
      let admin = company.admin
      let works: [@Sendable (Int) async throws -> Void] = [
        {
          _ = try await admin.bots.updateBot(.init(botID: bot.botID, bot: Bot(locale: "de-AT")));
          _ = $0
        },
        { _ in try await company.publish(.reception, as: flow) },
        { _ = try await Phone(services, "CA\($0)").rings() },
        {
          _ = try await admin.users.createUser(
            .init(
              email: "user\($0)@example.com", role: .customerUser, password: "ein langes Wort",
              requestID: UUID.random().text))
        },
        {
          _ = try await admin.mappings.createMapping(
            .init(botID: bot.botID, number: "+4930231251\(10 + $0)"))
        },
        {
          _ = try await admin.tenants.updateTenant(.init(tenant: Tenant(displayName: "Name \($0)")))
        },
        { _ in
          _ = try await services.admin.tenants.approveTenant(.init(tenantID: company.id.text))
        },
        { number in
          let phone = Phone(services, "CB\(number)")
          _ = try await phone.rings()
          async let result = phone.presses("1", step: 1)
          async let status = phone.ends(seconds: "9")
          _ = try await (result, status)
        },
      ]
      let refusals = await withTaskGroup(of: RPCError?.self) { group in
        for number in 0..<6 {
          for work in works { group.addTask { await refusal { try await work(number) } } }
        }
        return await group.reduce(into: [RPCError?]()) { $0.append($1) }
      }
      // A version can be staged over another's draft before that is published: its own refusal.
      let reasons = Set(refusals.compactMap { $0?.reason }).subtracting(["VERSION_STATE"])
      #expect(reasons == [])
      #expect(try await admin.users.listUsers(.init()).users.count == 6)
      #expect(try await admin.calls.listCalls(.init()).calls.count == 12)
    }
  }
}
