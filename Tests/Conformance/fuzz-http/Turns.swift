internal import Glibc
internal import Reactor

/// The loop on which everything happens, turn by turn.
struct Turns {
  let loop: EventLoop

  /// Until the loop has looked at its sockets once more, and done what came of that.
  func next() async {
    await withCheckedContinuation { continuation in
      loop.schedule(at: loop.now) { continuation.resume() }
    }
  }

  /// Lets turns pass until something is so. What takes more of them would hardly come to an end:
  /// nothing here waits for more than milliseconds.
  func until(_ promise: String, _ isSo: () async -> Bool) async {
    for _ in 0..<50_000 {
      if await isSo() { return }
      await next()
    }
    broken(promise)
  }
}

/// The other end of a connection of ours. It never blocks.
struct Peer: ~Copyable {
  private let descriptor: FileDescriptor
  private(set) var received: [UInt8] = []
  private(set) var hasEnded = false
  private var unsent: [UInt8] = []
  var reads = true
  /// Above it the peer reads no more: a few bytes may ask for much, and that is no mistake.
  private static let receivedMax = 4 << 20

  init(_ descriptor: consuming FileDescriptor) { self.descriptor = descriptor }

  /// Sends, and takes what has come. False when neither was possible.
  mutating func act(sending bytes: [UInt8] = []) -> Bool {
    unsent += bytes
    let sent = send()
    return reads ? receive() || sent : sent
  }

  /// Whether it reads to the end, so that nothing may be missing of what it was to get.
  var hasEverything: Bool { hasEnded && reads }

  private mutating func send() -> Bool {
    guard !unsent.isEmpty else { return false }
    switch unsafe unsent.withUnsafeBytes({ unsafe descriptor.send($0) }) {
    case .bytes(let count):
      unsent.removeFirst(count)
      return true
    case .wouldBlock: return false
    case .end, .failed:
      unsent = []
      return false
    }
  }

  private mutating func receive() -> Bool {
    guard !hasEnded else { return false }
    let room = unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 65_536) { buffer in
      let result = unsafe descriptor.read(into: UnsafeMutableRawBufferPointer(buffer))
      if case .bytes(let count) = result { unsafe received += buffer[..<count] }
      return result
    }
    if received.count > Self.receivedMax { reads = false }
    switch room {
    case .bytes: return true
    case .wouldBlock: return false
    case .end, .failed:
      hasEnded = true
      return true
    }
  }

  func endSending() { _ = descriptor.shutdownSending() }
}
