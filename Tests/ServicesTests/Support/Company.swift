internal import AuditAPI
internal import BillingAPI
internal import CallAPI
internal import ConnectorAPI
internal import FlowAPI
internal import IdentityAPI
internal import MappingAPI
internal import Platform
internal import RPC
internal import TenantAPI
internal import UsageAPI

/// A client of each service for one caller.
struct Clients: Sendable {
  let caller: Caller
  let auth: AuthServiceClient<InProcessTransport>
  let tenants: TenantServiceClient<InProcessTransport>
  let users: UserServiceClient<InProcessTransport>
  let bots: BotServiceClient<InProcessTransport>
  let flows: FlowServiceClient<InProcessTransport>
  let mappings: MappingServiceClient<InProcessTransport>
  let calls: CallServiceClient<InProcessTransport>
  let telephony: TelephonyWebhookServiceClient<InProcessTransport>
  let usage: UsageServiceClient<InProcessTransport>
  let connectors: ConnectorServiceClient<InProcessTransport>
  let billing: BillingWebhookServiceClient<InProcessTransport>
  let audit: AuditServiceClient<InProcessTransport>

  init(_ services: Services, as caller: Caller) {
    self.caller = caller
    let transport = services.transport(caller)
    auth = AuthServiceClient(transport)
    tenants = TenantServiceClient(transport)
    users = UserServiceClient(transport)
    bots = BotServiceClient(transport)
    flows = FlowServiceClient(transport)
    mappings = MappingServiceClient(transport)
    calls = CallServiceClient(transport)
    telephony = TelephonyWebhookServiceClient(transport)
    usage = UsageServiceClient(transport)
    connectors = ConnectorServiceClient(transport)
    billing = BillingWebhookServiceClient(transport)
    audit = AuditServiceClient(transport)
  }
}

extension Services {
  /// A platform administrator.
  var admin: Clients {
    Clients(self, as: .user(id: .random(), tenant: .platform, role: .platformAdmin))
  }

  /// The platform's carrier, or that of a tenant with an account of its own.
  func carrier(of tenant: TenantID? = nil) -> Clients {
    Clients(self, as: .webhook(provider: "twilio", tenant: tenant))
  }

  /// An approved tenant.
  func company(_ name: String = "Hering GmbH", zone: String = "") async throws -> Company {
    let made = try await admin.tenants.createTenant(
      CreateTenantRequest(displayName: name, timeZone: zone))
    _ = try await admin.tenants.approveTenant(ApproveTenantRequest(tenantID: made.tenantID))
    guard let id = TenantID(made.tenantID) else { throw RPCError(.internal, "no tenant id") }
    return Company(services: self, id: id)
  }
}

/// A tenant and its administrator's clients.
struct Company: Sendable {
  let services: Services
  let id: TenantID
  let admin: Clients

  init(services: Services, id: TenantID) {
    self.services = services
    self.id = id
    admin = Clients(services, as: .user(id: .random(), tenant: id, role: .customerAdmin))
  }

  func clients(as role: Role) -> Clients {
    Clients(services, as: .user(id: .random(), tenant: id, role: role))
  }

  func bot(prompt: String = "Du bist freundlich.") async throws -> Bot {
    try await admin.bots.createBot(
      CreateBotRequest(displayName: "Empfang", systemPrompt: prompt))
  }

  func flow(of bot: Bot) async throws -> Flow {
    try await admin.flows.createFlow(
      CreateFlowRequest(botID: bot.botID, displayName: "Empfang"))
  }

  /// Saves, stages and publishes a graph.
  @discardableResult
  func publish(_ graph: FlowGraph, as flow: Flow) async throws -> FlowVersion {
    let draft = try await admin.flows.saveDraft(
      SaveDraftRequest(flowID: flow.flowID, graph: graph))
    _ = try await admin.flows.stageVersion(
      StageVersionRequest(flowID: flow.flowID, version: draft.version))
    return try await admin.flows.publishVersion(
      PublishVersionRequest(flowID: flow.flowID, version: draft.version))
  }

  @discardableResult
  func map(_ number: String, to bot: Bot) async throws -> PhoneMapping {
    try await admin.mappings.createMapping(CreateMappingRequest(botID: bot.botID, number: number))
  }

  /// A number that answers with a graph.
  @discardableResult
  func answers(_ number: String, with graph: FlowGraph = .reception) async throws -> Bot {
    let bot = try await bot()
    try await publish(graph, as: flow(of: bot))
    try await map(number, to: bot)
    return bot
  }
}
