private import CLinux
private import Glibc

/// A signal that a person or a supervisor sends to a server.
package enum Signal: Int32, Sendable, CaseIterable {
  /// Read the certificates again.
  case hangup = 1
  /// Ctrl-C.
  case interrupt = 2
  /// Finish what is running, then end.
  case terminate = 15
}

/// Receives the signals of ``Signal`` as values. There is one per process: make it in `main` and
/// keep it to the end.
///
/// Unchecked, because everything but the descriptor is touched only on the loop.
package final class SignalSource: ReadinessHandler, @unchecked Sendable {
  private let loop: EventLoop
  private let readEnd: FileDescriptor
  private var arrived: [Signal] = []
  private var waiter: CheckedContinuation<Signal, Never>?

  /// Begins to catch signals. They no longer end the process by themselves.
  package init(on loop: EventLoop) async throws(SocketError) {
    var ends: [Int32] = [-1, -1]
    guard unsafe klinke_signal_pipe(&ends) == 0 else { throw .system(call: "pipe", errno: errno) }
    self.loop = loop
    readEnd = FileDescriptor(owning: ends[0])
    // The write end stays open for good: the handler may use it until the process ends.
    for signal in Signal.allCases { _ = klinke_catch_signal(signal.rawValue, ends[1]) }
    let result = await loop.run { [self] in
      Result { () throws(SocketError) in
        try loop.register(readEnd.rawValue, interest: .read, handler: self)
      }
    }
    try result.get()
  }

  /// The next signal; those that came while nobody waited are kept. One task may wait at a time.
  package func next() async -> Signal {
    await withCheckedContinuation { continuation in
      loop.execute { [self] in
        precondition(waiter == nil, "two tasks wait for signals")
        if arrived.isEmpty {
          waiter = continuation
        } else {
          continuation.resume(returning: arrived.removeFirst())
        }
      }
    }
  }

  /// Acts as if the signal had come, for an end that has another reason. From any thread.
  package func deliver(_ signal: Signal) {
    loop.execute { [self] in receive(signal) }
  }

  package func ready(_ readiness: Readiness) {
    var number: UInt8 = 0
    while unsafe read(readEnd.rawValue, &number, 1) == 1 {
      if let signal = Signal(rawValue: Int32(number)) { receive(signal) }
    }
  }

  private func receive(_ signal: Signal) {
    if let waiter {
      self.waiter = nil
      waiter.resume(returning: signal)
    } else if arrived.count < 16 {
      arrived.append(signal)
    }
  }
}
