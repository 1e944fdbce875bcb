internal import RPC
internal import RPCTransport
internal import TestHarness
internal import Testing

/// What a call runs over: the client must not be able to tell.
enum Carrier: CaseIterable, Sendable {
  case inProcess
  case loopback
}

@Suite("Streams of a client", .timeLimit(.minutes(1)))
struct CallKindTests {
  private let service = TalkService()

  private func over(_ wire: Carrier, _ body: (any ClientTransport) async throws -> Void)
    async throws
  {
    var router = Router()
    service.register(in: &router)
    switch wire {
    case .inProcess: try await body(InProcessTransport(router: router))
    case .loopback: try await withServer(GRPCHandler(router: router)) { try await body($0) }
    }
  }

  @Test("both sides of a call run at their own pace", arguments: Carrier.allCases)
  func duplex(wire: Carrier) async throws {
    try await over(wire) { transport in
      let text = String(repeating: "x", count: 1_000)
      let counts = try await transport.bidirectional(TalkMethods.chat) {
        (requests) async throws(RPCError) in
        for number in 0..<1_000 { try await requests.send(Echo(text: text, count: Int32(number))) }
      } receive: { (responses) async throws(RPCError) -> [Int32] in
        var counts: [Int32] = []
        while let response = try await responses.next() { counts.append(response.count) }
        return counts
      }
      #expect(counts == Array(0..<1_000))
    }
  }

  @Test("a status that comes early ends the writer with it", arguments: Carrier.allCases)
  func refused(wire: Carrier) async throws {
    try await over(wire) { transport in
      let error = await #expect(throws: RPCError.self) {
        try await transport.clientStreaming(TalkMethods.sample) {
          (requests) async throws(RPCError) in
          while true { try await requests.send(Echo(text: "refuse")) }
        }
      }
      #expect(error?.code == .failedPrecondition)
      #expect(error?.message == "enough of this")

      let other = await #expect(throws: RPCError.self) {
        try await transport.bidirectional(TalkMethods.hangUp) {
          (requests) async throws(RPCError) in
          while true { try await requests.send(Echo(text: "refuse")) }
        } receive: { (responses) async throws(RPCError) in
          _ = try await responses.next()
        }
      }
      #expect(other?.code == .failedPrecondition)
    }
  }

  @Test("an early success tells the writer to stop", arguments: Carrier.allCases)
  func hungUp(wire: Carrier) async throws {
    try await over(wire) { transport in
      let answer = try await transport.clientStreaming(TalkMethods.sample) {
        (requests) async throws(RPCError) in
        while try await requests.send(Echo(text: "first")) {}
      }
      #expect(answer.text == "first")

      try await transport.bidirectional(TalkMethods.hangUp) {
        (requests, responses) async throws(RPCError) in
        while try await requests.send(Echo(text: "first")) {}
        let end = try await responses.next()
        #expect(end == nil)
      }
    }
  }

  @Test("an error of the sending side is the error of the call", arguments: Carrier.allCases)
  func broken(wire: Carrier) async throws {
    try await over(wire) { transport in
      let error = await #expect(throws: RPCError.self) {
        try await transport.bidirectional(TalkMethods.stall) {
          (requests) async throws(RPCError) in
          try await requests.send(Echo())
          await service.stalled.wait()
          throw RPCError(.aborted, "the microphone is gone")
        } receive: { (responses) async throws(RPCError) in
          _ = try await responses.next()
        }
      }
      #expect(error?.message == "the microphone is gone")
      await service.cancelled.wait()
    }
  }

  @Test("leaving a call that goes on cancels its handler", arguments: Carrier.allCases)
  func left(wire: Carrier) async throws {
    try await over(wire) { transport in
      try await transport.bidirectional(TalkMethods.stall) {
        (requests, _) async throws(RPCError) in
        try await requests.send(Echo())
        await service.stalled.wait()
      }
      await service.cancelled.wait()
    }
  }

  @Test("cancelling the caller cancels the handler", arguments: Carrier.allCases)
  func cancelled(wire: Carrier) async throws {
    try await over(wire) { transport in
      let call = Task {
        try await transport.bidirectional(TalkMethods.stall) {
          (requests, responses) async throws(RPCError) in
          try await requests.send(Echo())
          _ = try await responses.next()
        }
      }
      await service.stalled.wait()
      call.cancel()
      await service.cancelled.wait()
      let error = await #expect(throws: RPCError.self) { try await call.value }
      #expect(error?.code == .cancelled)
    }
  }

  @Test("a server that does not read holds the writer back", arguments: Carrier.allCases)
  func backPressure(wire: Carrier) async throws {
    try await over(wire) { transport in
      let kilobyte = Echo(text: String(repeating: "x", count: 1_000))
      let sent = Tally()
      let error = await #expect(throws: RPCError.self) {
        try await transport.bidirectional(
          TalkMethods.stall, options: CallOptions(timeout: .seconds(1))
        ) { (requests, _) async throws(RPCError) in
          while true {
            try await requests.send(kilobyte)
            sent.add()
          }
        }
      }
      #expect(error?.code == .deadlineExceeded)
      #expect(sent.count < 2_000)
    }
  }

  @Test("metadata comes before the answers and with the status", arguments: Carrier.allCases)
  func metadata(wire: Carrier) async throws {
    try await over(wire) { transport in
      try await transport.bidirectional(TalkMethods.greet) {
        (requests, responses) async throws(RPCError) in
        try await requests.send(Echo(text: "one"))
        try await requests.finish()
        let initial = try await responses.initialMetadata()
        #expect(initial["x-greeting"] == "hello")
        let early = await responses.trailingMetadata()
        #expect(early.isEmpty)
        let first = try await responses.next()
        #expect(first?.text == "one")
        let end = try await responses.next()
        #expect(end == nil)
        let trailing = await responses.trailingMetadata()
        #expect(trailing["x-farewell"] == "bye")
      }
    }
  }

  @Test("metadata may be asked for between two answers", arguments: Carrier.allCases)
  func metadataBetween(wire: Carrier) async throws {
    try await over(wire) { transport in
      try await transport.bidirectional(
        TalkMethods.greet, options: CallOptions(timeout: .seconds(30))
      ) { (requests, responses) async throws(RPCError) in
        for text in ["one", "two"] {
          try await requests.send(Echo(text: text))
          let answer = try await responses.next()
          #expect(answer?.text == text)
          let initial = try await responses.initialMetadata()
          #expect(initial["x-greeting"] == "hello")
        }
      }
    }
  }
}
