internal import HTTP

/// How long connections last and how often their ends may ask for each other.
extension ServerConfig {
  static let limitVariables = [
    "KLINKE_CONNECTION_IDLE_SECONDS", "KLINKE_CONNECTION_AGE_SECONDS",
    "KLINKE_CONNECTION_AGE_GRACE_SECONDS", "KLINKE_KEEPALIVE_SECONDS",
    "KLINKE_KEEPALIVE_TIMEOUT_SECONDS", "KLINKE_PING_INTERVAL_SECONDS", "KLINKE_PING_STRIKES",
    "KLINKE_IDLE_PINGS", "KLINKE_HTTP_LIMITS",
  ]

  mutating func readLimits(_ source: inout ConfigSource) {
    let long = 1...1_000_000
    source.number("KLINKE_CONNECTION_IDLE_SECONDS", long) { limits.idleTimeout = .seconds($0) }
    source.number("KLINKE_CONNECTION_AGE_SECONDS", long) { limits.life.ageMax = .seconds($0) }
    source.number("KLINKE_CONNECTION_AGE_GRACE_SECONDS", 0...1_000_000) {
      limits.life.ageGrace = .seconds($0)
    }
    source.number("KLINKE_KEEPALIVE_SECONDS", long) { limits.life.keepaliveTime = .seconds($0) }
    source.number("KLINKE_KEEPALIVE_TIMEOUT_SECONDS", long) {
      limits.life.keepaliveTimeout = .seconds($0)
    }
    source.number("KLINKE_PING_INTERVAL_SECONDS", 0...1_000_000) {
      limits.life.pingIntervalMin = .seconds($0)
    }
    source.number("KLINKE_PING_STRIKES", 0...1_000) { limits.life.pingStrikesMax = $0 }
    if let list = source.value("KLINKE_HTTP_LIMITS") {
      source.problems += limits.set(list).map { "KLINKE_HTTP_LIMITS \($0)" }
    }
    source.flag("KLINKE_IDLE_PINGS") { limits.life.permitsIdlePings = $0 }
  }
}
