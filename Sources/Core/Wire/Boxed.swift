/// Holds a message field whose type contains itself, which a struct cannot store in line.
///
/// The generator puts it on the fields that close a cycle:
///
/// ```swift
/// struct Node { @Boxed var child: Node? }
/// ```
@propertyWrapper
public struct Boxed<Value: Message>: Hashable, Sendable {
  @usableFromInline
  indirect enum Storage: Hashable, Sendable {
    case none
    case some(Value)
  }

  @usableFromInline var storage: Storage

  /// Wraps a message that may be absent.
  @inlinable
  public init(wrappedValue: Value?) {
    if let wrappedValue { storage = .some(wrappedValue) } else { storage = .none }
  }

  /// The message, or nil when the field is absent.
  @inlinable public var wrappedValue: Value? {
    get {
      switch storage {
      case .none: nil
      case .some(let value): value
      }
    }
    set { self = Boxed(wrappedValue: newValue) }
  }
}
