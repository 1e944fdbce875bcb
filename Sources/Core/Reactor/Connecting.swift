internal import CLinux
private import Glibc

extension EventLoop {
  /// Opens a connection to one of the addresses, trying them in order, or fails with the reason
  /// of the last. A task that is cancelled gives up at once.
  package func connect(
    to addresses: [SocketAddress], deadline: ContinuousClock.Instant
  ) async throws(SocketError) -> FileDescriptor {
    var failure = SocketError.unreachable("no address")
    for address in addresses {
      do {
        return try await connect(to: address, deadline: deadline)
      } catch {
        failure = error
      }
    }
    throw failure
  }

  private func connect(
    to address: SocketAddress, deadline: ContinuousClock.Instant
  ) async throws(SocketError) -> FileDescriptor {
    let attempt = ConnectAttempt(loop: self, address: address)
    let result: Result<Int32, SocketError> = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        execute { attempt.start(deadline: deadline, continuation) }
      }
    } onCancel: {
      execute { attempt.cancel() }
    }
    return FileDescriptor(owning: try result.get())
  }
}

/// One try to reach one address. Unchecked, because it is touched only on the loop.
private final class ConnectAttempt: ReadinessHandler, @unchecked Sendable {
  private let loop: EventLoop
  private var address: SocketAddress
  private var continuation: CheckedContinuation<Result<Int32, SocketError>, Never>?
  private var descriptor: Int32 = -1
  private var isRegistered = false
  private var timer: TimerID?
  private var isCancelled = false

  init(loop: EventLoop, address: SocketAddress) {
    self.loop = loop
    self.address = address
  }

  func start(
    deadline: ContinuousClock.Instant,
    _ continuation: CheckedContinuation<Result<Int32, SocketError>, Never>
  ) {
    self.continuation = continuation
    if isCancelled { return finish(ECANCELED) }
    descriptor = klinke_socket(address.family)
    guard descriptor >= 0 else { return finish(errno) }
    if unsafe klinke_connect(descriptor, &address.raw) == 0 { return finish(0) }
    guard errno == EINPROGRESS else { return finish(errno) }
    do {
      try loop.register(descriptor, interest: .write, handler: self)
      isRegistered = true
    } catch {
      return finish(EBADF)
    }
    timer = loop.schedule(at: deadline) { [self] in finish(ETIMEDOUT) }
  }

  /// May come before the start as well as after the end.
  func cancel() {
    isCancelled = true
    finish(ECANCELED)
  }

  func ready(_ readiness: Readiness) { finish(klinke_socket_error(descriptor)) }

  private func finish(_ code: Int32) {
    guard let continuation else { return }
    self.continuation = nil
    if let timer { loop.cancel(timer) }
    if isRegistered { loop.deregister(descriptor) }
    if code == 0 {
      _ = klinke_set_option(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
      continuation.resume(returning: .success(descriptor))
    } else {
      if descriptor >= 0 { close(descriptor) }
      continuation.resume(returning: .failure(failure(code)))
    }
  }

  private func failure(_ code: Int32) -> SocketError {
    switch code {
    case ECONNREFUSED: .refused(address.description)
    // Of a Unix socket.
    case ENOENT, ENOTDIR: .noSocket(address.description)
    case EACCES, EPERM: .forbidden(address.description)
    case ETIMEDOUT: .timedOut(address.description)
    case ENETUNREACH, EHOSTUNREACH: .unreachable(address.description)
    default: .system(call: "connect", errno: code)
    }
  }
}
