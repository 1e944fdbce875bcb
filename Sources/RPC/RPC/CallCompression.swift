private import Synchronization

/// Whether the messages of an answer travel compressed. It counts where the caller understands a
/// coding; elsewhere they travel as they are.
public enum ResponseCompression: UInt8, Sendable, Hashable {
  /// As the caller does with its own messages.
  case automatic
  /// Compressed.
  case on
  /// As they are. For an answer with a secret in it beside text that someone else chose: its length
  /// would give the secret away, guess by guess.
  case off
}

/// How the messages of one call travel: shared by its handler, or its caller, and the wire's end.
///
/// Not locked, because nearly every call asks and nearly none sets anything.
struct CallCompression: ~Copyable, Sendable {
  private let answer = Atomic<UInt8>(ResponseCompression.automatic.rawValue)
  private let received = Atomic<Bool>(false)

  var responses: ResponseCompression {
    get { ResponseCompression(rawValue: answer.load(ordering: .relaxed)) ?? .automatic }
    nonmutating set { answer.store(newValue.rawValue, ordering: .relaxed) }
  }

  var receivedCompressed: Bool {
    get { received.load(ordering: .relaxed) }
    nonmutating set { received.store(newValue, ordering: .relaxed) }
  }
}

extension ServerContext {
  /// Whether the messages of the answer travel compressed, for all copies of the context. To be set
  /// before the first message; single ones can be left out later, by `write(_:compress:)`.
  public var responseCompression: ResponseCompression {
    get { responseMetadata.compression.responses }
    nonmutating set { responseMetadata.compression.responses = newValue }
  }

  /// Whether the request message that was read last had come compressed.
  public var requestWasCompressed: Bool { responseMetadata.compression.receivedCompressed }
}

extension ResponseMetadata {
  /// For a caller: whether the response message that was read last had come compressed.
  public var responseWasCompressed: Bool { compression.receivedCompressed }

  /// What the handler wants, for the door.
  package var responseCompression: ResponseCompression { compression.responses }

  /// Tells the handler or the caller how a message came.
  package func noteMessage(wasCompressed: Bool) { compression.receivedCompressed = wasCompressed }
}
