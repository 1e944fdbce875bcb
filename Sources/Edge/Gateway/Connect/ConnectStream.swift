internal import Codings
internal import HTTP
internal import RPC
internal import RPCTransport

/// A streaming Connect call: envelopes both ways, the last of ours the end.
struct ConnectStream: DoorProtocol {
  private let codec: ConnectCodec
  private let messages: ConnectMessages
  private let errors: ConnectErrorBody
  private(set) var coding: BodyCoding
  private let requestID: String
  private var deframer: MessageDeframer

  init(
    _ codec: ConnectCodec, _ messages: ConnectMessages, errors: ConnectErrorBody,
    coding: BodyCoding, requestID: String, messageBytesMax: Int
  ) {
    self.codec = codec
    self.messages = messages
    self.errors = errors
    self.coding = coding
    self.requestID = requestID
    deframer = coding.deframer(bytesMax: messageBytesMax)
  }

  mutating func receive(_ bytes: [UInt8]) { deframer.append(bytes) }

  var keptCount: Int { deframer.keptCount }

  func receiveEnd() throws(RPCError) { try coding.end(deframer) }

  mutating func nextRequest() throws(RPCError) -> [UInt8]? {
    guard let message = try coding.next(of: &deframer) else { return nil }
    return try messages.request(message)
  }

  var requestWasCompressed: Bool { deframer.lastWasCompressed }

  func frame(
    _ response: [UInt8], _ compression: ResponseCompression
  ) throws(RPCError) -> [UInt8] {
    let payload = try messages.response(response)
    if let compressed = coding.compress(payload, compression) {
      return Envelope.bytes(compressed, flags: Envelope.compressed)
    }
    return Envelope.bytes(payload)
  }

  func head(_ metadata: ResponseMetadata) -> HTTPResponseHead {
    var head = Self.head(codec, requestID: requestID)
    if let coding = coding.response(metadata.responseCompression) {
      head.fields.add("connect-content-encoding", coding.rawValue)
    }
    head.fields.add(metadata.initial)
    return head
  }

  /// The head of every answer.
  static func head(_ codec: ConnectCodec, requestID: String) -> HTTPResponseHead {
    HTTPResponseHead(
      status: 200,
      fields: [
        "content-type": ConnectType.stream(codec).name, "x-request-id": requestID,
        "x-content-type-options": "nosniff", "cache-control": "no-store",
        "connect-accept-encoding": BodyCoding.accepted,
      ])
  }

  func end(_ error: RPCError?, _ trailing: Metadata) -> [UInt8]? {
    var all = error?.metadata ?? Metadata()
    all.add(contentsOf: trailing)
    return Envelope.bytes(errors.end(error, all), flags: Envelope.connectEnd)
  }
}
