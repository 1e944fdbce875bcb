/// A value of a log field. There is no case for "anything": what may be logged is decided where
/// the line is written.
package enum LogValue: Sendable, Hashable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByFloatLiteral
{
  case string(String)
  case int(Int)
  case double(Double)
  case bool(Bool)

  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int) { self = .int(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(floatLiteral value: Double) { self = .double(value) }

  /// Milliseconds with fractions: the one unit in which durations are logged.
  package static func milliseconds(_ duration: Duration) -> LogValue {
    let (seconds, attoseconds) = duration.components
    return .double(Double(seconds) * 1_000 + Double(attoseconds / 1_000_000_000_000) / 1_000)
  }
}

/// The fields of a log line, in the order in which they were added.
package struct LogFields: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  package private(set) var entries: [Entry] = []

  /// One field.
  package struct Entry: Sendable, Hashable {
    package var name: String
    package var value: LogValue
  }

  package init() {}

  package init(dictionaryLiteral elements: (String, LogValue)...) {
    entries = elements.map { Entry(name: $0.0, value: $0.1) }
  }

  /// Adds a field; a name that is there twice is printed twice.
  package mutating func add(_ name: String, _ value: LogValue) {
    entries.append(Entry(name: name, value: value))
  }

  /// Adds all fields of another list.
  package mutating func add(_ other: LogFields) { entries += other.entries }
}
