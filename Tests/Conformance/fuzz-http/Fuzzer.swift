#if FUZZER
  internal import Glibc
  internal import Reactor

  /// Made once; what it holds never changes.
  private let check = waitFor { await Check() }

  /// KLINKE_FUZZ says who is judged.
  private let mode: Check.Mode = {
    guard let name = unsafe getenv("KLINKE_FUZZ"),
      let mode = Check.Mode(rawValue: unsafe String(cString: name))
    else { fatalError("KLINKE_FUZZ is not one of \(Check.Mode.allCases)") }
    return mode
  }()

  /// What libFuzzer calls for each input.
  @c(LLVMFuzzerTestOneInput)
  public func fuzzerTestOneInput(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let bytes = unsafe Array(UnsafeBufferPointer(start: data, count: size))
    waitFor(on: check.loop) { await check.run(mode, bytes) }
    return 0
  }

  /// Holds this thread until the work is done on others. The process has nothing else to do.
  private func waitFor<Result: Sendable>(
    on loop: EventLoop? = nil, _ work: @escaping @Sendable () async -> Result
  ) -> Result {
    let outcome = Outcome<Result>()
    // Awaited at once, by the lines that follow.
    Task(executorPreference: loop) {
      outcome.result = await work()
      unsafe sem_post(outcome.semaphore)
    }
    // The fuzzer's own timer interrupts it.
    while unsafe sem_wait(outcome.semaphore) != 0 {}
    guard let result = outcome.result else { fatalError("the work is not done") }
    return result
  }

  /// Unchecked, because the semaphore lies between the one that writes and the one that reads.
  @safe private final class Outcome<Result>: @unchecked Sendable {
    let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    var result: Result?

    init() { unsafe sem_init(semaphore, 0, 0) }

    deinit {
      unsafe sem_destroy(semaphore)
      unsafe semaphore.deallocate()
    }
  }
#endif
