/// Values of fields that have no type any more.
extension TextScanner {
  /// Passes over what follows the name of a field: `: 1`, `: [1, 2]`, `{ a: 1 }`.
  mutating func skipValue(depth: Int) throws(TextError) {
    let hasColon = try take(":")
    if try take("[") {
      if try take("]") { return }
      repeat {
        try skipElement(hasColon: hasColon, depth: depth)
      } while try take(",")
      return try expect("]")
    }
    try skipElement(hasColon: hasColon, depth: depth)
  }

  private mutating func skipElement(hasColon: Bool, depth: Int) throws(TextError) {
    if try take("{") { return try skipFields(until: "}", depth: depth + 1) }
    if try take("<") { return try skipFields(until: ">", depth: depth + 1) }
    guard hasColon else { throw error("expected `:`, found \(words)") }
    if case .string = token {
      while case .string = token { try advance() }
      return
    }
    _ = try take("-")
    switch token {
    case .name, .number: try advance()
    case .sign, .string, .end: throw error("expected a value, found \(words)")
    }
  }

  private mutating func skipFields(until end: Unicode.Scalar, depth: Int) throws(TextError) {
    guard depth < JSONWriter.depthMax else {
      throw error("nested deeper than \(JSONWriter.depthMax) messages")
    }
    while try !take(end) {
      switch token {
      case .name, .number: try advance()
      case .sign(UInt8(ascii: "[")): try skipBrackets()
      case .sign, .string, .end: throw error("expected a field, found \(words)")
      }
      try skipValue(depth: depth)
      if try !take(",") { _ = try take(";") }
    }
  }

  /// The name of an extension or the URL of a type.
  private mutating func skipBrackets() throws(TextError) {
    while try !take("]") {
      guard token != .end else { throw error("expected `]`, found \(words)") }
      try advance()
    }
  }
}
