internal import HTTP
internal import HTTP2
internal import Platform
internal import Postgres
internal import RPC
internal import Schema
internal import Telemetry

/// How the server is doing, in numbers: the content of the status page.
struct StatusReport: Sendable {
  struct Method: Sendable {
    let name: String
    let started: Int
    let failed: Int
    let running: Int
    /// In the last minute.
    let callsPerSecond: Double
    /// Milliseconds, of the last minute; nil when no call has ended.
    let median: Double?
    let p90: Double?
    let p99: Double?
  }

  struct Loop: Sendable {
    let connections: Int
    let streams: Int
    let runningHandlers: Int
    let pool: Database.PoolFigures?
  }

  static let tenantsShown = 10

  let version: String
  let upSeconds: Int
  let recentSeconds: Int
  let methods: [Method]
  let loops: [Loop]
  let connections: Int
  let secureConnections: Int
  let streams: Int
  let tenants: [TenantLoad.Figures]

  init(_ figures: ServerFigures, now: ContinuousClock.Instant) async {
    let server = await figures.server()
    let pools = await figures.database.figures()
    let (calls, lasted) = figures.recent(now: now)
    let seconds = max(
      0.001, Double(lasted.components.seconds) + Double(lasted.components.attoseconds) / 1e18)
    version = Klinked.version
    upSeconds = Int((server.map { now - $0.began } ?? .zero).components.seconds)
    recentSeconds = Int(lasted.components.seconds)
    methods = calls.filter { $0.total.started > 0 }
      .map { total, recent in
        Method(
          name: total.method, started: total.started, failed: total.failed,
          running: total.running, callsPerSecond: Double(recent.started) / seconds,
          median: Self.milliseconds(0.5, recent), p90: Self.milliseconds(0.9, recent),
          p99: Self.milliseconds(0.99, recent))
      }
      .sorted {
        ($0.callsPerSecond, $0.started, $1.name) > ($1.callsPerSecond, $1.started, $0.name)
      }
    let loads = await figures.loads()
    loops = loads.enumerated().map { index, load in
      Loop(
        connections: load.connections, streams: load.streams,
        runningHandlers: load.runningHandlers, pool: index < pools.count ? pools[index] : nil)
    }
    connections = loops.reduce(0) { $0 + $1.connections }
    streams = loops.reduce(0) { $0 + $1.streams }
    secureConnections = loads.reduce(0) { $0 + $1.secureConnections }
    tenants = figures.load.busiest(Self.tenantsShown)
  }

  private static func milliseconds(_ share: Double, _ figures: CallFigures) -> Double? {
    Histogram.quantile(share, counts: figures.durations).map { $0 * 1_000 }
  }
}

// MARK: JSON

extension StatusReport {
  var json: [UInt8] {
    let methods = methods.map { method in
      Self.object([
        ("method", .string(method.name)), ("calls", Self.integer(method.started)),
        ("failed", Self.integer(method.failed)), ("running", Self.integer(method.running)),
        ("calls_per_second", Self.decimal(method.callsPerSecond)),
        ("p50_ms", Self.decimal(method.median)), ("p90_ms", Self.decimal(method.p90)),
        ("p99_ms", Self.decimal(method.p99)),
      ])
    }
    let loops = loops.map { loop in
      Self.object([
        ("connections", Self.integer(loop.connections)), ("streams", Self.integer(loop.streams)),
        ("running_handlers", Self.integer(loop.runningHandlers)),
        ("database_connections", Self.integer(loop.pool?.open ?? 0)),
        ("database_connections_max", Self.integer(loop.pool?.connectionsMax ?? 0)),
        ("database_waiting", Self.integer(loop.pool?.waiting ?? 0)),
      ])
    }
    let tenants = tenants.map { tenant in
      Self.object([
        ("tenant_id", .string(tenant.tenant.text)),
        ("calls_per_minute", Self.integer(tenant.callsPerMinute)),
        ("running", Self.integer(tenant.running)),
      ])
    }
    return Self.object([
      ("version", .string(version)), ("up_seconds", Self.integer(upSeconds)),
      ("recent_seconds", Self.integer(recentSeconds)),
      ("connections", Self.integer(connections)),
      ("secure_connections", Self.integer(secureConnections)),
      ("streams", Self.integer(streams)), ("methods", .array(methods)), ("loops", .array(loops)),
      ("tenants", .array(tenants)),
    ]).json
  }

  private static func object(_ members: [(name: String, value: JSONValue)]) -> JSONValue {
    .object(members.map { JSONValue.Member($0.name, $0.value) })
  }

  private static func integer(_ value: Int) -> JSONValue { .number(String(value)) }

  private static func decimal(_ value: Double?) -> JSONValue {
    value == nil ? .null : .number(number(value))
  }

  /// Three digits after the point are more than the buckets of the histogram know.
  static func number(_ value: Double?) -> String {
    guard let value else { return "–" }
    return String((value * 1_000).rounded() / 1_000)
  }
}

// MARK: HTML

extension StatusReport {
  /// One page without a script. Nothing in it comes from callers: names are the contract's.
  var html: String {
    let methods = methods.map { method in
      Self.row([
        method.name, Self.number(method.callsPerSecond), Self.number(method.median),
        Self.number(method.p90), Self.number(method.p99), "\(method.running)",
        "\(method.started)", "\(method.failed)",
      ])
    }
    let loops = loops.enumerated().map { index, loop in
      Self.row([
        "\(index)", "\(loop.connections)", "\(loop.streams)", "\(loop.runningHandlers)",
        "\(loop.pool?.open ?? 0) / \(loop.pool?.connectionsMax ?? 0)",
        "\(loop.pool?.waiting ?? 0)",
      ])
    }
    let tenants = tenants.map { tenant in
      Self.row([tenant.tenant.text, "\(tenant.callsPerMinute)", "\(tenant.running)"])
    }
    return """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><title>Klinke: status</title>
      <meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="10">
      <style>body{font:14px system-ui,sans-serif;margin:2em}table{border-collapse:collapse}
      th,td{padding:.2em .8em;border-bottom:1px solid #ccc;text-align:right}
      th:first-child,td:first-child{text-align:left}</style></head><body>
      <h1>Klinke \(version)</h1>
      <p>Up for \(upSeconds) s; \(connections) connections (\(secureConnections) with TLS),
      \(streams) open streams. Rates and times are of the last \(recentSeconds) s.</p>
      <h2>Methods</h2>
      \(Self.table(["Method", "calls/s", "p50 ms", "p90 ms", "p99 ms", "running", "calls", "failed"], methods))
      <h2>Loops</h2>
      \(Self.table(["Loop", "connections", "streams", "handlers", "database", "waiting"], loops))
      <h2>Busiest tenants</h2>
      \(Self.table(["Tenant", "calls/min", "running"], tenants))
      </body></html>

      """
  }

  private static func table(_ head: [String], _ rows: [String]) -> String {
    let cells = head.map { "<th>\($0)</th>" }.joined()
    return "<table><thead><tr>\(cells)</tr></thead><tbody>\(rows.joined())</tbody></table>"
  }

  private static func row(_ cells: [String]) -> String {
    "<tr>" + cells.map { "<td>\($0)</td>" }.joined() + "</tr>"
  }
}
