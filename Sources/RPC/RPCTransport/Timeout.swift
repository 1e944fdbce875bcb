/// The value of `grpc-timeout`: up to 8 digits and a unit.
package enum Timeout {
  private static let digitsMax = 8
  private static let valueMax: Int64 = 99_999_999

  /// The duration, or `nil` for anything that is not in the grammar. Zero is a duration that is over.
  package static func parse(_ text: String) -> Duration? {
    var value: Int64 = 0
    var digits = 0
    var unit: UInt8?
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        guard unit == nil, digits < digitsMax else { return nil }
        value = value * 10 + Int64(byte - UInt8(ascii: "0"))
        digits += 1
      default:
        guard unit == nil, digits > 0 else { return nil }
        unit = byte
      }
    }
    switch unit {
    case UInt8(ascii: "H"): return .seconds(value * 3_600)
    case UInt8(ascii: "M"): return .seconds(value * 60)
    case UInt8(ascii: "S"): return .seconds(value)
    case UInt8(ascii: "m"): return .milliseconds(value)
    case UInt8(ascii: "u"): return .microseconds(value)
    case UInt8(ascii: "n"): return .nanoseconds(value)
    default: return nil
    }
  }

  /// The finest unit whose value fits, rounded up so that a server never gives up before its client.
  static func encode(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    guard seconds >= 0, attoseconds >= 0 else { return "0n" }
    let nanoseconds = (attoseconds + 999_999_999) / 1_000_000_000
    let units: [(name: String, perSecond: Int64)] = [
      ("n", 1_000_000_000), ("u", 1_000_000), ("m", 1_000), ("S", 1),
    ]
    for unit in units {
      // Seconds alone are over the limit first; only then may the multiplication be done.
      guard seconds <= valueMax / unit.perSecond else { continue }
      let divisor = 1_000_000_000 / unit.perSecond
      let value = seconds * unit.perSecond + (nanoseconds + divisor - 1) / divisor
      if value <= valueMax { return "\(value)\(unit.name)" }
    }
    let minutes = seconds / 60 + 1
    if minutes <= valueMax { return "\(minutes)M" }
    return "\(min(seconds / 3_600 + 1, valueMax))H"
  }
}
