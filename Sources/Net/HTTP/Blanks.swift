extension BidirectionalCollection<UInt8> {
  /// Without the spaces and tabs at both ends, which are no part of a field's value or of an element
  /// in it (RFC 9110 section 5.6.3).
  package var withoutBlanks: SubSequence {
    guard let start = firstIndex(where: { !$0.isBlank }),
      let last = lastIndex(where: { !$0.isBlank })
    else { return self[endIndex...] }
    return self[start...last]
  }
}

extension StringProtocol {
  /// The same of a text.
  package var withoutBlanks: Substring { Substring(Substring(self).utf8.withoutBlanks) }
}

extension UInt8 {
  /// A space or a tab.
  var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
}
