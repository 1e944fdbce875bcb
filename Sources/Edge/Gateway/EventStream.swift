internal import HTTP
internal import RPC
internal import Schema

/// The responses of a server-streaming method as lines of JSON or as server-sent events.
///
/// Lines: `{"result":…}` for each message, then `{"end":{}}` or `{"error":…}`. A body that ends
/// without one of those two was cut off. Events: `data` for each message, then `event: end` or
/// `event: error`.
///
/// The sendability is unchecked because everything runs on the loop of the exchange, which checks.
final class EventStream: CallStream, @unchecked Sendable {
  private var request: [UInt8]?
  private let exchange: HTTPExchange
  private let route: BoundRoute
  private let mapping: JSONMapping
  private let fields: HTTPFields
  private let isEventStream: Bool
  /// Whether the head is out, after which an error can only be the last line.
  private(set) var hasStarted = false

  init(
    _ exchange: HTTPExchange, request: [UInt8], route: BoundRoute, mapping: JSONMapping,
    fields: HTTPFields
  ) {
    self.exchange = exchange
    self.request = request
    self.route = route
    self.mapping = mapping
    isEventStream = exchange.head.fields["accept"]?.contains("text/event-stream") ?? false
    var fields = fields
    fields.add(
      "content-type", isEventStream ? "text/event-stream" : "application/x-ndjson")
    self.fields = fields
  }

  func nextMessage() async throws(RPCError) -> [UInt8]? {
    defer { request = nil }
    return request
  }

  func send(_ message: [UInt8]) async throws(RPCError) {
    let json: [UInt8]
    do {
      json = try route.json(of: message, mapping)
    } catch {
      throw RPCError(.internal, "the answer cannot be written", detail: "\(error)")
    }
    try await write(event: nil, name: "result", json)
  }

  /// Ends the response well.
  func finish() async {
    // A peer that is gone needs no end.
    try? await write(event: "end", name: "end", Array("{}".utf8))
    exchange.finish()
  }

  /// Ends a response that has begun with an error; `json` is the whole error object.
  func fail(_ json: [UInt8]) async {
    let bytes =
      isEventStream
      ? Array("event: error\ndata: ".utf8) + json + Array("\n\n".utf8) : json + [0x0A]
    // A peer that is gone needs no end.
    try? await exchange.write(bytes)
    exchange.finish()
  }

  private func write(event: String?, name: String, _ json: [UInt8]) async throws(RPCError) {
    if !hasStarted {
      hasStarted = true
      exchange.start(status: 200, fields: fields)
    }
    var bytes: [UInt8] = []
    if isEventStream {
      if let event { bytes += Array("event: \(event)\n".utf8) }
      bytes += Array("data: ".utf8) + json + Array("\n\n".utf8)
    } else {
      bytes += Array("{\"\(name)\":".utf8) + json + Array("}\n".utf8)
    }
    do {
      try await exchange.write(bytes)
    } catch {
      throw .cancelled
    }
  }
}

extension BoundRoute {
  /// The response as the body's JSON.
  func json(of message: [UInt8], _ mapping: JSONMapping) throws(JSONError) -> [UInt8] {
    if let responseBody {
      return try mapping.json(fromWire: message, type: responseType, field: responseBody)
    }
    return try mapping.json(fromWire: message, type: responseType)
  }
}
