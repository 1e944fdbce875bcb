/// Holds the methods of our own packages to the habits that callers rely on: pages, masks, etags,
/// repeatable creation, audit records. What has a reason to be otherwise is excepted in the modules
/// file, rule by rule.
struct ConventionChecker {
  private let schema: Schema
  private var problems: [SchemaError.Problem] = []
  private var used: Set<ModuleMap.Exception> = []

  init(_ schema: Schema) { self.schema = schema }

  static func problems(in schema: Schema) -> [SchemaError.Problem] {
    var checker = ConventionChecker(schema)
    let files = schema.generatedFiles.filter {
      schema.modules.entry(package: $0.package)?.isStrict == true
    }
    for service in files.flatMap(\.services) {
      for method in service.methods { checker.check(method, of: service) }
    }
    // One that is needed no more would hide the next mistake.
    for exception in schema.modules.exceptions where !checker.used.contains(exception) {
      checker.problems.append(
        .init(
          exception.position,
          "nothing breaks the rule `\(exception.rule)` at \(exception.element) any more"))
    }
    return checker.problems
  }

  private mutating func check(_ method: SchemaMethod, of service: SchemaService) {
    let element = "\(service.fullName).\(method.name)"
    for (rule, text) in faults(method) {
      if let exception = schema.modules.exceptions.first(where: {
        $0.rule == rule && $0.element == element
      }) {
        used.insert(exception)
      } else {
        problems.append(
          .init(method.position, "method \(service.name).\(method.name) \(text) (rule \(rule))"))
      }
    }
  }

  private func faults(_ method: SchemaMethod) -> [(rule: String, text: String)] {
    var faults: [(String, String)] = []
    let isSafe = method.idempotency == .noSideEffects
    if !isSafe, !method.options.isAudited {
      faults.append(("audit", "changes something and leaves no audit record"))
    }
    if !isSafe, method.options.routes.contains(where: { $0.method == "get" }) {
      faults.append(("safe-get", "has a GET route and may have side effects"))
    }
    let request = schema.message(method.request)
    if method.name.hasPrefix("Get") || method.name.hasPrefix("List"), !isSafe {
      faults.append(("safe-read", "reads and is not declared as NO_SIDE_EFFECTS"))
    }
    if method.name.hasPrefix("List") {
      let response = schema.message(method.response)
      if request?.field("page_size")?.type != .scalar(.int32)
        || request?.field("page_token")?.type != .scalar(.string)
        || response?.field("next_page_token")?.type != .scalar(.string)
      {
        faults.append(("pages", "lists without page_size, page_token and next_page_token"))
      }
      if response?.fields.first(where: { $0.number == 1 })?.isRepeated != true {
        faults.append(("list-first", "lists, and field 1 of its response is no list"))
      }
    }
    if method.name.hasPrefix("Update"),
      request?.field("update_mask")?.type != .message("google.protobuf.FieldMask")
        || request?.field("etag")?.type != .scalar(.string)
    {
      faults.append(("update", "updates without update_mask and etag"))
    }
    if method.name.hasPrefix("Create"), request?.field("request_id")?.type != .scalar(.string) {
      faults.append(("create", "creates without request_id"))
    }
    return faults
  }
}
