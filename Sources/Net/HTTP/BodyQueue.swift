/// Bytes between a connection and a task, in one direction, with at most one task waiting.
///
/// Resuming the waiting task only puts it into the loop's queue, so it is safe at any point.
package struct BodyQueue {
  private var bytes: [UInt8] = []
  /// How many of ``bytes`` have been taken from the front.
  private var taken = 0
  /// Nothing will be added any more.
  package private(set) var isEnded = false
  /// Why nothing can be added or taken any more. Wins over bytes that are still there.
  package private(set) var failure: HTTPStreamError?
  private var waiter: Waiter?

  /// Most queues never make one; an empty place for it costs them nothing, where one for the
  /// continuation, whose layout is not known here, costs each step of each queue.
  private final class Waiter {
    let continuation: CheckedContinuation<Void, Never>

    init(_ continuation: CheckedContinuation<Void, Never>) { self.continuation = continuation }
  }

  package init() {}

  package var count: Int { bytes.count - taken }

  package var isEmpty: Bool { count == 0 }

  /// What has not been taken.
  var unread: ArraySlice<UInt8> { bytes[taken...] }

  package mutating func append(_ more: consuming [UInt8]) {
    if isEmpty {
      bytes = more
      taken = 0
    } else {
      makeRoom(for: more.count)
      bytes += more
    }
  }

  /// Adds bytes after others that come before them on the wire.
  package mutating func append(_ more: Span<UInt8>, after prefix: Span<UInt8>) {
    reuseIfEmpty()
    makeRoom(for: prefix.count + more.count)
    unsafe prefix.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    unsafe more.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
  }

  package mutating func append(_ more: UnsafeBufferPointer<UInt8>) {
    reuseIfEmpty()
    makeRoom(for: more.count)
    unsafe bytes.append(contentsOf: more)
  }

  /// Lets go of what has been taken where the array would grow for more. A queue that is filled
  /// before it is empty would otherwise keep all that has ever gone through it. What is moved is
  /// at most twice what has been taken since the last time.
  private mutating func makeRoom(for more: Int) {
    guard bytes.count + more > bytes.capacity, taken > 0, taken >= count / 2 else { return }
    bytes.removeFirst(taken)
    taken = 0
  }

  private mutating func reuseIfEmpty() {
    guard isEmpty else { return }
    bytes.removeAll(keepingCapacity: true)
    taken = 0
  }

  /// Takes everything.
  package mutating func takeAll() -> [UInt8] {
    var all: [UInt8] = []
    swap(&all, &bytes)
    if taken > 0 { all.removeFirst(taken) }
    taken = 0
    return all
  }

  /// Moves bytes from the front into a buffer and returns how many.
  package mutating func take(into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
    let count = min(self.count, buffer.count)
    guard count > 0 else { return 0 }
    unsafe bytes.withUnsafeBufferPointer { source in
      _ = unsafe buffer.update(fromContentsOf: source[taken..<taken + count])
    }
    drop(count)
    return count
  }

  /// Moves up to `limit` bytes from the front to the end of an array and returns how many.
  package mutating func take(into output: inout [UInt8], limit: Int) -> Int {
    let count = min(self.count, limit)
    guard count > 0 else { return 0 }
    output += bytes[taken..<taken + count]
    drop(count)
    return count
  }

  package mutating func end() { isEnded = true }

  /// Throws the bytes away and lets the waiting task find out. The first failure stays.
  package mutating func fail(_ error: HTTPStreamError) {
    if failure == nil { failure = error }
    bytes = []
    taken = 0
    wake()
  }

  /// Lets the waiting task look again.
  package mutating func wake() {
    guard let waiter else { return }
    self.waiter = nil
    waiter.continuation.resume()
  }

  /// Keeps a task that waits for ``wake()``.
  package mutating func park(_ continuation: CheckedContinuation<Void, Never>) {
    precondition(waiter == nil, "two tasks wait for one body")
    waiter = Waiter(continuation)
  }

  private mutating func drop(_ count: Int) {
    taken += count
    guard taken == bytes.count else { return }
    if isEnded { bytes = [] } else { bytes.removeAll(keepingCapacity: taken <= 65_536) }
    taken = 0
  }
}
