private import CLinux
private import Glibc

/// A thread that runs one closure and can be waited for once.
///
/// Unchecked, because the handle is written before anyone else can see the object and read only
/// by the one who joins.
final class LoopThread: @unchecked Sendable {
  private var handle = pthread_t()

  private final class Start {
    let name: String
    let body: () -> Void

    init(name: String, body: @escaping () -> Void) {
      self.name = name
      self.body = body
    }
  }

  /// Returns false when the system refuses another thread.
  func start(name: String, _ body: @escaping @Sendable () -> Void) -> Bool {
    let start = unsafe Unmanaged.passRetained(Start(name: name, body: body)).toOpaque()
    let result = unsafe pthread_create(
      &handle, nil,
      { argument in
        guard let argument = unsafe argument else { return nil }
        let start = unsafe Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
        unsafe klinke_name_thread(start.name)
        start.body()
        return nil
      }, start)
    guard result == 0 else {
      unsafe Unmanaged<Start>.fromOpaque(start).release()
      return false
    }
    return true
  }

  func join() { _ = pthread_join(handle, nil) }

  /// Lets the thread end unwatched; instead of ``join()``.
  func detach() { _ = pthread_detach(handle) }
}
