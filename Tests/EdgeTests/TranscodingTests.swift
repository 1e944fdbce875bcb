internal import Codings
@testable internal import Gateway
internal import HTTP
internal import RPC
internal import Schema
internal import TestHarness
internal import Testing

/// The list of cases that every transcoder meets sooner or later, in its order. What a case has
/// beside this is in the suites of requests, answers and routes.
@Suite("Transcoding", .timeLimit(.minutes(5)))
struct TranscodingTests {
  private struct Case {
    let name: String
    var method = "GET"
    let target: String
    var body = ""
    var status = 200
    /// The whole body; nil for any.
    var answer: String?
  }

  private static let cases: [Case] = [
    Case(
      name: "several segments in a variable, and a verb", method: "POST",
      target: "/v1/shelves/1/books/2:archive", body: "{}",
      answer: "{\"name\":\"shelves/1/books/2\"}"),
    Case(name: "%2F in one segment", target: "/v1/books/a%2Fb", answer: "{\"name\":\"a/b\"}"),
    Case(
      name: "%2F in several segments", target: "/v1/shelves/a%2Fb/books/%C3%A4",
      answer: "{\"name\":\"shelves/a%2Fb/books/ä\"}"),
    Case(
      name: "a verb behind a variable", target: "/v1/files/a/b:meta",
      answer: "{\"title\":\"meta\"}"),
    Case(name: "** with no segment", target: "/v1/files", answer: "{}"),
    Case(
      name: "two bindings that differ in their verb", method: "POST",
      target: "/v1/shelves/1/books/2:restore", body: "{\"title\":\"a\"}",
      answer: "{\"name\":\"shelves/1/books/2\",\"title\":\"a\"}"),
    Case(
      name: "a verb that no binding has", method: "POST", target: "/v1/shelves/1/books/2:burn",
      body: "{}", status: 405),
    Case(
      name: "an additional binding", target: "/v1/books/n", answer: "{\"name\":\"n\"}"),
    Case(
      name: "the whole body and a query parameter", method: "POST", target: "/v1/books?title=a",
      body: "{}", status: 400),
    Case(
      name: "no body where a field is the body", method: "PUT", target: "/v1/tags?title=a",
      answer: "{\"title\":\"a\"}"),
    Case(
      name: "a nested query", target: "/v1/books?author.address.city=Wien",
      answer: "{\"author\":{\"address\":{\"city\":\"Wien\"}}}"),
    Case(
      name: "a repeated query", target: "/v1/books?tags=a&tags=b",
      answer: "{\"tags\":[\"a\",\"b\"]}"),
    Case(
      name: "an enum by number", target: "/v1/books?color=2", answer: "{\"color\":\"COLOR_BLUE\"}"),
    Case(
      name: "an enum by name", target: "/v1/books?color=COLOR_RED",
      answer: "{\"color\":\"COLOR_RED\"}"),
    Case(
      name: "an int64 above 2^53", target: "/v1/books?pages=9223372036854775807",
      answer: "{\"pages\":\"9223372036854775807\"}"),
    Case(name: "an int64 above 2^63", target: "/v1/books?pages=9223372036854775808", status: 400),
    Case(
      name: "bytes in the standard alphabet", target: "/v1/books?cover=%2B%2F8%3D",
      answer: "{\"cover\":\"+/8=\"}"),
    Case(
      name: "bytes in the alphabet for URLs", target: "/v1/books?cover=-_8",
      answer: "{\"cover\":\"+/8=\"}"),
    Case(
      name: "a field mask in the query", target: "/v1/books?update_mask=author.born,updateMask",
      answer: "{\"updateMask\":\"author.born,updateMask\"}"),
    Case(
      name: "a mask from a body with nested fields, a map and null", method: "PATCH",
      target: "/v1/books/n",
      body: "{\"author\":{\"born\":1},\"labels\":{\"x\":\"y\"},\"rank\":null}"),
    Case(name: "HEAD", method: "HEAD", target: "/v1/books?title=a", answer: ""),
    Case(name: "HEAD of a stream", method: "HEAD", target: "/v1/watch?pages=1", status: 405),
    Case(name: "OPTIONS", method: "OPTIONS", target: "/v1/books", status: 204, answer: ""),
    Case(name: "another method", method: "DELETE", target: "/v1/books", status: 405),
    Case(name: "no path", target: "/v1/nothing", status: 404),
    Case(
      name: "duplicate keys", method: "POST", target: "/v1/books",
      body: "{\"title\":\"a\",\"title\":\"a\"}", status: 400),
    Case(
      name: "a hundred and one levels", method: "POST", target: "/v1/books",
      body: "{\"extra\":{\"a\":" + String(repeating: "[", count: 99)
        + String(repeating: "]", count: 99) + "}}", status: 400),
    Case(
      name: "a body longer than the limit", method: "POST", target: "/v1/books",
      body: String(repeating: " ", count: 10_001), status: 413),
    Case(name: "a body on GET", target: "/v1/books", body: "{}", status: 400),
    Case(name: "many requests", method: "POST", target: "/v1/merge", body: "{}", status: 501),
  ]

  private func with(_ body: (DoorHarness) async throws -> Void) async throws {
    try await DoorHarness.with(Library().doors()) { try await body($0) }
  }

  @Test("meets each case of the list")
  func list() async throws {
    try await with { door in
      for item in Self.cases {
        let answer = await door.send(item.method, item.target, item.body)
        #expect(answer.status == item.status, "\(item.name): \(answer.text)")
        if let expected = item.answer { #expect(answer.text == expected, "\(item.name)") }
      }
      let charset = await door.send(
        "POST", "/v1/books", "{}", fields: ["content-type": "application/json; charset=latin1"])
      #expect(charset.status == 415)
      let allowed = await door.send("DELETE", "/v1/books")
      #expect(allowed.fields["allow"] == "GET, HEAD, POST, OPTIONS")
      let late = await door.send("GET", "/v1/wait", fields: ["request-timeout-ms": "500"])
      #expect(late.status == 504 && late.errorStatus == "DEADLINE_EXCEEDED")
      let talk = await door.send("POST", "/v1/talk", "{}")
      #expect(talk.status == 501)
      #expect(talk.errorMessage.contains("POST /klinke.test.Library/Talk"))
    }
  }

  @Test("tells a stream that failed after its third message from one that ended or was cut off")
  func brokenStreams() async throws {
    try await with { door in
      let lines = await door.send("GET", "/v1/watch?pages=3&available=true")
      let all = lines.text.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(all.count == 5 && all.last == "")
      #expect(all[..<3].allSatisfy { $0.hasPrefix("{\"result\":{") })
      let last = try JSONValue(json: Array(all[3].utf8))
      #expect(last["error"]?["status"]?.text == "ABORTED" && last["result"] == nil)
      #expect(!lines.text.contains("\"end\""))

      let events = await door.send(
        "GET", "/v1/watch?pages=3&available=true", fields: ["accept": "text/event-stream"])
      let blocks = events.text.components(of: "\n\n")
      #expect(blocks.count == 5 && blocks.last == "")
      #expect(blocks[..<3].allSatisfy { $0.hasPrefix("data: {") })
      #expect(blocks[3].hasPrefix("event: error\ndata: {\"error\":{\"code\":409,"))
      #expect(!events.text.contains("event: end"))
    }
  }

  @Test("streams raw bytes, and resets what breaks off, since nothing else can say it")
  func raw() async throws {
    try await with { door in
      let good = await door.send("GET", "/v1/download")
      #expect(good.status == 200 && good.text == "a;b\nc;d\n" && good.reset == nil)
      #expect(good.fields["content-type"] == "text/csv")
      let broken = await door.send("GET", "/v1/download?available=true")
      #expect(broken.reset == HTTP2ErrorCode.internalError)
    }
  }

  @Test("inflates bodies within the limit")
  func compression() async throws {
    try await with { door in
      let gzip = Coding.gzip.compress(Array("{\"title\":\"a\"}".utf8))
      let answer = await door.send(
        "POST", "/v1/books", bytes: gzip, fields: ["content-encoding": "gzip"])
      #expect(answer.text == "{\"title\":\"a\"}")
      let bomb = Coding.gzip.compress([UInt8](repeating: 0x20, count: 10_001))
      let long = await door.send(
        "POST", "/v1/books", bytes: bomb, fields: ["content-encoding": "gzip"])
      #expect(long.status == 413 && long.errorStatus == "RESOURCE_EXHAUSTED")
      let unknown = await door.send(
        "POST", "/v1/books", bytes: gzip, fields: ["content-encoding": "br"])
      #expect(unknown.status == 415 && unknown.fields["accept-encoding"] == "gzip, deflate")
    }
  }
}

extension String {
  /// The parts between the occurrences of a separator.
  fileprivate func components(of separator: String) -> [Substring] {
    var parts: [Substring] = []
    var rest = self[...]
    while let range = rest.firstRange(of: separator) {
      parts.append(rest[..<range.lowerBound])
      rest = rest[range.upperBound...]
    }
    return parts + [rest]
  }
}
