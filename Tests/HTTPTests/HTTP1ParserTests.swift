internal import Testing

@testable internal import HTTP

/// What a parser makes of some bytes.
private struct Parsed: Equatable {
  var heads: [String] = []
  var bodies: [String] = []
  var error: HTTP1Error?
  var isIdle = false
}

private func parse(
  _ pieces: [[UInt8]], limits: HTTPLimits = HTTPLimits()
) -> Parsed {
  var parser = HTTP1RequestParser(limits: limits)
  var parsed = Parsed()
  var body = ""
  do throws(HTTP1Error) {
    for piece in pieces {
      unsafe piece.withUnsafeBufferPointer { unsafe parser.append($0) }
      while let event = try parser.next() {
        switch event {
        case .head(let head): parsed.heads.append("\(head.method) \(head.authority) \(head.target)")
        case .body(let bytes): body += text(bytes)
        case .end:
          parsed.bodies.append(body)
          body = ""
        }
      }
    }
  } catch {
    parsed.error = error
  }
  parsed.isIdle = parser.isIdle
  return parsed
}

private func parse(_ request: String, limits: HTTPLimits = HTTPLimits()) -> Parsed {
  parse([Array(request.utf8)], limits: limits)
}

@Suite("HTTP/1.1 parser", .longComputation)
struct HTTP1ParserTests {
  private static let samples = [
    "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    "POST /x?y=1 HTTP/1.1\r\nhost: a:80\r\ncontent-length: 5\r\n\r\nhello",
    "POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n"
      + "5\r\nhello\r\n1;ext=\"v\"\r\n!\r\n0\r\ntrailer: v\r\n\r\n",
    "GET http://b:8/p HTTP/1.1\r\nHost: a\r\nX: \t spaced \t\r\n\r\n",
    "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.0\r\n\r\n",
  ]

  @Test("reads requests, one after another")
  func requests() {
    let parsed = parse(Self.samples.joined())
    #expect(parsed.error == nil)
    #expect(
      parsed.heads == [
        "GET a /", "POST a:80 /x?y=1", "POST a /", "GET b:8 /p", "OPTIONS a *", "GET  /2",
      ])
    #expect(parsed.bodies == ["", "hello", "hello!", "", "", ""])
    #expect(parsed.isIdle)
  }

  @Test("does not depend on how the bytes arrive", arguments: samples)
  func pieces(sample: String) {
    let bytes = Array(sample.utf8)
    let whole = parse([bytes])
    #expect(parse(bytes.map { [$0] }) == whole)
    for cut in bytes.indices {
      #expect(parse([Array(bytes[..<cut]), Array(bytes[cut...])]) == whole)
    }
  }

  @Test("no prefix of a request is a request, or an error", arguments: samples.prefix(4))
  func prefixes(sample: String) {
    let bytes = Array(sample.utf8)
    for end in bytes.indices {
      let parsed = parse([Array(bytes[..<end])])
      #expect(parsed.error == nil)
      #expect(parsed.bodies.isEmpty)
    }
  }

  @Test("no change of one byte traps, or makes two requests of one", arguments: samples.prefix(4))
  func mutations(sample: String) {
    let bytes = Array(sample.utf8)
    for index in bytes.indices {
      for value in UInt8.min...UInt8.max {
        var changed = bytes
        changed[index] = value
        let parsed = parse([changed])
        #expect(parsed.heads.count <= 1 || parsed.error != nil || parsed.bodies.count <= 1)
      }
    }
  }

  @Test(
    "refuses what can be read in two ways",
    arguments: [
      ("Content-Length: 5\r\nTransfer-Encoding: chunked", HTTP1Error.lengthAndCoding),
      ("Transfer-Encoding: chunked\r\nContent-Length: 5", .lengthAndCoding),
      ("Content-Length: 5\r\nContent-Length: 6", .conflictingContentLength),
      ("Content-Length: 5, 5", .malformedContentLength),
      ("Content-Length: +5", .malformedContentLength),
      ("Content-Length: 0x5", .malformedContentLength),
      ("Content-Length: ", .malformedContentLength),
      ("Content-Length: -1", .malformedContentLength),
      ("Content-Length: 99999999999999999999", .bodyTooLarge),
      ("Transfer-Encoding: gzip, chunked", .unsupportedCoding),
      ("Transfer-Encoding: chunked, chunked", .unsupportedCoding),
      ("Transfer-Encoding: identity", .unsupportedCoding),
      ("Transfer-Encoding: xchunked", .unsupportedCoding),
      ("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", .unsupportedCoding),
      ("Transfer-Encoding:\u{0B}chunked", .malformedField),
      ("Transfer-Encoding : chunked", .malformedField),
      (" Transfer-Encoding: chunked", .foldedField),
      ("X: 1\r\n folded", .foldedField),
      ("X: 1\r\n\tfolded", .foldedField),
      ("X", .malformedField),
      (": x", .malformedField),
      ("X y: 1", .malformedField),
      ("X: a\u{0}b", .malformedField),
      ("X: a\rb", .bareLineEnd),
      ("X: a\nY: b", .bareLineEnd),
      ("X: a\n", .bareLineEnd),
      ("Host: b", .duplicateHost),
      ("Expect: 200-ok", .unsupportedExpectation),
    ])
  func fields(line: String, expected: HTTP1Error) {
    let parsed = parse("POST / HTTP/1.1\r\nHost: a\r\n\(line)\r\n\r\n")
    #expect(parsed.error == expected)
    #expect(parsed.heads.isEmpty)
  }

  @Test(
    "refuses malformed request lines",
    arguments: [
      ("GET / HTTP/1.1 ", HTTP1Error.malformedRequestLine),
      ("GET  / HTTP/1.1", .malformedRequestLine),
      (" GET / HTTP/1.1", .malformedRequestLine),
      ("GET /", .malformedRequestLine),
      ("G(T / HTTP/1.1", .malformedRequestLine),
      ("GET / http/1.1", .malformedRequestLine),
      ("GET / HTTP/1.10", .malformedRequestLine),
      ("GET / HTTP/2.0", .unsupportedVersion),
      ("GET / HTTP/1.2", .unsupportedVersion),
      ("GET x HTTP/1.1", .malformedTarget),
      ("GET * HTTP/1.1", .malformedTarget),
      ("GET /#f HTTP/1.1", .malformedTarget),
      ("GET /\u{7F} HTTP/1.1", .malformedTarget),
      ("GET http://u@h/ HTTP/1.1", .malformedTarget),
      ("GET ftp://h/ HTTP/1.1", .malformedTarget),
      ("CONNECT a:1 HTTP/1.1", .unsupportedMethod),
    ])
  func requestLine(line: String, expected: HTTP1Error) {
    #expect(parse("\(line)\r\nHost: a\r\n\r\n").error == expected)
  }

  @Test("wants exactly one Host, and a sane one")
  func host() {
    #expect(parse("GET / HTTP/1.1\r\n\r\n").error == .missingHost)
    #expect(parse("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n").error == .malformedHost)
    #expect(parse("GET / HTTP/1.1\r\nHost: a b\r\n\r\n").error == .malformedHost)
    #expect(parse("GET / HTTP/1.0\r\n\r\n").error == nil)
    #expect(
      parse("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n").error == .codingOnHTTP10)
  }

  @Test(
    "refuses bad chunks",
    arguments: [
      "g\r\n", "\r\n", "-1\r\n", "0x1\r\n", " 1\r\n", "1 \r\n", "100000000\r\n", "000000001\r\na",
      "1\r\nab\r\n", "1\r\na\n", "1\na\r\n", "1;\u{0}\r\n",
      "1" + String(repeating: ";", count: 300),
      "0\r\n x: folded\r\n\r\n",
    ])
  func chunks(body: String) {
    let parsed = parse("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + body)
    #expect(parsed.error != nil)
    #expect(parsed.bodies.isEmpty)
  }

  @Test("takes any number of short chunks, and not much more than them")
  func chunkOverhead() {
    func body(_ chunk: String, _ count: Int) -> HTTP1Error? {
      parse(
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
          + String(repeating: chunk, count: count)
      ).error
    }
    #expect(body("1\r\na\r\n", 300) == nil)
    #expect(body("1;123456789\r\na\r\n", 300) == nil)
    // 88 bytes more than what is ordinary and what the data make up for, or none.
    let end = ";\(String(repeating: "x", count: 100))\r\n"
    #expect(body("1\(end)a\r\n", 11) == nil)
    #expect(body("1\(end)a\r\n", 12) == .chunkOverhead)
    #expect(body("2d\(end)\(String(repeating: "a", count: 45))\r\n", 300) == nil)
  }

  @Test("what a chunk has little of around it makes up for nothing that comes later")
  func chunkOverheadLater() {
    let chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    let long = "3e8\r\n\(String(repeating: "a", count: 1_000))\r\n"
    let extended = "1;\(String(repeating: "x", count: 100))\r\na\r\n"
    let bodies = (11...12).map { String(repeating: extended, count: $0) }
    #expect(parse(chunked + long + bodies[0]).error == nil)
    #expect(parse(chunked + long + bodies[1]).error == .chunkOverhead)
    // Each body has that for itself.
    let twice = parse(chunked + bodies[0] + "0\r\n\r\n" + chunked + bodies[0] + "0\r\n\r\n")
    #expect(twice.error == nil && twice.bodies.count == 2)
  }

  @Test("holds its limits exactly")
  func limits() {
    var limits = HTTPLimits()
    limits.requestLineBytesMax = 20
    limits.headerFieldsMax = 2
    limits.headerListBytesMax = 100
    limits.http1BodyBytesMax = 5
    let line = "GET /" + String(repeating: "x", count: 6) + " HTTP/1.1"
    #expect(line.utf8.count == 20)
    #expect(parse("\(line)\r\nHost: a\r\n\r\n", limits: limits).error == nil)
    #expect(
      parse("\(line.replacing("/x", with: "/xx"))\r\nHost: a\r\n\r\n", limits: limits).error
        == .requestLineTooLong)
    // Each line counts with 32 bytes more: `Host: a` is 39, and `X` is 35 and its value.
    let value = String(repeating: "v", count: 26)
    let sized = "GET / HTTP/1.1\r\nHost: a\r\nX: \(value)"
    #expect(parse("\(sized)\r\n\r\n", limits: limits).error == nil)
    #expect(parse("\(sized)v\r\n\r\n", limits: limits).error == .fieldsTooLarge)
    limits.headerListBytesMax = 1_000
    #expect(parse("GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n\r\n", limits: limits).error == nil)
    #expect(
      parse("GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\nY:2\r\n\r\n", limits: limits).error
        == .tooManyFields)
    let post = "POST / HTTP/1.1\r\nHost: a\r\n"
    #expect(parse(post + "Content-Length: 5\r\n\r\n12345", limits: limits).error == nil)
    #expect(parse(post + "Content-Length: 6\r\n\r\n", limits: limits).error == .bodyTooLarge)
    let chunked = post + "Transfer-Encoding: chunked\r\n\r\n"
    #expect(
      parse(chunked + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", limits: limits).error == nil)
    #expect(parse(chunked + "3\r\nabc\r\n3\r\n", limits: limits).error == .bodyTooLarge)
  }

  @Test(
    "a connection is used again unless somebody says no",
    arguments: [
      ("1.1", [], true), ("1.1", ["close"], false), ("1.1", ["a, Close"], false),
      ("1.1", ["close", "keep-alive"], false), ("1.0", [], false), ("1.0", ["keep-alive"], true),
      ("1.0", ["close", "keep-alive"], false), ("1.0", ["keep-alive, close"], false),
    ] as [(String, [String], Bool)])
  func keepsAlive(version: String, options: [String], keeps: Bool) throws {
    var parser = HTTP1RequestParser()
    let lines = options.map { "Connection: \($0)\r\n" }.joined()
    Self.append("GET / HTTP/\(version)\r\nHost: a\r\n\(lines)\r\n", to: &parser)
    guard case .head(let head) = try parser.next() else {
      Issue.record("no head")
      return
    }
    #expect(head.keepsAlive == keeps)
  }

  private static func append(_ text: String, to parser: inout HTTP1RequestParser) {
    unsafe Array(text.utf8).withUnsafeBufferPointer { unsafe parser.append($0) }
  }

  @Test("the data of chunks that come together are one piece, and none waits for more")
  func chunksTogether() throws {
    var parser = HTTP1RequestParser()
    var bodies: [String] = []
    let head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    for piece in [
      head, "1\r\na\r\n2\r\nbc\r\n3\r\nd", "ef\r\n1\r\ng", "\r\n1", "\r\nh\r\n0\r\n\r\n",
    ] {
      Self.append(piece, to: &parser)
      while let event = try parser.next() {
        switch event {
        case .head: break
        case .body(let bytes): bodies.append(text(bytes))
        case .end: bodies.append("end")
        }
      }
    }
    #expect(bodies == ["abcd", "efg", "h", "end"])
  }

  @Test("between requests there is room for a short one only")
  func letsGo() throws {
    var parser = HTTP1RequestParser()
    let body = String(repeating: "a", count: 30_000)
    let head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 30000\r\n\r\n"
    Self.append(head + body + head, to: &parser)
    var events = 0
    while try parser.next() != nil { events += 1 }
    // What has come of the next request stays.
    #expect(events == 4)
    #expect(parser.capacity >= 30_000)
    Self.append(body, to: &parser)
    while try parser.next() != nil { events += 1 }
    #expect(events == 6)
    #expect(parser.capacity <= HTTP1RequestParser.idleBytesMax)
    Self.append("GET / HTTP/1.1\r\nHost: a\r\n\r\n", to: &parser)
    while try parser.next() != nil { events += 1 }
    #expect(events == 8)
  }

  @Test("an endless line is refused before it ends")
  func endless() {
    let long = String(repeating: "a", count: 20_000)
    #expect(parse(long).error == .requestLineTooLong)
    #expect(parse("GET / HTTP/1.1\r\nHost: a\r\nX: " + long).error == .fieldsTooLarge)
  }
}
