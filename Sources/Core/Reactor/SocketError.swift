private import Glibc

/// Why a socket could not be opened, bound or connected.
package enum SocketError: Error, Hashable, Sendable {
  /// Another process, or this one, listens there.
  case portTaken(ListenAddress)
  /// The address is not one of this machine.
  case addressNotAvailable(ListenAddress)
  /// Ports below 1024 need a privilege, Unix sockets a writable folder.
  case permissionDenied(ListenAddress)
  /// Neither `host:port` with a numeric host nor `unix:/path` of at most 107 bytes.
  case malformedAddress(String)
  /// The name has no address; with the resolver's reason.
  case unknownHost(String, reason: String)
  /// Neither `host:port` nor `unix:/path`.
  case malformedTarget(String)
  /// There is no Unix socket at the path.
  case noSocket(String)
  /// This process may not connect to the address.
  case forbidden(String)
  /// Nobody listens at the address.
  case refused(String)
  /// No answer in time.
  case timedOut(String)
  /// There is no way to the address.
  case unreachable(String)
  /// Anything else the kernel says.
  case system(call: String, errno: Int32)
}

extension SocketError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .portTaken(let address): "\(address) is taken: something listens there already"
    case .addressNotAvailable(let address): "\(address) is not an address of this machine"
    case .permissionDenied(let address): "no permission to listen on \(address)"
    case .malformedAddress(let text):
      "\"\(text)\" is neither host:port with a numeric host nor unix:/path"
    case .malformedTarget(let text): "\"\(text)\" is neither host:port nor unix:/path"
    case .noSocket(let address): "there is no socket at \(address)"
    case .forbidden(let address): "no permission to connect to \(address)"
    case .unknownHost(let host, let reason): "cannot resolve \(host): \(reason)"
    case .refused(let address): "nobody listens on \(address)"
    case .timedOut(let address): "no answer from \(address) in time"
    case .unreachable(let address): "no route to \(address)"
    case .system(let call, let code): "\(call): \(systemMessage(code))"
    }
  }
}

/// The C library's words for an error number.
package func systemMessage(_ code: Int32) -> String {
  guard let text = unsafe strerror(code) else { return "error \(code)" }
  return unsafe String(cString: text)
}
