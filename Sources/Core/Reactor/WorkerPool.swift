private import CLinux
private import Synchronization

/// A few threads for calls that block, away from the loops.
///
/// The queue is not bounded here: what bounds requests bounds it, as callers wait for their answers.
/// One that gives up beside the work, as a resolver's may, has to bound its own attempts.
package final class WorkerPool: Sendable {
  private struct State {
    var work: [@Sendable () -> Void] = []
    var threads = 0
  }

  private let state = Mutex(State())
  private let threadsMax: Int

  package init(threads: Int) {
    precondition(threads > 0, "a pool needs a thread")
    threadsMax = threads
  }

  /// Runs a closure on a thread of the pool.
  ///
  /// A thread begins when work finds none idle and ends when there is no more: blocking calls are
  /// rare enough that starting one (20 µs) is cheaper than keeping it.
  package func run<R: Sendable>(_ closure: @escaping @Sendable () -> R) async -> R {
    await withCheckedContinuation { continuation in
      submit { continuation.resume(returning: closure()) }
    }
  }

  private func submit(_ closure: @escaping @Sendable () -> Void) {
    let mustStart = state.withLock { state in
      state.work.append(closure)
      guard state.threads < threadsMax else { return false }
      state.threads += 1
      return true
    }
    guard mustStart else { return }
    let thread = LoopThread()
    if thread.start(name: "worker", { [self] in drain() }) {
      thread.detach()
    } else {
      // The system refuses a thread: blocking here is the last way to give an answer.
      drain()
    }
  }

  private func drain() {
    while let work = next() { work() }
  }

  private func next() -> (@Sendable () -> Void)? {
    state.withLock { state in
      if state.work.isEmpty {
        state.threads -= 1
        return nil
      }
      return state.work.removeFirst()
    }
  }
}

/// Turns host names into addresses without holding up a loop.
package struct Resolver: Sendable {
  private static let addressesMax: Int32 = 8
  private let pool: WorkerPool

  package init(pool: WorkerPool = WorkerPool(threads: 2)) { self.pool = pool }

  /// The addresses of a host, numeric or named, in the order in which to try them.
  package func resolve(
    host: String, port: UInt16
  ) async throws(SocketError) -> [SocketAddress] {
    var raw = klinke_address()
    if unsafe klinke_address_numeric(host, port, &raw) == 0 { return [SocketAddress(raw: raw)] }
    return try await pool.run { Self.lookUp(host: host, port: port) }.get()
  }

  private static func lookUp(
    host: String, port: UInt16
  ) -> Result<[SocketAddress], SocketError> {
    var found = [klinke_address](repeating: klinke_address(), count: Int(addressesMax))
    var count: Int32 = 0
    let code = unsafe klinke_resolve(host, port, &found, addressesMax, &count)
    guard code == 0, count > 0 else {
      let reason = unsafe klinke_resolve_error(code).map { unsafe String(cString: $0) }
      return .failure(.unknownHost(host, reason: reason ?? "no address"))
    }
    return .success(found.prefix(Int(count)).map(SocketAddress.init(raw:)))
  }
}
