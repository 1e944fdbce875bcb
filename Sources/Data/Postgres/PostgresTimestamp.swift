/// An instant as PostgreSQL keeps it: whole microseconds.
package struct PostgresTimestamp: Sendable, Hashable, Comparable {
  /// Since 1970-01-01 00:00:00 UTC.
  package var microseconds: Int64

  package init(microseconds: Int64) { self.microseconds = microseconds }

  package static func < (left: Self, right: Self) -> Bool {
    left.microseconds < right.microseconds
  }
}

extension PostgresTimestamp: CustomStringConvertible {
  private static let microsecondsPerSecond: Int64 = 1_000_000
  private static let microsecondsPerDay: Int64 = 86_400_000_000

  /// The instant in UTC as PostgreSQL reads it: `2026-11-21 08:30:00.000000+00`.
  package var description: String {
    var days = microseconds / Self.microsecondsPerDay
    var rest = microseconds % Self.microsecondsPerDay
    if rest < 0 {
      rest += Self.microsecondsPerDay
      days -= 1
    }
    let (year, month, day) = Self.date(day: days)
    let seconds = rest / Self.microsecondsPerSecond
    let time =
      Self.padded(seconds / 3600, 2) + ":" + Self.padded(seconds / 60 % 60, 2) + ":"
      + Self.padded(seconds % 60, 2) + "." + Self.padded(rest % Self.microsecondsPerSecond, 6)
    // Year 0 is 1 BC: there is none in between.
    let isBefore = year <= 0
    let date =
      Self.padded(isBefore ? 1 - year : year, 4) + "-" + Self.padded(month, 2) + "-"
      + Self.padded(day, 2)
    return date + " " + time + "+00" + (isBefore ? " BC" : "")
  }

  /// Reads `2026-11-21 08:30:00[.123456]+00[:30]`, with ` BC` for years before 1; `nil` when it is
  /// something else, `infinity` included.
  init?(iso text: Span<UInt8>) {
    var reader = DigitReader(text: text)
    guard let year = reader.number(), reader.take("-"), let month = reader.number(),
      reader.take("-"), let day = reader.number(), reader.take(" "),
      let hour = reader.number(), reader.take(":"), let minute = reader.number(),
      reader.take(":"), let second = reader.number(),
      (1...12).contains(month), (1...31).contains(day), hour < 25, minute < 60, second < 61,
      year < 300_000
    else { return nil }
    var fraction: Int64 = 0
    if reader.take(".") {
      guard let digits = reader.fraction() else { return nil }
      fraction = digits
    }
    var offset: Int64 = 0
    let isWest = reader.take("-")
    if isWest || reader.take("+") {
      guard let hours = reader.number(), hours < 25 else { return nil }
      offset = hours * 3600
      var unit: Int64 = 60
      while unit >= 1, reader.take(":") {
        guard let part = reader.number(), part < 60 else { return nil }
        offset += part * unit
        unit /= 60
      }
      if isWest { offset = -offset }
    }
    let isBefore = reader.take(" ") && reader.take("B") && reader.take("C")
    guard reader.isAtEnd else { return nil }
    let days = Self.day(year: isBefore ? 1 - year : year, month: month, day: day)
    let seconds = days * 86_400 + hour * 3600 + minute * 60 + second - offset
    microseconds = seconds * Self.microsecondsPerSecond + fraction
  }

  private static func padded(_ value: Int64, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  // MARK: Calendar
  //
  // Years here begin in March, so that the leap day is a year's last and months before it never
  // move. 400 such years always have 146 097 days.

  private static let daysPerCycle: Int64 = 146_097
  /// From 0000-03-01 to 1970-01-01.
  private static let daysToEpoch: Int64 = 719_468

  private static func day(year: Int64, month: Int64, day: Int64) -> Int64 {
    let marchYear = month > 2 ? year : year - 1
    let cycle = floored(marchYear, 400)
    let yearOfCycle = marchYear - cycle * 400
    let monthFromMarch = (month + 9) % 12
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    let dayOfCycle = yearOfCycle * 365 + yearOfCycle / 4 - yearOfCycle / 100 + dayOfYear
    return cycle * daysPerCycle + dayOfCycle - daysToEpoch
  }

  private static func date(day: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = day + daysToEpoch
    let cycle = floored(shifted, daysPerCycle)
    let dayOfCycle = shifted - cycle * daysPerCycle
    // The leap days before this one are taken out, then every year has 365.
    let yearOfCycle =
      (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
    let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let dayOfMonth = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0), month, dayOfMonth)
  }

  private static func floored(_ value: Int64, _ divisor: Int64) -> Int64 {
    value >= 0 ? value / divisor : (value - divisor + 1) / divisor
  }
}

/// Reads numbers and the marks between them.
private struct DigitReader {
  private let text: [UInt8]
  private var index = 0

  init(text: Span<UInt8>) { self.text = text.indices.map { text[$0] } }

  var isAtEnd: Bool { index == text.count }

  mutating func take(_ mark: Unicode.Scalar) -> Bool {
    guard index < text.count, text[index] == UInt8(ascii: mark) else { return false }
    index += 1
    return true
  }

  /// One to nine digits.
  mutating func number() -> Int64? {
    let start = index
    var value: Int64 = 0
    while index < text.count, index - start < 9 {
      let digit = text[index] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      value = value * 10 + Int64(digit)
      index += 1
    }
    return index > start ? value : nil
  }

  /// One to six digits of a fraction, as millionths.
  mutating func fraction() -> Int64? {
    let start = index
    guard let value = number(), index - start <= 6 else { return nil }
    return (index - start..<6).reduce(value) { result, _ in result * 10 }
  }
}
