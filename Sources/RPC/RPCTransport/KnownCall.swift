internal import HTTP
internal import RPC

/// What a door has read in a head, for the calls that come with the same one: a client that calls
/// one method again and again sends the same fields with it.
final class KnownCall: HTTPHeadReading {
  let method: RegisteredMethod
  let call: GRPCCall
  /// Whose router has the method.
  let door: GRPCHandler

  init(_ method: RegisteredMethod, _ call: GRPCCall, door: GRPCHandler) {
    self.method = method
    self.call = call
    self.door = door
  }
}
