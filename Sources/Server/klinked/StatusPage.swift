internal import Gateway
internal import HTTP

/// How the server is doing: `GET /status` for people, `GET /status.json` for programs.
struct StatusPage: Sendable {
  let figures: ServerFigures
  let access: OperatorAccess

  var routes: [PlainRoute] {
    [
      PlainRoute("GET", "/status") { exchange in
        let accepted = exchange.head.fields["accept"] ?? ""
        await serve(exchange, asJSON: accepted.contains("application/json"))
      },
      PlainRoute("GET", "/status.json") { exchange in await serve(exchange, asJSON: true) },
    ]
  }

  private func serve(_ exchange: HTTPExchange, asJSON: Bool) async {
    guard await access.admitsOperator(exchange.head) else { return access.refuse(exchange) }
    let report = await StatusReport(figures, now: .now)
    exchange.respond(
      status: 200,
      fields: [
        "content-type": asJSON ? "application/json" : "text/html; charset=utf-8",
        "cache-control": "no-store", "vary": "accept", "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
      ], body: asJSON ? report.json : Array(report.html.utf8))
  }
}
