internal import HTTP
internal import RPC

/// How one door writes a call over HTTP: bytes of the request become messages, messages and the end
/// become bytes of the answer. Pure state without I/O; ``DoorStream`` moves the bytes.
protocol DoorProtocol {
  // MARK: Requests

  /// Takes the next piece of the request's body.
  mutating func receive(_ bytes: [UInt8]) throws(RPCError)

  /// Says that the request's body is complete.
  mutating func receiveEnd() throws(RPCError)

  /// The next request message; nil when more bytes are needed, or at the end.
  mutating func nextRequest() throws(RPCError) -> [UInt8]?

  /// Whether the message that was returned last had come compressed.
  var requestWasCompressed: Bool { get }

  /// Bytes of a message that is not complete.
  var keptCount: Int { get }

  /// What has inflated the requests.
  var coding: BodyCoding { get }

  // MARK: An answer that streams

  /// A response as bytes of the body. The first one is made before the head.
  mutating func frame(
    _ response: [UInt8], _ compression: ResponseCompression
  ) throws(RPCError) -> [UInt8]

  /// The head before the first response.
  func head(_ metadata: ResponseMetadata) -> HTTPResponseHead

  /// The last bytes of the body; nil when only a reset of the stream can tell the error.
  func end(_ error: RPCError?, _ trailing: Metadata) -> [UInt8]?

  // MARK: An answer in one piece

  /// The whole answer of a unary call.
  mutating func answer(
    _ response: [UInt8], _ metadata: ResponseMetadata
  ) throws(RPCError) -> DoorAnswer

  /// The whole answer of a call that failed before anything was sent.
  func refusal(_ error: RPCError, _ trailing: Metadata) -> DoorAnswer
}

extension DoorProtocol {
  /// What a stream of one message and a good end would be.
  mutating func answer(
    _ response: [UInt8], _ metadata: ResponseMetadata
  ) throws(RPCError) -> DoorAnswer {
    let message = try frame(response, metadata.responseCompression)
    let head = head(metadata)
    return DoorAnswer(
      status: head.status, fields: head.fields, body: message + (end(nil, metadata.trailing) ?? []))
  }

  /// What a stream without a message would be.
  func refusal(_ error: RPCError, _ trailing: Metadata) -> DoorAnswer {
    let head = head(ResponseMetadata())
    return DoorAnswer(
      status: head.status, fields: head.fields, body: end(error, trailing) ?? [])
  }
}

/// A response in one piece.
struct DoorAnswer {
  var status: Int
  var fields: HTTPFields
  var body: [UInt8] = []
}

extension HTTPExchange {
  func respond(_ answer: DoorAnswer) {
    respond(status: answer.status, fields: answer.fields, body: answer.body)
  }
}
