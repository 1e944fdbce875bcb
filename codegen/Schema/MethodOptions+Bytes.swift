// Reading options out of extension bytes. The numbers are those of
// `klinke/options/v1/options.proto` and `google/api/http.proto`.

extension MethodOptions {
  /// `extensions` holds the fields of `google.protobuf.MethodOptions` that descriptor.proto does
  /// not declare. Nil when one of ours is not a message.
  init?(extensions: OptionBytes) {
    self.init()
    isAudited = extensions.number(50002) == 1
    policy = extensions.message(50001).map(PolicyOption.init)
    webhook = extensions.message(50003).map(WebhookOption.init)
    command = extensions.message(50004).map(CommandOption.init) ?? CommandOption()
    guard let rule = extensions.message(72_295_728) else { return }
    guard let bindings = RouteOption.bindings(rule) else { return nil }
    routes = bindings
  }
}

extension PolicyOption {
  init(_ bytes: OptionBytes) {
    self.init()
    isPublic = bytes.number(1) == 1
    isWebhook = bytes.number(3) == 1
    for number in bytes.numbers(2) {
      if let role = RoleOption(rawValue: number) {
        roles.append(role)
      } else {
        unknownValues.append(number)
      }
    }
    let scopeNumber = bytes.number(4) ?? 0
    if let scope = Scope(rawValue: scopeNumber) {
      self.scope = scope
    } else {
      unknownValues.append(scopeNumber)
    }
  }
}

extension WebhookOption {
  init(_ bytes: OptionBytes) {
    self.init()
    provider = bytes.string(1)
    payload = Payload(rawValue: bytes.number(2) ?? 0) ?? .unspecified
    rawBodyField = bytes.string(3)
  }
}

extension CommandOption {
  init(_ bytes: OptionBytes) {
    self.init()
    resource = bytes.string(1)
    verb = bytes.string(2)
    positional = bytes.strings(3)
    columns = bytes.strings(4)
    isHidden = bytes.number(5) == 1
  }
}

extension RouteOption {
  private static let methods: [UInt64: String] = [
    2: "get", 3: "put", 4: "post", 5: "delete", 6: "patch",
  ]

  /// The rule itself and its additional bindings, which do not nest further.
  static func bindings(_ rule: OptionBytes) -> [RouteOption]? {
    var routes = [RouteOption(rule)]
    for additional in rule.messages(11) {
      guard let bytes = OptionBytes(additional[...]) else { return nil }
      routes.append(RouteOption(bytes))
    }
    return routes
  }

  init(_ bytes: OptionBytes) {
    self.init()
    for (number, method) in Self.methods {
      if let template = bytes.strings(number).last {
        self.method = method
        self.template = template
      }
    }
    if let custom = bytes.messages(8).last, let pattern = OptionBytes(custom[...]) {
      method = pattern.string(1)
      template = pattern.string(2)
    }
    body = bytes.string(7)
    responseBody = bytes.string(12)
  }
}
