/// The number grammar of JSON and exact integers out of it.
///
/// Integers never go through a floating-point value, so 9007199254740993 stays itself, and `1e3`
/// or `1.50e1` count as integers because they are.
enum JSONNumber {
  /// The end of the number that begins at `start`, or nil when there is none by RFC 8259.
  static func end(in bytes: ArraySlice<UInt8>, from start: Int) -> Int? {
    var position = start
    if position < bytes.endIndex, bytes[position] == UInt8(ascii: "-") { position += 1 }
    guard position < bytes.endIndex, isDigit(bytes[position]) else { return nil }
    if bytes[position] == UInt8(ascii: "0") {
      position += 1
      // A leading zero: 01 is no number, and stopping behind the zero would say so less clearly.
      if position < bytes.endIndex, isDigit(bytes[position]) { return nil }
    } else {
      skipDigits(bytes, &position)
    }
    if position < bytes.endIndex, bytes[position] == UInt8(ascii: ".") {
      position += 1
      guard skipDigits(bytes, &position) else { return nil }
    }
    if position < bytes.endIndex, bytes[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      if position < bytes.endIndex,
        bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-")
      {
        position += 1
      }
      guard skipDigits(bytes, &position) else { return nil }
    }
    return position
  }

  /// Sign and magnitude of an integral number, or nil when it has a fraction or does not fit into
  /// 64 bits. The slice must satisfy ``end(in:from:)``.
  static func integer(_ text: ArraySlice<UInt8>) -> (negative: Bool, magnitude: UInt64)? {
    var magnitude: UInt64 = 0
    var negative = false
    var plain = true
    for byte in text {
      if isDigit(byte) {
        let (product, overflow) = magnitude.multipliedReportingOverflow(by: 10)
        let (sum, carry) = product.addingReportingOverflow(UInt64(byte - UInt8(ascii: "0")))
        magnitude = sum
        if overflow || carry {
          plain = false
          break
        }
      } else if byte == UInt8(ascii: "-") && !negative {
        negative = true
      } else {
        plain = false
        break
      }
    }
    return plain ? (negative, magnitude) : scaledInteger(text)
  }

  /// The general case: digits without the point, times a power of ten.
  private static func scaledInteger(
    _ text: ArraySlice<UInt8>
  ) -> (negative: Bool, magnitude: UInt64)? {
    let negative = text.first == UInt8(ascii: "-")
    var digits: [UInt8] = []
    var exponent = 0
    var rest = text.dropFirst(negative ? 1 : 0)
    var afterPoint = false
    while let byte = rest.first {
      if isDigit(byte) {
        if !(digits.isEmpty && byte == UInt8(ascii: "0")) { digits.append(byte) }
        if afterPoint { exponent -= 1 }
      } else if byte == UInt8(ascii: ".") {
        afterPoint = true
      } else {
        break
      }
      rest.removeFirst()
    }
    guard !digits.isEmpty else { return (negative, 0) }
    if rest.first != nil {
      exponent += clampedExponent(rest.dropFirst())
    }
    while digits.last == UInt8(ascii: "0") {
      digits.removeLast()
      exponent += 1
    }
    // 2⁶⁴ has 20 digits.
    guard exponent >= 0, digits.count + exponent <= 20 else { return nil }
    var magnitude: UInt64 = 0
    for position in 0..<digits.count + exponent {
      let digit = position < digits.count ? digits[position] - UInt8(ascii: "0") : 0
      let (product, overflow) = magnitude.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
      guard !overflow, !carry else { return nil }
      magnitude = sum
    }
    return (negative, magnitude)
  }

  /// The exponent behind the `e`. Clamped far outside of what matters, so that `1e99999999999`
  /// neither overflows nor loops.
  private static func clampedExponent(_ text: ArraySlice<UInt8>) -> Int {
    var value = 0
    for byte in text where isDigit(byte) {
      value = min(value * 10 + Int(byte - UInt8(ascii: "0")), 1 << 40)
    }
    return text.first == UInt8(ascii: "-") ? -value : value
  }

  @discardableResult
  private static func skipDigits(_ bytes: ArraySlice<UInt8>, _ position: inout Int) -> Bool {
    let start = position
    while position < bytes.endIndex, isDigit(bytes[position]) { position += 1 }
    return position > start
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    byte &- UInt8(ascii: "0") < 10
  }
}
