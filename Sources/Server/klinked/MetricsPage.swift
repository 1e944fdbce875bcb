internal import Gateway
internal import HTTP
internal import Telemetry

/// What was counted, in Prometheus' text form: `GET /metrics`, for loopback or with the token.
struct MetricsPage: Sendable {
  let metrics: Metrics
  let access: OperatorAccess

  var route: PlainRoute {
    PlainRoute("GET", "/metrics") { exchange in
      guard access.admitsProgram(exchange.head) else { return access.refuse(exchange) }
      exchange.respond(
        status: 200, fields: ["content-type": "text/plain; version=0.0.4"],
        body: Array(metrics.renderPrometheus().utf8))
    }
  }
}
