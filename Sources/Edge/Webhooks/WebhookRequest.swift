internal import ProviderKit
internal import RPC
internal import Schema
internal import Wire

/// Makes the request message of a webhook method out of a verified request.
struct WebhookRequest {
  let route: WebhookRoute
  let mapping: JSONMapping

  /// Fields that the contract does not have are passed over: a provider adds some when it likes.
  func message(_ webhook: RawWebhook) throws(RPCError) -> [UInt8] {
    var message = try parameters(webhook.query)
    switch route.info.payload {
    case .form:
      if let form = webhook.form { message += try parameters(form) }
    case .json:
      if !webhook.body.isEmpty { message += try json(webhook.body) }
    }
    if let field = route.rawBodyField {
      var builder = WireBuilder()
      builder.appendBytes(field: field.number, webhook.body)
      message += builder.bytes
    }
    return message
  }

  private func json(_ body: [UInt8]) throws(RPCError) -> [UInt8] {
    do {
      return try mapping.wireBytes(
        fromJSON: body, type: route.requestType,
        options: JSONReadOptions(ignoreUnknownFields: true))
    } catch {
      throw Self.malformed(error.path, "\(error)")
    }
  }

  private func parameters(_ parameters: FormParameters) throws(RPCError) -> [UInt8] {
    var bytes: [UInt8] = []
    for parameter in parameters.entries {
      guard let path = FieldPath(parameter.name, in: route.requestType, pool: mapping.pool),
        path.fields.count == 1, path.leaf.jsonName == parameter.name,
        path.leaf.number != route.rawBodyField?.number, mapping.hasTextForm(path.leaf)
      else { continue }
      // Forms have empty values for what is not known; no number or time is spelt so.
      if parameter.value.isEmpty, path.leaf.kind != .string { continue }
      do {
        bytes += try mapping.wireBytes(fromText: parameter.value, path: path)
      } catch {
        throw Self.malformed(path.name, "\(path.name): \(error.rule)")
      }
    }
    return bytes
  }

  private static func malformed(_ field: String, _ message: String) -> RPCError {
    var error = RPCError(.invalidArgument, message)
    if !field.isEmpty {
      error.add(
        BadRequest(fieldViolations: [
          BadRequest.FieldViolation(field: field, description: message)
        ]))
    }
    return error
  }
}
