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

  /// Tells the predecessor that we serve.
  package func confirm() {
    var ready: UInt8 = 1
    _ = unsafe klinke_send(connection.rawValue, &ready, 1)
  }
}

/// Gives a server's listening sockets to the one that follows, which asks at a path.
///
/// Unchecked, because it is touched only on the loop after its initialiser.
package final class HandoverPoint: ReadinessHandler, @unchecked Sendable {
  private let loop: EventLoop
  private let path: String
  private let listeners: [SharedListeningSocket]
  private var place: HandoverPath
  private let whenTaken: @Sendable () -> Void
  private var successor: Successor?
  private var isOver = false

  /// Waits for a successor, in the place of whoever did so at the path before. `whenTaken` is called
  /// when it serves.
  package init(
    path: String, listeners: [SharedListeningSocket], on loop: EventLoop,
    whenTaken: @escaping @Sendable () -> Void
  ) async throws(SocketError) {
    self.loop = loop
    self.path = path
    self.listeners = listeners
    self.whenTaken = whenTaken
    place = try HandoverPath(path)
    let result = await loop.run { [self] in
      Result { () throws(SocketError) in try waitAtPath() }
    }
    try result.get()
  }

  private func waitAtPath() throws(SocketError) {
    try loop.register(place.listening.rawValue, interest: .read, handler: self)
    do {
      try place.take()
    } catch {
      loop.deregister(place.listening.rawValue)
      throw error
    }
  }

  package func ready(_ readiness: Readiness) {
    var peer = klinke_address()
    while true {
      let descriptor = unsafe klinke_accept(place.listening.rawValue, &peer)
      guard descriptor >= 0 else { return }
      give(to: FileDescriptor(owning: descriptor))
    }
  }

  /// One successor at a time, of our own user: whoever has the sockets gets our callers.
  private func give(to connection: consuming FileDescriptor) {
    var user: UInt32 = 0
    guard successor == nil, unsafe klinke_peer_user(connection.rawValue, &user) == 0,
      user == geteuid() || user == 0
    else { return }
    let descriptors = listeners.map { $0.socket.descriptor.rawValue }
    let step = Int(KLINKE_DESCRIPTORS_MAX)
    for start in stride(from: 0, to: descriptors.count, by: step) {
      let part = Array(descriptors[start..<min(start + step, descriptors.count)])
      let more: Int32 = start + step < descriptors.count ? 1 : 0
      let sent = unsafe klinke_send_descriptors(
        connection.rawValue, part, Int32(part.count), more)
      guard sent == 0 else { return }
    }
    let successor = Successor(connection, point: self)
    do throws(SocketError) {
      try loop.register(successor.connection.rawValue, interest: .read, handler: successor)
      self.successor = successor
    } catch {
      // Its connection ends with it, which tells it that it got nothing.
    }
  }

  fileprivate func heard(_ successor: Successor, serves: Bool) {
    loop.deregister(successor.connection.rawValue)
    self.successor = nil
    guard !isOver else { return }
    guard serves else { return retakePath() }
    // The path is the successor's by now.
    finish()
    whenTaken()
  }

  /// A successor that has ended before it served may have had the path already.
  private func retakePath() {
    guard !place.isOurs else { return }
    loop.deregister(place.listening.rawValue)
    do throws(SocketError) {
      place = try HandoverPath(path)
      try waitAtPath()
    } catch {
      // Whoever follows finds nobody at the path, and says that the port is taken.
    }
  }

  /// Ends the waiting. True when there is a successor, whether or not it serves yet: the sockets are
  /// then its as well, and must be left as they are.
  package func close() async -> Bool {
    await loop.run { [self] in
      guard !isOver else { return true }
      let hasSuccessor = successor != nil
      // It may have taken the path already. One that nobody listens at does no harm.
      if !hasSuccessor { place.remove() }
      finish()
      return hasSuccessor
    }
  }

  private func finish() {
    isOver = true
    loop.deregister(place.listening.rawValue)
    // One that has the sockets and has not said so yet serves without us.
    if let successor { loop.deregister(successor.connection.rawValue) }
    successor = nil
  }

  /// The connection to the server that follows.
  fileprivate final class Successor: ReadinessHandler {
    let connection: FileDescriptor
    private unowned let point: HandoverPoint

    init(_ connection: consuming FileDescriptor, point: HandoverPoint) {
      self.connection = connection
      self.point = point
    }

    func ready(_ readiness: Readiness) {
      var answer: UInt8 = 0
      let count = unsafe read(connection.rawValue, &answer, 1)
      if count < 0 && errno == EAGAIN { return }
      point.heard(self, serves: count == 1)
    }
  }
}
