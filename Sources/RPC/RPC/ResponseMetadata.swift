private import Synchronization

/// The metadata of an answer: a handler adds to it, a client that passes one in its options reads it.
public final class ResponseMetadata: Sendable {
  private struct Both: Sendable {
    var initial = Metadata()
    var trailing = Metadata()
  }

  /// `nil` until something is added, which for most calls is never.
  private let both = Mutex<Both?>(nil)
  /// Here because it is shared by the same two and would cost each call an allocation of its own.
  let compression = CallCompression()

  /// Nothing yet.
  public init() {}

  /// Whether the answer goes out as it would without this: nothing was added, nothing is to be
  /// compressed that the caller has not compressed.
  package var isUntouched: Bool {
    compression.responses != .on && !compression.receivedCompressed
      && both.withLock { $0 == nil }
  }

  /// What goes before the first message. Later additions are lost once that message is out.
  public var initial: Metadata { both.withLock { $0?.initial } ?? Metadata() }

  /// What goes with the status.
  public var trailing: Metadata { both.withLock { $0?.trailing } ?? Metadata() }

  /// Adds to ``initial``.
  public func addInitial(_ name: String, _ value: String) {
    change { $0.initial.add(name, value) }
  }

  /// Adds to ``trailing``.
  public func addTrailing(_ name: String, _ value: String) {
    change { $0.trailing.add(name, value) }
  }

  /// Adds bytes to ``trailing`` under a name that ends in `-bin`.
  public func addTrailingBinary(_ name: String, _ value: [UInt8]) {
    change { $0.trailing.addBinary(name, value) }
  }

  package func add(initial: Metadata) { change { $0.initial.add(contentsOf: initial) } }

  package func add(trailing: Metadata) { change { $0.trailing.add(contentsOf: trailing) } }

  private func change(_ body: (inout Both) -> Void) {
    both.withLock { both in
      var changed = both.take() ?? Both()
      body(&changed)
      both = changed
    }
  }
}
