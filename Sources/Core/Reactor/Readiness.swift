private import CLinux

/// What a handler wants to hear about a descriptor.
package struct Interest: OptionSet, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let read = Interest(rawValue: 1)
  package static let write = Interest(rawValue: 2)

  var events: UInt32 {
    (contains(.read) ? EPOLLIN.rawValue : 0) | (contains(.write) ? EPOLLOUT.rawValue : 0)
  }
}

/// What a descriptor is ready for.
package struct Readiness: OptionSet, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Reading gives bytes, the end, or an error.
  package static let read = Readiness(rawValue: 1)
  /// Writing makes progress or gives an error.
  package static let write = Readiness(rawValue: 2)
  /// The connection is gone in both directions. Comes with `read` and `write`, so that a handler
  /// that only reads or writes finds out by doing so, and comes whatever the interest is: who does
  /// not act on it is called again at once.
  package static let hangup = Readiness(rawValue: 4)

  /// As every set has, but in a form that another module sees through: the generic one costs a
  /// hundred instructions for each event.
  @inlinable
  package func contains(_ other: Readiness) -> Bool { rawValue & other.rawValue == other.rawValue }

  init(events: UInt32) {
    var readiness: Readiness = []
    if events & EPOLLIN.rawValue != 0 { readiness.insert(.read) }
    if events & EPOLLOUT.rawValue != 0 { readiness.insert(.write) }
    if events & (EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0 {
      readiness.formUnion([.read, .write, .hangup])
    }
    self = readiness
  }
}

/// Is told on the loop that its descriptor is ready.
package protocol ReadinessHandler: AnyObject {
  func ready(_ readiness: Readiness)
}

/// Is told that the jobs of a turn have run, once for each time it asked.
package protocol TurnObserver: AnyObject {
  func turnEnded()
}

/// Who is registered for which descriptor.
///
/// The mark that goes through epoll carries a generation, because a descriptor closed by one
/// handler of a turn can be open again as another connection's when a stale event of the same turn
/// comes up.
struct Registrations {
  private struct Entry {
    var generation: UInt32
    var handler: (any ReadinessHandler)?
  }

  private var entries: [Entry] = []

  mutating func add(_ descriptor: Int32, handler: any ReadinessHandler) -> UInt64 {
    precondition(descriptor >= 0, "not an open descriptor")
    while entries.count <= Int(descriptor) { entries.append(Entry(generation: 0, handler: nil)) }
    precondition(entries[Int(descriptor)].handler == nil, "the descriptor is registered already")
    entries[Int(descriptor)].generation &+= 1
    entries[Int(descriptor)].handler = handler
    return mark(descriptor, entries[Int(descriptor)].generation)
  }

  func mark(of descriptor: Int32) -> UInt64? {
    guard entries.indices.contains(Int(descriptor)), entries[Int(descriptor)].handler != nil
    else { return nil }
    return mark(descriptor, entries[Int(descriptor)].generation)
  }

  @discardableResult
  mutating func remove(_ descriptor: Int32) -> Bool {
    guard entries.indices.contains(Int(descriptor)), entries[Int(descriptor)].handler != nil
    else { return false }
    entries[Int(descriptor)].handler = nil
    return true
  }

  func handler(for mark: UInt64) -> (any ReadinessHandler)? {
    let descriptor = Int(UInt32(truncatingIfNeeded: mark))
    guard entries.indices.contains(descriptor),
      entries[descriptor].generation == UInt32(truncatingIfNeeded: mark >> 32)
    else { return nil }
    return entries[descriptor].handler
  }

  private func mark(_ descriptor: Int32, _ generation: UInt32) -> UInt64 {
    UInt64(generation) << 32 | UInt64(UInt32(bitPattern: descriptor))
  }
}
