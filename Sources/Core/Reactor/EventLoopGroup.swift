private import CLinux
private import Synchronization

/// The loops of a process.
///
/// ```swift
/// guard let group = EventLoopGroup(loops: 2) else { … }
/// defer { group.shutdown() }
/// ```
package final class EventLoopGroup: Sendable {
  package let loops: [EventLoop]
  private let turn = Atomic<Int>(0)

  /// Starts that many threads; nil when the system has no descriptors or threads left.
  ///
  /// From then on a write to a closed connection is an error and does not end the process.
  package init?(loops count: Int) {
    precondition(count > 0, "a group needs a loop")
    klinke_ignore_sigpipe()
    var loops: [EventLoop] = []
    for index in 0..<count {
      guard let loop = EventLoop(name: "loop-\(index)") else {
        for loop in loops { loop.stop() }
        return nil
      }
      loops.append(loop)
    }
    self.loops = loops
  }

  /// The loops in rotation, to spread what has no loop of its own.
  package func next() -> EventLoop {
    if let current = EventLoop.current, loops.contains(where: { $0 === current }) {
      return current
    }
    let index = turn.wrappingAdd(1, ordering: .relaxed).oldValue
    return loops[(index & Int.max) % loops.count]
  }

  /// Ends the threads after what they have already been given, and waits for them. Tasks that
  /// still wait for something stay suspended for ever, so end those first. Must not be called on
  /// a loop.
  package func shutdown() {
    for loop in loops { loop.stop() }
    for loop in loops { loop.join() }
  }
}
