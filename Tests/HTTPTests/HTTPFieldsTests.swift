internal import HTTP
internal import Testing

@Suite("HTTPFields")
struct HTTPFieldsTests {
  @Test("keeps the order, finds by name, in lower case")
  func order() {
    var fields: HTTPFields = ["a": "1", "b": ""]
    fields.add("A", "2")
    #expect(fields["a"] == "1")
    #expect(fields["b"] == "")
    #expect(fields["c"] == nil)
    #expect(fields.values(for: "a") == ["1", "2"])
    #expect(fields.map { "\($0.name)=\($0.value)" } == ["a=1", "b=", "a=2"])
    #expect(fields.listSize == 5 + 3 * 32)
  }

  @Test("adds the fields of another list behind its own")
  func addAll() {
    var fields: HTTPFields = ["a": "1"]
    fields.add(["b": "two", "c": "3"] as HTTPFields)
    #expect(fields["b"] == "two")
    #expect(fields["c"] == "3")
    var empty = HTTPFields()
    empty.add(fields)
    empty.add("d", "4")
    #expect(empty.map(\.name) == ["a", "b", "c", "d"])
    #expect(fields["d"] == nil)
  }

  @Test(
    "tells values of printable ASCII from others",
    arguments: [
      ("", true), (" a~", true), ("\u{1f}", false), ("a\tb", false), ("a\u{7f}", false),
      ("ä", false),
    ])
  func printable(value: String, expected: Bool) throws {
    let fields: HTTPFields = ["\u{e4}": "\u{1}", "a": value, "b": "\u{1}"]
    let entry = try #require(fields.entries.first { fields.text($0).name == "a" })
    #expect(fields.isPrintable(entry) == expected)
  }

  @Test("a value cannot end its field")
  func injection() {
    let fields: HTTPFields = ["location": "/a\r\nset-cookie: x\u{0}"]
    #expect(fields["location"] == "/a  set-cookie: x ")
  }
}
