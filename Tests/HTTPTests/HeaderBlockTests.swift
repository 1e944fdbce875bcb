internal import HTTP
internal import Testing

@testable internal import HTTP2

/// What a request may not say although the library lets it pass.
@Suite("HTTP2HeaderBlock")
struct HeaderBlockTests {
  private func block(_ fields: [(String, String)]) -> HTTP2HeaderBlock {
    var block = HTTP2OpenBlock()
    block.begin()
    for (name, value) in fields {
      let (name, value) = (Array(name.utf8), Array(value.utf8))
      unsafe name.withUnsafeBufferPointer { name in
        unsafe value.withUnsafeBufferPointer { value in
          unsafe block.add(name: name, value: value, bytesMax: 10_000, fieldsMax: 100)
        }
      }
    }
    return block.finished()
  }

  @Test(
    "names one host (RFC 9113 section 8.3.1)",
    arguments: [
      ("a.test", ["host"], ["b.test"], true), ("a.test", ["host"], ["a.test"], false),
      ("a.test", ["host"], ["A.Test"], false), ("a.test", ["x-host"], ["b.test"], false),
      ("a.test", ["date", "host"], ["today", "b.test"], true), ("", ["host"], ["b.test"], false),
    ])
  func hosts(authority: String, names: [String], values: [String], isTwo: Bool) {
    var fields = [(":method", "GET"), (":scheme", "https"), (":path", "/")]
    if !authority.isEmpty { fields.append((":authority", authority)) }
    #expect(block(fields + Array(zip(names, values))).namesTwoHosts == isTwo)
  }

  @Test(
    "has no fragment, and nobody's name in its authority",
    arguments: [
      ("/", "a.test", false), ("/a#b", "a.test", true), ("/", "u@a.test", true),
      ("/u@a.test", "a.test", false),
    ])
  func malformed(path: String, authority: String, isMalformed: Bool) {
    let block = block([(":method", "GET"), (":path", path), (":authority", authority)])
    #expect(block.isMalformed == isMalformed)
  }
}
