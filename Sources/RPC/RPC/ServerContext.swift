package import Telemetry

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
/// they changed is seen further in only. It is for the time of the call: what is kept of it longer
/// may keep the whole call.
public struct ServerContext: Sendable {
  private var storage: ContextStorage

  /// The context of one call.
  public init(
    method: MethodInfo, metadata: Metadata = Metadata(),
    deadline: ContinuousClock.Instant? = nil, peer: String = "", door: Door = .inProcess,
    requestID: String = ""
  ) {
    self.init(
      method: MethodReference(method), metadata: metadata,
      deadline: deadline.map { Moment($0) }, peer: peer, door: door,
      requestID: requestID.isEmpty ? nil : requestID)
  }

  package init(
    method: MethodReference, metadata: Metadata, deadline: Moment?, peer: String, door: Door,
    requestID: String?, responseMetadata: ResponseMetadata? = nil,
    deadlineIsEnforced: Bool = false, end: (any Interruptible)? = nil
  ) {
    storage = ContextStorage(
      method: method, metadata: metadata, deadline: deadline, peer: peer, door: door,
      requestID: requestID, responseMetadata: responseMetadata,
      deadlineIsEnforced: deadlineIsEnforced, end: end)
  }

  /// The context of a call that has the storage in it.
  package init(_ storage: ContextStorage) { self.storage = storage }

  /// The method that is called.
  public var method: MethodInfo { storage.method.info }

  /// What the caller sent beside the messages.
  public var metadata: Metadata {
    get { storage.metadata }
    set { modify { $0.metadata = newValue } }
  }

  /// When the caller stops waiting; `nil` is never.
  public var deadline: ContinuousClock.Instant? {
    get { storage.deadline?.instant }
    set { modify { $0.deadline = newValue.map { Moment($0) } } }
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

  /// Whether the door itself ends the call at its deadline, so that nobody else needs to watch it.
  package var deadlineIsEnforced: Bool {
    get { storage.deadlineIsEnforced }
    set { modify { $0.deadlineIsEnforced = newValue } }
  }

  /// Whether nobody needs to watch the deadline, because there is none or the door does.
  var needsNoWatch: Bool { storage.deadlineIsEnforced || storage.deadline == nil }

  /// Whether the server has cancelled the call because it ends. To be asked in the call's own task.
  package var isInterrupted: Bool { storage.isInterrupted }

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
      modify { $0.set(key, newValue) }
    }
  }

  private mutating func modify(_ change: (ContextStorage) -> Void) {
    if !isKnownUniquelyReferenced(&storage) { storage = ContextStorage(copying: storage) }
    change(storage)
  }
}

/// A method's facts behind one reference: copying them field by field would cost each call a dozen
/// reference counts.
package final class MethodReference: Sendable {
  package let info: MethodInfo

  package init(_ info: MethodInfo) { self.info = info }
}
