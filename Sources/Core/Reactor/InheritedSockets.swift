private import CLinux
private import Glibc

/// The sockets of a server that is about to end, received by the one that follows.
///
/// Both listen on the same sockets from then on, so no connection is refused or lost in between.
/// The predecessor goes on until it is told that it need not: if we end before that, nothing has
/// happened.
package final class InheritedSockets: Sendable {
  /// How long the predecessor may take to answer.
  private static let answerSeconds: Int32 = 10

  package let listeners: [SharedListeningSocket]
  private let connection: FileDescriptor

  /// Asks the server behind a path for its sockets; nil when there is none. Blocks, so not on a
  /// loop.
  package init?(from path: String) throws(SocketError) {
    var raw = try ListenAddress.unix(path: path).socketAddress()
    let connection = FileDescriptor(owning: klinke_socket(AF_UNIX))
    guard connection.rawValue >= 0 else { throw .system(call: "socket", errno: errno) }
    guard unsafe klinke_connect(connection.rawValue, &raw.raw) == 0 else {
      if errno == ENOENT || errno == ECONNREFUSED { return nil }
      throw .system(call: "connect", errno: errno)
    }
    guard klinke_wait_blocking(connection.rawValue, Self.answerSeconds) == 0 else {
      throw .system(call: "fcntl", errno: errno)
    }
    var listeners: [SharedListeningSocket] = []
    var more: Int32 = 1
    while more != 0 {
      var received = [Int32](repeating: -1, count: Int(KLINKE_DESCRIPTORS_MAX))
      let count = unsafe klinke_receive_descriptors(connection.rawValue, &received, &more)
      guard count > 0 else { throw .system(call: "recvmsg", errno: count < 0 ? errno : EPROTO) }
      for descriptor in received[..<Int(count)] {
        listeners.append(
          SharedListeningSocket(
            ListeningSocket(listening: FileDescriptor(owning: descriptor))))
      }
    }
    self.listeners = listeners
    self.connection = connection
  }

  /// Whether the predecessor has stopped waiting for us and goes on itself.
  package var isDropped: Bool { answer(isAwaited: false) == HandoverPoint.dropped }

  /// Tells the predecessor that we serve; false when it has stopped waiting for that and goes on
  /// itself. Blocks until it has answered, so not on a loop. One that is gone needs no answer.
  package func confirm() -> Bool {
    var ready: UInt8 = 1
    _ = unsafe klinke_send(connection.rawValue, &ready, 1)
    return answer(isAwaited: true) != HandoverPoint.dropped
  }

  private func answer(isAwaited: Bool) -> UInt8? {
    var answer: UInt8 = 0
    let flags = Int32(MSG_PEEK) | (isAwaited ? 0 : Int32(MSG_DONTWAIT))
    return unsafe recv(connection.rawValue, &answer, 1, flags) == 1 ? answer : nil
  }
}
