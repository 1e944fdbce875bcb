internal import Testing

@testable internal import Schema

@Suite("Base64")
struct Base64Tests {
  /// The test vectors of RFC 4648, section 10.
  @Test(
    "reads and writes what the RFC says",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
      ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ])
  func vectors(bytes: String, text: String) {
    let bare = String(text.prefix { $0 != "=" })
    #expect(Base64.encode(Array(bytes.utf8)) == Array(text.utf8))
    #expect(Base64.text(Array(bytes.utf8)) == bare)
    #expect(Base64.decode(text.utf8) == Array(bytes.utf8))
    #expect(Base64.decode(bare.utf8) == Array(bytes.utf8))
  }

  @Test("the other alphabet is read where it is asked for")
  func alphabets() {
    #expect(Base64.decode("+/+/".utf8) == [0xfb, 0xff, 0xbf])
    #expect(Base64.decode("-_-_".utf8) == nil)
    #expect(Base64.decode("-_-_".utf8, .either) == [0xfb, 0xff, 0xbf])
    #expect(Base64.decode("-/+_".utf8, .either) == [0xfb, 0xff, 0xbf])
  }

  @Test(
    "refuses what no writer makes",
    arguments: [
      "Z", "Zg=", "Zg===", "Zm8==", "=", "Zm9v=", "Z=g=", "Zg==Zg==", "Zm 8", "Zm8.", "Zmé",
    ])
  func refuses(text: String) {
    #expect(Base64.decode(text.utf8) == nil)
    #expect(Base64.decode(text.utf8, .either) == nil)
  }
}
