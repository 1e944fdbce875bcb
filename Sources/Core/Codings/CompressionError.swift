/// Why bytes cannot be inflated.
package enum CompressionError: Error, Hashable, Sendable {
  /// They are not what the coding says: damaged, cut off, or with something behind their end.
  case corrupt
  /// They would inflate to more than the reader allows.
  case tooLong(bytesMax: Int)
}
