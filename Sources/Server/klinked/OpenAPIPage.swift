internal import Contract
internal import Gateway
internal import HTTP

/// Serves the REST routes as an OpenAPI document.
struct OpenAPIPage {
  private let document = Contract.openAPIDocument()

  var route: PlainRoute {
    PlainRoute("GET", "/openapi.json") { [document] exchange in
      exchange.respond(
        status: 200,
        fields: [
          "content-type": "application/json", "cache-control": "no-cache",
          "x-content-type-options": "nosniff",
        ], body: document)
    }
  }
}
