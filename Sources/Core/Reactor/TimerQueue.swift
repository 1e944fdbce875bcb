/// Names a timer of one loop.
package struct TimerID: Hashable, Sendable {
  fileprivate let rawValue: UInt64
}

/// Actions by the time at which they are due: a binary heap.
///
/// A cancelled timer stays in the heap until it comes up, since most deadlines are cancelled and
/// finding them in the heap would cost more than carrying them; when more than half are dead, the
/// heap is rebuilt.
struct TimerQueue {
  private struct Entry {
    var deadline: ContinuousClock.Instant
    var id: UInt64
  }

  private var heap: [Entry] = []
  private var actions: [UInt64: () -> Void] = [:]
  private var lastID: UInt64 = 0

  /// How many timers will still fire.
  var count: Int { actions.count }

  /// When the next action is due, or earlier if that timer has been cancelled.
  var nextDeadline: ContinuousClock.Instant? { heap.first?.deadline }

  mutating func add(
    at deadline: ContinuousClock.Instant, _ action: @escaping () -> Void
  ) -> TimerID {
    lastID += 1
    actions[lastID] = action
    heap.append(Entry(deadline: deadline, id: lastID))
    siftUp(heap.count - 1)
    return TimerID(rawValue: lastID)
  }

  mutating func cancel(_ timer: TimerID) {
    guard actions.removeValue(forKey: timer.rawValue) != nil else { return }
    if heap.count > 64 && heap.count > 2 * actions.count { rebuild() }
  }

  /// Takes the earliest action that is due.
  mutating func next(dueAt now: ContinuousClock.Instant) -> (() -> Void)? {
    while let first = heap.first, first.deadline <= now {
      removeFirst()
      if let action = actions.removeValue(forKey: first.id) { return action }
    }
    return nil
  }

  private mutating func rebuild() {
    let live = heap.filter { actions[$0.id] != nil }
    heap.removeAll(keepingCapacity: true)
    for entry in live {
      heap.append(entry)
      siftUp(heap.count - 1)
    }
  }

  private mutating func removeFirst() {
    let last = heap.removeLast()
    guard !heap.isEmpty else { return }
    heap[0] = last
    siftDown(0)
  }

  /// Timers for the same instant fire in the order in which they were made.
  private func isBefore(_ left: Int, _ right: Int) -> Bool {
    let (a, b) = (heap[left], heap[right])
    return a.deadline == b.deadline ? a.id < b.id : a.deadline < b.deadline
  }

  private mutating func siftUp(_ start: Int) {
    var child = start
    while child > 0 {
      let parent = (child - 1) / 2
      guard isBefore(child, parent) else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  private mutating func siftDown(_ start: Int) {
    var parent = start
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < heap.count && isBefore(child, least) {
        least = child
      }
      guard least != parent else { return }
      heap.swapAt(parent, least)
      parent = least
    }
  }
}
