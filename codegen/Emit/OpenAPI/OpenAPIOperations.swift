internal import CodegenSchema

/// The paths of the document, one operation for each route.
struct OpenAPIOperations {
  private let schema: Schema
  private let examples: ExampleValues
  /// Collects the types that operations refer to.
  private var schemas: OpenAPISchemas

  init(_ schema: Schema) {
    self.schema = schema
    examples = ExampleValues(schema)
    schemas = OpenAPISchemas(schema)
  }

  mutating func paths() -> JSONValue {
    var paths: [String: [JSONValue.Member]] = [:]
    for service in schema.servicesWithRoutes {
      for method in service.methods {
        for (index, route) in method.options.routes.enumerated() {
          let operation = operation(method, of: service, route, index)
          paths[route.plainTemplate, default: []].append(
            .init(name: route.method, value: operation))
        }
      }
    }
    return .object(
      paths.sorted { $0.key < $1.key }.map { .init(name: $0.key, value: .object($0.value)) })
  }

  /// The types that the paths refer to; to be asked after those.
  mutating func components() -> JSONValue { schemas.components() }

  private mutating func operation(
    _ method: SchemaMethod, of service: SchemaService, _ route: RouteOption, _ index: Int
  ) -> JSONValue {
    let shape = RouteShape(route, of: method, schema)
    let (summary, _) = sentences(method.comment)
    let suffix = index == 0 ? "" : "_\(index + 1)"
    var result: JSONValue = [
      "operationId": .string("\(service.name)_\(method.name)\(suffix)"),
      "tags": [.string(service.name)], "summary": .string(summary),
      "description": .string(description(method)),
    ]
    if method.isDeprecated { result.add("deprecated", true) }
    result.add("x-klinke-method", .string(service.path(of: method)))
    if let roles = method.options.policy?.roles, !roles.isEmpty {
      result.add("x-klinke-roles", .strings(roles.map(\.name)))
    }
    result.add("x-klinke-audited", .bool(method.options.isAudited))
    result.add("security", security(method))
    let parameters = parameters(shape)
    if !parameters.isEmpty { result.add("parameters", .array(parameters)) }
    let body = requestBody(shape, method)
    result.add("requestBody", body)
    result.add("responses", responses(method, route, hasBody: body != nil))
    return result
  }

  private func description(_ method: SchemaMethod) -> String {
    var parts = [paragraphs(method.comment)]
    let policy = method.options.policy ?? PolicyOption()
    if policy.isWebhook, let webhook = method.options.webhook {
      parts.append("Called by \(webhook.provider), whose signature is checked.")
    } else if policy.roles.isEmpty {
      parts.append("Anyone may call it.")
    } else {
      parts.append("Roles: \(policy.roles.map(\.name).joined(separator: ", ")).")
    }
    if method.options.isAudited { parts.append("Each call leaves an audit record.") }
    return parts.joined(separator: "\n\n")
  }

  private func security(_ method: SchemaMethod) -> JSONValue {
    let policy = method.options.policy ?? PolicyOption()
    if let webhook = method.options.webhook {
      return [.object([.init(name: "\(webhook.provider)Signature", value: [])])]
    }
    return policy.roles.isEmpty ? [] : [["bearer": []]]
  }

  // MARK: Request

  private mutating func parameters(_ shape: RouteShape) -> [JSONValue] {
    shape.path.map { parameter($0, in: "path") } + shape.query.map { parameter($0, in: "query") }
  }

  private mutating func parameter(_ parameter: RouteShape.Parameter, in place: String) -> JSONValue
  {
    let isPath = place == "path"
    var value = schemas.value(parameter.field)
    // An empty segment is another path.
    if isPath, parameter.field.type == .scalar(.string), !value.has("minLength") {
      value.add("minLength", 1)
    }
    var result: JSONValue = [
      "name": .string(isPath ? parameter.path : parameter.jsonPath), "in": .string(place),
    ]
    let comment = paragraphs(parameter.field.comment)
    if !comment.isEmpty { result.add("description", .string(comment)) }
    let isNested = parameter.path.contains(".")
    if isPath || (!isNested && parameter.field.isRequired) { result.add("required", true) }
    if parameter.field.isDeprecated { result.add("deprecated", true) }
    result.add("schema", value)
    result.add("example", examples.value(parameter.field, isRequest: true))
    return result
  }

  private mutating func requestBody(_ shape: RouteShape, _ method: SchemaMethod) -> JSONValue? {
    guard let request = schema.message(method.request) else { return nil }
    let value: JSONValue
    let example: JSONValue?
    switch shape.body {
    case .none: return nil
    case .fields(let fields):
      // The door fills in the raw body by itself.
      let sent = fields.filter { $0.name != method.options.webhook?.rawBodyField }
      var object = schemas.object(sent, of: request, isRequest: true)
      if method.options.webhook != nil { object = object.setting("additionalProperties", true) }
      value = object
      example = examples.object(sent, isRequest: true)
    case .field(let field):
      value = schemas.value(field)
      example = examples.value(field, isRequest: true)
    }
    let isForm = method.options.webhook?.payload == .form
    let media: JSONValue = JSONValue.object([.init(name: "schema", value: value)])
      .adding("example", example)
    return [
      "content": .object([
        .init(
          name: isForm ? "application/x-www-form-urlencoded" : "application/json", value: media)
      ])
    ]
  }

  // MARK: Responses

  private mutating func responses(
    _ method: SchemaMethod, _ route: RouteOption, hasBody: Bool
  ) -> JSONValue {
    var result: JSONValue = ["200": success(method, route)]
    let errors = OpenAPIErrors.always + (hasBody ? OpenAPIErrors.ofBodies : [])
    for error in errors.sorted(by: { $0.status < $1.status }) {
      let prefix = method.options.webhook == nil ? "" : "Webhook"
      result.add(error.status, .reference("components/responses/\(prefix)\(error.name)"))
    }
    return result
  }

  private mutating func success(_ method: SchemaMethod, _ route: RouteOption) -> JSONValue {
    let message = schema.message(method.response)
    let comment = WellKnown(method.response) == nil ? message?.comment ?? "" : ""
    return [
      "description": .string(comment.isEmpty ? "Done." : paragraphs(comment)),
      "content": content(method, route),
    ]
  }

  private mutating func content(_ method: SchemaMethod, _ route: RouteOption) -> JSONValue {
    if method.response == "google.api.HttpBody" { return ["*/*": ["schema": .object([])]] }
    if method.receivesMany {
      let value = schemas.type(.message(method.response))
      let line: JSONValue = [
        "type": "object", "description": "One line; the last one has `end` or `error`.",
        "properties": [
          "result": value, "end": ["type": "object"],
          "error": .reference("components/schemas/Error/properties/error"),
        ],
      ]
      return [
        "application/x-ndjson": ["schema": line],
        "text/event-stream": ["schema": ["type": "string"]],
      ]
    }
    let value: JSONValue
    let example: JSONValue?
    if let field = schema.message(method.response)?.field(route.responseBody) {
      value = schemas.value(field)
      example = examples.value(field, isRequest: false)
    } else {
      value = schemas.type(.message(method.response))
      example = examples.message(method.response, isRequest: false)
    }
    return [
      "application/json": JSONValue.object([.init(name: "schema", value: value)])
        .adding("example", example)
    ]
  }
}

extension RoleOption {
  /// As people and tokens name it.
  var name: String {
    switch self {
    case .platformAdmin: "platform_admin"
    case .customerAdmin: "customer_admin"
    case .customerUser: "customer_user"
    case .support: "support"
    case .internalService: "internal_service"
    }
  }
}
