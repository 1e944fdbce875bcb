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
internal import Gateway
internal import HTTP
internal import Identity
internal import IdentityAPI
internal import MappingAPI
internal import Mappings
internal import Ops
internal import OpsAPI
internal import Platform
internal import Postgres
internal import ProviderStripe
internal import ProviderTwilio
internal import RPC
internal import RPCTransport
internal import Reactor
internal import Schema
internal import Telemetry
internal import TenantAPI
internal import Tenants
internal import Usage
internal import UsageAPI
internal import Webhooks
internal import Wire

/// Puts the services together behind one router, and the doors in front of it.
struct Composition {
  /// What answers every request of the port.
  let doors: any HTTPHandler

  /// What the status page and channelz tell of.
  let figures: ServerFigures

  private let redis: RedisProbe

  init(
    _ config: ServerConfig, _ secrets: Secrets, database: Database, redisURL: String,
    group: EventLoopGroup, statuses: HealthStatuses, log: Logger, metrics: Metrics
  ) async throws(StartError) {
    let tokens: AccessTokens
    do throws(CryptoError) {
      tokens = try AccessTokens(seed: secrets.accessTokenSeed)
    } catch {
      throw .system("the signing key cannot be made (\(error)): check OpenSSL")
    }
    let passwords = PasswordHasher()
    let users = UserDirectory(database)
    try await Self.ensureAdministrator(config, secrets, users, passwords, log)
    redis = try RedisProbe(url: redisURL, group: group, log: log)
    let health = HealthPage(database: database, redis: redis)
    let connectors = ConnectorStore(database, envelope: Envelope(masterKey: secrets.masterKey))
    let pool = try Self.contract()
    let inspections = Self.inspections(pool, log)
    let load = TenantLoad(runningMax: config.tenantCallsMax, log: log, metrics: metrics)
    figures = ServerFigures(database: database, load: load)
    let directory = PostgresAccessDirectory(ServiceDatabase(database))
    let access = AccessCheck(tokens: tokens, directory: directory)
    let router: Router
    do throws(RPCError) {
      router = try await Self.router(
        config, secrets, figures, tokens, directory, access, passwords, users, connectors,
        inspections, health, database, statuses, log, metrics)
    } catch {
      throw .database(error)
    }
    figures.use(router)
    figures.sample(on: group.loops[0])
    let operators = OperatorAccess(token: config.metricsToken, access: access)
    let pages =
      [MetricsPage(metrics: metrics, access: operators).route]
      + StatusPage(figures: figures, access: operators).routes
    doors = try Self.doors(config, secrets, router, connectors, pool, health, pages, log)
  }

  func close() async {
    figures.end()
    await redis.close()
  }

  // MARK: Services

  private static func router(
    _ config: ServerConfig, _ secrets: Secrets, _ figures: ServerFigures,
    _ tokens: AccessTokens, _ directory: PostgresAccessDirectory, _ access: AccessCheck,
    _ passwords: PasswordHasher, _ users: UserDirectory, _ connectors: ConnectorStore,
    _ inspections: [any ServerInterceptor], _ health: HealthPage, _ database: Database,
    _ statuses: HealthStatuses, _ log: Logger, _ metrics: Metrics
  ) async throws(RPCError) -> Router {
    let audit = AuditStore(database)
    let pages = PageTokens(key: secrets.pageTokenKey)
    var router = Router(
      interceptors: [
        LocalizationInterceptor(),
        AuditInterceptor(log: log) { (event) async throws(RPCError) in
          try await audit.write(event)
        },
        AuthInterceptor(access), PolicyInterceptor(directory: directory), figures.load,
      ] + inspections, telemetry: CallTelemetry(log: log, metrics: metrics))

    // A service that calls others is registered after them and sees the router as it is then.
    try await AuthServer(
      users: users, tokens: tokens, passwords: passwords, lifetime: config.accessTokenLifetime
    ).register(in: &router)
    TenantServer(database: TenantStore(database), pages: pages).register(in: &router)
    UserServer(database: UserStore(database), pages: pages, passwords: passwords)
      .register(in: &router)
    BotServer(store: BotStore(database), pages: pages).register(in: &router)
    FlowServer(store: FlowStore(database), pages: pages).register(in: &router)
    MappingServer(
      store: MappingStore(database), pages: pages,
      tenants: TenantServiceClient(inProcess(router, as: "mappings"))
    ).register(in: &router)
    CallServer(store: CallStore(database), pages: pages).register(in: &router)
    TelephonyServer(
      store: TelephonyStore(database),
      mappings: MappingServiceClient(inProcess(router, as: "calls")),
      flows: FlowServiceClient(inProcess(router, as: "calls")), scripts: TwiMLScriptWriter(),
      log: log
    ).register(in: &router)
    UsageServer(store: UsageStore(database), pages: pages).register(in: &router)
    ConnectorServer(store: connectors, pages: pages).register(in: &router)
    BillingWebhookServer(store: StripeEventStore(database)).register(in: &router)
    AuditServer(store: audit, pages: pages).register(in: &router)
    OpsServer(
      database: { await health.databaseHealth() }, redis: { await health.redisHealth() }
    ).register(in: &router)

    ChannelzService(
      name: "klinked", snapshot: { await figures.server($0) }, calls: { figures.calls }
    ).register(in: &router)
    registerInfrastructure(statuses, in: &router)
    return router
  }

  /// Health and reflection, which tell about the others.
  private static func registerInfrastructure(_ statuses: HealthStatuses, in router: inout Router) {
    HealthService(statuses).register(in: &router)
    let index: DescriptorIndex
    do throws(WireError) {
      index = try DescriptorIndex(fileDescriptorSet: Contract.decode())
    } catch {
      preconditionFailure("the generated descriptor set cannot be read: \(error)")
    }
    let services = Set(router.methods.map(\.service)).union([
      "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection",
    ])
    for service in services { statuses.set(.serving, for: service) }
    ReflectionService(index, services: services.sorted()).register(in: &router)
    AlphaReflectionService(index, services: services.sorted()).register(in: &router)
  }

  private static func inProcess(_ router: Router, as name: String) -> InProcessTransport {
    InProcessTransport(router: router) { context in
      context[CallerKey.self] = .service(name: name)
    }
  }

  // MARK: The contract

  private static func contract() throws(StartError) -> DescriptorPool {
    do throws(DescriptorError) {
      return try DescriptorPool(generated: Contract.decode())
    } catch {
      throw .system("the generated descriptor set cannot be read (\(error)): build again")
    }
  }

  /// What looks into the requests of callers who are let in.
  private static func inspections(
    _ pool: DescriptorPool, _ log: Logger
  ) -> [any ServerInterceptor] {
    let validation = ValidationInterceptor(pool)
    guard log.level <= .debug else { return [validation] }
    return [RequestLogInterceptor(pool, log: log), validation]
  }

  // MARK: Doors

  private static func doors(
    _ config: ServerConfig, _ secrets: Secrets, _ router: Router, _ connectors: ConnectorStore,
    _ pool: DescriptorPool, _ health: HealthPage, _ pages: [PlainRoute], _ log: Logger
  ) throws(StartError) -> any HTTPHandler {
    let rest: Gateway
    let webhooks: WebhookDoor
    do {
      rest = try Gateway(
        router: router, pool: pool,
        plainRoutes: [health.route, OpenAPIPage().route] + pages, log: log)
      webhooks = try WebhookDoor(
        router: router, pool: pool,
        verifiers: [
          TwilioWebhooks(skipsVerification: config.skipTwilioSignature), StripeWebhooks(),
        ],
        secrets: ConnectorSecrets(
          store: connectors,
          platform: [
            "twilio": [secrets.twilioAuthToken], "stripe": [secrets.stripeWebhookSecret],
          ]),
        configuration: WebhookConfiguration(publicBaseURL: config.publicURL),
        errorAnswer: { error, exchange, requestID in
          rest.respond(error, to: exchange, requestID: requestID)
        }, log: log)
    } catch {
      preconditionFailure("the generated contract cannot be served: \(error)")
    }
    return DoorDispatch(
      grpc: GRPCHandler(router: router), grpcWeb: GRPCWebDoor(router: router),
      connect: ConnectDoor(router: router, pool: pool), webhooks: webhooks, rest: rest,
      methods: router.methods, cors: config.allowedOrigins)
  }

  // MARK: The first administrator

  private static func ensureAdministrator(
    _ config: ServerConfig, _ secrets: Secrets, _ users: UserDirectory,
    _ passwords: PasswordHasher, _ log: Logger
  ) async throws(StartError) {
    let exists: Bool
    do throws(RPCError) {
      exists = try await users.hasAdministrator()
    } catch {
      throw .database(error)
    }
    guard !exists else { return }
    guard !secrets.adminPassword.isEmpty else { throw .adminPasswordMissing }
    do throws(RPCError) {
      let hash = try await passwords.hash(secrets.adminPassword)
      if try await users.ensureAdministrator(email: config.administrator, passwordHash: hash) {
        log.info("server.administrator_made", ["email": .string(config.administrator)])
      }
    } catch {
      throw .database(error)
    }
  }
}
