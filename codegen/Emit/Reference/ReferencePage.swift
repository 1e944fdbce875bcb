internal import CodegenSchema

/// The page of one service.
struct ReferencePage {
  private let service: SchemaService
  private let file: SchemaFile
  private let schema: Schema

  init(_ service: SchemaService, in file: SchemaFile, _ schema: Schema) {
    self.service = service
    self.file = file
    self.schema = schema
  }

  func text() -> String {
    var text = MarkdownText()
    text.origin(file.path)
    text.line("# \(service.name)")
    text.line()
    text.line(paragraphs(service.comment))
    text.line()
    text.line("`\(service.fullName)` · [all services](README.md)")
    for method in service.methods { add(method, &text) }
    let types = otherTypes
    if !types.isEmpty {
      text.line()
      text.line("## Types")
      for name in types { add(type: name, &text) }
    }
    return text.text
  }

  // MARK: Methods

  private func add(_ method: SchemaMethod, _ text: inout MarkdownText) {
    text.line()
    text.line("## \(method.name)")
    text.line()
    if method.isDeprecated { text.line("**Deprecated.**") }
    text.line(paragraphs(method.comment))
    text.line()
    for (name, value) in facts(method) { text.line("- \(name): \(value)") }
    add("Request", method.request, &text)
    add(method.receivesMany ? "Answers" : "Answer", method.response, &text)
    text.line()
    text.line("Errors, beside [those of every method](README.md#errors-of-every-method)")
    text.line()
    text.table(
      ["Status", "HTTP", "When"],
      ReferenceErrors(method, schema).entries.map { [$0.code, $0.http, $0.when] })
  }

  private func facts(_ method: SchemaMethod) -> [(String, String)] {
    var facts: [(String, String)] = []
    let options = method.options
    let policy = options.policy ?? PolicyOption()
    if policy.isWebhook {
      facts.append(("Callers", "\(options.webhook?.provider ?? ""), by a signed webhook"))
    } else if policy.roles.isEmpty {
      facts.append(("Callers", "anyone"))
    } else {
      facts.append(("Roles", policy.roles.map { "`\($0.name)`" }.joined(separator: ", ")))
    }
    switch policy.scope {
    case .unspecified: break
    case .platform: facts.append(("Scope", "the platform"))
    case .tenant: facts.append(("Scope", "one tenant, named by `tenant_id`"))
    }
    let streams = [method.sendsMany ? "requests" : "", method.receivesMany ? "answers" : ""]
      .filter { !$0.isEmpty }.joined(separator: " and ")
    let kind = streams.isEmpty ? "" : ", streams \(streams)"
    facts.append(("gRPC", "`\(service.path(of: method))`\(kind)"))
    for route in options.routes {
      let body =
        switch route.body {
        case "": ""
        case "*": ", the request is the body"
        default: ", `\(route.body)` is the body"
        }
      facts.append(("REST", "`\(route.method.uppercased()) \(route.template)`\(body)"))
    }
    if let command = command(method) { facts.append(("Command", "`\(command)`")) }
    facts.append(("Audited", options.isAudited ? "yes" : "no"))
    switch method.idempotency {
    case .unknown: break
    case .noSideEffects: facts.append(("Repeating it", "changes nothing, nor does the first call"))
    case .idempotent: facts.append(("Repeating it", "changes nothing more"))
    }
    return facts
  }

  private func command(_ method: SchemaMethod) -> String? {
    let command = method.options.command
    guard schema.modules.entry(package: file.package)?.commands.isEmpty == false,
      !command.isHidden
    else { return nil }
    let arguments = command.positional.map { kebabCased($0).uppercased() }
    return (["klinke"] + method.commandPath(of: service) + arguments).joined(separator: " ")
  }

  /// A message of this method alone is shown here, any other by a link.
  private func add(_ what: String, _ name: String, _ text: inout MarkdownText) {
    text.line()
    guard isOfOneMethod(name), let message = schema.message(name) else {
      return text.line("\(what): \(type(.message(name)))")
    }
    guard !message.fields.isEmpty else { return text.line("\(what): `\(message.name)`, empty") }
    text.line("\(what): `\(message.name)`")
    text.line()
    fields(message, &text)
  }

  private func isOfOneMethod(_ name: String) -> Bool {
    let uses = service.methods.flatMap { [$0.request, $0.response] }.count { $0 == name }
    return uses == 1 && (name.hasSuffix("Request") || name.hasSuffix("Response"))
  }

  private func fields(_ message: SchemaMessage, _ text: inout MarkdownText) {
    text.table(
      ["Field", "Type", "Meaning"],
      message.fields.map { field in
        var meaning = paragraphs(field.comment)
        if case .oneof(let index) = field.shape {
          meaning += " At most one of `\(message.oneofs[index].name)` is given."
        }
        if field.isRequired, !meaning.contains("Required.") { meaning += " Required." }
        if field.isDeprecated { meaning = "Deprecated. " + meaning }
        return ["`\(field.name)`", type(of: field), meaning]
      })
  }

  // MARK: Types

  private func type(of field: SchemaField) -> String {
    switch field.shape {
    case .implicit, .explicit, .oneof: type(field.type)
    case .repeated: "list of \(type(field.type))"
    case .map(let key): "map of \(key.rawValue) to \(type(field.type))"
    }
  }

  private func type(_ type: FieldType) -> String {
    switch type {
    case .scalar(let scalar): return scalar.rawValue
    case .enumeration(let name): return link(name)
    case .message(let name):
      guard name.hasPrefix("google.") else { return link(name) }
      return "`\(name)`"
    }
  }

  private func link(_ name: String) -> String {
    let short = shortName(name)
    let anchor = short.lowercased().filter { $0.isLetter || $0.isNumber }
    return "[\(short)](#\(anchor))"
  }

  /// The name within its package: `FlowGraph.Node`.
  private func shortName(_ fullName: String) -> String {
    fullName.split(separator: ".").filter { $0.first?.isUppercase == true }.joined(separator: ".")
  }

  private func add(type name: String, _ text: inout MarkdownText) {
    text.line()
    text.line("### \(shortName(name))")
    text.line()
    if let message = schema.message(name) {
      text.line(paragraphs(message.comment))
      guard !message.fields.isEmpty else { return }
      text.line()
      fields(message, &text)
    } else if let item = schema.enumeration(name) {
      text.line(paragraphs(item.comment))
      text.line()
      text.table(
        ["Value", "Number", "Meaning"],
        item.values.map { value in
          let words = (value.isDeprecated ? "Deprecated. " : "") + paragraphs(value.comment)
          return ["`\(value.name)`", String(value.number), words]
        })
    }
  }

  /// What the methods' messages are made of, as deep as it goes, sorted by name.
  private var otherTypes: [String] {
    var seen: Set<String> = []
    var open = service.methods.flatMap { [$0.request, $0.response] }
    while let name = open.popLast() {
      guard !name.hasPrefix("google."), seen.insert(name).inserted else { continue }
      for field in schema.message(name)?.fields ?? [] {
        switch field.type {
        case .scalar: break
        case .message(let inner), .enumeration(let inner): open.append(inner)
        }
      }
    }
    return seen.filter { !isOfOneMethod($0) }.sorted { shortName($0) < shortName($1) }
  }
}
