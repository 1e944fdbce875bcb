private import Synchronization

/// The metadata of an answer: a handler adds to it, a client that passes one in its options reads it.
public final class ResponseMetadata: Sendable {
  private struct Both: Sendable {
    var initial = Metadata()
    var trailing = Metadata()
  }

  private let both = Mutex(Both())

  /// Nothing yet.
  public init() {}

  /// What goes before the first message. Later additions are lost once that message is out.
  public var initial: Metadata { both.withLock { $0.initial } }

  /// What goes with the status.
  public var trailing: Metadata { both.withLock { $0.trailing } }

  /// Adds to ``initial``.
  public func addInitial(_ name: String, _ value: String) {
    both.withLock { $0.initial.add(name, value) }
  }

  /// Adds to ``trailing``.
  public func addTrailing(_ name: String, _ value: String) {
    both.withLock { $0.trailing.add(name, value) }
  }

  /// Adds bytes to ``trailing`` under a name that ends in `-bin`.
  public func addTrailingBinary(_ name: String, _ value: [UInt8]) {
    both.withLock { $0.trailing.addBinary(name, value) }
  }

  package func add(initial: Metadata) { both.withLock { $0.initial.add(contentsOf: initial) } }

  package func add(trailing: Metadata) { both.withLock { $0.trailing.add(contentsOf: trailing) } }
}
