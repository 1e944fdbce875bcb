internal import HTTP
internal import Testing

@Suite("HTTPRequestHead")
struct RequestHeadTests {
  @Test(
    "cuts its target at the first question mark",
    arguments: [
      ("/a/b", "/a/b", nil), ("/a?b=c", "/a", "b=c"), ("/a?", "/a", ""), ("?", "", ""),
      ("", "", nil), ("/a?b?c", "/a", "b?c"), ("/%3F?%3F", "/%3F", "%3F"), ("/ä?ö", "/ä", "ö"),
      // A reader sees one character in a question mark and the mark on it.
      ("/a?\u{301}b", "/a", "\u{301}b"),
    ] as [(String, String, String?)])
  func target(target: String, path: String, query: String?) {
    let head = HTTPRequestHead(method: "GET", target: target, fields: ["x": "?"])
    #expect(head.target == target)
    #expect(head.path == path)
    #expect(Array(head.pathBytes) == Array(path.utf8))
    #expect(head.queryBytes.map { Array($0) } == query.map { Array($0.utf8) })
  }
}
