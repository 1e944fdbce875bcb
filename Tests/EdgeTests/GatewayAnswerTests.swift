internal import Gateway
internal import HTTP
internal import RPC
internal import Schema
internal import TestHarness
internal import Testing

@Suite("REST answers", .timeLimit(.minutes(5)))
struct GatewayAnswerTests {
  private func with(
    _ body: (DoorHarness, Library) async throws -> Void
  ) async throws {
    let library = Library()
    let gateway = try Gateway(
      router: library.router, pool: libraryPool,
      plainRoutes: [
        PlainRoute("GET", "/health") { $0.respond(status: 503, body: Array("sick".utf8)) }
      ])
    try await DoorHarness.with(gateway) { try await body($0, library) }
  }

  @Test("says errors with status, code, name and details")
  func errors() async throws {
    let statuses = [
      1: 499, 2: 500, 3: 400, 4: 504, 5: 404, 6: 409, 7: 403, 8: 429, 9: 400, 10: 409, 11: 400,
      12: 501, 13: 500, 14: 503, 15: 500, 16: 401,
    ]
    try await with { door, _ in
      for (code, status) in statuses {
        let answer = await door.send("GET", "/v1/fail/\(code)")
        #expect(answer.status == status, "\(code)")
        #expect(answer.errorStatus == RPCCode(rawValue: code)?.name)
        #expect(answer.json?["error"]?["code"] == .number("\(status)"))
        #expect(answer.errorMessage == "it failed")
        #expect(answer.text.contains("\"reason\":\"TEST\",\"domain\":\"klinke\""))
        #expect(!answer.text.contains("for the log only"))
        #expect(answer.fields["content-type"] == "application/json")
      }
      let exhausted = await door.send("GET", "/v1/fail/8")
      #expect(exhausted.fields["retry-after"] == "5")
      let unavailable = await door.send("GET", "/v1/fail/14")
      #expect(unavailable.fields["retry-after"] == "1")
      let unauthenticated = await door.send("GET", "/v1/fail/16")
      #expect(unauthenticated.fields["www-authenticate"] == "Bearer realm=\"klinke\"")
    }
  }

  @Test("knows no path, another method, HEAD and OPTIONS")
  func routing() async throws {
    try await with { door, _ in
      let missing = await door.send("GET", "/v2/nothing")
      #expect(missing.status == 404 && missing.errorStatus == "NOT_FOUND")
      let folded = await door.send("GET", "/v1/books/")
      #expect(folded.status == 404)
      let malformed = await door.send("GET", "/v1/books/..")
      #expect(malformed.status == 400)
      let other = await door.send("DELETE", "/v1/books")
      #expect(other.status == 405 && other.fields["allow"] == "GET, HEAD, POST, OPTIONS")
      let options = await door.send("OPTIONS", "/v1/books")
      #expect(options.status == 204 && options.fields["allow"] == "GET, HEAD, POST, OPTIONS")
      let head = await door.send("HEAD", "/v1/books?title=a")
      #expect(head.status == 200 && head.body.isEmpty)
      #expect(head.fields["content-length"] == "13")
      let plain = await door.send("GET", "/health")
      #expect(plain.status == 503 && plain.text == "sick")
      let talk = await door.send("POST", "/v1/talk", "{}")
      #expect(talk.status == 501)
    }
  }

  @Test("answers with one field, with raw bodies and with the handler's status and headers")
  func bodies() async throws {
    try await with { door, _ in
      let author = await door.send("GET", "/v1/author?author.name=a")
      #expect(author.text == "{\"name\":\"a\"}")
      let tags = await door.send("GET", "/v1/tags?tags=a&tags=b")
      #expect(tags.text == "[\"a\",\"b\"]")
      let none = await door.send("GET", "/v1/tags")
      #expect(none.text == "[]")
      let raw = await door.send("GET", "/v1/raw")
      #expect(raw.status == 201 && raw.text == "a;b")
      #expect(raw.fields["content-type"] == "text/csv" && raw.fields["location"] == "/v1/raw/1")
      #expect(raw.fields["x-internal"] == nil)
    }
  }

  @Test("streams lines with an explicit end, and an error as the last line")
  func streams() async throws {
    try await with { door, _ in
      let two = await door.send("GET", "/v1/watch?pages=2")
      #expect(two.fields["content-type"] == "application/x-ndjson")
      #expect(
        two.text == "{\"result\":{\"pages\":\"2\"}}\n{\"result\":{\"pages\":\"2\"}}\n{\"end\":{}}\n"
      )
      let broken = await door.send("GET", "/v1/watch?pages=3&available=true")
      let lines = broken.text.split(separator: "\n")
      #expect(broken.status == 200 && lines.count == 4)
      #expect(lines.last?.hasPrefix("{\"error\":{\"code\":409,\"status\":\"ABORTED\"") == true)
      let refused = await door.send("GET", "/v1/watch")
      #expect(refused.status == 404 && refused.errorStatus == "NOT_FOUND")
      let empty = await door.send("GET", "/v1/watch?pages=0")
      #expect(empty.status == 200 && empty.text == "{\"end\":{}}\n")
      let events = await door.send(
        "GET", "/v1/watch?pages=1", fields: ["accept": "text/event-stream"])
      #expect(events.fields["content-type"] == "text/event-stream")
      #expect(events.text == "data: {\"pages\":\"1\"}\n\nevent: end\ndata: {}\n\n")
    }
  }

  @Test("a call ends without a word of its caller")
  func defaultDeadline() async throws {
    try await with { door, library in
      let answer = await door.send("GET", "/v1/books")
      #expect(answer.status == 200)
      let context = try #require(library.log.all.last)
      #expect(context.deadline.map { $0 <= .now + GatewayLimits().timeoutDefault } == true)
    }
  }

  @Test("hands on the headers of the list, the deadline and the request's name")
  func headers() async throws {
    try await with { door, library in
      let answer = await door.send(
        "GET", "/v1/books",
        fields: [
          "authorization": "Bearer t", "accept-language": "de", "x-forwarded-for": "1.2.3.4",
          "cookie": "a=b", "x-request-id": "r-1", "request-timeout-ms": "60000",
          "user-agent": "a", "if-match": "\u{e4}", "user-agent": "b", "x-tag": "a",
        ])
      #expect(answer.fields["x-request-id"] == "r-1")
      let context = try #require(library.log.all.last)
      #expect(context.metadata["authorization"] == "Bearer t")
      #expect(context.metadata["accept-language"] == "de")
      // No value that could not be echoed.
      #expect(
        context.metadata.entries.map(\.name)
          == ["authorization", "accept-language", "x-request-id", "user-agent", "user-agent"])
      #expect(context.metadata.values(for: "user-agent") == ["a", "b"])
      #expect(context.requestID == "r-1" && context.door == .rest && context.peer == "test")
      #expect(context.deadline.map { $0 > .now } == true)
      for timeout in ["", "S", "1", "1x", "-1S", "123456789S", "1s"] {
        let refused = await door.send("GET", "/v1/books", fields: ["grpc-timeout": timeout])
        #expect(refused.status == 400, "\(timeout)")
      }
      let expired = await door.send("GET", "/v1/books", fields: ["grpc-timeout": "0S"])
      #expect(expired.status == 504)
    }
  }

  @Test("every prefix and every changed byte of a request is answered without a trap")
  func mutations() async throws {
    try await with { door, _ in
      let target = Array("/v1/shelves/1/books/a%2Fb:archive?title=%C3%A4&tags=a+b".utf8)
      for position in target.indices {
        for byte in [0x25, 0x26, 0x2E, 0x2F, 0x3A, 0x3D, 0x3F, 0x7B] as [UInt8] {
          var changed = target
          changed[position] = byte
          for path in [changed, Array(changed[..<position])] {
            let answer = await door.send("POST", String(decoding: path, as: UTF8.self), "{}")
            #expect((200..<500).contains(answer.status))
          }
        }
      }
    }
  }
}
