/// A value on its way to the server.
package struct PostgresValue: Sendable, Hashable {
  /// The value, or `nil` for NULL.
  package let bytes: [UInt8]?
  /// The type's number in the catalogue; 0 lets the server infer it from where the value stands,
  /// so that a string serves as `uuid`, `jsonb` or `text` as the column asks.
  package let type: UInt32
  /// Whether `bytes` are the type's binary form instead of its text.
  package let isBinary: Bool

  package init(bytes: [UInt8]?, type: UInt32 = 0, isBinary: Bool = false) {
    self.bytes = bytes
    self.type = type
    self.isBinary = isBinary
  }

  init(text: String) { self.init(bytes: Array(text.utf8)) }

  /// A text ends at its first zero byte on the way; sending it would store something else.
  var isSendable: Bool { isBinary || !(bytes?.contains(0) ?? false) }
}

/// A type whose values can be interpolated into ``SQL``.
package protocol PostgresEncodable {
  var postgresValue: PostgresValue { get }
  /// The NULL of this type.
  static var postgresNull: PostgresValue { get }
}

extension PostgresEncodable {
  package static var postgresNull: PostgresValue { PostgresValue(bytes: nil) }
}

extension String: PostgresEncodable {
  package var postgresValue: PostgresValue { PostgresValue(text: self) }
}

extension Int: PostgresEncodable {
  package var postgresValue: PostgresValue { PostgresValue(text: String(self)) }
}

extension Int32: PostgresEncodable {
  package var postgresValue: PostgresValue { PostgresValue(text: String(self)) }
}

extension Int64: PostgresEncodable {
  package var postgresValue: PostgresValue { PostgresValue(text: String(self)) }
}

extension Bool: PostgresEncodable {
  package var postgresValue: PostgresValue { PostgresValue(text: self ? "t" : "f") }
}

extension Double: PostgresEncodable {
  package var postgresValue: PostgresValue { PostgresValue(text: description) }
}

extension PostgresTimestamp: PostgresEncodable {
  private static let timestamptz: UInt32 = 1184

  package var postgresValue: PostgresValue {
    PostgresValue(bytes: Array(description.utf8), type: Self.timestamptz)
  }

  package static var postgresNull: PostgresValue {
    PostgresValue(bytes: nil, type: timestamptz)
  }
}

extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
  package var postgresValue: PostgresValue { self?.postgresValue ?? Wrapped.postgresNull }
}

/// An element of an array that Klinke sends or reads.
package protocol PostgresElement: PostgresEncodable, PostgresDecodable {}

extension String: PostgresElement {}
extension Int: PostgresElement {}
extension Int64: PostgresElement {}
extension Bool: PostgresElement {}

/// `[UInt8]` is `bytea`; an array of other elements is an array.
extension Array: PostgresEncodable where Element: PostgresArrayable {
  package var postgresValue: PostgresValue { Element.postgresValue(of: self) }
  package static var postgresNull: PostgresValue { Element.postgresNullArray }
}

/// A type of which an array is a value: bytes as `bytea`, others as an array of the element's type.
package protocol PostgresArrayable: Sendable {
  static func postgresValue(of array: [Self]) -> PostgresValue
  static var postgresNullArray: PostgresValue { get }
  static func array(postgresText text: Span<UInt8>) -> [Self]?
}

extension UInt8: PostgresArrayable {
  private static let bytea: UInt32 = 17

  package static func postgresValue(of array: [UInt8]) -> PostgresValue {
    PostgresValue(bytes: array, type: bytea, isBinary: true)
  }

  package static var postgresNullArray: PostgresValue {
    PostgresValue(bytes: nil, type: bytea, isBinary: true)
  }

  /// The text of a `bytea` is `\x` and two digits per byte.
  package static func array(postgresText text: Span<UInt8>) -> [UInt8]? {
    guard text.count >= 2, text.count % 2 == 0, text[0] == UInt8(ascii: "\\"),
      text[1] == UInt8(ascii: "x")
    else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 2 - 1)
    for index in stride(from: 2, to: text.count, by: 2) {
      guard let high = hexDigit(text[index]), let low = hexDigit(text[index + 1]) else {
        return nil
      }
      bytes.append(high << 4 | low)
    }
    return bytes
  }

  private static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}

extension PostgresArrayable where Self: PostgresElement {
  package static func postgresValue(of array: [Self]) -> PostgresValue {
    PostgresValue(bytes: ArrayText.encode(array.map { $0.postgresValue.bytes }))
  }

  package static var postgresNullArray: PostgresValue { PostgresValue(bytes: nil) }

  package static func array(postgresText text: Span<UInt8>) -> [Self]? {
    guard let elements = ArrayText.decode(text) else { return nil }
    var array: [Self] = []
    array.reserveCapacity(elements.count)
    for element in elements {
      guard let element, let value = Self(postgresText: element.span) else { return nil }
      array.append(value)
    }
    return array
  }
}

extension String: PostgresArrayable {}
extension Int: PostgresArrayable {}
extension Int64: PostgresArrayable {}
extension Bool: PostgresArrayable {}
