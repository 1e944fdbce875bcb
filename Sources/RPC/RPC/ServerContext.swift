private import Synchronization

/// Names one typed value of a ``ServerContext``.
///
/// ```swift
/// enum CallerKey: ContextKey { static var defaultValue: Caller? { nil } }
/// context[CallerKey.self] = caller
/// ```
public protocol ContextKey {
  /// What is stored.
  associatedtype Value: Sendable
  /// What is read before anything is stored.
  static var defaultValue: Value { get }
}

/// How a call came in.
public enum Door: String, Sendable, Hashable {
  /// gRPC over HTTP/2.
  case grpc
  /// JSON by `google.api.http`.
  case rest
  /// A provider's signed request.
  case webhook
  /// From within the process.
  case inProcess
  /// The Connect protocol.
  case connect
  /// gRPC-Web.
  case grpcWeb
}

/// What a handler knows about the call it serves.
///
/// A value that costs one reference to copy: interceptors change their copy and hand it on, and what
/// they changed is seen further in only.
public struct ServerContext: Sendable {
  private var storage: Storage

  /// The context of one call.
  public init(
    method: MethodInfo, metadata: Metadata = Metadata(),
    deadline: ContinuousClock.Instant? = nil, peer: String = "", door: Door = .inProcess,
    requestID: String = ""
  ) {
    self.init(
      method: MethodReference(method), metadata: metadata, deadline: deadline, peer: peer,
      door: door, requestID: requestID.isEmpty ? nil : requestID)
  }

  package init(
    method: MethodReference, metadata: Metadata, deadline: ContinuousClock.Instant?, peer: String,
    door: Door, requestID: String?, responseMetadata: ResponseMetadata? = nil,
    deadlineIsEnforced: Bool = false, end: (any Interruptible)? = nil
  ) {
    storage = Storage(
      method: method, metadata: metadata, deadline: deadline, peer: peer, door: door,
      requestID: requestID, responseMetadata: responseMetadata, end: end)
    storage.deadlineIsEnforced = deadlineIsEnforced
  }

  /// The method that is called.
  public var method: MethodInfo { storage.method.info }

  /// What the caller sent beside the messages.
  public var metadata: Metadata {
    get { storage.metadata }
    set { modify { $0.metadata = newValue } }
  }

  /// When the caller stops waiting; `nil` is never.
  public var deadline: ContinuousClock.Instant? {
    get { storage.deadline }
    set { modify { $0.deadline = newValue } }
  }

  /// The address the call came from.
  public var peer: String {
    get { storage.peer }
    set { modify { $0.peer = newValue } }
  }

  /// How the call came in.
  public var door: Door {
    get { storage.door }
    set { modify { $0.door = newValue } }
  }

  /// Names the call in logs and answers; never empty.
  public var requestID: String {
    get { storage.requestID ?? RequestID.name(storage.requestNumber) }
    set { modify { $0.requestID = newValue } }
  }

  /// A number that no other call of this process has.
  var callNumber: UInt64 { storage.requestNumber }

  /// Metadata for the answer, shared by all copies of the context.
  public var responseMetadata: ResponseMetadata { storage.responseMetadata }

  /// Whether the answer goes out as it would without ``responseMetadata``.
  package var isResponseUntouched: Bool { storage.madeResponseMetadata?.isUntouched ?? true }

  /// Whether the door itself ends the call at its deadline, so that nobody else needs to watch it.
  package var deadlineIsEnforced: Bool {
    get { storage.deadlineIsEnforced }
    set { modify { $0.deadlineIsEnforced = newValue } }
  }

  /// Whether the server has cancelled the call because it ends. To be asked in the call's own task.
  package var isInterrupted: Bool { storage.end?.isInterrupted ?? false }

  var withDeadlineEnforced: ServerContext {
    var copy = self
    copy.deadlineIsEnforced = true
    return copy
  }

  /// The value stored under a key.
  public subscript<Key: ContextKey>(key: Key.Type) -> Key.Value {
    get {
      let name = ObjectIdentifier(key)
      for entry in storage.values where entry.key == name {
        return entry.value as? Key.Value ?? Key.defaultValue
      }
      return Key.defaultValue
    }
    set {
      let name = ObjectIdentifier(key)
      modify { storage in
        storage.values.removeAll { $0.key == name }
        storage.values.append((name, newValue))
      }
    }
  }

  private mutating func modify(_ change: (Storage) -> Void) {
    if !isKnownUniquelyReferenced(&storage) { storage = Storage(storage) }
    change(storage)
  }
}

/// What a context refers to, in one allocation.
///
/// `@unchecked Sendable` is true because `ServerContext.modify` is the only writer and writes only
/// while it holds the one reference.
private final class Storage: @unchecked Sendable {
  let method: MethodReference
  /// Made when someone asks for it: in most calls nobody does.
  private let lazyResponseMetadata: Mutex<ResponseMetadata?>
  var metadata: Metadata
  var deadline: ContinuousClock.Instant?
  var peer: String
  var door: Door
  /// What the caller calls it, if it does; else ``requestNumber`` becomes a name when one is read.
  var requestID: String?
  let requestNumber: UInt64
  var deadlineIsEnforced = false
  let end: (any Interruptible)?
  /// A few entries at most, so a list beats a dictionary.
  var values: [(key: ObjectIdentifier, value: any Sendable)] = []

  init(
    method: MethodReference, metadata: Metadata, deadline: ContinuousClock.Instant?, peer: String,
    door: Door, requestID: String?, responseMetadata: ResponseMetadata?, end: (any Interruptible)?
  ) {
    self.method = method
    self.end = end
    requestNumber = RequestID.nextNumber()
    self.metadata = metadata
    self.deadline = deadline
    self.peer = peer
    self.door = door
    self.requestID = requestID
    lazyResponseMetadata = Mutex(responseMetadata)
  }

  init(_ other: Storage) {
    method = other.method
    end = other.end
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

  var madeResponseMetadata: ResponseMetadata? { lazyResponseMetadata.withLock { $0 } }

  var responseMetadata: ResponseMetadata {
    lazyResponseMetadata.withLock { made in
      if let made { return made }
      let new = ResponseMetadata()
      made = new
      return new
    }
  }
}

/// A method's facts behind one reference: copying them field by field would cost each call a dozen
/// reference counts.
package final class MethodReference: Sendable {
  package let info: MethodInfo

  package init(_ info: MethodInfo) { self.info = info }
}
