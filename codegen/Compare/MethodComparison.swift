internal import CodegenSchema

/// Two states of one method.
struct MethodComparison {
  private(set) var changes: [(meaning: ContractChange.Meaning, text: String)] = []

  init(
    _ old: SchemaMethod, of oldService: SchemaService, _ new: SchemaMethod,
    of newService: SchemaService
  ) {
    breaks("request", old.request, new.request)
    breaks("response", old.response, new.response)
    if old.kind != new.kind { add(.breaking, "kind changed from \(old.kind) to \(new.kind)") }
    compareSafety(old, new)
    compareRoutes(old.options.routes, new.options.routes)
    comparePolicies(old.options.policy ?? PolicyOption(), new.options.policy ?? PolicyOption())
    compareWebhooks(old.options.webhook, new.options.webhook)
    compareCommands(old, oldService, new, newService)
    if old.options.isAudited, !new.options.isAudited {
      add(.breaking, "leaves no audit record any more")
    }
    if !old.options.isAudited, new.options.isAudited {
      add(.compatible, "leaves an audit record now")
    }
    if !old.isDeprecated, new.isDeprecated { add(.compatible, "is deprecated now") }
  }

  private mutating func add(_ meaning: ContractChange.Meaning, _ text: String) {
    changes.append((meaning, text))
  }

  private mutating func breaks(_ what: String, _ old: String, _ new: String) {
    if old != new { add(.breaking, "\(what) changed from \(old) to \(new)") }
  }

  /// Callers repeat what may be repeated, so less than was promised breaks them.
  private mutating func compareSafety(_ old: SchemaMethod, _ new: SchemaMethod) {
    guard old.idempotency != new.idempotency else { return }
    let isMore = old.idempotency == .unknown || new.idempotency == .noSideEffects
    add(
      isMore ? .compatible : .breaking,
      "idempotency changed from \(old.idempotency) to \(new.idempotency)")
  }

  // MARK: Routes

  private mutating func compareRoutes(_ old: [RouteOption], _ new: [RouteOption]) {
    let gone = old.filter { route in !new.contains { $0.place == route.place } }
    let come = new.filter { route in !old.contains { $0.place == route.place } }
    if gone.count == 1, come.count == 1 {
      add(.breaking, "route changed from \(gone[0].words) to \(come[0].words)")
    } else {
      for route in gone { add(.breaking, "route \(route.words) was removed") }
      for route in come { add(.compatible, "route \(route.words) was added") }
    }
    for route in old {
      guard let other = new.first(where: { $0.place == route.place }) else { continue }
      if routeFields(route.template) != routeFields(other.template) {
        add(.compatible, "variables of \(route.words) became those of \(other.template)")
      }
      breaks("body of \(route.words)", route.bodyWords, other.bodyWords)
      if route.responseBody != other.responseBody {
        add(.breaking, "response body of \(route.words) changed")
      }
    }
  }

  // MARK: Policies

  private mutating func comparePolicies(_ old: PolicyOption, _ new: PolicyOption) {
    if old.access != new.access {
      let isWider = new.access == "public"
      add(
        isWider ? .compatible : .breaking,
        "policy was \(isWider ? "widened" : "narrowed") from \(old.access) to \(new.access)")
    } else {
      let (before, after) = (Set(old.roles), Set(new.roles))
      let more = RoleOption.allCases.filter { after.subtracting(before).contains($0) }
      let less = RoleOption.allCases.filter { before.subtracting(after).contains($0) }
      if !more.isEmpty { add(.compatible, "policy was widened by \(Self.words(more))") }
      if !less.isEmpty { add(.breaking, "policy was narrowed by \(Self.words(less))") }
    }
    if old.scope != new.scope { add(.breaking, "scope changed from \(old.scope) to \(new.scope)") }
  }

  private static func words(_ roles: [RoleOption]) -> String {
    roles.map { "\($0)" }.joined(separator: ", ")
  }

  // MARK: Webhooks and commands

  private mutating func compareWebhooks(_ old: WebhookOption?, _ new: WebhookOption?) {
    guard old != new else { return }
    guard let old else { return add(.compatible, "answers a webhook now") }
    guard let new else { return add(.breaking, "answers no webhook any more") }
    breaks("provider of the webhook", old.provider, new.provider)
    breaks("payload of the webhook", "\(old.payload)", "\(new.payload)")
    if old.rawBodyField != new.rawBodyField {
      add(.breaking, "field for the webhook's raw body changed")
    }
  }

  private mutating func compareCommands(
    _ old: SchemaMethod, _ oldService: SchemaService, _ new: SchemaMethod,
    _ newService: SchemaService
  ) {
    guard !old.options.command.isHidden else { return }
    let command = old.commandPath(of: oldService).joined(separator: " ")
    guard !new.options.command.isHidden else {
      return add(.breaking, "command `\(command)` was removed")
    }
    breaks("command", command, new.commandPath(of: newService).joined(separator: " "))
    let (before, after) = (old.options.command.positional, new.options.command.positional)
    guard before != after else { return }
    // More at the end leaves what was there where it was.
    add(
      after.starts(with: before) ? .compatible : .breaking,
      "arguments of `\(command)` changed from \(before) to \(after)")
  }
}

extension RouteOption {
  /// Where requests go: two routes with the same place answer the same paths.
  fileprivate var place: String { "\(method) \(routePattern(template))" }
  fileprivate var words: String { "\(method.uppercased()) \(template)" }
  fileprivate var bodyWords: String { body.isEmpty ? "none" : body }
}

extension PolicyOption {
  fileprivate var access: String {
    if isPublic { return "public" }
    return isWebhook ? "webhook" : "roles"
  }
}
