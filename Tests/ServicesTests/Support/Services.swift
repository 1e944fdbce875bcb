internal import Audit
internal import AuditAPI
internal import Billing
internal import BillingAPI
internal import CallAPI
internal import Calls
internal import ConnectorAPI
internal import Connectors
internal import Contract
internal import FlowAPI
internal import Flows
internal import Identity
internal import IdentityAPI
internal import MappingAPI
internal import Mappings
internal import Platform
internal import Postgres
internal import ProviderKit
internal import RPC
internal import Schema
internal import Telemetry
internal import TenantAPI
internal import Tenants
internal import TestSupport
internal import Usage
internal import UsageAPI
internal import Wire

/// All services behind one router, on a database of the test's own.
///
/// The interceptors are those of the server; most tests say themselves who calls, some with an access
/// token. For tokens it is second 1,000.
struct Services: Sendable {
  let test: TestDatabase
  let database: Database
  let router: Router
  let connectors: ConnectorStore
  let tokens: AccessTokens

  init(_ test: TestDatabase, database: Database? = nil, masterKey: UInt8 = 7) async throws {
    self.test = test
    let database = database ?? test.app
    self.database = database
    tokens = try AccessTokens(seed: Array(repeating: 5, count: 32))
    connectors = ConnectorStore(
      database, envelope: Envelope(masterKey: Array(repeating: masterKey, count: 32)))
    router = try await Self.router(database, connectors, tokens)
  }

  private static func router(
    _ database: Database, _ connectors: ConnectorStore, _ tokens: AccessTokens
  ) async throws -> Router {
    let directory = PostgresAccessDirectory(ServiceDatabase(database), lifetime: .zero)
    let audit = AuditStore(database)
    let pages = PageTokens(key: Array(repeating: 3, count: 32))
    let passwords = PasswordHasher(cost: .init(iterations: 1, memoryKiB: 64, lanes: 1))
    var router = Router(interceptors: [
      LocalizationInterceptor(),
      AuditInterceptor(log: .silent) { (event) async throws(RPCError) in
        try await audit.write(event)
      },
      AuthInterceptor(
        AccessCheck(tokens: tokens, directory: directory, secondsNow: { 1_000 })),
      PolicyInterceptor(directory: directory),
      ValidationInterceptor(contract),
    ])
    try await AuthServer(
      users: UserDirectory(database), tokens: tokens, passwords: passwords, lifetime: .seconds(60)
    ).register(in: &router)
    TenantServer(database: TenantStore(database), pages: pages).register(in: &router)
    UserServer(database: UserStore(database), pages: pages, passwords: passwords)
      .register(in: &router)
    BotServer(store: BotStore(database), pages: pages).register(in: &router)
    FlowServer(store: FlowStore(database), pages: pages).register(in: &router)
    MappingServer(
      store: MappingStore(database), pages: pages,
      tenants: TenantServiceClient(inProcess(router, .service(name: "mappings")))
    ).register(in: &router)
    CallServer(store: CallStore(database), pages: pages).register(in: &router)
    TelephonyServer(
      store: TelephonyStore(database),
      mappings: MappingServiceClient(inProcess(router, .service(name: "calls"))),
      flows: FlowServiceClient(inProcess(router, .service(name: "calls"))),
      scripts: PlainScripts(), log: .silent
    ).register(in: &router)
    UsageServer(store: UsageStore(database), pages: pages).register(in: &router)
    ConnectorServer(store: connectors, pages: pages).register(in: &router)
    BillingWebhookServer(store: StripeEventStore(database)).register(in: &router)
    AuditServer(store: audit, pages: pages).register(in: &router)
    return router
  }

  private static func inProcess(_ router: Router, _ caller: Caller) -> InProcessTransport {
    InProcessTransport(router: router) { $0[CallerKey.self] = caller }
  }

  /// The way in for one caller.
  func transport(_ caller: Caller) -> InProcessTransport { Self.inProcess(router, caller) }

  // MARK: Looking behind

  /// The number of rows that a query counts in its column `n`, in a tenant's scope.
  func count(_ sql: SQL, in tenant: TenantID) async throws -> Int {
    let rows = try await database.query(sql, as: .tenant(tenant.text))
    return try rows.first?["n", as: Int.self] ?? -1
  }

  /// The audit rows of a tenant, oldest first: method, outcome, kind and id of the resource.
  func audit(of tenant: TenantID) async throws -> [AuditLine] {
    let rows = try await database.query(
      """
      SELECT * FROM audit_event WHERE tenant_id = \(tenant) ORDER BY event_time, audit_event_id
      """, as: .tenant(tenant.text))
    return try rows.map { row in
      AuditLine(
        method: String(try row["method", as: String.self].split(separator: "/").last ?? ""),
        outcome: try row["outcome", as: String.self],
        resourceType: try row["resource_type", as: String.self],
        resourceID: try row["resource_id", as: String.self],
        actorID: try row["actor_id", as: String.self])
    }
  }
}

struct AuditLine: Hashable, Sendable {
  var method: String
  var outcome: String
  var resourceType: String
  var resourceID: String
  var actorID: String
}

/// Writes the steps of a call as words, so that a test can read them.
struct PlainScripts: CallScriptWriter {
  func script(_ steps: [CallStep], locale: String) -> (contentType: String, body: [UInt8]) {
    let lines = steps.map { step in
      switch step {
      case .say(let text): "say \(text)"
      case .gather(let question): "ask \(question.text) -> \(question.action)"
      case .dial(let number, _, let action): "dial \(number) -> \(action)"
      case .hangup: "hangup"
      }
    }
    return ("text/plain", Array(lines.joined(separator: "\n").utf8))
  }
}

/// Runs a test with all services on a migrated database.
func withServices<R>(_ body: (Services) async throws -> R) async throws -> R {
  try await withTestDatabase { test in try await body(try await Services(test)) }
}

// MARK: Declared rules

/// The types and rules of the contract.
let contract: DescriptorPool = {
  do {
    return try DescriptorPool(fileDescriptorSet: Contract.decode())
  } catch {
    fatalError("\(error)")
  }
}()

/// What the rules declared in the contract say about a request: `display_name string.min_len`.
func declaredFaults<Request: Message>(of request: Request) -> [String] {
  do {
    let rules = FieldRules(contract, messages: [Request.protoName])
    return try rules.violations(in: request.wireBytes(), of: Request.protoName, now: (0, 0))
      .map { "\($0.field) \($0.rule)" }
  } catch {
    return ["\(error)"]
  }
}

// MARK: Refusals

/// The error a call ends with; `nil` when it succeeds.
func refusal<R>(_ body: () async throws -> R) async -> RPCError? {
  do {
    _ = try await body()
    return nil
  } catch {
    return error as? RPCError
      ?? RPCError(.unknown, "not an RPCError: \(error)", reason: "NOT_AN_RPC_ERROR")
  }
}

extension RPCError {
  /// What the caller is told field by field: `display_name REQUIRED`.
  var faults: [String] {
    (detail(BadRequest.self)?.fieldViolations ?? []).map { "\($0.field) \($0.reason)" }
  }
}
