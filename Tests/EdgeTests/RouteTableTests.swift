@testable internal import Gateway
internal import Testing

@Suite("RouteTable")
struct RouteTableTests {
  private static let templates = [
    "/v1/shelves", "/v1/shelves/{id}", "/v1/shelves/new", "/v1/{name=shelves/*/books/*}",
    "/v1/{name=shelves/*/books/*}:archive", "/v1/{name=shelves/*/books/*}:restore",
    "/v1/files/{path=**}", "/v1/files/{path=**}:meta", "/v1/*/fixed", "/v1/shelves:list", "/v2/**",
  ]

  private func lookup(_ path: String) -> String {
    var table = RouteTable<String>()
    for text in Self.templates {
      guard let template = PathTemplate(text), table.add("GET", template, text) else {
        return "broken \(text)"
      }
    }
    switch table.find("GET", Array(path.utf8)[...]) {
    case .found(let match): return ([match.value] + match.captures).joined(separator: " ")
    case .otherMethods: return "other"
    case .notFound: return "none"
    case .malformed: return "malformed"
    }
  }

  @Test(
    "finds the most literal template and its captures",
    arguments: [
      ("/v1/shelves", "/v1/shelves"),
      ("/v1/shelves/7", "/v1/shelves/{id} 7"),
      ("/v1/shelves/new", "/v1/shelves/new"),
      ("/v1/shelves/a%2Fb", "/v1/shelves/{id} a/b"),
      ("/v1/shelves/a%20b+c", "/v1/shelves/{id} a b+c"),
      ("/v1/shelves/1/books/2", "/v1/{name=shelves/*/books/*} shelves/1/books/2"),
      ("/v1/shelves/1/books/a%2Fb%20c", "/v1/{name=shelves/*/books/*} shelves/1/books/a%2Fb c"),
      ("/v1/shelves/1/books/a%2fb", "/v1/{name=shelves/*/books/*} shelves/1/books/a%2fb"),
      (
        "/v1/shelves/1/books/2:archive",
        "/v1/{name=shelves/*/books/*}:archive shelves/1/books/2"
      ),
      (
        "/v1/shelves/1/books/2:restore",
        "/v1/{name=shelves/*/books/*}:restore shelves/1/books/2"
      ),
      ("/v1/shelves/1/books/2:other", "/v1/{name=shelves/*/books/*} shelves/1/books/2:other"),
      (
        "/v1/shelves/1/books/2%3Aarchive",
        "/v1/{name=shelves/*/books/*} shelves/1/books/2:archive"
      ),
      ("/v1/shelves:list", "/v1/shelves:list"),
      ("/v1/files", "/v1/files/{path=**} "),
      ("/v1/files/a/b", "/v1/files/{path=**} a/b"),
      ("/v1/files:meta", "/v1/files/{path=**}:meta "),
      ("/v1/files/a/b:meta", "/v1/files/{path=**}:meta a/b"),
      ("/v1/shelves/fixed", "/v1/shelves/{id} fixed"),
      ("/v1/other/fixed", "/v1/*/fixed"),
      ("/v1/%66iles/a", "/v1/files/{path=**} a"),
      ("/v2", "/v2/**"),
      ("/v2/x/y", "/v2/**"),
      ("/v1", "none"), ("/", "none"), ("/V1/shelves", "none"), ("/v1/shelves/", "none"),
      ("/v1//shelves", "none"), ("/v1/files/a//b", "none"), ("/v1/files/", "none"),
      ("/v1/shelves/1/books", "none"),
      ("/v1/shelves/..", "malformed"), ("/v1/shelves/%2e%2E", "malformed"),
      ("/v1/shelves/.", "malformed"), ("/v1/shelves/%", "malformed"),
      ("/v1/shelves/%zz", "malformed"), ("/v1/shelves/%C3%28", "malformed"),
      ("/v1/shelves/%ff", "malformed"), ("v1", "malformed"), ("*", "malformed"),
    ])
  func finds(path: String, expected: String) {
    #expect(lookup(path) == expected)
  }

  @Test(
    "refuses malformed templates",
    arguments: [
      "", "v1", "/v1/{a", "/v1/{a}b", "/v1/{a=**}/c", "/v1/{a={b}}", "/v1/**/c", "/v1/:", "/v1/a:",
      "/v1/{}", "/v1//a", "/v1/a*", "/v1/a:b/c",
    ])
  func malformed(template: String) {
    #expect(PathTemplate(template) == nil)
  }

  @Test("refuses a second route with the same template and method")
  func duplicates() throws {
    var table = RouteTable<Int>()
    let one = try #require(PathTemplate("/a/{x}"))
    let other = try #require(PathTemplate("/a/{y}"))
    let first = table.add("GET", one, 1)
    let second = table.add("GET", other, 2)
    let post = table.add("POST", other, 3)
    #expect(first && !second && post)
    guard case .otherMethods(["GET", "POST"]) = table.find("PUT", Array("/a/b".utf8)[...]) else {
      Issue.record("the allowed methods are missing")
      return
    }
  }
}
