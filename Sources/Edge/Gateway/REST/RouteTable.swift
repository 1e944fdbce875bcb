/// Finds what serves a path. A literal segment beats `*`, and `*` beats `**`, at the first segment
/// where two templates differ.
///
/// A tree over segments: a lookup visits each of its nodes at most once, however the path is made.
struct RouteTable<Value: Sendable>: Sendable {
  struct Match {
    let value: Value
    /// The captured texts in the order of the template's variables.
    let captures: [String]
  }

  enum Outcome {
    case found(Match)
    /// The path exists with these HTTP methods only.
    case otherMethods([String])
    case notFound
    /// The path cannot be decoded or walks up.
    case malformed
  }

  private struct Terminal: Sendable {
    var byMethod: [String: (value: Value, template: PathTemplate)] = [:]
  }

  private struct Node: Sendable {
    var literals: [String: Int] = [:]
    var one: Int?
    /// Ends by verb; the verb of most is empty.
    var ends: [String: Terminal] = [:]
    /// Ends of templates that go on with `**`.
    var restEnds: [String: Terminal] = [:]
  }

  private var nodes: [Node] = [Node()]

  /// Adds a route. False when another one has the same template and method.
  mutating func add(_ method: String, _ template: PathTemplate, _ value: Value) -> Bool {
    var node = 0
    var takesRest = false
    for segment in template.segments {
      switch segment {
      case .literal(let text): node = child(of: node, literal: text)
      case .one: node = child(of: node)
      case .rest: takesRest = true
      }
    }
    let entry = (value: value, template: template)
    if takesRest {
      return nodes[node].restEnds[template.verb, default: Terminal()]
        .byMethod.updateValue(entry, forKey: method) == nil
    }
    return nodes[node].ends[template.verb, default: Terminal()]
      .byMethod.updateValue(entry, forKey: method) == nil
  }

  private mutating func child(of node: Int, literal: String) -> Int {
    if let existing = nodes[node].literals[literal] { return existing }
    nodes.append(Node())
    nodes[node].literals[literal] = nodes.count - 1
    return nodes.count - 1
  }

  private mutating func child(of node: Int) -> Int {
    if let existing = nodes[node].one { return existing }
    nodes.append(Node())
    nodes[node].one = nodes.count - 1
    return nodes.count - 1
  }

  // MARK: Lookup

  /// Looks a raw path up, everything before the question mark as it was received.
  func find(_ method: String, _ path: ArraySlice<UInt8>) -> Outcome {
    guard path.first == UInt8(ascii: "/") else { return .malformed }
    var raw = PercentCoding.parts(of: path.dropFirst(), between: UInt8(ascii: "/"))
    var allowed: Set<String> = []
    // The part behind the last colon may be a verb or belong to the segment.
    if let last = raw.last, let colon = last.lastIndex(of: UInt8(ascii: ":")) {
      // As it was sent: a verb in the contract needs no decoding.
      let verb = String(decoding: last[(colon + 1)...], as: UTF8.self)
      var search = Search(method: method, verb: verb)
      raw[raw.count - 1] = last[..<colon]
      guard let segments = Self.decoded(raw) else { return .malformed }
      if let match = find(&search, 0, raw, segments, 0) { return .found(match) }
      allowed = search.allowed
      raw[raw.count - 1] = last
    }
    guard let segments = Self.decoded(raw) else { return .malformed }
    var search = Search(method: method, verb: "")
    search.allowed = allowed
    if let match = find(&search, 0, raw, segments, 0) { return .found(match) }
    return search.allowed.isEmpty ? .notFound : .otherMethods(search.allowed.sorted())
  }

  private struct Search {
    let method: String
    let verb: String
    var allowed: Set<String> = []
  }

  /// Every segment decoded; nil when one cannot be or is `.` or `..`.
  private static func decoded(_ raw: [ArraySlice<UInt8>]) -> [String]? {
    var result: [String] = []
    result.reserveCapacity(raw.count)
    for segment in raw {
      guard let text = PercentCoding.decode(segment), text != ".", text != ".." else { return nil }
      result.append(text)
    }
    return result
  }

  private func find(
    _ search: inout Search, _ node: Int, _ raw: [ArraySlice<UInt8>], _ segments: [String],
    _ depth: Int
  ) -> Match? {
    if depth == segments.count, let match = end(&search, nodes[node].ends, raw, segments) {
      return match
    }
    if depth < segments.count, !segments[depth].isEmpty {
      if let next = nodes[node].literals[segments[depth]],
        let match = find(&search, next, raw, segments, depth + 1)
      {
        return match
      }
      if let next = nodes[node].one, let match = find(&search, next, raw, segments, depth + 1) {
        return match
      }
    }
    // `**` takes nothing or whole segments, so that a path with an empty one is not found.
    guard !segments[depth...].contains("") else { return nil }
    return end(&search, nodes[node].restEnds, raw, segments)
  }

  private func end(
    _ search: inout Search, _ ends: [String: Terminal], _ raw: [ArraySlice<UInt8>],
    _ segments: [String]
  ) -> Match? {
    guard let terminal = ends[search.verb] else { return nil }
    guard let (value, template) = terminal.byMethod[search.method] else {
      search.allowed.formUnion(terminal.byMethod.keys)
      return nil
    }
    let captures = template.variables.map { variable in
      guard variable.isMultiSegment else { return segments[variable.start] }
      return raw[variable.start..<(variable.end ?? raw.count)]
        .map { PercentCoding.decode($0, keepingSlash: true) ?? "" }
        .joined(separator: "/")
    }
    return Match(value: value, captures: captures)
  }
}
