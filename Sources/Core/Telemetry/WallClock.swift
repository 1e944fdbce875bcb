private import Glibc

/// The time of day, for people and for headers. Never for measuring.
package enum WallClock {
  /// Seconds since 1970 and the nanoseconds above them.
  package static func now() -> (seconds: Int, nanoseconds: Int) {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
    return (time.tv_sec, time.tv_nsec)
  }

  /// The current time as in `2026-03-01T12:00:00.123Z`.
  package static func timestamp() -> String {
    let (seconds, nanoseconds) = now()
    let date = CivilDate(secondsSince1970: seconds)
    return "\(pad(date.year, 4))-\(pad(date.month, 2))-\(pad(date.day, 2))"
      + "T\(pad(date.hour, 2)):\(pad(date.minute, 2)):\(pad(date.second, 2))"
      + ".\(pad(nanoseconds / 1_000_000, 3))Z"
  }

  /// The given time as HTTP writes it (RFC 9110 5.6.7): `Sun, 01 Mar 2026 12:00:00 GMT`.
  package static func httpDate(secondsSince1970 seconds: Int) -> String {
    let date = CivilDate(secondsSince1970: seconds)
    let weekday = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][date.weekday]
    let month = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ][date.month - 1]
    return "\(weekday), \(pad(date.day, 2)) \(month) \(pad(date.year, 4)) "
      + "\(pad(date.hour, 2)):\(pad(date.minute, 2)):\(pad(date.second, 2)) GMT"
  }

  private static func pad(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}

/// A date of the proleptic Gregorian calendar in UTC.
///
/// The conversion counts in eras of 400 years that begin on 1 March, so that the leap day is the
/// last day of a year and needs no case of its own.
package struct CivilDate: Hashable, Sendable {
  package let year: Int
  package let month: Int
  package let day: Int
  package let hour: Int
  package let minute: Int
  package let second: Int
  /// 0 is Sunday.
  package let weekday: Int

  package init(secondsSince1970 seconds: Int) {
    let secondsPerDay = 86_400
    let days = Int((Double(seconds) / Double(secondsPerDay)).rounded(.down))
    let rest = seconds - days * secondsPerDay
    hour = rest / 3_600
    minute = rest / 60 % 60
    second = rest % 60
    weekday = ((days + 4) % 7 + 7) % 7

    let shifted = days + 719_468  // days from 0000-03-01 to 1970-01-01
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }
}
