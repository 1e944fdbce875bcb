internal import RPC
internal import Schema

/// The messages of one method in the form that a caller has chosen.
enum ConnectMessages {
  case proto
  case json(JSONMapping, request: MessageDescriptor, response: MessageDescriptor)

  func request(_ bytes: [UInt8]) throws(RPCError) -> [UInt8] {
    switch self {
    case .proto: return bytes
    case .json(let mapping, let type, _):
      do {
        // Callers are generated from some version of the contract, as those of gRPC are, whose
        // unknown fields are no error either.
        return try mapping.wireBytes(
          fromJSON: bytes, type: type, options: JSONReadOptions(ignoreUnknownFields: true))
      } catch {
        throw Refusal.badRequest("\(error)", field: error.path).error
      }
    }
  }

  func response(_ bytes: [UInt8]) throws(RPCError) -> [UInt8] {
    switch self {
    case .proto: return bytes
    case .json(let mapping, _, let type):
      do {
        return try mapping.json(fromWire: bytes, type: type)
      } catch {
        throw RPCError(.internal, "the answer cannot be written", detail: "\(error)")
      }
    }
  }
}
