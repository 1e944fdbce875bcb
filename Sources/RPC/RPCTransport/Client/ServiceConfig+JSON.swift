internal import RPC
private import Schema

/// Why a text is no service config: where, and what is wrong there.
public struct ServiceConfigError: Error, Hashable, CustomStringConvertible {
  /// The place in the document: `methodConfig[0].retryPolicy.maxAttempts`.
  public let path: String
  /// What is wrong there.
  public let rule: String

  /// `path: rule`
  public var description: String { path.isEmpty ? rule : "\(path): \(rule)" }
}

extension ServiceConfig {
  /// Reads the JSON form. Members that it does not know are left out, as newer ones may come.
  public init(json: String) throws(ServiceConfigError) {
    let document: JSONValue
    do {
      document = try JSONValue(json: Array(json.utf8))
    } catch {
      throw ServiceConfigError(path: error.path, rule: error.rule)
    }
    let root = Place(document, path: "")
    self.init()
    for (index, entry) in try root.elements("methodConfig").enumerated() {
      let config = try MethodConfig(entry)
      for name in try entry.elements("name") {
        let service = try name.text("service") ?? ""
        let method = try name.text("method") ?? ""
        guard !service.isEmpty || method.isEmpty else {
          throw name.error("method", "needs a service")
        }
        let key = service.isEmpty ? "" : "/\(service)/\(method)"
        guard methods.updateValue(config, forKey: key) == nil else {
          throw ServiceConfigError(
            path: "methodConfig[\(index)].name", rule: "names a method for the second time")
        }
      }
    }
    if let throttle = try root.member("retryThrottling") {
      guard let tokens = try throttle.number("maxTokens"), (1...1_000).contains(tokens) else {
        throw throttle.error("maxTokens", "must be 1 to 1000")
      }
      guard let ratio = try throttle.number("tokenRatio"), ratio > 0, ratio <= 1_000 else {
        throw throttle.error("tokenRatio", "must be above 0")
      }
      throttling = RetryThrottling(
        tokensMax: Int(tokens), thousandthsPerSuccess: Int(ratio * 1_000))
    }
    for policy in try root.elements("loadBalancingConfig") where loadBalancing == nil {
      // The first that is known counts.
      if policy["pick_first"] != nil { loadBalancing = "pick_first" }
      if policy["round_robin"] != nil { loadBalancing = "round_robin" }
    }
  }
}

extension MethodConfig {
  fileprivate init(_ place: Place) throws(ServiceConfigError) {
    self.init(
      waitForReady: try place.bool("waitForReady"), timeout: try place.duration("timeout"),
      requestBytesMax: try place.number("maxRequestMessageBytes").map { Int($0) },
      responseBytesMax: try place.number("maxResponseMessageBytes").map { Int($0) })
    let retry = try place.member("retryPolicy")
    let hedging = try place.member("hedgingPolicy")
    switch (retry, hedging) {
    case (nil, nil): policy = .none
    case (let retry?, nil): policy = .retry(try RetryPolicy(retry))
    case (nil, let hedging?): policy = .hedging(try HedgingPolicy(hedging))
    case (_?, _?): throw place.error("hedgingPolicy", "excludes retryPolicy")
    }
  }
}

extension RetryPolicy {
  fileprivate init(_ place: Place) throws(ServiceConfigError) {
    let codes = try place.codes("retryableStatusCodes")
    guard !codes.isEmpty else { throw place.error("retryableStatusCodes", "must not be empty") }
    guard let multiplier = try place.number("backoffMultiplier"), multiplier > 0 else {
      throw place.error("backoffMultiplier", "must be above 0")
    }
    self.init(
      attemptsMax: try place.attempts(), initialBackoff: try place.positive("initialBackoff"),
      backoffMax: try place.positive("maxBackoff"), backoffMultiplier: multiplier,
      retryableCodes: codes)
  }
}

extension HedgingPolicy {
  fileprivate init(_ place: Place) throws(ServiceConfigError) {
    self.init(
      attemptsMax: try place.attempts(), delay: try place.duration("hedgingDelay") ?? .zero,
      nonFatalCodes: try place.codes("nonFatalStatusCodes"))
  }
}

/// A value and where it is, for the words of errors.
private struct Place {
  private let value: JSONValue
  private let path: String

  init(_ value: JSONValue, path: String) {
    self.value = value
    self.path = path
  }

  subscript(name: String) -> JSONValue? { value[name] }

  func error(_ name: String, _ rule: String) -> ServiceConfigError {
    ServiceConfigError(path: path.isEmpty ? name : "\(path).\(name)", rule: rule)
  }

  private func inner(_ value: JSONValue, _ name: String) -> Place {
    Place(value, path: path.isEmpty ? name : "\(path).\(name)")
  }

  func member(_ name: String) throws(ServiceConfigError) -> Place? {
    switch value[name] {
    case nil, .null?: return nil
    case .object(let members)?: return inner(.object(members), name)
    case .bool?, .number?, .string?, .array?: throw error(name, "must be an object")
    }
  }

  func elements(_ name: String) throws(ServiceConfigError) -> [Place] {
    switch value[name] {
    case nil, .null?: return []
    case .array(let elements)?:
      return elements.enumerated().map { inner($1, "\(name)[\($0)]") }
    case .bool?, .number?, .string?, .object?: throw error(name, "must be a list")
    }
  }

  func text(_ name: String) throws(ServiceConfigError) -> String? {
    switch value[name] {
    case nil, .null?: return nil
    case .string(let text)?: return text
    case .bool?, .number?, .array?, .object?: throw error(name, "must be a string")
    }
  }

  func bool(_ name: String) throws(ServiceConfigError) -> Bool? {
    switch value[name] {
    case nil, .null?: return nil
    case .bool(let value)?: return value
    case .string?, .number?, .array?, .object?: throw error(name, "must be true or false")
    }
  }

  /// A number, which may be in quotes as 64 bit ones are.
  func number(_ name: String) throws(ServiceConfigError) -> Double? {
    switch value[name] {
    case nil, .null?: return nil
    case .number(let text)?, .string(let text)?:
      guard let number = Double(text), number.isFinite, abs(number) < 1e15 else {
        throw error(name, "must be a number")
      }
      return number
    case .bool?, .array?, .object?: throw error(name, "must be a number")
    }
  }

  /// `"1.5s"`
  func duration(_ name: String) throws(ServiceConfigError) -> Duration? {
    guard let text = try text(name) else { return nil }
    guard text.hasSuffix("s"), let seconds = Double(text.dropLast()), seconds >= 0, seconds < 1e9
    else { throw error(name, "must be seconds as in \"1.5s\"") }
    return .nanoseconds(Int64((seconds * 1e9).rounded()))
  }

  func positive(_ name: String) throws(ServiceConfigError) -> Duration {
    guard let duration = try duration(name), duration > .zero else {
      throw error(name, "must be above 0")
    }
    return duration
  }

  func attempts() throws(ServiceConfigError) -> Int {
    guard let count = try number("maxAttempts"), count > 1 else {
      throw error("maxAttempts", "must be above 1")
    }
    return Int(count)
  }

  /// Names in any case, or numbers.
  func codes(_ name: String) throws(ServiceConfigError) -> Set<RPCCode> {
    var codes: Set<RPCCode> = []
    for element in try elements(name) {
      let code: RPCCode? =
        switch element.value {
        case .string(let text): RPCCode.allCases.first { $0.name == text.uppercased() }
        case .number(let text): Int(text).flatMap { RPCCode(rawValue: $0) }
        case .null, .bool, .array, .object: nil
        }
      guard let code else { throw error(name, "has an unknown status code") }
      codes.insert(code)
    }
    return codes
  }
}
