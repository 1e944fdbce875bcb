internal import Gateway
internal import HTTP
internal import RPC
internal import Schema
internal import TestHarness
internal import Testing

@Suite("REST requests", .timeLimit(.minutes(5)))
struct GatewayRequestTests {
  private func with(_ body: (DoorHarness) async throws -> Void) async throws {
    let library = Library()
    let gateway = try Gateway(
      router: library.router, pool: libraryPool,
      limits: GatewayLimits(bodyBytesMax: 1_000, ignoredQueryParameters: ["trace"]))
    try await DoorHarness.with(gateway, body)
  }

  @Test("binds path, query and body to the request")
  func binds() async throws {
    let cases: [(method: String, target: String, body: String, expected: String)] = [
      ("GET", "/v1/shelves/1/books/2", "", "{\"name\":\"shelves/1/books/2\"}"),
      (
        "POST", "/v1/shelves/1/books/2:archive", "{\"title\":\"a\"}",
        "{\"name\":\"shelves/1/books/2\",\"title\":\"a\"}"
      ),
      ("POST", "/v1/shelves/1/books/2:restore", "", "{\"name\":\"shelves/1/books/2\"}"),
      ("GET", "/v1/books/latest", "", "{\"title\":\"latest\"}"),
      ("GET", "/v1/books/a%2Fb", "", "{\"name\":\"a/b\"}"),
      ("GET", "/v1/files/a%2Fb/c", "", "{\"name\":\"a%2Fb/c\"}"),
      ("GET", "/v1/files:meta", "", "{\"title\":\"meta\"}"),
      (
        "GET", "/v1/books?title=a%20b+c&pages=9007199254740993&trace=x", "",
        "{\"title\":\"a b c\",\"pages\":\"9007199254740993\"}"
      ),
      (
        "GET", "/v1/books?author.address.city=Wien&author.born=1900", "",
        "{\"author\":{\"born\":1900,\"address\":{\"city\":\"Wien\"}}}"
      ),
      ("GET", "/v1/books?tags=a&tags=b&tags=", "", "{\"tags\":[\"a\",\"b\",\"\"]}"),
      ("GET", "/v1/books?color=COLOR_BLUE", "", "{\"color\":\"COLOR_BLUE\"}"),
      ("GET", "/v1/books?color=1", "", "{\"color\":\"COLOR_RED\"}"),
      ("GET", "/v1/books?cover=-_8%3D", "", "{\"cover\":\"+/8=\"}"),
      ("GET", "/v1/books?cover=%2B/8", "", "{\"cover\":\"+/8=\"}"),
      (
        "GET", "/v1/books?update_mask=author.born,updateMask", "",
        "{\"updateMask\":\"author.born,updateMask\"}"
      ),
      ("GET", "/v1/books?updateMask=update_mask", "", "{\"updateMask\":\"updateMask\"}"),
      ("GET", "/v1/books?available=true&rank=0", "", "{\"available\":true,\"rank\":0}"),
      (
        "GET", "/v1/books?printed=2024-01-01T00:00:00Z", "",
        "{\"printed\":\"2024-01-01T00:00:00Z\"}"
      ),
      ("GET", "/v1/books?title=&&", "", "{}"),
      ("GET", "/v1/colors/COLOR_RED", "", "{\"color\":\"COLOR_RED\"}"),
      (
        "POST", "/v1/books", "{\"title\":\"a\",\"author\":{\"name\":\"b\"}}",
        "{\"title\":\"a\",\"author\":{\"name\":\"b\"}}"
      ),
      ("POST", "/v1/books", "", "{}"),
      (
        "POST", "/v1/shelves/1/books/2:archive", "{\"name\":\"shelves/1/books/2\"}",
        "{\"name\":\"shelves/1/books/2\"}"
      ),
      (
        "PUT", "/v1/pages/7/1900?title=a", "{\"name\":\"b\"}",
        "{\"title\":\"a\",\"pages\":\"7\",\"author\":{\"name\":\"b\",\"born\":1900}}"
      ),
      ("PUT", "/v1/tags?title=a", "[\"x\",\"y\"]", "{\"title\":\"a\",\"tags\":[\"x\",\"y\"]}"),
      ("PUT", "/v1/pages/7/1900", "", "{\"pages\":\"7\",\"author\":{\"born\":1900}}"),
    ]
    try await with { door in
      for item in cases {
        let answer = await door.send(item.method, item.target, item.body)
        #expect(answer.status == 200, "\(item.method) \(item.target)")
        #expect(answer.text == item.expected, "\(item.method) \(item.target)")
      }
    }
  }

  @Test("refuses what contradicts the contract, with the field")
  func refuses() async throws {
    let cases: [(method: String, target: String, body: String, message: String)] = [
      ("GET", "/v1/books?missing=1", "", "no query parameter \"missing\""),
      ("GET", "/v1/books?author=x", "", "author: not a field for a query parameter"),
      ("GET", "/v1/books?labels=x", "", "labels: not a field for a query parameter"),
      ("GET", "/v1/books?tags.x=1", "", "no query parameter \"tags.x\""),
      ("GET", "/v1/books?title=a&title=a", "", "title: given more than once"),
      (
        "GET", "/v1/books?title=a&author.name=b&author.name=c", "",
        "author.name: given more than once"
      ),
      ("GET", "/v1/books?room=a&row=1", "", "row: another member of its oneof is given"),
      ("GET", "/v1/books?pages=", "", "pages: expected int64, found \"\""),
      ("GET", "/v1/books?pages=1.5", "", "pages: expected int64, found \"1.5\""),
      ("GET", "/v1/books?available=yes", "", "available: expected true or false, found \"yes\""),
      ("GET", "/v1/books?color=GREEN", "", "color: no value \"GREEN\" in klinke.test.Color"),
      ("GET", "/v1/books?title=%zz", "", "the query is not valid percent-encoded UTF-8"),
      ("GET", "/v1/books", "{}", "this method takes no body"),
      ("GET", "/v1/colors/pink", "", "color: no value \"pink\" in klinke.test.Color"),
      ("POST", "/v1/books?title=a", "{}", "title: fields come in the body, not in the query"),
      ("POST", "/v1/books?missing=a", "{}", "no query parameter \"missing\""),
      (
        "POST", "/v1/shelves/1/books/2:archive", "{\"name\":\"other\"}",
        "name: the path and the body differ"
      ),
      ("GET", "/v1/books/a?name=b", "", "name: the path and the query differ"),
      ("PUT", "/v1/pages/7/1900", "{\"born\":1901}", "author.born: the path and the body differ"),
      ("PUT", "/v1/pages/7/1900?author.name=a", "{}", "author.name: the field comes in the body"),
      ("PUT", "/v1/pages/7/1900", "{\"born\":\"x\"}", "author.born: expected int32, found \"x\""),
      ("POST", "/v1/books", "{\"title\":\"a\",\"title\":\"b\"}", "duplicate key \"title\""),
      (
        "POST", "/v1/books", "{\"author\":{\"missing\":1}}",
        "author: no field \"missing\" in klinke.test.Author"
      ),
      (
        "POST", "/v1/books", "{\"extra\":{\"a\":" + String(repeating: "[", count: 100),
        "extra: nested deeper than 100 levels"
      ),
      (
        "POST", "/v1/books", "{",
        "malformed JSON: expected a key in double quotes, found the end of the document"
      ),
    ]
    try await with { door in
      for item in cases {
        let answer = await door.send(item.method, item.target, item.body)
        #expect(answer.status == 400, "\(item.method) \(item.target)")
        #expect(answer.errorStatus == "INVALID_ARGUMENT", "\(item.method) \(item.target)")
        #expect(answer.errorMessage == item.message, "\(item.method) \(item.target)")
      }
    }
  }

  @Test("names wrong fields as violations")
  func violations() async throws {
    try await with { door in
      let answer = await door.send("POST", "/v1/books", "{\"author\":{\"born\":\"x\"}}")
      #expect(
        answer.text.contains(
          "{\"@type\":\"type.googleapis.com/google.rpc.BadRequest\",\"fieldViolations\":"
            + "[{\"field\":\"author.born\""))
      #expect(answer.text.contains("\"reason\":\"INVALID_ARGUMENT\",\"domain\":\"klinke\""))
    }
  }

  @Test("fills the mask of a PATCH from the fields of its body")
  func patch() async throws {
    try await with { door in
      let body = """
        {"title":"a","author":{"address":{},"born":1},"labels":{"x":"y"},"rank":null,"extra":{"a":1}}
        """
      let answer = await door.send("PATCH", "/v1/books/n", body)
      #expect(answer.status == 200)
      #expect(
        answer.json?["updateMask"]?.text
          == "title,author.address,author.born,labels,rank,extra")
      #expect(answer.json?["book"]?["name"]?.text == "n")
      let given = await door.send("PATCH", "/v1/books/n?update_mask=title", "{\"title\":\"a\"}")
      #expect(given.json?["updateMask"]?.text == "title")
      let empty = await door.send("PATCH", "/v1/books/n", "{}")
      #expect(empty.json?["updateMask"] == nil)
    }
  }

  @Test("refuses other content types and long bodies")
  func bodies() async throws {
    try await with { door in
      for type in [
        "text/plain", "application/json; charset=latin1", "application/jsonx", "",
        "; application/json", "application/ json",
      ] {
        let answer = await door.send("POST", "/v1/books", "{}", fields: ["content-type": type])
        #expect(answer.status == 415, "\(type)")
        #expect(answer.errorStatus == "INVALID_ARGUMENT")
      }
      for type in [
        "application/json; charset=utf-8", "Application/JSON;charset=\"UTF-8\"",
        "application/json\t;\tcharset=utf-8 ",
      ] {
        let answer = await door.send("POST", "/v1/books", "{}", fields: ["content-type": type])
        #expect(answer.status == 200, "\(type)")
      }
      let padding = String(repeating: " ", count: 998)
      let fits = await door.send("POST", "/v1/books", padding + "{}")
      #expect(fits.status == 200)
      let long = await door.send("POST", "/v1/books", padding + "{} ")
      #expect(long.status == 413)
      #expect(long.errorStatus == "RESOURCE_EXHAUSTED")
    }
  }
}
