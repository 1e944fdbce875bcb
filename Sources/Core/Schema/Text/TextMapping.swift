/// Maps between the text format of protobuf and the wire format by descriptors alone, for people
/// who debug and for logs.
///
/// ```swift
/// let text = TextMapping(pool)
/// log.debug("call.request", ["message": .string(text.redacted(bytes, type: type))])
/// ```
package struct TextMapping: Sendable {
  package let pool: DescriptorPool

  package init(_ pool: DescriptorPool) { self.pool = pool }

  /// The text of an encoded message: fields by number, map entries by key, then unknown fields, so
  /// that equal messages give equal text.
  package func text(
    fromWire bytes: [UInt8], type: MessageDescriptor, options: TextWriteOptions = .init()
  ) throws(TextError) -> String {
    var writer = TextWriter(pool: pool, options: options)
    try writer.message(type, bytes.span, depth: 0)
    return String(decoding: writer.output, as: UTF8.self)
  }

  /// One line for a log, without the values of fields that are `secret` or `personal`, and without
  /// those of unknown fields, of which nobody knows what they are. Never fails: bytes that are no
  /// message give their length.
  package func redacted(_ bytes: [UInt8], type: MessageDescriptor) -> String {
    let options = TextWriteOptions(singleLine: true, redacts: true, keepsUnicode: true)
    do throws(TextError) {
      return try text(fromWire: bytes, type: type, options: options)
    } catch {
      return "malformed \(type.fullName) of \(bytes.count) bytes"
    }
  }

  /// The message that a text says, in the order of field numbers.
  package func wireBytes(
    fromText text: String, type: MessageDescriptor
  ) throws(TextError) -> [UInt8] {
    var reader = TextReader(text, pool: pool)
    return try reader.whole(type)
  }
}

/// How text is written.
package struct TextWriteOptions: Sendable {
  /// Everything on one line.
  package var singleLine: Bool
  /// Leaves out the values of fields that are `secret` or `personal`.
  package var redacts: Bool
  /// Letters beyond ASCII as they are instead of as octal escapes. Control characters are escaped
  /// in any case.
  package var keepsUnicode: Bool
  /// `[type.googleapis.com/a.B] {…}` for an Any of a known type instead of its bytes.
  package var expandsAny: Bool
  /// Fields that the type does not know, by their number. They are for people: no text with them is
  /// read again.
  package var showsUnknown: Bool

  package init(
    singleLine: Bool = false, redacts: Bool = false, keepsUnicode: Bool = false,
    expandsAny: Bool = true, showsUnknown: Bool = true
  ) {
    self.singleLine = singleLine
    self.redacts = redacts
    self.keepsUnicode = keepsUnicode
    self.expandsAny = expandsAny
    self.showsUnknown = showsUnknown
  }
}

/// Why a text is no message, or a message has no text.
package struct TextError: Error, Hashable, CustomStringConvertible {
  /// Counted from 1; 0 when the fault is in no text.
  package let line: Int
  package let column: Int
  package let reason: String

  init(_ reason: String, line: Int = 0, column: Int = 0) {
    self.reason = reason
    self.line = line
    self.column = column
  }

  package var description: String { line == 0 ? reason : "\(line):\(column): \(reason)" }
}
