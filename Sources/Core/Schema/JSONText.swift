internal import Wire

/// Strings and numbers as JSON text.
package enum JSONText {
  /// Appends a JSON string. `utf8` must be valid.
  package static func append(quoted utf8: some Sequence<UInt8>, to output: inout [UInt8]) {
    let wasContiguous: Void? = utf8.withContiguousStorageIfAvailable { bytes in
      append(quoted: unsafe bytes.span, to: &output)
    }
    if wasContiguous == nil { append(quoted: Array(utf8).span, to: &output) }
  }

  /// Appends a JSON string; what needs no escape in pieces as long as can be.
  static func append(quoted utf8: Span<UInt8>, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    var start = 0
    while true {
      let end = utf8.plainEnd(from: start)
      output.append(copying: utf8.extracting(start..<end))
      guard end < utf8.count else { break }
      append(escaping: utf8[end], to: &output)
      start = end + 1
    }
    output.append(UInt8(ascii: "\""))
  }

  static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private static func append(escaping byte: UInt8, to output: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "\""): output.append(contentsOf: [UInt8(ascii: "\\"), byte])
    case UInt8(ascii: "\\"): output.append(contentsOf: [UInt8(ascii: "\\"), byte])
    case 0x0A: output.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "n")])
    case 0x0D: output.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "r")])
    case 0x09: output.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "t")])
    case 0..<0x20:
      output.append(contentsOf: "\\u00".utf8)
      output.append(hexCharacter(byte >> 4))
      output.append(hexCharacter(byte & 15))
    default: output.append(byte)
    }
  }

  /// Appends the digits of a whole number.
  static func append(decimal magnitude: UInt64, isNegative: Bool = false, to output: inout [UInt8])
  {
    if isNegative { output.append(UInt8(ascii: "-")) }
    // As many as 2⁶⁴ has.
    var digits: [20 of UInt8] = .init(repeating: 0)
    var first = 20
    var rest = magnitude
    repeat {
      first -= 1
      digits[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while rest > 0
    output.append(copying: digits.span.extracting(first...))
  }

  /// The shortest text that reads back as the same number; a name in quotes when it is none.
  static func append(
    _ value: some BinaryFloatingPoint & CustomStringConvertible, to output: inout [UInt8]
  ) {
    if value.isNaN {
      output.append(contentsOf: "\"NaN\"".utf8)
    } else if value.isInfinite {
      output.append(contentsOf: (value < 0 ? "\"-Infinity\"" : "\"Infinity\"").utf8)
    } else {
      output.append(contentsOf: value.description.utf8)
      // Not for −0: "-0" is an integer to many readers, and those have no negative zero.
      if value != 0 || value.sign == .plus, output.suffix(2).elementsEqual(".0".utf8) {
        output.removeLast(2)
      }
    }
  }

  private static func hexCharacter(_ nibble: UInt8) -> UInt8 {
    nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
  }
}

extension Span where Element == UInt8 {
  /// Index of the first byte from `start` on that a JSON string cannot have as it is: a quotation
  /// mark, a backslash or a control character; `count` when there is none.
  func plainEnd(from start: Int) -> Int {
    var index = start
    // Eight at a time, by the usual tests for a byte that is zero or less than another one. The loop
    // ends before `count`, which is what makes the unchecked load safe.
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highBits: UInt64 = 0x8080_8080_8080_8080
    while index &+ 8 <= count {
      let eight = unsafe bytes.unsafeLoadUnaligned(
        fromUncheckedByteOffset: index, as: UInt64.self)
      let quotes = eight ^ ones &* 0x22
      let backslashes = eight ^ ones &* 0x5C
      let found =
        (eight &- ones &* 0x20) & ~eight | (quotes &- ones) & ~quotes
        | (backslashes &- ones) & ~backslashes
      guard found & highBits == 0 else { break }
      index &+= 8
    }
    while index < count, !JSONText.needsEscape(self[index]) { index &+= 1 }
    return index
  }
}
