internal import Codings
internal import ProviderKit
internal import RPCTransport
internal import Schema

/// Parsers that need nothing else.
enum ParserCheck {
  static func run(_ kind: UInt8, _ input: inout Input) {
    switch kind % 5 {
    case 0: deframe(coding: nil, &input)
    case 1: deframe(coding: input.pick(Coding.allCases), &input)
    case 2: form(input.rest())
    case 3: base64(input.rest())
    default: text(String(decoding: input.rest(), as: UTF8.self))
    }
  }

  private enum Deframed: Equatable {
    case messages([[UInt8]], FramingError?)
  }

  /// The same messages and the same error, wherever the cuts are.
  private static func deframe(coding: Coding?, _ input: inout Input) {
    let cuts = input.short()
    let bytes = input.rest()
    var pieces: [[UInt8]] = []
    var rest = bytes[...]
    for cut in cuts {
      pieces.append(Array(rest.prefix(Int(cut))))
      rest = rest.dropFirst(Int(cut))
    }
    pieces.append(Array(rest))
    guard deframe([bytes], coding) == deframe(pieces, coding) else {
      broken("messages depend on the cuts between them")
    }
  }

  private static func deframe(_ pieces: [[UInt8]], _ coding: Coding?) -> Deframed {
    var deframer = MessageDeframer(messageBytesMax: 20_000, coding: coding)
    var messages: [[UInt8]] = []
    do throws(FramingError) {
      for piece in pieces {
        deframer.append(piece)
        while let message = try deframer.next() {
          guard message.count <= 20_000 else { broken("a message is longer than it may be") }
          messages.append(message)
        }
      }
      try deframer.end()
      return .messages(messages, nil)
    } catch {
      return .messages(messages, error)
    }
  }

  private static func form(_ bytes: [UInt8]) {
    guard let form = FormParameters(decoding: bytes) else { return }
    guard FormParameters(decoding: Array(form.encoded.utf8)) == form else {
      broken("a form is another one when it is written and read")
    }
  }

  private static func base64(_ bytes: [UInt8]) {
    guard Base64.decode(Base64.encode(bytes)) == bytes else {
      broken("base64 is other bytes when it is read")
    }
    guard let read = Base64.decode(bytes[...]) else { return }
    guard Base64.decode(Base64.encode(read)) == read else {
      broken("base64 that was read cannot be written")
    }
  }

  private static func text(_ text: String) {
    if let timeout = Timeout.parse(text), timeout < .zero || timeout > .seconds(400_000_000_000) {
      broken("a timeout of \(timeout)")
    }
    _ = Coding.known(in: text)
    let encoded = StatusMessage.encode(text)
    guard encoded.utf8.allSatisfy({ (0x20...0x7e).contains($0) }) else {
      broken("a status message is not plain")
    }
  }
}
