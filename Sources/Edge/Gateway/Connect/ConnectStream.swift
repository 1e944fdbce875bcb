internal import Codings
internal import HTTP
internal import RPC

/// A streaming Connect call: envelopes both ways, the last of ours the end.
struct ConnectStream: DoorProtocol {
  private let codec: ConnectCodec
  private let messages: ConnectMessages
  private let errors: ConnectErrorBody
  private(set) var coding: BodyCoding
  private let requestID: String
  private var reader: EnvelopeReader
  private(set) var requestWasCompressed = false

  init(
    _ codec: ConnectCodec, _ messages: ConnectMessages, errors: ConnectErrorBody,
    coding: BodyCoding, requestID: String, messageBytesMax: Int
  ) {
    self.codec = codec
    self.messages = messages
    self.errors = errors
    self.coding = coding
    self.requestID = requestID
    reader = EnvelopeReader(payloadBytesMax: messageBytesMax)
  }

  mutating func receive(_ bytes: [UInt8]) { reader.append(bytes) }

  var keptCount: Int { reader.available }

  func receiveEnd() throws(RPCError) { try reader.end() }

  mutating func nextRequest() throws(RPCError) -> [UInt8]? {
    guard let envelope = try reader.next() else { return nil }
    requestWasCompressed = envelope.flags == Envelope.compressed
    switch envelope.flags {
    case 0: return try messages.request(envelope.payload)
    case Envelope.compressed:
      return try messages.request(
        try coding.inflate(envelope.payload, bytesMax: reader.payloadBytesMax))
    default:
      throw .malformedFrame("the flags of a message are \(envelope.flags), not 0 or 1")
    }
  }

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
