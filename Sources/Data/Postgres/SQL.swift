/// A statement with its values apart.
///
/// ```swift
/// let query: SQL = "SELECT display_name FROM tenant WHERE tenant_id = \(tenant)"
/// ```
///
/// The text comes from literals in the source only; an interpolated value becomes `$1`, `$2` and
/// travels beside the text. A string made at run time has no way in. Another `SQL` can be
/// interpolated as a part of the text.
package struct SQL: ExpressibleByStringInterpolation, Sendable, Hashable {
  /// The text with placeholders.
  package let text: String
  /// The value of each placeholder, `$1` first.
  package let binds: [PostgresValue]

  private let parts: [Part]

  fileprivate enum Part: Sendable, Hashable {
    case literal(String)
    case bind(PostgresValue)
  }

  package init(stringLiteral value: StaticString) {
    self.init(parts: [.literal(value.description)])
  }

  package init(stringInterpolation: Interpolation) {
    self.init(parts: stringInterpolation.parts)
  }

  private init(parts: [Part]) {
    var text = ""
    var binds: [PostgresValue] = []
    for part in parts {
      switch part {
      case .literal(let literal): text += literal
      case .bind(let value):
        binds.append(value)
        text += "$\(binds.count)"
      }
    }
    self.text = text
    self.binds = binds
    self.parts = parts
  }

  /// Collects the parts of an interpolated literal.
  package struct Interpolation: StringInterpolationProtocol {
    fileprivate var parts: [Part] = []

    package init(literalCapacity: Int, interpolationCount: Int) {
      parts.reserveCapacity(interpolationCount * 2 + 1)
    }

    package mutating func appendLiteral(_ literal: StaticString) {
      parts.append(.literal(literal.description))
    }

    /// Adds a value.
    package mutating func appendInterpolation(_ value: some PostgresEncodable) {
      parts.append(.bind(value.postgresValue))
    }

    /// Adds a value that may be NULL. An overload of its own, because the compiler takes an optional
    /// in any other interpolation for a mistake.
    package mutating func appendInterpolation(_ value: (some PostgresEncodable)?) {
      parts.append(.bind(value.postgresValue))
    }

    /// Adds a piece of SQL with its own values.
    package mutating func appendInterpolation(_ piece: SQL) {
      parts += piece.parts
    }
  }
}
