internal import Reactor
internal import TestHarness
internal import Testing

/// Work that notes what becomes of it, and sleeps in between if it is told to.
private final class NotedWork: LoopWork {
  private let name: String
  private let sleep: Duration?
  private let journal: Journal
  private let loop: EventLoop
  private let ended: AsyncStream<Void>.Continuation
  let end: AsyncStream<Void>

  init(_ name: String, sleep: Duration? = nil, _ journal: Journal, on loop: EventLoop) {
    self.name = name
    self.sleep = sleep
    self.journal = journal
    self.loop = loop
    (end, ended) = AsyncStream.makeStream()
  }

  func run(in task: LoopTask) async {
    journal.add("\(name) begins")
    if let sleep {
      unsafe cancel = task
      try? await loop.sleep(until: loop.now + sleep)
      unsafe cancel = nil
    }
    journal.add(Task.isCancelled ? "\(name) is cancelled" : "\(name) ends")
    ended.finish()
  }

  func waits() { journal.add("\(name) waits") }

  func waitForEnd() async { for await _ in end {} }

  /// Touched on the loop only.
  nonisolated(unsafe) private var cancel: LoopTask?

  func cancelWork() { unsafe cancel?.cancel() }
}

/// Hands out its work piece by piece.
private final class NotedSource: LoopWorkSource {
  private var work: [NotedWork]
  private let loop: EventLoop

  init(_ work: [NotedWork], on loop: EventLoop) {
    self.work = work.reversed()
    self.loop = loop
  }

  func performNext() -> Bool {
    guard let next = work.popLast() else { return false }
    loop.perform(next)
    return true
  }
}

@Suite("LoopTask", .timeLimit(.minutes(1)))
struct LoopTaskTests {
  @Test("does all work at once up to where it waits, and tells what waits so")
  func beginning() async throws {
    try await withLoops { group in
      let (loop, journal) = (group.loops[0], Journal())
      let slow = NotedWork("slow", sleep: .milliseconds(50), journal, on: loop)
      let before = await loop.run {
        for work in [
          NotedWork("first", journal, on: loop), slow, NotedWork("last", journal, on: loop),
        ] {
          loop.perform(work)
        }
        loop.beginWork()
        return journal.entries
      }
      #expect(
        before == [
          "first begins", "first ends", "slow begins", "slow waits", "last begins", "last ends",
        ])
      await slow.waitForEnd()
      #expect(journal.entries.last == "slow ends")
    }
  }

  @Test("does work in the same turn when nobody says when")
  func laterInTurn() async throws {
    try await withLoops { group in
      let (loop, journal) = (group.loops[0], Journal())
      let work = NotedWork("work", journal, on: loop)
      await loop.run {
        loop.perform(work)
        journal.add("closure ends")
      }
      await work.waitForEnd()
      #expect(journal.entries == ["closure ends", "work begins", "work ends"])
    }
  }

  @Test("begins nothing within a task before that waits or ends")
  func withinTask() async throws {
    try await withLoops { group in
      let (loop, journal) = (group.loops[0], Journal())
      let work = NotedWork("work", journal, on: loop)
      await Task(executorPreference: loop) {
        loop.perform(work)
        loop.beginWork()
        journal.add("task ends")
      }.value
      await work.waitForEnd()
      #expect(journal.entries == ["task ends", "work begins", "work ends"])
    }
  }

  @Test("asks for all that there is within a task, and begins it when that waits or ends")
  func sourceWithinTask() async throws {
    try await withLoops { group in
      let (loop, journal) = (group.loops[0], Journal())
      let work = ["one", "two"].map { NotedWork($0, journal, on: loop) }
      await Task(executorPreference: loop) {
        loop.beginWork(from: NotedSource(work, on: loop))
        journal.add("task ends")
      }.value
      for work in work { await work.waitForEnd() }
      #expect(
        journal.entries == ["task ends", "one begins", "one ends", "two begins", "two ends"])
    }
  }

  @Test("a cancelled task cancels its own work and no later one")
  func cancellation() async throws {
    try await withLoops { group in
      let (loop, journal) = (group.loops[0], Journal())
      let cancelled = NotedWork("cancelled", sleep: .seconds(60), journal, on: loop)
      await loop.run {
        loop.perform(cancelled)
        loop.beginWork()
        cancelled.cancelWork()
      }
      await cancelled.waitForEnd()
      let later = NotedWork("later", sleep: .milliseconds(1), journal, on: loop)
      await loop.run { loop.perform(later) }
      await later.waitForEnd()
      #expect(
        journal.entries == [
          "cancelled begins", "cancelled waits", "cancelled is cancelled", "later begins",
          "later waits", "later ends",
        ])
    }
  }

  @Test("a task goes on with other work when it has ended what it waited for")
  func reuse() async throws {
    try await withLoops { group in
      let (loop, journal) = (group.loops[0], Journal())
      for name in ["one", "two", "three"] {
        let work = NotedWork(name, sleep: .milliseconds(1), journal, on: loop)
        await loop.run { loop.perform(work) }
        await work.waitForEnd()
      }
      #expect(
        journal.entries
          == ["one", "two", "three"].flatMap { ["\($0) begins", "\($0) waits", "\($0) ends"] })
    }
  }
}
