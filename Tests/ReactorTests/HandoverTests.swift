internal import Glibc
internal import TestHarness
internal import Testing

@testable internal import Reactor

@Suite("Handover", .timeLimit(.minutes(1)))
struct HandoverTests {
  private func with(
    sockets count: Int,
    _ body: (_ path: String, _ listeners: [SharedListeningSocket], _ loop: EventLoop) async throws
      -> Void
  ) async throws {
    try await withFolder("handover") { folder in
      let group = try #require(EventLoopGroup(loops: 1))
      defer { group.shutdown() }
      let address = ListenAddress.tcp(host: "127.0.0.1", port: 0)
      let listeners = try ListeningSocket.open(address, count: count)
      try await body(folder + "/socket", listeners, group.loops[0])
    }
  }

  private func wait(
    _ path: String, _ listeners: [SharedListeningSocket], patience: Duration = .seconds(60),
    on loop: EventLoop,
    whenDropped: @escaping @Sendable (_ process: Int) -> Void = { _ in },
    whenTaken: @escaping @Sendable () -> Void
  ) async throws(SocketError) -> HandoverPoint {
    try await HandoverPoint(
      path: path, listeners: listeners, patience: patience, on: loop, whenDropped: whenDropped,
      whenTaken: whenTaken)
  }

  /// Asks as a successor does, which blocks.
  private func inherit(_ path: String) async throws(SocketError) -> InheritedSockets? {
    try await onThread {
      Result { () throws(SocketError) in try InheritedSockets(from: path) }
    }.get()
  }

  @Test("nobody at the path has no sockets to give")
  func nobody() async throws {
    let inherited = try await inherit(TemporaryFolders.path("nobody"))
    #expect(inherited == nil)
  }

  @Test(
    "a successor gets every socket, and its word ends the waiting", arguments: [1, 64, 65, 130])
  func taken(count: Int) async throws {
    try await with(sockets: count) { path, listeners, loop in
      let (stream, continuation) = AsyncStream<Void>.makeStream()
      let point = try await wait(path, listeners, on: loop) {
        continuation.yield()
      }
      let inherited = try #require(try await inherit(path))
      #expect(inherited.listeners.count == count)
      #expect(inherited.listeners.allSatisfy { $0.address == listeners[0].address })
      #expect(!inherited.isDropped)
      let isTaken = await onThread { inherited.confirm() }
      #expect(isTaken)
      for await _ in stream { break }
      let hasSuccessor = await point.close()
      #expect(hasSuccessor)
      // The path is the successor's from then on, and there is none here.
      let isThere = unsafe unlink(path) == 0
      #expect(isThere)
    }
  }

  @Test("a connection that was accepted by nobody waits for the successor")
  func queue() async throws {
    try await with(sockets: 1) { path, listeners, loop in
      let point = try await wait(path, listeners, on: loop) {}
      let target = try listeners[0].address.socketAddress()
      let client = try await loop.connect(to: [target], deadline: .now + .seconds(20))
      let inherited = try #require(try await inherit(path))
      var isAccepted = false
      switch inherited.listeners[0].socket.accept() {
      case .accepted: isAccepted = true
      case .wouldBlock: break
      case .exhausted: break
      }
      #expect(isAccepted)
      #expect(client.rawValue >= 0)
      _ = await point.close()
    }
  }

  @Test("a successor that vanishes after it has taken the path gives it back")
  func vanishedWithPath() async throws {
    try await with(sockets: 1) { path, listeners, loop in
      let point = try await wait(path, listeners, on: loop) {
        Issue.record("nobody has taken over")
      }
      do {
        let inherited = try #require(try InheritedSockets(from: path))
        // It has the path, and is gone before it has said that it serves.
        let place = try HandoverPath(path)
        try place.take()
        let isOurs = place.isOurs
        #expect(isOurs)
        withExtendedLifetime(inherited) {}
      }
      var next: InheritedSockets?
      // Each refusal is a turn of the loop, in which it also hears that the first has gone.
      for _ in 0..<100_000 where next == nil {
        next = try? InheritedSockets(from: path)
        await loop.run {}
      }
      #expect(next?.listeners.count == 1)
      _ = await point.close()
      _ = unsafe unlink(path)
    }
  }

  @Test("a successor that vanishes leaves the way free for the next")
  func vanished() async throws {
    try await with(sockets: 1) { path, listeners, loop in
      let point = try await wait(path, listeners, on: loop) {
        Issue.record("nobody has taken over")
      }
      do {
        let first = try await inherit(path)
        #expect(first != nil)
        // While one may still take over, another is sent away.
        await #expect(throws: SocketError.self) { try await inherit(path) }
        withExtendedLifetime(first) {}
      }
      var next: InheritedSockets?
      // Each refusal is a turn of the loop, in which it also hears that the first has gone.
      try await until {
        next = try? await inherit(path)
        return next != nil
      }
      #expect(next?.listeners.count == 1)
      // It may have made the path its own by now.
      let hasSuccessor = await point.close()
      #expect(hasSuccessor)
      let isRemoved = unsafe unlink(path) == 0
      #expect(isRemoved)
    }
  }

  @Test("a successor that does not serve in time is dropped, and the next takes over")
  func dropped() async throws {
    try await with(sockets: 1) { path, listeners, loop in
      let (drops, dropped) = AsyncStream<Int>.makeStream()
      let (takes, taken) = AsyncStream<Void>.makeStream()
      let point = try await wait(
        path, listeners, patience: .seconds(1), on: loop,
        whenDropped: { dropped.yield($0) }, whenTaken: { taken.yield() })
      let first = try #require(try await inherit(path))
      for await process in drops {
        #expect(process == Int(getpid()))
        break
      }
      #expect(first.isDropped)
      let isFirst = await onThread { first.confirm() }
      #expect(!isFirst)
      // On a slow machine one more may come too late.
      try await until {
        guard let next = try? await inherit(path) else { return false }
        return await onThread { next.confirm() }
      }
      for await _ in takes { break }
      let hasSuccessor = await point.close()
      #expect(hasSuccessor)
      _ = unsafe unlink(path)
    }
  }

  @Test(
    "a dropped successor gives the path back, whenever it has taken it", arguments: [true, false])
  func droppedWithPath(isTakenBefore: Bool) async throws {
    try await with(sockets: 1) { path, listeners, loop in
      let (drops, dropped) = AsyncStream<Int>.makeStream()
      let point = try await wait(
        path, listeners, patience: .milliseconds(500), on: loop,
        whenDropped: { dropped.yield($0) }
      ) { Issue.record("nobody has taken over") }
      do {
        let first = try #require(try await inherit(path))
        let place = try HandoverPath(path)
        if isTakenBefore { try place.take() }
        // A slow machine may have dropped it before it came to that.
        let isInTime = isTakenBefore && !first.isDropped
        for await _ in drops { break }
        if !isTakenBefore { try place.take() }
        let isOurs = place.isOurs
        #expect(!isInTime || !isOurs)
        withExtendedLifetime(first) {}
      }
      // The socket at the path answers again when the loop has heard of the end, or did all along.
      try await until { (try? await inherit(path)) != nil }
      _ = await point.close()
      _ = unsafe unlink(path)
    }
  }

  @Test("a server that ends leaves a path that is another's")
  func othersPath() async throws {
    try await with(sockets: 1) { path, listeners, loop in
      let point = try await wait(path, listeners, on: loop) {}
      let place = try HandoverPath(path)
      try place.take()
      _ = await point.close()
      let isOurs = place.isOurs
      #expect(isOurs)
      place.remove()
    }
  }

  @Test("the path is for its owner alone")
  func mode() async throws {
    try await with(sockets: 1) { path, listeners, loop in
      let point = try await wait(path, listeners, on: loop) {}
      var status = stat()
      let result = unsafe lstat(path, &status)
      #expect(result == 0)
      #expect(status.st_mode & 0o777 == 0o600)
      _ = await point.close()
    }
  }

  @Test("a server that nobody follows takes its path away")
  func alone() async throws {
    try await with(sockets: 1) { path, listeners, loop in
      let point = try await wait(path, listeners, on: loop) {}
      let hasSuccessor = await point.close()
      #expect(!hasSuccessor)
      let isThere = unsafe access(path, F_OK) == 0
      #expect(!isThere)
    }
  }
}
