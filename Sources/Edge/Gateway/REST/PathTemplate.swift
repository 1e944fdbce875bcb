/// The path of a `google.api.http` rule: `/v1/{name=shelves/*/books/*}:archive`.
struct PathTemplate: Hashable, Sendable {
  enum Segment: Hashable, Sendable {
    case literal(String)
    /// `*`: exactly one segment.
    case one
    /// `**`: the rest, possibly nothing; always the last.
    case rest
  }

  struct Variable: Hashable, Sendable {
    /// Dotted path of the request field.
    let field: String
    /// Which segments it captures; nil at the end is "to the end of the path".
    let start: Int
    let end: Int?
    /// Several segments, or a template with a slash: `%2F` stays as it is in these.
    let isMultiSegment: Bool
  }

  let segments: [Segment]
  let variables: [Variable]
  /// What follows the last segment behind a colon; empty for none.
  let verb: String

  /// Parses a template; nil when it breaks the grammar.
  init?(_ text: String) {
    guard text.first == "/" else { return nil }
    var parser = TemplateParser(text.dropFirst())
    guard parser.segments(), parser.rest.isEmpty || parser.takeVerb(),
      !parser.parsed.dropLast().contains(.rest)
    else { return nil }
    segments = parser.parsed
    variables = parser.variables
    verb = parser.verb
  }
}

private struct TemplateParser {
  var rest: Substring
  var parsed: [PathTemplate.Segment] = []
  var variables: [PathTemplate.Variable] = []
  var verb = ""

  init(_ text: Substring) { rest = text }

  /// Segments up to the verb, the closing brace or the end.
  mutating func segments(insideVariable: Bool = false) -> Bool {
    repeat {
      guard segment(insideVariable: insideVariable) else { return false }
    } while take("/")
    return true
  }

  mutating func takeVerb() -> Bool {
    guard take(":"), !rest.isEmpty, rest.allSatisfy({ $0 != "/" && $0 != "{" && $0 != "*" }) else {
      return false
    }
    verb = String(rest)
    rest = ""
    return true
  }

  private mutating func segment(insideVariable: Bool) -> Bool {
    if take("**") {
      parsed.append(.rest)
      return true
    }
    if take("*") {
      parsed.append(.one)
      return true
    }
    // Variables do not nest.
    if !insideVariable, take("{") { return variable() }
    let literal = rest.prefix { $0 != "/" && $0 != ":" && $0 != "{" && $0 != "}" && $0 != "*" }
    guard !literal.isEmpty else { return false }
    rest = rest.dropFirst(literal.count)
    parsed.append(.literal(String(literal)))
    return true
  }

  private mutating func variable() -> Bool {
    let field = rest.prefix { $0 != "=" && $0 != "}" }
    guard !field.isEmpty else { return false }
    rest = rest.dropFirst(field.count)
    let start = parsed.count
    if take("=") {
      guard segments(insideVariable: true) else { return false }
    } else {
      parsed.append(.one)
    }
    guard take("}") else { return false }
    let reachesEnd = parsed.last == .rest
    variables.append(
      PathTemplate.Variable(
        field: String(field), start: start, end: reachesEnd ? nil : parsed.count,
        isMultiSegment: reachesEnd || parsed.count - start > 1))
    return true
  }

  private mutating func take(_ text: String) -> Bool {
    guard rest.hasPrefix(text) else { return false }
    rest = rest.dropFirst(text.count)
    return true
  }
}
