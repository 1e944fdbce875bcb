/// Holds a message field whose type contains itself, which a struct cannot store in line.
///
/// The generator puts it on the fields that close a cycle:
///
/// ```swift
/// struct Node { @Boxed var child: Node? }
/// ```
@propertyWrapper
public struct Boxed<Value: Message>: Hashable, Sendable {
  private indirect enum Storage: Hashable, Sendable {
    case none
    case some(Value)
  }

  private var storage: Storage

  /// Wraps a message that may be absent.
  public init(wrappedValue: Value?) {
    storage = wrappedValue.map { .some($0) } ?? .none
  }

  /// The message, or nil when the field is absent.
  public var wrappedValue: Value? {
    get {
      switch storage {
      case .none: nil
      case .some(let value): value
      }
    }
    set { storage = newValue.map { .some($0) } ?? .none }
  }
}
