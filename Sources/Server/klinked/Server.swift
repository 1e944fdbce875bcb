internal import Glibc
internal import HTTP2
internal import Local
internal import Platform
internal import Postgres
internal import RPC
internal import RPCTransport
internal import Reactor
internal import TLS
internal import Telemetry

/// The running server: starts what it needs, serves, and ends in the opposite order.
enum Server {
  /// Serves until SIGTERM or SIGINT, then finishes the running calls.
  static func run(_ config: ServerConfig) async throws(StartError) {
    let log = Logger(level: config.logLevel)
    let inherited = try predecessor(config, log)
    try checkCertificate(config)
    if inherited == nil { try checkPort(config) }
    let local = try startLocal(config)
    defer { local?.stop() }
    let secrets = try Secrets(config)
    let urls = DatabaseURLs(config, local)
    try applyMigrations(config, urls)

    guard let group = EventLoopGroup(loops: loopCount(config)) else {
      throw .system("the system refuses event loops: raise the limit of open files and threads")
    }
    defer { group.shutdown() }
    let metrics = Metrics()
    let database = Database(
      DatabaseConfiguration(url: urls.app, connectionsPerLoop: config.databaseConnections),
      group: group, log: log, metrics: metrics)
    try await checkRole(of: database)

    let statuses = HealthStatuses()
    let composition = try await Composition(
      config, secrets, database: database, redisURL: urls.redis, group: group, statuses: statuses,
      log: log, metrics: metrics)
    let server = HTTPServer(
      group: group, address: config.listen,
      tls: config.tls?.configuration, limits: config.limits, handler: composition.doors, log: log,
      metrics: metrics)
    let signals: SignalSource
    do throws(SocketError) {
      signals = try await SignalSource(on: group.loops[0])
    } catch {
      throw .system(error.description)
    }
    let bound: ListenAddress
    let handover: HandoverPoint?
    do throws(StartError) {
      try checkWanted(inherited, config)
      bound = try await start(server, on: inherited?.listeners ?? [])
      composition.figures.use(server)
      handover = try await handoverPoint(config, server, group, signals, log)
      try await takeOver(from: inherited, handover, config)
    } catch {
      // Whoever was let in by now is told to go. A predecessor has the sockets as well.
      await server.drain(grace: .zero, leavesSockets: inherited != nil)
      throw error
    }
    if config.skipTwilioSignature {
      log.warning("webhook.signature_not_checked", ["provider": "twilio"])
    }
    announce(config, secrets, bound)
    log.info("server.ready", ["address": .string(bound.description)])

    await waitForEnd(signals, server, config, log)
    statuses.drain()
    let hasSuccessor = await handover?.close() ?? false
    if !hasSuccessor { await delay(config.drainDelay, group) }
    statuses.end()
    await server.drain(grace: config.drainTimeout, leavesSockets: hasSuccessor)
    await database.close()
    await composition.close()
    log.info("server.stopped")
  }

  /// Brings the database up to date and returns the names of what was applied.
  static func migrate(_ config: ServerConfig) async throws(StartError) -> [String] {
    let local = try startLocal(config)
    defer { local?.stop() }
    return try applyMigrations(config, DatabaseURLs(config, local))
  }

  // MARK: Parts

  private static func start(
    _ server: HTTPServer, on listeners: [SharedListeningSocket]
  ) async throws(StartError) -> ListenAddress {
    do throws(HTTPServerError) {
      return try await server.start(on: listeners)
    } catch {
      throw .listen(error)
    }
  }

  /// Isolation rests on the server's own role being bound by row-level security.
  private static func checkRole(of database: Database) async throws(StartError) {
    let problem: String?
    do throws(PostgresError) {
      problem = try await database.roleProblem()
    } catch {
      throw .appDatabase(error)
    }
    if let problem { throw .system(problem) }
  }

  private static func startLocal(_ config: ServerConfig) throws(StartError) -> LocalServers? {
    var parts: LocalConfiguration.Parts = []
    if config.database == .embedded { parts.insert(.postgres) }
    if config.redisURL.isEmpty { parts.insert(.redis) }
    guard !parts.isEmpty else { return nil }
    do throws(LocalError) {
      return try LocalServers.start(
        LocalConfiguration(
          dataFolder: config.dataFolder, postgresBinaries: config.postgresBinaries,
          redisBinary: config.redisServer.isEmpty ? nil : config.redisServer, parts: parts))
    } catch {
      throw .local(error)
    }
  }

  @discardableResult
  private static func applyMigrations(
    _ config: ServerConfig, _ urls: DatabaseURLs
  ) throws(StartError) -> [String] {
    do throws(MigrationError) {
      let migrations = try Migration.load(folder: config.migrationsFolder)
      return try Migrator(migrations).run(url: urls.owner).map(\.name)
    } catch {
      throw .migration(error)
    }
  }

  /// Tries the certificate, and then the port, before anything else is touched: these are what people
  /// most often get wrong, and a first start would have made databases by then.
  private static func checkCertificate(_ config: ServerConfig) throws(StartError) {
    do {
      _ = try config.tls.map { (files) throws(TLSError) in
        try TLSContext(server: files.configuration)
      }
    } catch {
      throw .listen(.tls(error))
    }
  }

  private static func checkPort(_ config: ServerConfig) throws(StartError) {
    do throws(SocketError) {
      for listener in try ListeningSocket.open(config.listen, count: 1) {
        listener.socket.stopListening()
      }
    } catch {
      throw .listen(.socket(error))
    }
  }

  private static func loopCount(_ config: ServerConfig) -> Int {
    config.loops > 0 ? config.loops : max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  }

  private static func waitForEnd(
    _ signals: SignalSource, _ server: HTTPServer, _ config: ServerConfig, _ log: Logger
  ) async {
    while true {
      switch await signals.next() {
      case .interrupt, .terminate:
        log.info("server.draining")
        return
      case .hangup: await reload(server, config, log)
      }
    }
  }

  private static func reload(_ server: HTTPServer, _ config: ServerConfig, _ log: Logger) async {
    guard let tls = config.tls else { return log.info("server.hangup_ignored") }
    do throws(TLSError) {
      try await server.reloadCertificate()
      log.info("tls.reloaded", ["certificate": .string(tls.certificate)])
    } catch {
      log.error("tls.reload_failed", ["reason": .string(error.description)])
    }
  }

  /// Says on standard output where everything is; the first line is what scripts wait for.
  private static func announce(
    _ config: ServerConfig, _ secrets: Secrets, _ bound: ListenAddress
  ) {
    let scheme = config.tls == nil ? "http" : "https"
    let place = "\(bound)"
    let url = place.hasPrefix("unix:") ? place : "\(scheme)://\(place)"
    var text = "klinke is ready at \(url)\n"
    if let file = secrets.adminPasswordFile {
      text += "admin: \(config.administrator), password in \(file)\n"
    } else {
      text += "admin: \(config.administrator)\n"
    }
    let bytes = Array(text.utf8)
    _ = unsafe write(STDOUT_FILENO, bytes, bytes.count)
  }
}

/// Where the data is, after the embedded servers have started.
struct DatabaseURLs: Sendable {
  var owner: String
  var app: String
  var redis: String

  init(_ config: ServerConfig, _ local: LocalServers?) {
    switch config.database {
    case .embedded:
      owner = local?.databaseURL ?? ""
      app = local?.appDatabaseURL ?? ""
    case .external(let owner, let app):
      self.owner = owner
      self.app = app
    }
    redis = config.redisURL.isEmpty ? local?.redisURL ?? "" : config.redisURL
  }
}

extension ServerConfig.TLSFiles {
  var configuration: TLSServerConfiguration {
    TLSServerConfiguration(
      certificatePath: certificate, keyPath: key, clientCertificates: clientCertificates)
  }
}

extension ServerConfig {
  /// The first administrator's e-mail address.
  var administrator: String { adminEmail.isEmpty ? "admin@klinke.local" : adminEmail }
}
