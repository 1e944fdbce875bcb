@testable internal import Gateway
internal import Testing

@Suite("PercentCoding")
struct PercentCodingTests {
  private func pairs(_ query: [UInt8]) -> [String]? {
    PercentCoding.parameters(query[...])?.map { "\($0.name)=\($0.value)" }
  }

  @Test(
    "cuts a query at its bytes & and =",
    arguments: [
      ("", []), ("&&", []), ("a", ["a="]), ("a=", ["a="]), ("=b", ["=b"]), ("=", ["="]),
      ("a=b=c", ["a=b=c"]), ("a=1&b=2&a=3", ["a=1", "b=2", "a=3"]), ("&a=1&", ["a=1"]),
      ("a%3D=%26", ["a==&"]), ("a+b=c+d%2B", ["a b=c d+"]), ("%C3%A4=ö", ["ä=ö"]),
      // A combining mark makes one character with the separator in front of it.
      ("a=\u{301}b&\u{301}c=d", ["a=\u{301}b", "\u{301}c=d"]),
    ] as [(String, [String])])
  func cuts(query: String, expected: [String]) {
    #expect(pairs(Array(query.utf8)) == expected)
  }

  @Test(
    "takes no query that has a broken sequence or is not UTF-8",
    arguments: [
      "a=%", "a=%4", "a=%4g", "a=1&%zz=2", "a=%ff", "a=%C3", "a=%C3%28", "%=b",
    ])
  func broken(query: String) {
    #expect(pairs(Array(query.utf8)) == nil)
  }

  @Test("takes no raw bytes that are not UTF-8")
  func rawBytes() {
    #expect(pairs([0x61, 0x3D, 0xFF]) == nil)
    #expect(pairs([0xC3, 0x3D, 0x61]) == nil)
    #expect(PercentCoding.decode([0x61, 0xC3][...]) == nil)
  }

  @Test(
    "cuts at each separator",
    arguments: [
      ("", [""]), ("/", ["", ""]), ("a", ["a"]), ("a/b//c/", ["a", "b", "", "c", ""]),
      ("/1/2/3/4/5/6/7/8/9", ["", "1", "2", "3", "4", "5", "6", "7", "8", "9"]),
    ] as [(String, [String])])
  func parts(text: String, expected: [String]) {
    let bytes = Array("-\(text)".utf8).dropFirst()
    let parts = PercentCoding.parts(of: bytes, between: UInt8(ascii: "/"))
    #expect(parts.map { String(decoding: $0, as: UTF8.self) } == expected)
  }

  @Test("a plus is a space in queries alone, and an encoded slash is kept where it must be")
  func pathSegments() {
    let segment = Array("a+b%2Fc%2f%20d".utf8)[...]
    #expect(PercentCoding.decode(segment) == "a+b/c/ d")
    #expect(PercentCoding.decode(segment, keepingSlash: true) == "a+b%2Fc%2f d")
  }
}
