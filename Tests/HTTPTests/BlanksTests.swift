internal import Testing

@testable internal import HTTP

@Suite("Blanks")
struct BlanksTests {
  @Test(
    "are taken from both ends, and from there alone",
    arguments: [
      ("", ""), (" ", ""), (" \t ", ""), ("a", "a"), (" a", "a"), ("a\t", "a"), ("\t a \t", "a"),
      ("a b", "a b"), (" a \t b ", "a \t b"), ("\na\r", "\na\r"), ("\u{a0}a", "\u{a0}a"),
      (" ä ", "ä"),
    ])
  func ends(text: String, expected: String) {
    #expect(text.withoutBlanks == expected)
    #expect(Array(Array(text.utf8)[...].withoutBlanks) == Array(expected.utf8))
  }
}
