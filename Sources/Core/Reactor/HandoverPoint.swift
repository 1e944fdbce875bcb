private import CLinux
private import Glibc

/// Gives a server's listening sockets to the one that follows, which asks at a path.
///
/// A successor that has not said in time that it serves is dropped, so that another may follow: it
/// learns of that when it says so, or before, and must not serve then.
///
/// Unchecked, because it is touched only on the loop after its initialiser.
package final class HandoverPoint: ReadinessHandler, @unchecked Sendable {
  /// What a successor hears that we wait for no longer.
  static let dropped: UInt8 = 0
  /// What one hears that has taken over.
  private static let taken: UInt8 = 1
  /// Dropped successors that may still give back the path.
  private static let droppedMax = 4

  private let loop: EventLoop
  private let path: String
  private let listeners: [SharedListeningSocket]
  private var place: HandoverPath
  private let patience: Duration
  private let whenDropped: @Sendable (_ process: Int) -> Void
  private let whenTaken: @Sendable () -> Void
  private var successor: Successor?
  private var late: [Successor] = []
  private var isOver = false

  /// Waits for a successor, in the place of whoever did so at the path before. `whenTaken` is called
  /// when it serves, `whenDropped` with its process when it has not within `patience`.
  package init(
    path: String, listeners: [SharedListeningSocket], patience: Duration, on loop: EventLoop,
    whenDropped: @escaping @Sendable (_ process: Int) -> Void,
    whenTaken: @escaping @Sendable () -> Void
  ) async throws(SocketError) {
    self.loop = loop
    self.path = path
    self.listeners = listeners
    self.patience = patience
    self.whenDropped = whenDropped
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
    var process: Int32 = 0
    guard successor == nil, unsafe klinke_peer(connection.rawValue, &user, &process) == 0,
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
    let successor = Successor(connection, process: Int(process), point: self)
    do throws(SocketError) {
      try loop.register(successor.connection.rawValue, interest: .read, handler: successor)
      self.successor = successor
    } catch {
      // Its connection ends with it, which tells it that it got nothing.
      return
    }
    successor.timer = loop.schedule(at: loop.now + patience) { [weak self, weak successor] in
      if let successor { self?.drop(successor) }
    }
  }

  fileprivate func heard(_ successor: Successor, serves: Bool) {
    guard self.successor === successor else { return heardLate(successor, serves: serves) }
    end(successor)
    self.successor = nil
    guard serves else { return retakePath() }
    successor.answer(Self.taken)
    // The path is the successor's by now.
    finish()
    whenTaken()
  }

  private func end(_ successor: Successor) {
    loop.deregister(successor.connection.rawValue)
    if let timer = successor.timer { loop.cancel(timer) }
  }

  // MARK: Successors that take too long

  /// Its connection stays, because a successor that hears of it too late may take the path yet.
  private func drop(_ successor: Successor) {
    guard self.successor === successor else { return }
    self.successor = nil
    successor.answer(Self.dropped)
    if late.count == Self.droppedMax { end(late.removeFirst()) }
    late.append(successor)
    retakePath()
    whenDropped(successor.process)
  }

  private func heardLate(_ successor: Successor, serves: Bool) {
    // It finds the answer, and ends.
    guard !serves else { return }
    end(successor)
    late.removeAll { $0 === successor }
    // Another that starts now may have the path with good reason; it gives it back if it fails.
    if self.successor == nil { retakePath() }
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
      if !hasSuccessor && place.isOurs { place.remove() }
      finish()
      return hasSuccessor
    }
  }

  private func finish() {
    isOver = true
    loop.deregister(place.listening.rawValue)
    // One that has the sockets and has not said so yet serves without us.
    if let successor { end(successor) }
    successor = nil
    late.forEach(end)
    late = []
  }

  /// The connection to the server that follows.
  fileprivate final class Successor: ReadinessHandler {
    let connection: FileDescriptor
    let process: Int
    var timer: TimerID?
    private unowned let point: HandoverPoint

    init(_ connection: consuming FileDescriptor, process: Int, point: HandoverPoint) {
      self.connection = connection
      self.process = process
      self.point = point
    }

    func answer(_ word: UInt8) {
      var word = word
      // One that does not read it has ended.
      _ = unsafe klinke_send(connection.rawValue, &word, 1)
    }

    func ready(_ readiness: Readiness) {
      var answer: UInt8 = 0
      let count = unsafe read(connection.rawValue, &answer, 1)
      if count < 0 && errno == EAGAIN { return }
      point.heard(self, serves: count == 1)
    }
  }
}
