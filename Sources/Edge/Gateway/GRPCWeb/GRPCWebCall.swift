internal import Codings
internal import HTTP
internal import RPC
internal import RPCTransport
internal import Schema

/// A gRPC-Web call: gRPC's messages, and the trailers as the last piece of the body, because a
/// browser shows a page no trailers.
struct GRPCWebCall: DoorProtocol {
  private let form: GRPCWebForm
  private(set) var coding: BodyCoding
  private let requestID: String
  private var deframer: MessageDeframer
  private var text = TextStream()
  private var requestHasEnded = false

  init(_ form: GRPCWebForm, coding: BodyCoding, requestID: String, messageBytesMax: Int) {
    self.form = form
    self.coding = coding
    self.requestID = requestID
    deframer = coding.deframer(bytesMax: messageBytesMax)
  }

  // MARK: Requests

  mutating func receive(_ bytes: [UInt8]) throws(RPCError) {
    guard form.requestIsText else { return deframer.append(bytes) }
    guard let decoded = text.decode(bytes) else { throw .malformedFrame("the body is no base64") }
    deframer.append(decoded)
  }

  mutating func receiveEnd() throws(RPCError) {
    guard let rest = text.end() else { throw .malformedFrame("the body is no base64") }
    if !rest.isEmpty { deframer.append(rest) }
    requestHasEnded = true
  }

  var keptCount: Int { deframer.keptCount }

  mutating func nextRequest() throws(RPCError) -> [UInt8]? {
    if let message = try coding.next(of: &deframer) { return message }
    // Only here, for the last bytes of the text may be a message.
    if requestHasEnded { try coding.end(deframer) }
    return nil
  }

  var requestWasCompressed: Bool { deframer.lastWasCompressed }

  // MARK: Answers

  func frame(_ response: [UInt8], _ compression: ResponseCompression) -> [UInt8] {
    if let compressed = coding.compress(response, compression) {
      return written(Envelope.bytes(compressed, flags: Envelope.compressed))
    }
    return written(Envelope.bytes(response))
  }

  func head(_ metadata: ResponseMetadata) -> HTTPResponseHead {
    var fields = self.fields
    if let coding = coding.response(metadata.responseCompression) {
      fields.add("grpc-encoding", coding.rawValue)
      fields.add("grpc-accept-encoding", BodyCoding.accepted)
    }
    fields.add(metadata.initial)
    return HTTPResponseHead(status: 200, fields: fields)
  }

  func end(_ error: RPCError?, _ trailing: Metadata) -> [UInt8]? {
    var lines: [UInt8] = []
    for (name, value) in Self.trailers(error, trailing) {
      lines += Array("\(name): \(value)\r\n".utf8)
    }
    return written(Envelope.bytes(lines, flags: Envelope.webTrailers))
  }

  /// Trailers-Only: the status among the headers, and no body.
  func refusal(_ error: RPCError, _ trailing: Metadata) -> DoorAnswer {
    DoorAnswer(status: 200, fields: Self.refusal(error, trailing, form, requestID: requestID))
  }

  static func refusal(
    _ error: RPCError, _ trailing: Metadata, _ form: GRPCWebForm, requestID: String
  ) -> HTTPFields {
    var fields = Self.fields(form, requestID: requestID)
    if error.reason == "UNKNOWN_COMPRESSION" {
      fields.add("grpc-accept-encoding", BodyCoding.accepted)
    }
    for (name, value) in trailers(error, trailing) { fields.add(name, value) }
    return fields
  }

  private var fields: HTTPFields { Self.fields(form, requestID: requestID) }

  private static func fields(_ form: GRPCWebForm, requestID: String) -> HTTPFields {
    var fields: HTTPFields = ["content-type": form.responseType]
    fields.addForAnyAnswer(requestID: requestID)
    return fields
  }

  /// Each flushed piece is a piece of base64 of its own, so that a client can read it at once.
  private func written(_ bytes: [UInt8]) -> [UInt8] {
    form.responseIsText ? TextStream.encode(bytes) : bytes
  }

  private static func trailers(
    _ error: RPCError?, _ trailing: Metadata
  ) -> [(name: String, value: String)] {
    var trailers = [("grpc-status", String(error?.code.rawValue ?? 0))]
    var metadata = trailing
    if let error = error?.fittingTrailers {
      if !error.message.isEmpty {
        trailers.append(("grpc-message", StatusMessage.encode(error.message)))
      }
      if !error.details.isEmpty {
        trailers.append(("grpc-status-details-bin", Base64.text(error.statusBytes)))
      }
      metadata = error.metadata
      metadata.add(contentsOf: trailing)
    }
    return trailers + CallMetadata.written(metadata).map { ($0.name, $0.value) }
  }
}
