private import Synchronization

/// A bounded queue of messages between one sending and one receiving task.
final class MessagePipe: Sendable {
  private let state = Mutex(PipeState())

  /// What ended the stream, if it was an error.
  var failure: RPCError? { state.withLock { $0.failure } }

  /// Appends a message; suspends while the queue is full. `false`: the pipe is closed and the
  /// message is dropped.
  func send(_ message: [UInt8]) async throws(RPCError) -> Bool {
    if Task.isCancelled { throw .cancelled }
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        perform(state.withLock { $0.send(message, continuation) })
        // A cancellation before the line above found nobody to resume.
        if Task.isCancelled { perform(state.withLock { $0.cancelSender() }) }
      }
    } onCancel: {
      perform(state.withLock { $0.cancelSender() })
    }
    switch outcome {
    case .sent: return true
    case .dropped: return false
    case .cancelled: throw .cancelled
    }
  }

  /// The next message; `nil` at the end.
  func receive() async throws(RPCError) -> [UInt8]? {
    if Task.isCancelled { throw .cancelled }
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        perform(state.withLock { $0.receive(continuation) })
        // As above.
        if Task.isCancelled { perform(state.withLock { $0.cancelReceiver() }) }
      }
    } onCancel: {
      perform(state.withLock { $0.cancelReceiver() })
    }
    return try result.get()
  }

  /// Ends the stream after what is queued, with an error if there is one. The first end counts.
  func finish(_ error: RPCError? = nil) {
    perform(state.withLock { $0.finish(error) })
  }

  /// The receiver wants no more: what is queued and what still comes is dropped.
  func close() {
    perform(state.withLock { $0.close() })
  }

  private func perform(_ actions: PipeState.Actions) {
    actions.sender?.resume(returning: actions.sending)
    if let (receiver, result) = actions.receiver { receiver.resume(returning: result) }
  }
}

/// The states of a pipe; continuations are resumed by the caller, outside the lock.
struct PipeState {
  /// What has become of a message.
  enum Sending {
    case sent
    case dropped
    case cancelled
  }

  typealias Sender = CheckedContinuation<Sending, Never>
  typealias Receiver = CheckedContinuation<Result<[UInt8]?, RPCError>, Never>

  /// Who goes on, and with what.
  struct Actions {
    var sender: Sender?
    var sending = Sending.sent
    var receiver: (Receiver, Result<[UInt8]?, RPCError>)?
  }

  /// Enough to keep both sides busy, little enough to hold a fast sender back.
  static let queuedMax = 16

  private enum End {
    case open
    /// The sender is done; the queue is still delivered.
    case finished(RPCError?)
    /// The receiver is gone.
    case closed
  }

  private var end = End.open
  private var queue: [[UInt8]] = []
  private var sender: Sender?
  private var receiver: Receiver?

  var failure: RPCError? {
    switch end {
    case .finished(let error): error
    case .open, .closed: nil
    }
  }

  mutating func send(_ message: [UInt8], _ continuation: Sender) -> Actions {
    switch end {
    case .finished, .closed:
      return Actions(sender: continuation, sending: .dropped)
    case .open:
      if let waiting = receiver {
        receiver = nil
        return Actions(sender: continuation, receiver: (waiting, .success(message)))
      }
      queue.append(message)
      if queue.count < PipeState.queuedMax { return Actions(sender: continuation) }
      precondition(sender == nil, "one task sends")
      sender = continuation
      return Actions()
    }
  }

  mutating func receive(_ continuation: Receiver) -> Actions {
    if !queue.isEmpty {
      let message = queue.removeFirst()
      return Actions(sender: sender.take(), receiver: (continuation, .success(message)))
    }
    switch end {
    case .open:
      precondition(receiver == nil, "one task receives")
      receiver = continuation
      return Actions()
    case .finished(nil), .closed:
      return Actions(receiver: (continuation, .success(nil)))
    case .finished(let error?):
      return Actions(receiver: (continuation, .failure(error)))
    }
  }

  mutating func finish(_ error: RPCError?) -> Actions {
    switch end {
    case .finished, .closed:
      return Actions()
    case .open:
      end = .finished(error)
      guard let waiting = receiver.take() else { return Actions(sender: sender.take()) }
      return Actions(
        sender: sender.take(), receiver: (waiting, error.map { .failure($0) } ?? .success(nil)))
    }
  }

  mutating func close() -> Actions {
    end = .closed
    queue = []
    return Actions(
      sender: sender.take(), sending: .dropped,
      receiver: receiver.take().map { ($0, .success(nil)) })
  }

  mutating func cancelSender() -> Actions {
    Actions(sender: sender.take(), sending: .cancelled)
  }

  mutating func cancelReceiver() -> Actions {
    Actions(receiver: receiver.take().map { ($0, .failure(.cancelled)) })
  }
}
