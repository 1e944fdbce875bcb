private import Synchronization
package import Telemetry

/// What a ``ServerContext`` refers to, in one allocation.
///
/// Open, so that a door can build its calls on it: a call and its context are one object then.
///
/// `@unchecked Sendable` is true because only `ServerContext.modify` writes, while it holds the one
/// reference, and who makes one, before anyone else has it.
open class ContextStorage: Interruptible, @unchecked Sendable {
  final let method: MethodReference
  /// Made when someone asks for it: in most calls nobody does.
  private let lazyResponseMetadata: Mutex<ResponseMetadata?>
  final var metadata: Metadata
  final var deadline: Moment?
  final var peer: String
  final var door: Door
  /// What the caller calls it, if it does; else ``requestNumber`` becomes a name when one is read.
  final var requestID: String?
  final let requestNumber: UInt64
  final var deadlineIsEnforced: Bool
  /// Knows of the end of the call, if this does not itself.
  private final let end: (any Interruptible)?
  /// A few entries at most, so a list beats a dictionary.
  final var values: [(key: ObjectIdentifier, value: any Sendable)] = []

  package init(
    method: MethodReference, metadata: consuming Metadata, deadline: Moment?, peer: String,
    door: Door, requestID: String?, responseMetadata: ResponseMetadata? = nil,
    deadlineIsEnforced: Bool, end: (any Interruptible)? = nil
  ) {
    self.method = method
    self.end = end
    requestNumber = RequestID.nextNumber()
    self.metadata = metadata
    self.deadline = deadline
    self.deadlineIsEnforced = deadlineIsEnforced
    self.peer = peer
    self.door = door
    self.requestID = requestID
    lazyResponseMetadata = Mutex(responseMetadata)
  }

  init(copying other: ContextStorage) {
    method = other.method
    end = other.end ?? other
    metadata = other.metadata
    deadline = other.deadline
    peer = other.peer
    door = other.door
    requestID = other.requestID
    requestNumber = other.requestNumber
    deadlineIsEnforced = other.deadlineIsEnforced
    values = other.values
    // Both must mean the same from here on, whoever asks first.
    lazyResponseMetadata = Mutex(other.responseMetadata)
  }

  /// Whether the server has cancelled the call because it ends.
  open var isInterrupted: Bool { end?.isInterrupted ?? false }

  /// Stores a value under a key.
  final func set<Key: ContextKey>(_ key: Key.Type, _ value: Key.Value) {
    let name = ObjectIdentifier(key)
    values.removeAll { $0.key == name }
    values.append((name, value))
  }

  /// Whether the answer goes out as it would without ``responseMetadata``.
  package final var isResponseUntouched: Bool { madeResponseMetadata?.isUntouched ?? true }

  private final var madeResponseMetadata: ResponseMetadata? { lazyResponseMetadata.withLock { $0 } }

  final var responseMetadata: ResponseMetadata {
    lazyResponseMetadata.withLock { made in
      if let made { return made }
      let new = ResponseMetadata()
      made = new
      return new
    }
  }
}
