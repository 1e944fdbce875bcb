/// Finds what protoc lets through and the generator does not: methods nobody decided about, things
/// without a comment, routes and commands that collide.
struct SchemaChecker {
  private let schema: Schema
  private var problems: [SchemaError.Problem] = []
  /// Position of the first method with a route, by verb and template.
  private var routes: [String: SourcePosition] = [:]
  /// Position of the first method with a command, by its words.
  private var commands: [String: SourcePosition] = [:]

  init(_ schema: Schema) { self.schema = schema }

  /// Every problem of the files that are generated, in their order.
  static func problems(in schema: Schema) -> [SchemaError.Problem] {
    var checker = SchemaChecker(schema)
    for file in schema.generatedFiles { checker.check(file) }
    return checker.problems
  }

  private mutating func report(_ position: SourcePosition, _ text: String) {
    problems.append(.init(position, text))
  }

  private mutating func check(_ file: SchemaFile) {
    let start = SourcePosition(file: file.path, line: 1)
    guard let entry = schema.modules.entry(package: file.package) else {
      return report(start, "package \(file.package) has no line in the modules file")
    }
    guard file.syntax == "proto3" else {
      return report(start, "only proto3 is generated, not \(file.syntax)")
    }
    if entry.isStrict { checkComments(file) }
    for service in file.services {
      for method in service.methods { check(method, of: service, entry) }
    }
  }

  // MARK: Comments

  private mutating func checkComments(_ file: SchemaFile) {
    for message in file.allMessages {
      checkComment(message.comment, message.position, "message \(message.name)")
      for field in message.fields {
        checkComment(field.comment, field.position, "field \(message.name).\(field.name)")
      }
      for oneof in message.oneofs {
        checkComment(oneof.comment, message.position, "oneof \(message.name).\(oneof.name)")
      }
    }
    for item in file.allEnums {
      checkComment(item.comment, item.position, "enum \(item.name)")
      for value in item.values {
        checkComment(value.comment, item.position, "enum value \(value.name)")
      }
    }
    for service in file.services {
      checkComment(service.comment, service.position, "service \(service.name)")
      for method in service.methods {
        checkComment(method.comment, method.position, "method \(service.name).\(method.name)")
      }
    }
  }

  private mutating func checkComment(
    _ comment: String, _ position: SourcePosition, _ what: String
  ) {
    if comment.isEmpty { report(position, "\(what) has no comment") }
  }

  // MARK: Methods

  private mutating func check(
    _ method: SchemaMethod, of service: SchemaService, _ entry: ModuleMap.Entry
  ) {
    let name = "\(service.name).\(method.name)"
    if entry.isStrict { checkPolicy(method, name) }
    checkRoutes(method, name)
    guard !entry.commands.isEmpty, !method.options.command.isHidden else { return }
    checkCommand(method, of: service, name)
  }

  private mutating func checkPolicy(_ method: SchemaMethod, _ name: String) {
    let options = method.options
    guard let policy = options.policy else {
      return report(method.position, "method \(name) has no policy: say who may call it")
    }
    for number in policy.unknownValues {
      report(method.position, "policy of \(name): there is no role or scope \(number)")
    }
    let kinds = [policy.isPublic, !policy.roles.isEmpty, policy.isWebhook].filter { $0 }
    if kinds.count != 1 {
      report(method.position, "policy of \(name) needs exactly one of public, roles and webhook")
    }
    if !policy.roles.isEmpty, policy.scope == .unspecified {
      report(method.position, "policy of \(name) has roles and no scope")
    }
    if policy.scope == .tenant, tenantField(method) == 0 {
      report(
        method.position,
        "method \(name) is about one tenant, but \(method.request) has no string field tenant_id")
    }
    checkWebhook(method, policy, name)
  }

  private func tenantField(_ method: SchemaMethod) -> Int { schema.tenantField(of: method) }

  private mutating func checkWebhook(
    _ method: SchemaMethod, _ policy: PolicyOption, _ name: String
  ) {
    guard let webhook = method.options.webhook else {
      if policy.isWebhook {
        report(method.position, "method \(name) is for a webhook and has no webhook option")
      }
      return
    }
    if !policy.isWebhook {
      report(method.position, "method \(name) has a webhook option, but its policy is not webhook")
    }
    if webhook.provider.isEmpty {
      report(method.position, "webhook of \(name) names no provider")
    }
    if !schema.modules.openAPIFile.isEmpty,
      schema.modules.signatureHeader(webhook.provider) == nil
    {
      report(
        method.position,
        "webhook of \(name): the modules file has no signature header for \(webhook.provider)")
    }
    if webhook.payload == .unspecified {
      report(method.position, "webhook of \(name) does not say how its body is encoded")
    }
    let rawBody = webhook.rawBodyField
    if !rawBody.isEmpty, schema.message(method.request)?.field(rawBody)?.type != .scalar(.bytes) {
      report(
        method.position, "webhook of \(name): \(method.request) has no bytes field \(rawBody)")
    }
  }

  // MARK: Routes and commands

  private mutating func checkRoutes(_ method: SchemaMethod, _ name: String) {
    for route in method.options.routes {
      guard HTTPVerb(rawValue: route.method) != nil else {
        report(method.position, "route of \(name): the verb `\(route.method)` is not supported")
        continue
      }
      guard let template = RouteTemplate(route.template) else {
        report(method.position, "route of \(name): `\(route.template)` is not a path template")
        continue
      }
      for path in template.fieldPaths where !schema.hasField(path, in: method.request) {
        report(method.position, "route of \(name): \(method.request) has no field \(path)")
      }
      if !route.body.isEmpty, route.body != "*", !schema.hasField(route.body, in: method.request) {
        report(method.position, "route of \(name): \(method.request) has no field \(route.body)")
      }
      if !route.responseBody.isEmpty, !schema.hasField(route.responseBody, in: method.response) {
        report(
          method.position, "route of \(name): \(method.response) has no field \(route.responseBody)"
        )
      }
      let key = "\(route.method.uppercased()) \(template.pattern)"
      if let other = routes.updateValue(method.position, forKey: key) {
        report(method.position, "route of \(name): \(key) is taken at \(other.file):\(other.line)")
      }
    }
  }

  private mutating func checkCommand(
    _ method: SchemaMethod, of service: SchemaService, _ name: String
  ) {
    let path = method.commandPath(of: service).joined(separator: " ")
    if let other = commands.updateValue(method.position, forKey: path) {
      report(
        method.position, "command of \(name): `\(path)` is taken at \(other.file):\(other.line)")
    }
    let options = method.options.command
    for field in options.positional where !schema.hasField(field, in: method.request) {
      report(method.position, "command of \(name): \(method.request) has no field \(field)")
    }
    let rows = schema.listField(of: method)
    let row = rows?.element ?? method.response
    for column in options.columns where !schema.hasField(column, in: row) {
      report(method.position, "command of \(name): \(row) has no field \(column)")
    }
  }
}

/// The verbs a route may have.
package enum HTTPVerb: String, Hashable, Sendable {
  case get, put, post, delete, patch
}
