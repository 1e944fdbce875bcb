internal import HTTP
internal import RPC
internal import Schema
internal import Telemetry

/// What all REST calls share; a class like ``BoundRoute``.
final class RESTTools: Sendable {
  let mapping: JSONMapping
  let errors: ErrorBody
  let limits: GatewayLimits
  let log: Logger

  init(mapping: JSONMapping, limits: GatewayLimits, log: Logger) {
    self.mapping = mapping
    errors = ErrorBody(mapping: mapping)
    self.limits = limits
    self.log = log
  }

  /// The head of an answer, with what a handler asked for in its metadata.
  func head(_ metadata: Metadata, requestID: String) -> HTTPResponseHead {
    var head = RESTHeaders.response(metadata)
    head.fields.addForAnyAnswer(requestID: requestID)
    return head
  }

  func answer(_ refusal: Refusal, requestID: String) -> DoorAnswer {
    var fields = errors.fields(refusal.error, status: refusal.status)
    fields.add(refusal.fields)
    fields.addForAnyAnswer(requestID: requestID)
    return DoorAnswer(
      status: refusal.status, fields: fields,
      body: errors.json(refusal.error, status: refusal.status))
  }
}
