private import CLinux
private import Glibc
private import Synchronization
package import Telemetry

/// One thread that waits for file descriptors and timers and runs tasks in between.
///
/// A connection, its streams, the tasks that serve them and the database connections they use
/// live on one loop and need no lock. As a task executor it keeps async functions, child tasks and
/// continuations on its thread; an actor that is to live on it takes ``asUnownedSerialExecutor()``.
/// `Task { }` leaves it: state the executor (`Task(executorPreference: loop)`).
///
/// A turn is: wait, hand readiness to handlers, fire timers, run jobs, tell those who asked for
/// the end of the turn. The last step is where connections write, once for everything the turn
/// has produced.
///
/// Nothing on the loop may block. Whatever is registered is kept alive until it is deregistered.
///
/// The sendability is unchecked because everything but the inbox belongs to the thread; each
/// function that touches it checks that it runs there.
package final class EventLoop: TaskExecutor, @unchecked Sendable {
  /// What other threads touch.
  private struct Inbox {
    var work: [Work] = []
    /// The loop is waiting, or about to, and wants to be woken.
    var isAsleep = false
    var isStopping = false
    /// The thread runs nothing more.
    var hasEnded = false
  }

  enum Work: Sendable {
    /// Of a task that belongs to no actor.
    case job(UnownedJob)
    /// Of a task within an actor.
    case actorJob(UnownedJob)
    case closure(@Sendable () -> Void)
  }

  /// Rounds of jobs before descriptors get their turn again, so that tasks that keep waking each
  /// other cannot starve the network.
  private static let roundsPerTurnMax = 16
  /// The time of many jobs before descriptors get their turn again, for the same reason.
  private static let jobsTimeMax = Duration.microseconds(250)
  /// Jobs between two looks at the clock.
  private static let jobsPerLook = 4
  /// The time of many timers before the rest of the turn, and timers between two looks at the clock.
  private static let timersTimeMax = Duration.microseconds(250)
  private static let timersPerLook = 16
  private static let eventsPerTurnMax = 256
  /// Marks the event of the wakeup descriptor; no registration has this value.
  private static let wakeupMark = UInt64.max

  private let inbox = Mutex(Inbox())
  private let poll: FileDescriptor
  private let wakeup: FileDescriptor
  private let thread: LoopThread
  private let actorExecutor = ActorExecutor()

  var jobs: [Work] = []
  private var runningJobs: [Work] = []
  /// What ``perform(_:)`` was given, from `workBegun` on.
  var work: [any LoopWork] = []
  var workBegun = 0
  /// Where more of it comes from while tasks are given it.
  var workSource: (any LoopWorkSource)?
  var idleTasks: [LoopTask] = []
  /// A job of a task runs.
  var isInTask = false
  /// Tasks are given ``work``.
  var isBeginning = false
  var hasEnded = false
  private var turnObservers: [any TurnObserver] = []
  private var calledObservers: [any TurnObserver] = []
  private var registrations = Registrations()
  private var timers = TimerQueue()
  private var turnBegan: ContinuousClock.Instant
  private var turnMoment: Moment
  /// The number of this turn, for what is counted by turns. On the loop only.
  package private(set) var turn: UInt64 = 0

  /// Starts a thread; nil when the system has no descriptors or threads left.
  init?(name: String) {
    let poll = FileDescriptor(owning: epoll_create1(Int32(EPOLL_CLOEXEC)))
    let wakeup = FileDescriptor(owning: klinke_eventfd())
    guard poll.rawValue >= 0, wakeup.rawValue >= 0 else { return nil }
    let added = klinke_epoll_ctl(
      poll.rawValue, EPOLL_CTL_ADD, wakeup.rawValue, EPOLLIN.rawValue, Self.wakeupMark)
    guard added == 0 else { return nil }
    self.poll = poll
    self.wakeup = wakeup
    thread = LoopThread()
    turnBegan = .now
    turnMoment = Moment(turnBegan)
    unsafe actorExecutor.loop = self
    guard thread.start(name: name, { [self] in run() }) else { return nil }
  }

  // MARK: Where am I

  /// The loop whose thread this is.
  package static var current: EventLoop? {
    guard let pointer = unsafe klinke_get_thread_loop() else { return nil }
    return unsafe Unmanaged<EventLoop>.fromOpaque(pointer).takeUnretainedValue()
  }

  /// Whether this is the loop's own thread.
  package var isCurrent: Bool {
    unsafe klinke_get_thread_loop() == Unmanaged.passUnretained(self).toOpaque()
  }

  /// Stops the process when called on another thread: that would be a data race.
  package func preconditionOnLoop() {
    precondition(isCurrent, "not on the thread of this loop")
  }

  /// The time at which this turn began; from another thread, the time.
  package var now: ContinuousClock.Instant { isCurrent ? turnBegan : .now }

  /// The same time, for what keeps it.
  package var moment: Moment { isCurrent ? turnMoment : .now }

  // MARK: Jobs

  package func enqueue(_ job: consuming ExecutorJob) {
    submit(.job(UnownedJob(job)))
  }

  /// Runs a closure on the loop, from any thread, in the order of the calls.
  package func execute(_ closure: @escaping @Sendable () -> Void) {
    submit(.closure(closure))
  }

  /// Runs a closure on the loop and returns what it gives; at once when already there.
  package func run<R: Sendable>(_ closure: @escaping @Sendable () -> R) async -> R {
    if isCurrent { return closure() }
    return await withCheckedContinuation { continuation in
      execute { continuation.resume(returning: closure()) }
    }
  }

  /// The loop as the executor of an actor.
  package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
    unsafe actorExecutor.asUnownedSerialExecutor()
  }

  func enqueueForActor(_ job: consuming ExecutorJob) {
    submit(.actorJob(UnownedJob(job)))
  }

  /// Calls the observer once, when the jobs of this turn have run.
  package func atEndOfTurn(_ observer: any TurnObserver) {
    preconditionOnLoop()
    turnObservers.append(observer)
  }

  private func submit(_ work: Work) {
    if isCurrent {
      jobs.append(work)
      return
    }
    let mustWake = inbox.withLock { inbox in
      // Nobody would run it, and what it knows may know this loop.
      if inbox.hasEnded { return false }
      inbox.work.append(work)
      let wasAsleep = inbox.isAsleep
      inbox.isAsleep = false
      return wasAsleep
    }
    if mustWake { wake() }
  }

  private func wake() {
    var one: UInt64 = 1
    _ = unsafe write(wakeup.rawValue, &one, MemoryLayout<UInt64>.size)
  }

  // MARK: Descriptors

  /// Tells the handler when the descriptor is ready, level-triggered, until ``deregister(_:)``.
  package func register(
    _ descriptor: Int32, interest: Interest, handler: any ReadinessHandler
  ) throws(SocketError) {
    preconditionOnLoop()
    let mark = registrations.add(descriptor, handler: handler)
    let result = klinke_epoll_ctl(
      poll.rawValue, EPOLL_CTL_ADD, descriptor, interest.events, mark)
    guard result == 0 else {
      let code = errno
      registrations.remove(descriptor)
      throw .system(call: "epoll_ctl", errno: code)
    }
  }

  /// Changes what the handler of the descriptor is told.
  package func update(_ descriptor: Int32, interest: Interest) {
    preconditionOnLoop()
    guard let mark = registrations.mark(of: descriptor) else {
      preconditionFailure("descriptor \(descriptor) is not registered")
    }
    _ = klinke_epoll_ctl(poll.rawValue, EPOLL_CTL_MOD, descriptor, interest.events, mark)
  }

  /// Forgets the descriptor, which must still be open. Events already fetched are dropped.
  package func deregister(_ descriptor: Int32) {
    preconditionOnLoop()
    guard registrations.remove(descriptor) else { return }
    _ = klinke_epoll_ctl(poll.rawValue, EPOLL_CTL_DEL, descriptor, 0, 0)
  }

  // MARK: Timers

  /// Runs the action on the loop at the given time or a little later.
  @discardableResult
  package func schedule(
    at deadline: ContinuousClock.Instant, _ action: @escaping () -> Void
  ) -> TimerID {
    preconditionOnLoop()
    return timers.add(at: deadline, action)
  }

  /// Forgets a timer; harmless when it has fired.
  package func cancel(_ timer: TimerID) {
    preconditionOnLoop()
    timers.cancel(timer)
  }

  // MARK: The thread

  /// Lets the thread end once it has nothing left to run. Callable from any thread.
  func stop() {
    let mustWake = inbox.withLock { inbox in
      inbox.isStopping = true
      return inbox.isAsleep
    }
    if mustWake { wake() }
  }

  /// Waits for the end of the thread. Must not be called on it.
  func join() {
    precondition(!isCurrent, "a loop cannot wait for its own end")
    thread.join()
  }

  private func run() {
    unsafe klinke_set_thread_loop(Unmanaged.passUnretained(self).toOpaque())
    let events = UnsafeMutablePointer<epoll_event>.allocate(capacity: Self.eventsPerTurnMax)
    defer { unsafe events.deallocate() }
    while true {
      let timeout = timeoutMilliseconds()
      let isStopping = fallAsleep(unless: timeout == 0)
      if isStopping && jobs.isEmpty && work.isEmpty && turnObservers.isEmpty { break }
      let count = unsafe epoll_wait(
        poll.rawValue, events, Int32(Self.eventsPerTurnMax), isStopping ? 0 : sleepTime(timeout))
      turnBegan = .now
      turnMoment = Moment(turnBegan)
      turn += 1
      for index in 0..<max(0, Int(count)) {
        unsafe dispatch(events[index].data.u64, Readiness(events: events[index].events))
      }
      fireTimers()
      takeInbox()
      runJobs()
      endTurn()
    }
    hasEnded = true
    while let task = idleTasks.popLast() { task.start() }
    letGo()
    klinke_set_thread_loop(nil)
  }

  /// Forgets what will not happen any more: it may know this loop, and they would keep each other.
  private func letGo() {
    // Each is released when it is no longer ours, for what ends with it may use the loop once more.
    withExtendedLifetime((timers, registrations)) {
      timers = TimerQueue()
      registrations = Registrations()
    }
    let late = inbox.withLock { inbox in
      inbox.hasEnded = true
      let work = inbox.work
      inbox.work = []
      return work
    }
    withExtendedLifetime((jobs, late)) { jobs = [] }
  }

  /// Announces the wait, so that others wake us, and returns whether the loop shall stop.
  private func fallAsleep(unless staysAwake: Bool) -> Bool {
    inbox.withLock { inbox in
      if !inbox.work.isEmpty {
        jobs += inbox.work
        inbox.work.removeAll(keepingCapacity: true)
      }
      inbox.isAsleep = !staysAwake && jobs.isEmpty && !inbox.isStopping
      return inbox.isStopping
    }
  }

  /// The time to wait after the inbox may have given us something to do.
  private func sleepTime(_ timeout: Int32) -> Int32 { jobs.isEmpty ? timeout : 0 }

  private func takeInbox() {
    inbox.withLock { inbox in
      inbox.isAsleep = false
      guard !inbox.work.isEmpty else { return }
      jobs += inbox.work
      inbox.work.removeAll(keepingCapacity: true)
    }
  }

  private func timeoutMilliseconds() -> Int32 {
    guard jobs.isEmpty, work.isEmpty, turnObservers.isEmpty else { return 0 }
    guard let next = timers.nextDeadline else { return -1 }
    let (seconds, attoseconds) = (next - .now).components
    guard seconds >= 0, attoseconds >= 0 else { return 0 }
    // Rounded up: waking early would only mean waiting again.
    let milliseconds = seconds * 1_000 + attoseconds / 1_000_000_000_000_000 + 1
    return Int32(min(milliseconds, 60_000))
  }

  private func dispatch(_ mark: UInt64, _ readiness: Readiness) {
    if mark == Self.wakeupMark {
      var count: UInt64 = 0
      _ = unsafe read(wakeup.rawValue, &count, MemoryLayout<UInt64>.size)
      return
    }
    registrations.handler(for: mark)?.ready(readiness)
  }

  /// Those that are left when the time is over are due in the next turn.
  private func fireTimers() {
    var count = 0
    var end: ContinuousClock.Instant?
    while let action = timers.next(dueAt: turnBegan) {
      action()
      count += 1
      guard count % Self.timersPerLook == 0 else { continue }
      let now = ContinuousClock.now
      if let end, now >= end { return }
      end = end ?? now + Self.timersTimeMax
    }
  }

  private func runJobs() {
    var rounds = 0
    beginWork()
    var end: ContinuousClock.Instant?
    while !jobs.isEmpty && rounds < Self.roundsPerTurnMax {
      rounds += 1
      // Two arrays that change places keep their storage: a turn allocates nothing.
      swap(&jobs, &runningJobs)
      if end == nil, runningJobs.count > Self.jobsPerLook { end = .now + Self.jobsTimeMax }
      for index in runningJobs.indices {
        if index > 0, index % Self.jobsPerLook == 0, let end, ContinuousClock.now >= end {
          jobs.insert(contentsOf: runningJobs[index...], at: 0)
          return runningJobs.removeAll(keepingCapacity: true)
        }
        switch runningJobs[index] {
        case .job(let job):
          isInTask = true
          unsafe job.runSynchronously(on: asUnownedTaskExecutor())
          isInTask = false
        case .actorJob(let job):
          isInTask = true
          unsafe job.runSynchronously(
            isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
          isInTask = false
        case .closure(let closure): closure()
        }
      }
      runningJobs.removeAll(keepingCapacity: true)
      beginWork()
    }
  }

  private func endTurn() {
    guard !turnObservers.isEmpty else { return }
    swap(&turnObservers, &calledObservers)
    for index in calledObservers.indices { calledObservers[index].turnEnded() }
    calledObservers.removeAll(keepingCapacity: true)
  }
}
