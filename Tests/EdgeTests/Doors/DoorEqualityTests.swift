@testable internal import Gateway
internal import HTTP
internal import RPC
@testable internal import RPCTransport
internal import Schema
internal import TestHarness
internal import Testing
internal import Wire

/// What a call came to, whichever door it went through.
private struct Outcome: Equatable {
  var code: Int
  var message = ""
  var details: [AnyMessage] = []
  /// The responses as JSON.
  var responses: [String] = []
}

/// A door, and how to read what it answers.
private struct Way: Sendable {
  let name: String
  /// Makes the call of a method with a request in JSON.
  let call: @Sendable (DoorHarness, _ method: String, _ json: String) async throws -> Outcome

  static let grpc = Way(name: "gRPC") { door, method, json in
    let answer = await door.send(
      "POST", Library.service + method, bytes: Envelope.bytes(book(json)),
      fields: ["content-type": "application/grpc", "te": "trailers", "x-request-id": "r"],
      version: .http2)
    return try gRPC(answer.trailers ?? answer.fields, try #require(envelopes(answer.body)))
  }

  static func grpcWeb(text: Bool) -> Way {
    Way(name: text ? "gRPC-Web, text" : "gRPC-Web") { door, method, json in
      let sent = Envelope.bytes(book(json))
      let type = text ? "application/grpc-web-text" : "application/grpc-web"
      let answer = await door.send(
        "POST", Library.service + method, bytes: text ? TextStream.encode(sent) : sent,
        fields: ["content-type": type, "x-request-id": "r"])
      var decoder = TextStream()
      let decoded = text ? decoder.decode(answer.body) : answer.body
      let body = try #require(decoded)
      let pieces = try #require(envelopes(body))
      guard let last = pieces.last, last.flags == Envelope.webTrailers else {
        return try gRPC(answer.fields, pieces)
      }
      return try gRPC(trailerLines(last.payload), Array(pieces.dropLast()))
    }
  }

  private static func gRPC(_ fields: HTTPFields, _ pieces: [Piece]) throws -> Outcome {
    let code = try #require(fields["grpc-status"].flatMap { Int($0) })
    let encoded = fields["grpc-status-details-bin"] ?? ""
    let status = try RPCStatusMessage(
      wireBytes: try #require(Base64.decode(Array(encoded.utf8))))
    return Outcome(
      code: code, message: StatusMessage.decode(fields["grpc-message"] ?? ""),
      details: status.details, responses: pieces.map { bookJSON($0.payload) })
  }

  static func connect(_ codec: ConnectCodec) -> Way {
    Way(name: "Connect, \(codec.rawValue)") { door, method, json in
      let sent = codec == .json ? Array(json.utf8) : book(json)
      let read = { (bytes: [UInt8]) in
        codec == .json ? String(decoding: bytes, as: UTF8.self) : bookJSON(bytes)
      }
      guard method == "Watch" else {
        let answer = await door.send(
          "POST", Library.service + method, bytes: sent,
          fields: ["content-type": ConnectType.unary(codec).name, "x-request-id": "r"])
        guard answer.status != 200 else { return Outcome(code: 0, responses: [read(answer.body)]) }
        return try connect(try #require(answer.json), [])
      }
      let answer = await door.send(
        "POST", Library.service + method, bytes: Envelope.bytes(sent),
        fields: ["content-type": ConnectType.stream(codec).name, "x-request-id": "r"])
      let pieces = try #require(envelopes(answer.body))
      let end = try JSONValue(json: try #require(pieces.last).payload)
      let responses = pieces.dropLast().map { read($0.payload) }
      guard let error = end["error"] else { return Outcome(code: 0, responses: responses) }
      return try connect(error, responses)
    }
  }

  static let connectGet = Way(name: "Connect by GET") { door, method, json in
    let message = Base64.text(book(json)).replacing("+", with: "-").replacing("/", with: "_")
    let answer = await door.send(
      "GET", "\(Library.service)\(method)?base64=1&encoding=proto&message=\(message)",
      fields: ["x-request-id": "r"])
    guard answer.status != 200 else {
      return Outcome(code: 0, responses: [bookJSON(answer.body)])
    }
    return try connect(try #require(answer.json), [])
  }

  private static func connect(_ error: JSONValue, _ responses: [String]) throws -> Outcome {
    let code = try #require(
      RPCCode.allCases.first { $0.connectName == error["code"]?.text })
    var details: [AnyMessage] = []
    if case .array(let list)? = error["details"] {
      for detail in list {
        details.append(
          AnyMessage(
            typeURL: "type.googleapis.com/" + (detail["type"]?.text ?? ""),
            value: try #require(Base64.decode(Array((detail["value"]?.text ?? "*").utf8)))))
      }
    }
    return Outcome(
      code: code.rawValue, message: error["message"]?.text ?? "", details: details,
      responses: responses)
  }

  static let rest = Way(name: "REST") { door, method, json in
    let request = try JSONValue(json: Array(json.utf8))
    guard case .object(let members) = request else { return Outcome(code: -1) }
    let query = members.map { member in
      "\(member.name)=\(member.value.text ?? String(decoding: member.value.json, as: UTF8.self))"
    }
    let path =
      ["Watch": "watch", "List": "books", "Fail": "failure", "Wait": "wait"][method] ?? method
    let answer = await door.send(
      "GET", "/v1/\(path)?\(query.joined(separator: "&"))", fields: ["x-request-id": "r"])
    guard answer.fields["content-type"] == "application/x-ndjson" else {
      guard answer.status != 200 else { return Outcome(code: 0, responses: [answer.text]) }
      return try rest(try #require(answer.json?["error"]), [])
    }
    var responses: [String] = []
    for line in answer.text.split(separator: "\n") {
      let value = try JSONValue(json: Array(line.utf8))
      if let error = value["error"] { return try rest(error, responses) }
      if value["end"] != nil { return Outcome(code: 0, responses: responses) }
      responses.append(String(decoding: try #require(value["result"]).json, as: UTF8.self))
    }
    return Outcome(code: -1)
  }

  private static func rest(_ error: JSONValue, _ responses: [String]) throws -> Outcome {
    let code = try #require(RPCCode.allCases.first { $0.name == error["status"]?.text })
    let any = try #require(libraryPool.message(named: AnyMessage.protoName))
    var details: [AnyMessage] = []
    if case .array(let list)? = error["details"] {
      for detail in list {
        details.append(
          try AnyMessage(
            wireBytes: try JSONMapping(libraryPool).wireBytes(fromJSON: detail.json, type: any)))
      }
    }
    return Outcome(
      code: code.rawValue, message: error["message"]?.text ?? "", details: details,
      responses: responses)
  }
}

@Suite("Equal doors", .timeLimit(.minutes(5)))
struct DoorEqualityTests {
  private static let ways: [Way] = [
    .grpcWeb(text: false), .grpcWeb(text: true), .connect(.proto), .connect(.json), .rest,
  ]

  private func compare(
    _ method: String, _ json: String, code: Int, ways: [Way] = ways, library: Library = Library(),
    interruption: (@Sendable () async -> Void)? = nil
  ) async throws {
    try await DoorHarness.with(library.doors(), interruption: interruption) { door in
      let yardstick = try await Way.grpc.call(door, method, json)
      #expect(yardstick.code == code)
      #expect(yardstick.details.isEmpty == (code == 0))
      for way in ways {
        let outcome = try await way.call(door, method, json)
        #expect(outcome == yardstick, "\(way.name)")
      }
    }
  }

  @Test("give the same answer")
  func answers() async throws {
    try await compare(
      "List", "{\"title\":\"a\",\"pages\":\"7\"}", code: 0, ways: Self.ways + [.connectGet])
  }

  @Test("say every code with the same words and details", arguments: 1...16)
  func codes(code: Int) async throws {
    try await compare(
      "Fail", "{\"pages\":\"\(code)\"}", code: code, ways: Self.ways + [.connectGet])
  }

  @Test("say that the server ends, when it has cancelled the call for that")
  func interrupted() async throws {
    let library = Library()
    let sent = Tally()
    try await compare(
      "Wait", "{}", code: RPCCode.unavailable.rawValue, ways: Self.ways + [.connectGet],
      library: library
    ) {
      sent.add()
      // A test that is cancelled waits no longer.
      try? await until { library.log.all.count >= sent.count }
    }
  }

  @Test("stream the same messages and the same end")
  func streams() async throws {
    try await compare("Watch", "{\"pages\":\"2\"}", code: 0)
    try await compare("Watch", "{\"pages\":\"3\",\"available\":true}", code: 10)
    try await compare("Watch", "{\"title\":\"a\"}", code: 5)
  }
}
