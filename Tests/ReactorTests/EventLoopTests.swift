internal import Glibc
internal import Reactor
internal import TestHarness
internal import Testing

/// Runs a test on a group of its own.
func withLoops<R>(_ count: Int = 1, _ body: (EventLoopGroup) async throws -> R) async throws -> R {
  let group = try #require(EventLoopGroup(loops: count))
  do {
    let result = try await body(group)
    group.shutdown()
    return result
  } catch {
    group.shutdown()
    throw error
  }
}

@Suite("EventLoop", .timeLimit(.minutes(5)))
struct EventLoopTests {
  private actor Confined {
    private let loop: EventLoop

    nonisolated var unownedExecutor: UnownedSerialExecutor {
      unsafe loop.asUnownedSerialExecutor()
    }

    init(loop: EventLoop) { self.loop = loop }

    func isOnLoop() -> Bool { loop.isCurrent }
  }

  private func isOnLoop(_ loop: EventLoop) async -> Bool { loop.isCurrent }

  @Test("tasks, their children and actors stay on its thread")
  func tasksStay() async throws {
    try await withLoops { group in
      let loop = group.loops[0]
      let results = await Task(executorPreference: loop) {
        async let child = isOnLoop(loop)
        let own = loop.isCurrent && EventLoop.current === loop
        let actor = await Confined(loop: loop).isOnLoop()
        await Task.yield()
        return [own, actor, await child, loop.isCurrent]
      }.value
      #expect(results == [true, true, true, true])
      #expect(EventLoop.current == nil)
    }
  }

  @Test("runs closures of one thread in their order, and all of them before it ends")
  func order() async throws {
    let journal = Journal()
    try await withLoops { group in
      for number in 0..<1_000 { group.loops[0].execute { journal.add(String(number)) } }
    }
    #expect(journal.entries == (0..<1_000).map(String.init))
  }

  @Test("wakes for work of other threads, many times")
  func wakes() async throws {
    try await withLoops(2) { group in
      let (first, second) = (group.loops[0], group.loops[1])
      let rounds = await Task(executorPreference: first) {
        var rounds = 0
        for _ in 0..<500 where await second.run({ second.isCurrent }) && first.isCurrent {
          rounds += 1
        }
        return rounds
      }.value
      #expect(rounds == 500)
    }
  }

  @Test("fires timers in the order of their deadlines")
  func timers() async throws {
    try await withLoops { group in
      let loop = group.loops[0]
      let journal = Journal()
      await withCheckedContinuation { continuation in
        loop.execute {
          let now = loop.now
          loop.schedule(at: now + .milliseconds(4)) { continuation.resume() }
          loop.schedule(at: now + .milliseconds(2)) { journal.add("b") }
          let cancelled = loop.schedule(at: now + .milliseconds(1)) { journal.add("x") }
          loop.schedule(at: now) { journal.add("a") }
          loop.cancel(cancelled)
        }
      }
      #expect(journal.entries == ["a", "b"])
    }
  }

  @Test("many timers that are due at once take several turns, and keep their order")
  func timerTurns() async throws {
    let group = try #require(EventLoopGroup(loops: 1))
    defer { group.shutdown() }
    let loop = group.loops[0]
    let (order, turns, done) = (Journal(), Journal(), Signal())
    await loop.run {
      for number in 0..<100 {
        loop.schedule(at: loop.now) {
          // More than all that may fire in one turn together.
          let end = ContinuousClock.now + .microseconds(50)
          while ContinuousClock.now < end {}
          order.add("\(number)")
          turns.add("\(loop.turn)")
          if number == 99 { done.send() }
        }
      }
    }
    await done.wait()
    #expect(order.entries == (0..<100).map { "\($0)" })
    #expect(Set(turns.entries).count >= 3)
  }

  @Test("jobs that are left for the next turn come before those that the others have made")
  func jobTurns() async throws {
    try await withLoops { group in
      let (loop, order, turns, done) = (group.loops[0], Journal(), Journal(), Signal())
      await loop.run {
        for number in 0..<20 {
          loop.execute {
            // Some of them take all the time of a turn.
            let end = ContinuousClock.now + .microseconds(200)
            while ContinuousClock.now < end {}
            order.add("\(number)")
            turns.add("\(loop.turn)")
            guard number == 0 else { return }
            loop.execute {
              order.add("made")
              done.send()
            }
          }
        }
      }
      await done.wait()
      #expect(order.entries == (0..<20).map { "\($0)" } + ["made"])
      #expect(Set(turns.entries).count >= 3)
    }
  }

  @Test("a sleep ends at its deadline, and at once when cancelled")
  func sleep() async throws {
    try await withLoops { group in
      let loop = group.loops[0]
      try await loop.sleep(until: .now + .milliseconds(1))
      let task = Task(executorPreference: loop) {
        do throws(CancellationError) {
          try await loop.sleep(until: .now + .seconds(3_600))
          return false
        } catch {
          return loop.isCurrent
        }
      }
      task.cancel()
      #expect(await task.value)
    }
  }

  private final class Listener: ReadinessHandler {
    let loop: EventLoop

    init(loop: EventLoop) { self.loop = loop }

    func ready(_ readiness: Readiness) {}
  }

  @Test("lets go of all that will not happen any more when it has ended")
  func ended() async throws {
    weak var ended: EventLoop?
    var ends: [Int32] = [-1, -1]
    _ = unsafe pipe(&ends)
    defer { for end in ends { close(end) } }
    do {
      let group = try #require(EventLoopGroup(loops: 1))
      let loop = group.loops[0]
      ended = loop
      let descriptor = ends[0]
      await loop.run {
        loop.schedule(at: .now + .seconds(600)) { loop.preconditionOnLoop() }
        try? loop.register(descriptor, interest: .read, handler: Listener(loop: loop))
      }
      group.shutdown()
      loop.execute { loop.preconditionOnLoop() }
    }
    #expect(ended == nil)
  }

  @Test("calls observers once, after the jobs of the turn")
  func endOfTurn() async throws {
    final class Observer: TurnObserver, @unchecked Sendable {
      let journal: Journal

      init(_ journal: Journal) { self.journal = journal }

      func turnEnded() { journal.add("end") }
    }
    let journal = Journal()
    try await withLoops { group in
      let loop = group.loops[0]
      await loop.run {
        loop.atEndOfTurn(Observer(journal))
        loop.execute { journal.add("job") }
      }
      await loop.run { journal.add("next") }
    }
    #expect(journal.entries.first == "job")
    #expect(journal.entries.count { $0 == "end" } == 1)
  }

  @Test("a pool runs blocking calls side by side and gives their answers")
  func pool() async throws {
    let pool = WorkerPool(threads: 2)
    let answers = await withTaskGroup { tasks in
      for number in 0..<20 { tasks.addTask { await pool.run { number * 2 } } }
      return await tasks.reduce(into: []) { $0.append($1) }
    }
    #expect(answers.sorted() == (0..<20).map { $0 * 2 })
  }
}
