internal import HTTP
internal import RPC
internal import Schema
internal import Telemetry
internal import Wire

/// A REST call: a JSON body in, one JSON document, lines, events or raw bytes out.
///
/// A server stream is a line `{"result":…}` for each message and then `{"end":{}}` or `{"error":…}`;
/// a body that ends without one of those two was cut off. As server-sent events it is `data` for
/// each message and then `event: end` or `event: error`. Raw bodies (`google.api.HttpBody`) have no
/// place for an error, so that one resets the stream.
struct RESTCall: DoorProtocol {
  private enum Form {
    case lines
    case events
    case raw
  }

  private let route: BoundRoute
  private let captures: [String]
  private let query: ArraySlice<UInt8>?
  private let contentType: String?
  private let requestID: String
  private let tools: RESTTools
  private let form: Form
  private(set) var coding: BodyCoding
  private var body: WholeBody
  /// The type of a raw stream, which its first message says.
  private var rawType = ""
  /// The HTTP status of what was wrong with the request, where the code alone does not say it.
  private var refusedStatus: Int?

  init(
    _ route: BoundRoute, captures: [String], head: HTTPRequestHead, requestID: String,
    tools: RESTTools
  ) throws(Refusal) {
    do throws(RPCError) {
      // Answers are never compressed: a secret in one could be guessed by its length.
      coding = try BodyCoding(done: head.fields["content-encoding"], takes: "")
    } catch {
      throw Refusal(error, status: 415, fields: ["accept-encoding": BodyCoding.accepted])
    }
    self.route = route
    self.captures = captures
    self.requestID = requestID
    self.tools = tools
    query = head.queryBytes
    contentType = head.fields["content-type"]
    do throws(RPCError) {
      body = try WholeBody(head.fields, bytesMax: tools.limits.bodyBytesMax)
    } catch {
      throw Refusal(error, status: 413)
    }
    if route.responseIsRaw {
      form = .raw
    } else {
      // An answer in one piece has one form, whatever else its caller would take.
      let asksForEvents =
        route.method.kind != .unary
        && head.fields["accept"]?.contains("text/event-stream") ?? false
      form = asksForEvents ? .events : .lines
    }
  }

  // MARK: Request

  mutating func receive(_ bytes: [UInt8]) throws(RPCError) {
    do throws(RPCError) {
      try body.receive(bytes)
    } catch {
      refusedStatus = 413
      throw error
    }
  }

  var keptCount: Int { body.keptCount }

  mutating func receiveEnd() { body.receiveEnd() }

  mutating func nextRequest() throws(RPCError) -> [UInt8]? {
    guard var body = body.take() else { return nil }
    if coding.request != nil, !body.isEmpty { body = try inflate(body) }
    let binding = RequestBinding(
      route: route, mapping: tools.mapping,
      ignoredQueryParameters: tools.limits.ignoredQueryParameters)
    do throws(Refusal) {
      return try binding.message(
        captures: captures, query: query, body: body, contentType: contentType)
    } catch {
      refusedStatus = error.status
      throw error.error
    }
  }

  private mutating func inflate(_ body: [UInt8]) throws(RPCError) -> [UInt8] {
    do throws(RPCError) {
      return try coding.inflate(body, bytesMax: tools.limits.bodyBytesMax)
    } catch {
      refusedStatus = error.code == .resourceExhausted ? 413 : 400
      throw error
    }
  }

  var requestWasCompressed: Bool { coding.request != nil }

  // MARK: Stream

  mutating func frame(
    _ response: [UInt8], _ compression: ResponseCompression
  ) throws(RPCError) -> [UInt8] {
    switch form {
    case .lines: return Array("{\"result\":".utf8) + (try json(response)) + Array("}\n".utf8)
    case .events: return Array("data: ".utf8) + (try json(response)) + Array("\n\n".utf8)
    case .raw:
      let raw = try rawBody(response)
      if rawType.isEmpty { rawType = raw.contentType }
      return raw.data
    }
  }

  func head(_ metadata: ResponseMetadata) -> HTTPResponseHead {
    var head = tools.head(metadata.initial, requestID: requestID)
    switch form {
    case .lines: head.fields.add("content-type", "application/x-ndjson")
    case .events: head.fields.add("content-type", "text/event-stream")
    case .raw: if !rawType.isEmpty { head.fields.add("content-type", rawType) }
    }
    // A proxy that collects an answer before it passes it on would turn a stream into one lump.
    head.fields.add("x-accel-buffering", "no")
    return head
  }

  func end(_ error: RPCError?, _ trailing: Metadata) -> [UInt8]? {
    let failure = error.map { tools.errors.json($0, status: $0.code.httpStatus) }
    switch form {
    case .lines: return failure.map { $0 + [0x0A] } ?? Array("{\"end\":{}}\n".utf8)
    case .events:
      guard let failure else { return Array("event: end\ndata: {}\n\n".utf8) }
      return Array("event: error\ndata: ".utf8) + failure + Array("\n\n".utf8)
    case .raw: return failure == nil ? [] : nil
    }
  }

  // MARK: One answer

  private static let jsonFields: HTTPFields = ["content-type": "application/json"]

  func answer(
    _ response: [UInt8], _ metadata: ResponseMetadata
  ) throws(RPCError) -> DoorAnswer {
    var all = metadata.initial
    all.add(contentsOf: metadata.trailing)
    let head = tools.head(all, requestID: requestID)
    var answer = DoorAnswer(status: head.status, fields: head.fields)
    if route.responseIsRaw {
      let raw = try rawBody(response)
      if !raw.contentType.isEmpty { answer.fields.add("content-type", raw.contentType) }
      answer.body = raw.data
    } else if answer.status != 204 {
      answer.body = try json(response)
      answer.fields.add(Self.jsonFields)
    }
    return answer
  }

  func refusal(_ error: RPCError, _ trailing: Metadata) -> DoorAnswer {
    tools.answer(Refusal(error, status: refusedStatus), requestID: requestID)
  }

  // MARK: Response messages

  private func json(_ response: [UInt8]) throws(RPCError) -> [UInt8] {
    do {
      if let field = route.responseBody {
        return try tools.mapping.json(fromWire: response, type: route.responseType, field: field)
      }
      return try tools.mapping.json(fromWire: response, type: route.responseType)
    } catch {
      throw unwritable("\(error)")
    }
  }

  private func rawBody(_ response: [UInt8]) throws(RPCError) -> HTTPBody {
    do {
      guard let field = route.responseBody else { return try HTTPBody(wireBytes: response) }
      var raw = HTTPBody()
      var reader = WireReader(response.span)
      while let next = try reader.nextField() {
        if next.number == field.number, next.type == .lengthDelimited {
          try reader.message(into: &raw)
        } else {
          try reader.skip(next)
        }
      }
      return raw
    } catch {
      throw unwritable("\(error)")
    }
  }

  /// The call itself went well, so nothing before has logged this.
  private func unwritable(_ problem: String) -> RPCError {
    tools.log.error(
      "rest.answer_failed",
      ["method": .string(route.method.info.path), "detail": .string(problem)])
    return RPCError(.internal, "the answer cannot be written", detail: problem)
  }
}
