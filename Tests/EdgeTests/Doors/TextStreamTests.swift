@testable internal import Gateway
internal import Testing

@Suite("TextStream")
struct TextStreamTests {
  private func decode(_ pieces: [String]) -> [UInt8]? {
    var stream = TextStream()
    var all: [UInt8] = []
    for piece in pieces {
      guard let bytes = stream.decode(Array(piece.utf8)) else { return nil }
      all += bytes
    }
    guard let rest = stream.end() else { return nil }
    return all + rest
  }

  @Test(
    "decodes pieces with and without padding in a row",
    arguments: [
      ("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zg==Zm8=Zm9v", "ffofoo"),
      ("Zg==Zg", "ff"), ("Zm8", "fo"), ("+/+/", "\u{0}"),
    ])
  func pieces(text: String, expected: String) {
    let bytes = text == "+/+/" ? [0xFB, 0xFF, 0xBF] : Array(expected.utf8)
    #expect(decode([text]) == bytes)
    #expect(decode(text.map { String($0) }) == bytes)
    for cut in text.indices {
      #expect(decode([String(text[..<cut]), String(text[cut...])]) == bytes)
    }
  }

  @Test(
    "refuses what is no base64",
    arguments: ["Z", "Zg=", "Zg=x", "=", "Z===", "Zm9v=", "Zm-_", "Zm 9v", "Zg==="])
  func refuses(text: String) {
    #expect(decode([text]) == nil)
    #expect(decode(text.map { String($0) }) == nil)
  }

  @Test("encodes pieces that decode in a row")
  func encodes() {
    var text: [UInt8] = []
    var expected: [UInt8] = []
    for count in 0..<20 {
      let piece = (0..<count).map { UInt8($0 * 13 & 0xFF) }
      let encoded = TextStream.encode(piece)
      #expect(encoded.count % 4 == 0)
      text += encoded
      expected += piece
    }
    #expect(decode([String(decoding: text, as: UTF8.self)]) == expected)
  }
}
