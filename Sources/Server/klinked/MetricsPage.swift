internal import Gateway
internal import HTTP
internal import Platform
internal import Telemetry

/// What was counted, in Prometheus' text form: `GET /metrics`, for loopback or with the token.
struct MetricsPage: Sendable {
  let metrics: Metrics
  let token: String

  var route: PlainRoute {
    PlainRoute("GET", "/metrics") { exchange in
      guard mayRead(exchange.head) else {
        exchange.respond(
          status: 403, fields: ["content-type": "text/plain"], body: Array("Forbidden\n".utf8))
        return
      }
      exchange.respond(
        status: 200, fields: ["content-type": "text/plain; version=0.0.4"],
        body: Array(metrics.renderPrometheus().utf8))
    }
  }

  private func mayRead(_ head: HTTPRequestHead) -> Bool {
    if !token.isEmpty, let given = head.fields["authorization"] {
      return Crypto.equal(Array("Bearer \(token)".utf8), Array(given.utf8))
    }
    // A proxy on this machine makes every peer look like loopback, but it says for whom it asks.
    guard head.fields["x-forwarded-for"] == nil, head.fields["forwarded"] == nil else {
      return false
    }
    let peer = head.peer
    return peer.hasPrefix("127.") || peer.hasPrefix("[::1]") || peer.hasPrefix("unix")
  }
}
