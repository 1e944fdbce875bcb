internal import CodegenSchema

/// Writes what the contract says about each method of a service.
struct MethodTableEmitter {
  private let service: SchemaService
  private let name: String
  private let context: EmitContext

  init(_ service: SchemaService, name: String, _ context: EmitContext) {
    self.service = service
    self.name = name
    self.context = context
  }

  /// `types` gives the Swift names of a method's request and response.
  func emit(
    _ text: inout SourceText,
    types: (SchemaMethod) -> (request: String, response: String)
  ) {
    text.line("/// The methods of ``\(name)``.")
    text.block("public enum \(name)Methods") { text in
      for method in service.methods {
        let (request, response) = types(method)
        text.line(
          "public static let \(function(method)) = MethodDescriptor<\(request), \(response)>(")
        text.indented { text in
          text.list("MethodInfo(", arguments(method), "))")
        }
        text.line()
      }
      text.line("/// All of them, in the order of the schema.")
      let infos = service.methods.map { "\(function($0)).info" }
      text.list("public static let all: [MethodInfo] = [", infos, "]")
    }
  }

  private func function(_ method: SchemaMethod) -> String { escaped(lowerFirst(method.name)) }

  private func arguments(_ method: SchemaMethod) -> [String] {
    let options = method.options
    var arguments = [
      "service: \(literal(service.fullName)), name: \(literal(method.name))",
      "kind: .\(method.routerFunction)",
      "requestType: \(literal(method.request))",
      "responseType: \(literal(method.response))",
      "policy: \(policy(method))",
    ]
    if options.isAudited { arguments.append("audited: true") }
    switch method.idempotency {
    case .unknown: break
    case .noSideEffects: arguments.append("idempotency: .noSideEffects")
    case .idempotent: arguments.append("idempotency: .idempotent")
    }
    if !options.routes.isEmpty {
      arguments.append("routes: [\(options.routes.map { route($0) }.joined(separator: ", "))]")
    }
    if let webhook = options.webhook { arguments.append("webhook: \(self.webhook(webhook))") }
    return arguments
  }

  private func policy(_ method: SchemaMethod) -> String {
    let policy = method.options.policy ?? PolicyOption()
    let access =
      if policy.isWebhook {
        ".webhook"
      } else if policy.roles.isEmpty {
        ".anyone"
      } else {
        ".roles([\(policy.roles.map { ".\($0)" }.joined(separator: ", "))])"
      }
    let field = context.schema.tenantField(of: method)
    let tenant = field == 0 ? "" : ", tenantField: \(field)"
    switch policy.scope {
    case .unspecified: return "MethodPolicy(access: \(access), scope: .none\(tenant))"
    case .platform: return "MethodPolicy(access: \(access), scope: .platform\(tenant))"
    case .tenant: return "MethodPolicy(access: \(access), scope: .tenant\(tenant))"
    }
  }

  private func route(_ route: RouteOption) -> String {
    var arguments = [".\(route.method)", literal(route.template)]
    switch route.body {
    case "": break
    case "*": arguments.append("body: .all")
    default: arguments.append("body: .field(\(literal(route.body)))")
    }
    if !route.responseBody.isEmpty {
      arguments.append("responseBody: \(literal(route.responseBody))")
    }
    return "HTTPRoute(\(arguments.joined(separator: ", ")))"
  }

  private func webhook(_ webhook: WebhookOption) -> String {
    let payload = webhook.payload == .json ? ".json" : ".form"
    var arguments = ["provider: \(literal(webhook.provider))", "payload: \(payload)"]
    if !webhook.rawBodyField.isEmpty {
      arguments.append("rawBodyField: \(literal(webhook.rawBodyField))")
    }
    return "WebhookInfo(\(arguments.joined(separator: ", ")))"
  }
}
