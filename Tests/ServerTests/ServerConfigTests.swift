internal import Foundation
internal import HTTP
internal import Testing

@testable internal import klinked

@Suite("ServerConfig")
struct ServerConfigTests {
  private func problems(_ environment: [String: String]) -> [String] {
    do throws(ConfigError) {
      _ = try ServerConfig(environment: environment) { path in
        path == "/good" ? .success(Array("from-a-file\n".utf8)) : .failure(.init(reason: "no"))
      }
      return []
    } catch {
      return error.problems
    }
  }

  @Test("nothing set is the embedded default")
  func defaults() throws {
    let config = try ServerConfig(environment: [:])
    #expect(config.database == .embedded)
    #expect("\(config.listen)" == "127.0.0.1:8080")
    #expect(config.dataFolder == ".klinke")
    #expect(config.administrator == "admin@klinke.local")
  }

  @Test(
    "says of each bad value what is wrong with it",
    arguments: [
      ("KLINKE_LISTEN", "8080", "must be host:port"),
      ("STRIPE_API_KEY", "pk_test_1", "publishable key"),
      ("STRIPE_API_KEY", "x", "no Stripe key"),
      ("STRIPE_WEBHOOK_SECRET", "sk_1", "no signing secret"),
      ("LOG_LEVEL", "loud", "must be one of"),
      ("JWT_ACCESS_TTL_MIN", "0", "1 to 1440"),
      ("JWT_ACCESS_TTL_MIN", "1441", "1 to 1440"),
      ("KLINKE_LOOPS", "many", "whole number"),
      ("KLINKE_CONNECTION_AGE_SECONDS", "0", "1 to"),
      ("KLINKE_IDLE_PINGS", "maybe", "true or false"),
      ("KLINKE_HTTP_LIMITS", "streems=5", "streems"),
      ("KLINKE_HTTP_LIMITS", "streams=0", "streams"),
      ("KLINKE_HTTP_LIMITS", "resets=5", "resets"),
      ("KLINKE_PUBLIC_URL", "example.org", "http://"),
      ("SECRET_KEY", "short", "too short"),
      ("SKIP_TWILIO_SIGNATURE_VALIDATION", "maybe", "true or false"),
      ("KLINKE_TLS_CERT", "/a.pem", "KLINKE_TLS_KEY is not set"),
      ("KLINKE_TLS_KEY", "/a.pem", "KLINKE_TLS_CERT is not set"),
      ("KLINKE_TLS_CLIENT_CERT", "optional", "KLINKE_TLS_CLIENT_CA is not set"),
      ("KLINKE_TLS_CLIENT_CA", "/ca.pem", "KLINKE_TLS_CERT is not set"),
      ("KLINKE_APP_DATABASE_URL", "postgresql://a@b/c", "DATABASE_URL is not set"),
      ("TWILIO_AUTH_TOKEN_FILE", "/bad", "cannot read /bad"),
    ])
  func badValues(name: String, value: String, part: String) {
    let found = problems([name: value])
    #expect(found.count == 1)
    #expect(found.first?.contains(part) == true, "\(found)")
  }

  @Test("takes the limits of connections")
  func limits() throws {
    let config = try ServerConfig(environment: [
      "KLINKE_CONNECTION_IDLE_SECONDS": "1", "KLINKE_CONNECTION_AGE_SECONDS": "2",
      "KLINKE_CONNECTION_AGE_GRACE_SECONDS": "3", "KLINKE_KEEPALIVE_SECONDS": "4",
      "KLINKE_KEEPALIVE_TIMEOUT_SECONDS": "5", "KLINKE_PING_INTERVAL_SECONDS": "6",
      "KLINKE_PING_STRIKES": "7", "KLINKE_IDLE_PINGS": "true",
    ])
    #expect(config.limits.idleTimeout == .seconds(1))
    let life = config.limits.life
    #expect(life.ageMax == .seconds(2))
    #expect(life.ageGrace == .seconds(3))
    #expect(life.keepaliveTime == .seconds(4))
    #expect(life.keepaliveTimeout == .seconds(5))
    #expect(life.pingIntervalMin == .seconds(6))
    #expect(life.pingStrikesMax == 7)
    #expect(life.permitsIdlePings)
  }

  @Test("takes every limit of HTTP by its name", arguments: HTTPLimits.settings.map(\.name))
  func httpLimits(name: String) throws {
    let setting = try #require(HTTPLimits.settings.first { $0.name == name })
    let isAllowance = setting.value(HTTPLimits()).contains("/")
    let value = isAllowance ? "77777/888" : "77777"
    let config = try ServerConfig(environment: ["KLINKE_HTTP_LIMITS": " \(name) = \(value) "])
    for other in HTTPLimits.settings {
      let expected = other.name == name ? value : other.value(HTTPLimits())
      #expect(other.value(config.limits) == expected)
    }
  }

  @Test("tells of all problems at once")
  func together() {
    #expect(
      problems(["LOG_LEVEL": "loud", "KLINKE_LOOPS": "x", "STRIPE_API_KEY": "pk_1"]).count == 3)
  }

  @Test("a database of your own needs a role and keys of your own")
  func external() {
    let found = problems(["DATABASE_URL": "postgresql://a@b/c"])
    #expect(found.count == 3)
    #expect(
      problems([
        "DATABASE_URL": "mysql://a", "KLINKE_APP_DATABASE_URL": "postgres://b",
        "SECRET_KEY": String(repeating: "a", count: 32),
        "ENCRYPTION_KEY": String(repeating: "b", count: 32),
      ]) == ["DATABASE_URL must begin with postgres:// or postgresql://"])
  }

  @Test("a secret may come from a file, without its line end")
  func file() throws {
    let config = try ServerConfig(environment: ["TWILIO_AUTH_TOKEN_FILE": "/good"]) { _ in
      .success(Array("from-a-file\n".utf8))
    }
    #expect(config.twilioAuthToken == "from-a-file")
  }

  @Test("production refuses what is meant for development")
  func production() {
    #expect(
      problems(["APP_ENV": "production", "SKIP_TWILIO_SIGNATURE_VALIDATION": "true"]).count == 1)
    #expect(problems(["APP_ENV": "production", "KLINKE_ADMIN_PASSWORD": "admin123"]).count == 1)
    #expect(problems(["SKIP_TWILIO_SIGNATURE_VALIDATION": "true"]).isEmpty)
  }

  @Test("docs/configuration.md has a row for every variable and limit, and no other")
  func documentation() throws {
    let page = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../docs/configuration.md").standardized
    let text = try String(contentsOf: page, encoding: .utf8)
    var documented: Set<String> = []
    var limits: [String: String] = [:]
    for line in text.split(separator: "\n") where line.hasPrefix("| `") {
      let cells = line.split(separator: "|").map { $0.filter { $0 != "`" && $0 != " " } }
      if cells[0].allSatisfy({ $0.isLowercase || $0 == "_" || $0.isNumber }) {
        limits[cells[0]] = cells[1]
      } else {
        documented.insert(cells[0])
      }
    }
    #expect(documented == Set(ServerConfig.variables))
    let settings = HTTPLimits.settings.map { ($0.name, $0.value(HTTPLimits())) }
    #expect(limits == Dictionary(uniqueKeysWithValues: settings))
    for name in ServerConfig.secrets {
      let row = text.split(separator: "\n").first { $0.hasPrefix("| `\(name)`") }
      #expect(row?.contains("*secret*") == true, "\(name) is not marked as secret")
    }
  }
}
