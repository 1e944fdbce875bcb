/// Seconds and nanoseconds, as `google.protobuf.Timestamp` and `Duration` have them, and their
/// JSON text.
struct SecondsNanos: Equatable {
  var seconds: Int64
  var nanos: Int32

  /// 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z.
  static let timestampRange: ClosedRange<Int64> = -62_135_596_800...253_402_300_799
  static let durationMax: Int64 = 315_576_000_000

  // MARK: Timestamp

  /// Reads RFC 3339 with upper-case letters and up to nine fraction digits; nil for anything else.
  init?(timestamp text: ArraySlice<UInt8>) {
    var digits = TextDigits(text)
    guard let year = digits.number(4), digits.take("-"), let month = digits.number(2),
      digits.take("-"), let day = digits.number(2), digits.take("T"),
      let hour = digits.number(2), digits.take(":"), let minute = digits.number(2),
      digits.take(":"), let second = digits.number(2), let nanos = digits.fraction()
    else { return nil }
    let date = CivilDate(year: year, month: month, day: day)
    guard date.isValid, hour < 24, minute < 60, second < 60 else { return nil }
    var offset = 0
    if !digits.take("Z") {
      let isAhead = digits.take("+")
      guard isAhead || digits.take("-"), let hours = digits.number(2), digits.take(":"),
        let minutes = digits.number(2), hours < 24, minutes < 60
      else { return nil }
      offset = (hours * 60 + minutes) * (isAhead ? 60 : -60)
    }
    guard digits.isAtEnd else { return nil }
    seconds = Int64(date.daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second - offset)
    self.nanos = nanos
    guard Self.timestampRange.contains(seconds) else { return nil }
  }

  init(seconds: Int64, nanos: Int32) {
    self.seconds = seconds
    self.nanos = nanos
  }

  /// `1970-01-01T00:00:00Z` with 0, 3, 6 or 9 fraction digits; nil outside of the years 1–9999.
  var timestampText: [UInt8]? {
    guard Self.timestampRange.contains(seconds), (0..<1_000_000_000).contains(nanos) else {
      return nil
    }
    let total = Int(seconds)
    let days = total >= 0 ? total / 86_400 : (total - 86_399) / 86_400
    let second = total - days * 86_400
    let date = CivilDate(daysSince1970: days)
    var text: [UInt8] = []
    text.reserveCapacity(30)
    Self.append(date.year, width: 4, to: &text)
    text.append(UInt8(ascii: "-"))
    Self.append(date.month, width: 2, to: &text)
    text.append(UInt8(ascii: "-"))
    Self.append(date.day, width: 2, to: &text)
    text.append(UInt8(ascii: "T"))
    Self.append(second / 3600, width: 2, to: &text)
    text.append(UInt8(ascii: ":"))
    Self.append(second / 60 % 60, width: 2, to: &text)
    text.append(UInt8(ascii: ":"))
    Self.append(second % 60, width: 2, to: &text)
    Self.appendFraction(Int(nanos), to: &text)
    text.append(UInt8(ascii: "Z"))
    return text
  }

  // MARK: Duration

  /// Reads `-1.5s` with up to nine fraction digits; nil for anything else.
  init?(duration text: ArraySlice<UInt8>) {
    var digits = TextDigits(text)
    let isNegative = digits.take("-")
    guard let whole = digits.number(upTo: 12), let nanos = digits.fraction(), digits.take("s"),
      digits.isAtEnd, whole < Self.durationMax || (whole == Self.durationMax && nanos == 0)
    else { return nil }
    seconds = isNegative ? -Int64(whole) : Int64(whole)
    self.nanos = isNegative ? -nanos : nanos
  }

  /// `1.500s` with 0, 3, 6 or 9 fraction digits; nil when out of range or when the signs differ.
  var durationText: [UInt8]? {
    guard seconds.magnitude <= UInt64(Self.durationMax), nanos.magnitude < 1_000_000_000,
      seconds == 0 || nanos == 0 || (seconds < 0) == (nanos < 0)
    else { return nil }
    var text: [UInt8] = seconds < 0 || nanos < 0 ? [UInt8(ascii: "-")] : []
    text.append(contentsOf: String(seconds.magnitude).utf8)
    Self.appendFraction(Int(nanos.magnitude), to: &text)
    text.append(UInt8(ascii: "s"))
    return text
  }

  // MARK: Digits

  private static func append(_ value: Int, width: Int, to text: inout [UInt8]) {
    var divisor = 1
    for _ in 1..<width { divisor *= 10 }
    while divisor > 0 {
      text.append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
      divisor /= 10
    }
  }

  private static func appendFraction(_ nanos: Int, to text: inout [UInt8]) {
    guard nanos != 0 else { return }
    text.append(UInt8(ascii: "."))
    if nanos % 1_000_000 == 0 {
      append(nanos / 1_000_000, width: 3, to: &text)
    } else if nanos % 1000 == 0 {
      append(nanos / 1000, width: 6, to: &text)
    } else {
      append(nanos, width: 9, to: &text)
    }
  }
}

/// Reads digits of a fixed layout.
private struct TextDigits {
  private var rest: ArraySlice<UInt8>

  init(_ text: ArraySlice<UInt8>) { rest = text }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func take(_ character: UnicodeScalar) -> Bool {
    guard let byte = rest.first, UInt32(byte) == character.value else { return false }
    rest.removeFirst()
    return true
  }

  /// Exactly `count` digits.
  mutating func number(_ count: Int) -> Int? {
    guard rest.count >= count, rest.prefix(count).allSatisfy(JSONNumber.isDigit) else { return nil }
    return number(upTo: count)
  }

  /// At least one digit and at most `count`.
  mutating func number(upTo count: Int) -> Int? {
    var value = 0
    var read = 0
    while read < count, let byte = rest.first, JSONNumber.isDigit(byte) {
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
      read += 1
      rest.removeFirst()
    }
    return read > 0 ? value : nil
  }

  /// Nanoseconds behind an optional point; nil when there are more than nine digits or none.
  mutating func fraction() -> Int32? {
    guard take(".") else { return 0 }
    let before = rest.count
    guard var value = number(upTo: 9) else { return nil }
    for _ in 0..<9 - (before - rest.count) { value *= 10 }
    return Int32(value)
  }
}
