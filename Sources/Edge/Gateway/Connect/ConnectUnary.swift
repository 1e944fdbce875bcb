internal import Codings
internal import HTTP
internal import RPC

/// A unary Connect call: a bare message each way, trailers among the headers, errors as JSON.
struct ConnectUnary: DoorProtocol {
  private let type: ConnectType
  private let messages: ConnectMessages
  private let errors: ConnectErrorBody
  private(set) var coding: BodyCoding
  private let requestID: String
  private let bytesMax: Int
  private var body: WholeBody

  /// `message` is the request of a call by GET; nil when it comes in the body.
  init(
    _ codec: ConnectCodec, _ messages: ConnectMessages, errors: ConnectErrorBody,
    coding: BodyCoding, requestID: String, body: WholeBody
  ) {
    type = .unary(codec)
    self.messages = messages
    self.errors = errors
    self.coding = coding
    self.requestID = requestID
    self.body = body
    bytesMax = body.bytesMax
  }

  mutating func receive(_ bytes: [UInt8]) throws(RPCError) { try body.receive(bytes) }

  var keptCount: Int { body.keptCount }

  mutating func receiveEnd() { body.receiveEnd() }

  mutating func nextRequest() throws(RPCError) -> [UInt8]? {
    guard let body = body.take() else { return nil }
    // No bytes are never compressed, whatever the header says.
    guard coding.request != nil, !body.isEmpty else { return try messages.request(body) }
    return try messages.request(try coding.inflate(body, bytesMax: bytesMax))
  }

  var requestWasCompressed: Bool { coding.request != nil }

  func frame(
    _ response: [UInt8], _ compression: ResponseCompression
  ) throws(RPCError) -> [UInt8] {
    try messages.response(response)
  }

  func head(_ metadata: ResponseMetadata) -> HTTPResponseHead {
    HTTPResponseHead(status: 200, fields: fields(metadata.initial))
  }

  func end(_ error: RPCError?, _ trailing: Metadata) -> [UInt8]? { error == nil ? [] : nil }

  func answer(
    _ response: [UInt8], _ metadata: ResponseMetadata
  ) throws(RPCError) -> DoorAnswer {
    var answer = DoorAnswer(
      status: 200, fields: fields(metadata.initial), body: try messages.response(response))
    answer.fields.add(metadata.trailing, prefix: "trailer-")
    let wanted = metadata.responseCompression
    if let coding = coding.response(wanted) {
      answer.fields.add("vary", "accept-encoding")
      if let compressed = self.coding.compress(answer.body, wanted) {
        answer.body = compressed
        answer.fields.add("content-encoding", coding.rawValue)
      }
    }
    return answer
  }

  private func fields(_ initial: Metadata) -> HTTPFields {
    var fields: HTTPFields = ["content-type": type.name]
    fields.add(initial)
    fields.addForAnyAnswer(requestID: requestID)
    return fields
  }

  func refusal(_ error: RPCError, _ trailing: Metadata) -> DoorAnswer {
    var answer = errors.answer(error, status: error.code.httpStatus, requestID: requestID)
    answer.fields.add(error.metadata, prefix: "trailer-")
    answer.fields.add(trailing, prefix: "trailer-")
    return answer
  }
}

extension ConnectErrorBody {
  /// A whole answer that is an error.
  func answer(_ error: RPCError, status: Int, requestID: String) -> DoorAnswer {
    var fields: HTTPFields = ["content-type": "application/json"]
    fields.addForAnyAnswer(requestID: requestID)
    if status == 401 { fields.add("www-authenticate", "Bearer realm=\"klinke\"") }
    if let seconds = error.retrySeconds(status: status) {
      fields.add("retry-after", String(seconds))
    }
    if error.reason == "UNKNOWN_COMPRESSION" { fields.add("accept-encoding", BodyCoding.accepted) }
    return DoorAnswer(status: status, fields: fields, body: json(error))
  }
}
