@testable internal import Gateway
internal import HTTP
internal import RPC
internal import RPCTransport
internal import Schema
internal import Wire

/// A door that must not be asked.
private struct NoDoor: HTTPTaskHandler {
  func handle(_ exchange: HTTPExchange) async { exchange.respond(status: 599) }
}

extension Library {
  /// All doors in front of the library, with small limits.
  func doors(
    limits: GatewayLimits = GatewayLimits(bodyBytesMax: 10_000), cors: CORSPolicy = CORSPolicy()
  ) throws -> DoorDispatch {
    var grpcLimits = GRPCLimits()
    grpcLimits.messageBytesMax = limits.bodyBytesMax
    return DoorDispatch(
      grpc: GRPCHandler(router: router, limits: grpcLimits),
      grpcWeb: GRPCWebDoor(router: router, limits: limits),
      connect: ConnectDoor(router: router, pool: libraryPool, limits: limits), webhooks: NoDoor(),
      rest: try Gateway(router: router, pool: libraryPool, limits: limits),
      methods: router.methods, cors: cors)
  }

  static let service = "/klinke.test.Library/"
}

/// A book as both forms of a message.
func book(_ json: String) -> [UInt8] { Library.bytes(json, "klinke.test.Book") }

func bookJSON(_ bytes: [UInt8]) -> String {
  guard let type = libraryPool.message(named: "klinke.test.Book"),
    let json = try? JSONMapping(libraryPool).json(fromWire: bytes, type: type)
  else { return "no book" }
  return String(decoding: json, as: UTF8.self)
}

/// A piece of an answer that streams.
struct Piece: Hashable {
  var flags: UInt8
  var payload: [UInt8]
}

/// Cuts the body of an answer into its pieces; nil when it ends within one.
func envelopes(_ body: [UInt8]) -> [Piece]? {
  var rest = body[...]
  var all: [Piece] = []
  while let flags = rest.popFirst() {
    let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    guard rest.count >= 4 + length else { return nil }
    rest.removeFirst(4)
    all.append(Piece(flags: flags, payload: Array(rest.prefix(length))))
    rest.removeFirst(length)
  }
  return all
}

/// The lines of a trailer frame.
func trailerLines(_ payload: [UInt8]) -> HTTPFields {
  var fields = HTTPFields()
  for line in String(decoding: payload, as: UTF8.self).split(separator: "\r\n") {
    let parts = line.split(separator: ":", maxSplits: 1)
    guard parts.count == 2 else { continue }
    fields.add(String(parts[0]), String(parts[1].drop { $0 == " " }))
  }
  return fields
}
