internal import RPC
internal import Schema
internal import Wire

/// Makes the request message of a route out of path, query and body.
///
/// Each part becomes wire bytes of the request type by itself, and the message is those in a row:
/// decoding merges them as the wire format says.
struct RequestBinding {
  let route: BoundRoute
  let mapping: JSONMapping
  let ignoredQueryParameters: Set<String>

  func message(
    captures: [String], query: ArraySlice<UInt8>?, body: [UInt8], contentType: String?
  ) throws(Refusal) -> [UInt8] {
    let fromPath = try self.fromPath(captures)
    let (fromQuery, names) = try self.fromQuery(query)
    let fromBody = try self.fromBody(body, contentType)
    try requireSame(fromPath, fromBody, "the body")
    try requireSame(fromPath, fromQuery, "the query")
    var message = fromBody + fromQuery
    if let mask = route.patchMask, !names.contains(mask.name), case .field(let field) = route.body {
      message += try patchMask(mask, field, body)
    }
    return message + fromPath
  }

  // MARK: Path

  private func fromPath(_ captures: [String]) throws(Refusal) -> [UInt8] {
    var bytes: [UInt8] = []
    for (path, text) in zip(route.variables, captures) {
      bytes += try wireBytes(text, path)
    }
    return bytes
  }

  private func wireBytes(_ text: String, _ path: FieldPath) throws(Refusal) -> [UInt8] {
    do {
      return try mapping.wireBytes(fromText: text, path: path)
    } catch {
      throw .badRequest("\(path.name): \(error.rule)", field: path.name)
    }
  }

  /// A field of the path may come again elsewhere, but not with another value.
  private func requireSame(
    _ fromPath: [UInt8], _ other: [UInt8], _ place: String
  ) throws(Refusal) {
    guard !other.isEmpty else { return }
    for path in route.variables {
      do {
        let type = route.requestType
        guard let value = try mapping.value(at: path, in: other, type: type),
          value != (try mapping.value(at: path, in: fromPath, type: type))
        else { continue }
      } catch {
        throw .badRequest("\(error)")
      }
      throw .badRequest("\(path.name): the path and \(place) differ", field: path.name)
    }
  }

  // MARK: Query

  /// The fields that the query names, and their proto paths.
  private func fromQuery(
    _ query: ArraySlice<UInt8>?
  ) throws(Refusal) -> (bytes: [UInt8], names: Set<String>) {
    guard let query, !query.isEmpty else { return ([], []) }
    guard let parameters = PercentCoding.parameters(query) else {
      throw .badRequest("the query is not valid percent-encoded UTF-8")
    }
    var bytes: [UInt8] = []
    var names: Set<String> = []
    var oneofs: Set<String> = []
    for (name, text) in parameters {
      if ignoredQueryParameters.contains(name) { continue }
      guard let path = FieldPath(name, in: route.requestType, pool: mapping.pool) else {
        throw .badRequest("no query parameter \"\(name.prefix(60))\"")
      }
      switch route.body {
      case .all:
        throw .badRequest(
          "\(path.name): fields come in the body, not in the query",
          field: path.name)
      case .field(let field) where path.fields.first?.number == field.number:
        throw .badRequest("\(path.name): the field comes in the body", field: path.name)
      case .none, .field: break
      }
      guard mapping.hasTextForm(path.leaf) else {
        throw .badRequest("\(path.name): not a field for a query parameter", field: path.name)
      }
      guard names.insert(path.name).inserted || path.leaf.shape == .repeated else {
        throw .badRequest("\(path.name): given more than once", field: path.name)
      }
      try requireOneMember(path, &oneofs)
      bytes += try wireBytes(text, path)
    }
    return (bytes, names)
  }

  /// Two members of a oneof in one query contradict each other.
  private func requireOneMember(
    _ path: FieldPath, _ oneofs: inout Set<String>
  ) throws(Refusal) {
    guard let oneof = path.leaf.oneofIndex else { return }
    let parent = path.fields.dropLast().map(\.name).joined(separator: ".")
    guard oneofs.insert("\(parent).\(oneof)").inserted else {
      throw .badRequest("\(path.name): another member of its oneof is given", field: path.name)
    }
  }

  // MARK: Body

  private func fromBody(_ body: [UInt8], _ contentType: String?) throws(Refusal) -> [UInt8] {
    switch route.body {
    case .none:
      guard body.isEmpty else { throw .badRequest("this method takes no body") }
      return []
    case .all:
      if route.requestType.fullName == HTTPBody.protoName {
        return HTTPBody(contentType: contentType ?? "", data: body).wireBytes()
      }
      guard !body.isEmpty else { return [] }
      try requireJSON(contentType)
      do {
        return try mapping.wireBytes(fromJSON: body, type: route.requestType)
      } catch {
        throw .badRequest("\(error)", field: error.path)
      }
    case .field(let field):
      if field.typeName == HTTPBody.protoName {
        var builder = WireBuilder()
        builder.appendMessage(
          field: field.number, HTTPBody(contentType: contentType ?? "", data: body))
        return builder.bytes
      }
      guard !body.isEmpty else { return [] }
      try requireJSON(contentType)
      do {
        return try mapping.wireBytes(fromJSON: body, field: field)
      } catch {
        let path = error.path.isEmpty ? field.name : field.name + "." + error.path
        throw .badRequest("\(path): \(error.rule)", field: path)
      }
    }
  }

  /// JSON in UTF-8, which is what a missing charset means.
  private func requireJSON(_ contentType: String?) throws(Refusal) {
    guard let contentType, MediaType(inUTF8: contentType)?.name == "application/json" else {
      throw .unsupportedMediaType
    }
  }

  private func patchMask(
    _ mask: FieldPath, _ field: FieldDescriptor, _ body: [UInt8]
  ) throws(Refusal) -> [UInt8] {
    guard !body.isEmpty else { return [] }
    do {
      let type = mapping.pool.message(of: field)
      let paths = try mapping.mentionedPaths(inJSON: body, type: type)
      guard !paths.isEmpty else { return [] }
      var builder = WireBuilder()
      builder.appendMessage(field: mask.leaf.number, FieldMask(paths: paths))
      return builder.bytes
    } catch {
      throw .badRequest("\(error)")
    }
  }
}
