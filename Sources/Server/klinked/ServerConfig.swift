internal import Gateway
internal import Glibc
internal import HTTP
internal import Reactor
internal import TLS
internal import Telemetry

/// Everything `klinked` can be told, read once from the environment.
///
/// A variable `NAME` may come from a file instead: `NAME_FILE` is the file's path. All problems are
/// reported together. `docs/configuration.md` describes each variable; a test compares the two.
struct ServerConfig: Sendable, Equatable {
  /// `host:port` or `unix:/path` that everything is served on.
  var listen = ListenAddress.standard
  /// Certificate chain and key in PEM; both or none.
  var tls: TLSFiles?
  /// Folder of the embedded servers, and of secrets that were made here.
  var dataFolder = ".klinke"
  /// Who stores the data.
  var database = DatabaseConfig.embedded
  /// A Redis of your own; the embedded one when empty.
  var redisURL = ""
  /// Programs of PostgreSQL 18 for the embedded server.
  var postgresBinaries = ".deps/postgres/bin"
  /// Redis server for the embedded pair; the usual folders are searched when empty.
  var redisServer = ""
  /// Where the migrations are.
  var migrationsFolder = "migrations"
  /// The first administrator.
  var adminEmail = ""
  var adminPassword = ""
  /// Base URL that providers call us by; empty trusts the request.
  var publicURL = ""
  /// Pages of other origins that may call; nobody's by default.
  var allowedOrigins = CORSPolicy()
  /// Twilio account of the platform.
  var twilioAccountSID = ""
  var twilioAuthToken = ""
  /// Accepts unsigned Twilio webhooks; for development only.
  var skipTwilioSignature = false
  /// Stripe account of the platform.
  var stripeAPIKey = ""
  var stripeWebhookSecret = ""
  /// Signs access tokens and page tokens; made and kept in the data folder in the embedded default.
  var secretKey = ""
  /// Wraps the tenants' data keys; made and kept in the data folder in the embedded default.
  var encryptionKey = ""
  /// How long an access token is good.
  var accessTokenLifetime: Duration = .seconds(30 * 60)
  /// How long running calls may take after SIGTERM.
  var drainTimeout: Duration = .seconds(25)
  /// How long the server goes on as before after it has said that it will end.
  var drainDelay: Duration = .zero
  /// Where a server that follows this one gets its sockets; empty for nowhere.
  var handoverSocket = ""
  /// How long a successor may take from the sockets to its first call.
  var handoverPatience: Duration = .seconds(300)
  /// How much one peer may ask.
  var limits = HTTPLimits()
  /// Event loops; one for each core when 0.
  var loops = 0
  /// Connections to the database for each loop.
  var databaseConnections = 4
  /// Calls of one tenant that may run at once.
  var tenantCallsMax = 500
  /// Token that `/metrics` and `/status` ask for from other than loopback addresses; empty allows
  /// loopback only.
  var metricsToken = ""
  var logLevel = LogLevel.info
  /// `production` refuses what is meant for development.
  var environment = "development"

  enum DatabaseConfig: Sendable, Equatable {
    case embedded
    /// The owner's URL, for migrations, and the server's own without ownership.
    case external(owner: String, app: String)
  }

  struct TLSFiles: Sendable, Equatable {
    var certificate: String
    var key: String
    var clientCertificates = TLSServerConfiguration.ClientCertificates.none
  }

  /// Every variable that is looked at.
  static let variables =
    [
      "KLINKE_LISTEN", "KLINKE_TLS_CERT", "KLINKE_TLS_KEY", "KLINKE_TLS_CLIENT_CA",
      "KLINKE_TLS_CLIENT_CERT", "KLINKE_DATA", "DATABASE_URL",
      "KLINKE_APP_DATABASE_URL", "REDIS_URL", "KLINKE_POSTGRES_BIN", "KLINKE_REDIS_SERVER",
      "KLINKE_MIGRATIONS", "KLINKE_ADMIN_EMAIL", "KLINKE_ADMIN_PASSWORD", "KLINKE_PUBLIC_URL",
      "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "SKIP_TWILIO_SIGNATURE_VALIDATION",
      "STRIPE_API_KEY", "STRIPE_WEBHOOK_SECRET", "SECRET_KEY", "ENCRYPTION_KEY",
      "JWT_ACCESS_TTL_MIN", "KLINKE_DRAIN_SECONDS", "KLINKE_DRAIN_DELAY_SECONDS",
      "KLINKE_HANDOVER_SOCKET", "KLINKE_HANDOVER_SECONDS", "KLINKE_LOOPS",
      "KLINKE_DATABASE_CONNECTIONS", "KLINKE_TENANT_CALLS", "KLINKE_METRICS_TOKEN",
      "ALLOWED_ORIGINS", "LOG_LEVEL", "APP_ENV",
    ] + limitVariables

  /// Variables that may hold a secret and so may come from a file.
  static let secrets: Set<String> = [
    "DATABASE_URL", "KLINKE_APP_DATABASE_URL", "REDIS_URL", "KLINKE_ADMIN_PASSWORD",
    "TWILIO_AUTH_TOKEN", "STRIPE_API_KEY", "STRIPE_WEBHOOK_SECRET", "SECRET_KEY",
    "ENCRYPTION_KEY", "KLINKE_METRICS_TOKEN",
  ]
}

/// What is wrong with the configuration, a line for each problem.
struct ConfigError: Error, Equatable, CustomStringConvertible {
  var problems: [String]

  var description: String { problems.joined(separator: "\n") }
}

extension ListenAddress {
  /// Where the server listens unless it is told otherwise.
  static var standard: ListenAddress {
    do throws(SocketError) {
      return try ListenAddress("127.0.0.1:8080")
    } catch {
      preconditionFailure("the standard address is one: \(error)")
    }
  }
}

// MARK: Reading

extension ServerConfig {
  /// Reads an environment; `readFile` gives the content of a file or why it cannot be read.
  init(
    environment values: [String: String],
    readFile: @escaping (String) -> Result<[UInt8], SecretFile.Problem> = SecretFile.read
  ) throws(ConfigError) {
    var source = ConfigSource(values: values, readFile: readFile)
    source.text("KLINKE_DATA") { dataFolder = $0 }
    source.text("REDIS_URL") { redisURL = $0 }
    source.text("KLINKE_POSTGRES_BIN") { postgresBinaries = $0 }
    source.text("KLINKE_REDIS_SERVER") { redisServer = $0 }
    source.text("KLINKE_MIGRATIONS") { migrationsFolder = $0 }
    source.text("KLINKE_ADMIN_EMAIL") { adminEmail = $0 }
    source.text("KLINKE_ADMIN_PASSWORD") { adminPassword = $0 }
    source.text("TWILIO_ACCOUNT_SID") { twilioAccountSID = $0 }
    source.text("TWILIO_AUTH_TOKEN") { twilioAuthToken = $0 }
    source.text("KLINKE_METRICS_TOKEN") { metricsToken = $0 }
    source.text("APP_ENV") { environment = $0 }
    source.number("JWT_ACCESS_TTL_MIN", 1...1_440) { accessTokenLifetime = .seconds($0 * 60) }
    source.number("KLINKE_DRAIN_SECONDS", 0...3_600) { drainTimeout = .seconds($0) }
    source.number("KLINKE_DRAIN_DELAY_SECONDS", 0...3_600) { drainDelay = .seconds($0) }
    source.text("KLINKE_HANDOVER_SOCKET") { handoverSocket = $0 }
    source.number("KLINKE_HANDOVER_SECONDS", 1...3_600) { handoverPatience = .seconds($0) }
    source.number("KLINKE_TENANT_CALLS", 1...1_000_000) { tenantCallsMax = $0 }
    source.number("KLINKE_LOOPS", 0...256) { loops = $0 }
    source.number("KLINKE_DATABASE_CONNECTIONS", 1...200) { databaseConnections = $0 }
    readLimits(&source)
    readChecked(&source)
    readTLS(&source)
    readDatabase(&source)
    checkProduction(&source)
    guard source.problems.isEmpty else { throw ConfigError(problems: source.problems) }
  }

  private mutating func readChecked(_ source: inout ConfigSource) {
    source.text("KLINKE_LISTEN") { text in
      do throws(SocketError) {
        listen = try ListenAddress(text)
        return nil
      } catch {
        return "must be host:port with a numeric host, or unix:/path, is `\(text)`"
      }
    }
    source.text("LOG_LEVEL") { name in
      guard let level = LogLevel(name: name) else {
        return "must be one of "
          + LogLevel.allCases.map(\.name).joined(separator: ", ") + ", is `\(name)`"
      }
      logLevel = level
      return nil
    }
    source.text("KLINKE_PUBLIC_URL") { url in
      guard url.hasPrefix("http://") || url.hasPrefix("https://") else {
        return "must begin with http:// or https://"
      }
      publicURL = url.hasSuffix("/") ? String(url.dropLast()) : url
      return nil
    }
    source.text("ALLOWED_ORIGINS") { list in
      let origins = list.split(separator: ",").map { part in String(part.filter { $0 != " " }) }
      guard let policy = CORSPolicy(origins) else {
        return "must be origins like https://console.example.com with commas, or * alone, "
          + "is `\(list)`"
      }
      allowedOrigins = policy
      return nil
    }
    source.text("STRIPE_API_KEY") { key in
      if key.hasPrefix("pk_") {
        return "is a publishable key (pk_…), which belongs in browsers: set the secret key (sk_…)"
      }
      guard key.hasPrefix("sk_") || key.hasPrefix("rk_") else {
        return "is no Stripe key: set the secret key (sk_…)"
      }
      stripeAPIKey = key
      return nil
    }
    source.text("STRIPE_WEBHOOK_SECRET") { secret in
      guard secret.hasPrefix("whsec_") else {
        return "is no signing secret: set the endpoint's secret (whsec_…)"
      }
      stripeWebhookSecret = secret
      return nil
    }
    for (name, path) in [
      ("SECRET_KEY", \ServerConfig.secretKey), ("ENCRYPTION_KEY", \ServerConfig.encryptionKey),
    ] {
      source.text(name) { key in
        guard key.utf8.count >= 32 else {
          return "is too short: set at least 32 random characters"
        }
        self[keyPath: path] = key
        return nil
      }
    }
    source.flag("SKIP_TWILIO_SIGNATURE_VALIDATION") { skipTwilioSignature = $0 }
  }

  private mutating func readTLS(_ source: inout ConfigSource) {
    let certificate = source.value("KLINKE_TLS_CERT")
    let key = source.value("KLINKE_TLS_KEY")
    switch (certificate, key) {
    case (nil, nil): break
    case (let certificate?, let key?): tls = TLSFiles(certificate: certificate, key: key)
    case (_?, nil): source.problems.append("KLINKE_TLS_KEY is not set, but KLINKE_TLS_CERT is")
    case (nil, _?): source.problems.append("KLINKE_TLS_CERT is not set, but KLINKE_TLS_KEY is")
    }
    readClientCertificates(&source)
  }

  private mutating func readClientCertificates(_ source: inout ConfigSource) {
    let mode = source.value("KLINKE_TLS_CLIENT_CERT")
    guard let authorities = source.value("KLINKE_TLS_CLIENT_CA") else {
      if mode != nil {
        source.problems.append("KLINKE_TLS_CLIENT_CA is not set, but KLINKE_TLS_CLIENT_CERT is")
      }
      return
    }
    if source.value("KLINKE_TLS_CERT") == nil {
      source.problems.append("KLINKE_TLS_CERT is not set, but KLINKE_TLS_CLIENT_CA is")
    }
    switch mode {
    case nil, "required": tls?.clientCertificates = .required(authoritiesPath: authorities)
    case "optional": tls?.clientCertificates = .optional(authoritiesPath: authorities)
    case let other?:
      source.problems.append(
        "KLINKE_TLS_CLIENT_CERT must be required or optional, is `\(other)`")
    }
  }

  private mutating func readDatabase(_ source: inout ConfigSource) {
    let owner = source.value("DATABASE_URL")
    let app = source.value("KLINKE_APP_DATABASE_URL")
    switch (owner, app) {
    case (nil, nil):
      database = .embedded
      return
    case (let owner?, let app?):
      for (name, url) in [("DATABASE_URL", owner), ("KLINKE_APP_DATABASE_URL", app)] {
        guard !url.hasPrefix("postgres://"), !url.hasPrefix("postgresql://") else { continue }
        source.problems.append("\(name) must begin with postgres:// or postgresql://")
      }
      database = .external(owner: owner, app: app)
    case (_?, nil):
      source.problems.append(
        "KLINKE_APP_DATABASE_URL is not set, but DATABASE_URL is: give the server a role of its own"
      )
    case (nil, _?):
      source.problems.append("DATABASE_URL is not set, but KLINKE_APP_DATABASE_URL is")
      return
    }
    // Copies of the server must agree on the keys, so a configured database needs configured keys.
    for (name, key) in [("SECRET_KEY", secretKey), ("ENCRYPTION_KEY", encryptionKey)]
    where key.isEmpty && source.values[name] == nil && source.values[name + "_FILE"] == nil {
      source.problems.append(
        "\(name) is not set, which DATABASE_URL needs: set 32 random characters")
    }
  }

  private func checkProduction(_ source: inout ConfigSource) {
    guard environment == "production" else { return }
    if skipTwilioSignature {
      source.problems.append(
        "SKIP_TWILIO_SIGNATURE_VALIDATION is refused with APP_ENV=production: unset it")
    }
    if ["admin123", "password", "changeme"].contains(adminPassword) {
      source.problems.append(
        "KLINKE_ADMIN_PASSWORD is a default password, refused with APP_ENV=production: change it")
    }
  }
}
