internal import Codings
@testable internal import Gateway
internal import HTTP
internal import RPC
internal import Schema
internal import TestHarness
internal import Testing

@Suite("Connect, unary", .timeLimit(.minutes(5)))
struct ConnectUnaryTests {
  private func with(_ body: (DoorHarness, Library) async throws -> Void) async throws {
    let library = Library()
    try await DoorHarness.with(library.doors()) { try await body($0, library) }
  }

  @Test("takes and gives bare messages, as protobuf or JSON")
  func unary() async throws {
    try await with { door, library in
      let sent = book("{\"title\":\"ä\"}")
      let proto = await door.send(
        "POST", Library.service + "Create", bytes: sent,
        fields: ["content-type": "application/proto", "connect-protocol-version": "1"])
      #expect(proto.status == 200 && proto.body == sent)
      #expect(proto.fields["content-type"] == "application/proto")
      #expect(library.log.all.last?.door == .connect)
      let json = await door.send("POST", Library.service + "Create", "{\"title\":\"ä\",\"x\":1}")
      #expect(json.status == 200 && json.text == "{\"title\":\"ä\"}")
      #expect(json.fields["content-type"] == "application/json")
      let empty = await door.send(
        "POST", Library.service + "Create", fields: ["content-type": "application/proto"])
      #expect(empty.status == 200 && empty.body.isEmpty)
      // No bytes are the same in any coding.
      let emptyToo = await door.send(
        "POST", Library.service + "Create",
        fields: ["content-type": "application/proto", "content-encoding": "gzip"])
      #expect(emptyToo.status == 200 && emptyToo.body.isEmpty)
    }
  }

  @Test("says errors with Connect's code, HTTP's status and the details")
  func errors() async throws {
    let expected: [(code: Int, name: String, status: Int)] = [
      (1, "canceled", 499), (2, "unknown", 500), (3, "invalid_argument", 400),
      (4, "deadline_exceeded", 504), (5, "not_found", 404), (6, "already_exists", 409),
      (7, "permission_denied", 403), (8, "resource_exhausted", 429),
      (9, "failed_precondition", 400), (10, "aborted", 409), (11, "out_of_range", 400),
      (12, "unimplemented", 501), (13, "internal", 500), (14, "unavailable", 503),
      (15, "data_loss", 500), (16, "unauthenticated", 401),
    ]
    try await with { door, _ in
      for (code, name, status) in expected {
        let answer = await door.send("POST", Library.service + "Fail", "{\"pages\":\(code)}")
        #expect(answer.status == status && answer.json?["code"]?.text == name)
        #expect(answer.json?["message"]?.text == "it failed")
        #expect(answer.fields["content-type"] == "application/json")
        #expect(answer.text.contains("{\"type\":\"google.rpc.ErrorInfo\",\"value\":\""))
        #expect(answer.text.contains("\"debug\":{\"reason\":\"TEST\",\"domain\":\"klinke\"}"))
        #expect(!answer.text.contains("for the log only") && !answer.text.contains("="))
      }
      let exhausted = await door.send("POST", Library.service + "Fail", "{\"pages\":8}")
      #expect(exhausted.fields["retry-after"] == "5")
    }
  }

  @Test("refuses what is no call of the method, with HTTP's status")
  func refuses() async throws {
    typealias Case = (
      method: String, target: String, type: String, body: String, status: Int, code: String
    )
    let cases: [Case] = [
      ("POST", "Create", "text/plain", "x", 415, "invalid_argument"),
      ("POST", "Create", "application/json; charset=latin1", "{}", 415, "invalid_argument"),
      ("POST", "Create", "application/ json", "{}", 415, "invalid_argument"),
      ("POST", "Create", "application/connect+json", "{}", 415, "invalid_argument"),
      ("POST", "Watch", "application/json", "{}", 415, "invalid_argument"),
      ("GET", "Create?message=%7B%7D&encoding=json", "", "", 405, "unimplemented"),
      ("PUT", "Create", "application/json", "{}", 405, "unimplemented"),
      ("POST", "Nothing", "application/json", "{}", 501, "unimplemented"),
      ("POST", "Create", "application/json", "", 400, "invalid_argument"),
      ("POST", "Create", "application/json", "{\"title\":1}", 400, "invalid_argument"),
      ("POST", "Create", "application/json", "{", 400, "invalid_argument"),
      ("POST", "Create", "application/proto", "\u{a}\u{7f}", 400, "invalid_argument"),
    ]
    try await with { door, _ in
      for item in cases {
        let answer = await door.send(
          item.method, Library.service + item.target, item.body,
          fields: item.type.isEmpty ? HTTPFields() : ["content-type": item.type])
        #expect(answer.status == item.status, "\(item)")
        #expect(answer.json?["code"]?.text == item.code, "\(item)")
      }
      let type = await door.send(
        "POST", Library.service + "Create", "x", fields: ["content-type": "text/plain"])
      #expect(type.fields["accept-post"] == "application/proto, application/json")
      let put = await door.send("PUT", Library.service + "List", "{}")
      #expect(put.fields["allow"] == "GET, HEAD, POST")
      let options = await door.send("OPTIONS", Library.service + "Create")
      #expect(options.status == 204 && options.fields["allow"] == "POST, OPTIONS")
      let elsewhere = await door.send(
        "POST", "/no.such.Service/Method", "{}", fields: ["connect-protocol-version": "1"])
      #expect(elsewhere.status == 501 && elsewhere.json?["code"]?.text == "unimplemented")
      let version = await door.send(
        "POST", Library.service + "Create", "{}", fields: ["connect-protocol-version": "2"])
      #expect(version.status == 400)
      let long = await door.send(
        "POST", Library.service + "Create", bytes: [UInt8](repeating: 0x20, count: 10_001))
      #expect(long.status == 429 && long.json?["code"]?.text == "resource_exhausted")
      let declared = await door.send(
        "POST", Library.service + "Create", "{}", fields: ["content-length": "10001"])
      #expect(declared.status == 429)
      #expect(
        declared.json?["message"]?.text
          == "a message of 10001 bytes is longer than the limit of 10000")
    }
  }

  @Test("takes a message in the query of a GET, for a method without effects")
  func get() async throws {
    let proto = Base64.text(book("{\"title\":\"??>>\"}"))
      .replacing("+", with: "-").replacing("/", with: "_")
    let cases: [(query: String, status: Int)] = [
      ("message=%7B%22title%22:%22a+b%22%7D&encoding=json&connect=v1", 200),
      ("connect=v1&encoding=json&base64=1&message=eyJ0aXRsZSI6ImEgYiJ9&trace=7", 200),
      ("base64=1&encoding=proto&message=\(proto)", 200),
      ("base64=1&encoding=proto&message=", 200), ("encoding=proto&message=", 200),
      ("encoding=json&message=", 400), ("encoding=json", 400), ("message=%7B%7D", 415),
      ("message=%7B%7D&encoding=xml", 415), ("message=%7B%7D&encoding=json&connect=v2", 400),
      ("message=*&encoding=proto&base64=1", 400), ("message=%&encoding=json", 400),
      ("message=%7B%7D&message=%7B%7D&encoding=json", 400),
      ("message=%7B%7D&encoding=json&compression=br", 501), ("", 415),
    ]
    try await with { door, _ in
      for (query, status) in cases {
        let answer = await door.send("GET", "\(Library.service)List?\(query)")
        #expect(answer.status == status, "\(query): \(answer.text)")
      }
      let json = await door.send("GET", "\(Library.service)List?\(cases[0].query)")
      #expect(json.text == "{\"title\":\"a b\"}")
      let encoded = await door.send("GET", "\(Library.service)List?\(cases[1].query)")
      #expect(encoded.text == "{\"title\":\"a b\"}")
      let binary = await door.send("GET", "\(Library.service)List?\(cases[2].query)")
      #expect(binary.body == book("{\"title\":\"??>>\"}"))
      #expect(binary.fields["content-type"] == "application/proto")
      let head = await door.send("HEAD", "\(Library.service)List?\(cases[0].query)")
      #expect(head.status == 200 && head.body.isEmpty && head.fields["content-length"] == "15")
      let gzip = Base64.text(Coding.gzip.compress(Array("{\"title\":\"z\"}".utf8)))
        .replacing("+", with: "-").replacing("/", with: "_")
      let small = await door.send(
        "GET",
        "\(Library.service)List?encoding=json&base64=1&compression=gzip&message=\(gzip)")
      #expect(small.text == "{\"title\":\"z\"}")
    }
  }

  @Test("takes no message from the body of a GET beside that of its query")
  func getWithBody() async throws {
    try await with { door, library in
      let query = "message=%7B%22title%22:%22a%22%7D&encoding=json"
      let answer = await door.send(
        "GET", "\(Library.service)List?\(query)", "{\"title\":\"b\"}")
      #expect(answer.status == 400 && answer.json?["code"]?.text == "invalid_argument")
      #expect(library.log.all.isEmpty)
    }
  }

  @Test("keeps to the deadline of the header")
  func deadlines() async throws {
    try await with { door, library in
      func send(_ timeout: String, _ method: String = "Create") async -> Answer {
        await door.send(
          "POST", Library.service + method, "{}", fields: ["connect-timeout-ms": timeout])
      }
      for malformed in ["", "-1", "1s", "12345678901", " 1", "1.5"] {
        #expect(await send(malformed).status == 400, "\(malformed)")
      }
      #expect(await send("9999999999").status == 200)
      #expect(library.log.all.last?.deadline != nil)
      for timeout in ["0", "1"] {
        let late = await send(timeout, "Wait")
        #expect(late.status == 504 && late.json?["code"]?.text == "deadline_exceeded")
      }
      // What is over before it begins reaches no method, though all of it is there.
      let served = library.log.all.count
      let over = await door.send(
        "GET", Library.service + "Wait?encoding=json&message=%7B%7D", bytes: [],
        fields: ["connect-timeout-ms": "0"], isWhole: true)
      #expect(over.json?["code"]?.text == "deadline_exceeded")
      #expect(library.log.all.count == served)
    }
  }

  @Test("compresses what becomes shorter, unless the handler wants it anyway")
  func compressionThatPays() throws {
    let coding = try BodyCoding(done: "gzip", takes: "gzip")
    // Numbers that do not repeat, of which no coding makes less.
    var state: UInt32 = 1
    let noise = (0..<1_000).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(truncatingIfNeeded: state >> 24)
    }
    let zeros = [UInt8](repeating: 0, count: 1_000)
    #expect(coding.compress(noise, .automatic) == nil)
    #expect(coding.compress(noise, .on) != nil)
    #expect(coding.compress(zeros, .automatic) != nil)
    #expect(coding.compress(zeros, .off) == nil)
  }

  @Test("inflates within the limit and compresses for whoever does the same")
  func compression() async throws {
    try await with { door, _ in
      let json = "{\"title\":\"\(String(repeating: "a", count: 5_000))\"}"
      let gzip = Coding.gzip.compress(Array(json.utf8))
      func send(_ body: [UInt8], _ coding: String, takes: String? = nil) async -> Answer {
        var fields: HTTPFields = ["content-encoding": coding]
        if let takes { fields.add("accept-encoding", takes) }
        return await door.send("POST", Library.service + "Create", bytes: body, fields: fields)
      }
      let both = await send(gzip, "gzip", takes: "br, gzip")
      #expect(both.fields["content-encoding"] == "gzip")
      let inflated = try Coding.gzip.inflate(both.body, bytesMax: 10_000)
      #expect(inflated == Array(json.utf8))
      let one = await send(gzip, "gzip", takes: "br")
      #expect(one.fields["content-encoding"] == nil && one.text == json)
      let plain = await send(Array(json.utf8), "identity", takes: "gzip")
      #expect(plain.fields["content-encoding"] == nil && plain.text == json)
      let unknown = await send(gzip, "br")
      #expect(unknown.status == 501 && unknown.fields["accept-encoding"] == "gzip, deflate")
      let bomb = await send(
        Coding.gzip.compress([UInt8](repeating: 0x20, count: 10_001)), "gzip")
      #expect(bomb.status == 429 && bomb.bombs == 1)
      let corrupt = await send([1, 2, 3], "gzip")
      #expect(corrupt.status == 500)
    }
  }
}
