internal import HTTP
internal import RPC
internal import Schema
internal import Telemetry

/// What all REST calls share.
struct RESTTools: Sendable {
  let mapping: JSONMapping
  let errors: ErrorBody
  let limits: GatewayLimits
  let log: Logger

  /// The head of an answer, with what a handler asked for in its metadata.
  func head(_ metadata: Metadata, requestID: String) -> HTTPResponseHead {
    var head = RESTHeaders.response(metadata)
    head.fields.add("x-request-id", requestID)
    head.fields.add("x-content-type-options", "nosniff")
    if !head.fields.contains("cache-control") { head.fields.add("cache-control", "no-store") }
    return head
  }

  func answer(_ refusal: Refusal, requestID: String) -> DoorAnswer {
    var fields = errors.fields(refusal.error, status: refusal.status)
    fields.add(refusal.fields)
    if !requestID.isEmpty { fields.add("x-request-id", requestID) }
    fields.add("x-content-type-options", "nosniff")
    fields.add("cache-control", "no-store")
    return DoorAnswer(
      status: refusal.status, fields: fields,
      body: errors.json(refusal.error, status: refusal.status))
  }
}
