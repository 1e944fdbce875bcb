/// A type that can be read from a column's text.
package protocol PostgresDecodable: Sendable {
  /// The value, or `nil` when the text is not one of this type.
  init?(postgresText text: Span<UInt8>)
  /// The value of NULL, or `nil` when the type has none.
  static var postgresNullValue: Self? { get }
}

extension PostgresDecodable {
  package static var postgresNullValue: Self? { nil }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
  package init?(postgresText text: Span<UInt8>) {
    guard let value = Wrapped(postgresText: text) else { return nil }
    self = .some(value)
  }

  package static var postgresNullValue: Wrapped?? { .some(nil) }
}

extension String: PostgresDecodable {
  package init?(postgresText text: Span<UInt8>) {
    guard let valid = try? UTF8Span(validating: text) else { return nil }
    self = String(copying: valid)
  }
}

extension FixedWidthInteger {
  fileprivate init?(decimal text: Span<UInt8>) {
    guard !text.isEmpty else { return nil }
    let isNegative = text[0] == UInt8(ascii: "-")
    guard !isNegative || text.count > 1 else { return nil }
    var value: Self = 0
    for index in (isNegative ? 1 : 0)..<text.count {
      let digit = text[index] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
      // Downwards for a negative number: the smallest has no positive counterpart.
      let (sum, sumOverflow) =
        isNegative
        ? shifted.subtractingReportingOverflow(Self(digit))
        : shifted.addingReportingOverflow(Self(digit))
      guard !overflow, !sumOverflow else { return nil }
      value = sum
    }
    self = value
  }
}

extension Int: PostgresDecodable {
  package init?(postgresText text: Span<UInt8>) { self.init(decimal: text) }
}

extension Int32: PostgresDecodable {
  package init?(postgresText text: Span<UInt8>) { self.init(decimal: text) }
}

extension Int64: PostgresDecodable {
  package init?(postgresText text: Span<UInt8>) { self.init(decimal: text) }
}

extension Bool: PostgresDecodable {
  package init?(postgresText text: Span<UInt8>) {
    guard text.count == 1 else { return nil }
    switch text[0] {
    case UInt8(ascii: "t"): self = true
    case UInt8(ascii: "f"): self = false
    default: return nil
    }
  }
}

extension Double: PostgresDecodable {
  package init?(postgresText text: Span<UInt8>) {
    guard let text = String(postgresText: text) else { return nil }
    switch text {
    case "Infinity": self = .infinity
    case "-Infinity": self = -.infinity
    case "NaN": self = .nan
    default:
      guard let value = Double(text) else { return nil }
      self = value
    }
  }
}

extension PostgresTimestamp: PostgresDecodable {
  package init?(postgresText text: Span<UInt8>) { self.init(iso: text) }
}

extension Array: PostgresDecodable where Element: PostgresArrayable {
  package init?(postgresText text: Span<UInt8>) {
    guard let array = Element.array(postgresText: text) else { return nil }
    self = array
  }
}
