internal import Testing

@testable internal import Postgres

@Suite("PipelineState")
struct PipelineStateTests {
  @Test("keeps the rows of the last command only and finishes at the Sync")
  func oneFlight() {
    var state = PipelineState()
    state.sent(commands: 2)
    #expect(state.received(.result) == .discard)
    #expect(state.received(.result) == .keepRows)
    #expect(state.flights == 1)
    #expect(state.received(.sync) == .finish)
    #expect(state.flights == 0)
  }

  @Test("keeps the first failure and drops what was skipped")
  func failure() {
    var state = PipelineState()
    state.sent(commands: 3)
    #expect(state.received(.result) == .discard)
    #expect(state.received(.failure) == .keepFailure)
    #expect(state.received(.skipped) == .discard)
    #expect(state.received(.sync) == .finish)
  }

  @Test("takes a failure of the commit itself, after the last command's rows")
  func commitFailure() {
    var state = PipelineState()
    state.sent(commands: 1)
    #expect(state.received(.result) == .keepRows)
    #expect(state.received(.failure) == .keepFailure)
    #expect(state.received(.sync) == .finish)
  }

  @Test("answers flights in the order in which they were sent")
  func order() {
    var state = PipelineState()
    state.sent(commands: 1)
    state.sent(commands: 2)
    #expect(state.received(.result) == .keepRows)
    #expect(state.received(.sync) == .finish)
    #expect(state.received(.result) == .discard)
    state.sent(commands: 1)
    #expect(state.received(.result) == .keepRows)
    #expect(state.received(.sync) == .finish)
    #expect(state.received(.failure) == .keepFailure)
    #expect(state.received(.sync) == .finish)
    #expect(state.flights == 0)
  }

  @Test(
    "gives the connection up when an answer fits nothing",
    arguments: [
      [], [.result, .result], [.failure, .result], [.result, .sync, .result],
    ] as [[PipelineState.Event]])
  func confusion(before: [PipelineState.Event]) {
    var state = PipelineState()
    if !before.isEmpty { state.sent(commands: before.first == .failure ? 1 : 2) }
    for event in before { _ = state.received(event) }
    let next: PipelineState.Event = before.count == 2 && before[1] == .result ? .skipped : .result
    #expect(state.received(next) == .giveUp)
  }

  @Test("does not take a Sync for a result that is missing")
  func earlySync() {
    var state = PipelineState()
    state.sent(commands: 2)
    #expect(state.received(.result) == .discard)
    #expect(state.received(.sync) == .giveUp)
  }
}

@Suite("Queue")
struct QueueTests {
  @Test("gives back in order, also after many and after removals")
  func order() {
    var queue = Queue<Int>()
    for number in 0..<200 { queue.append(number) }
    #expect(queue.remove { $0 == 150 } == 150)
    #expect(queue.remove { $0 == 150 } == nil)
    for number in 0..<100 { #expect(queue.popFirst() == number) }
    queue.append(1000)
    #expect(queue.count == 100)
    #expect(queue.first == 100)
    var rest: [Int] = []
    while let number = queue.popFirst() { rest.append(number) }
    #expect(rest == Array(100..<150) + Array(151..<200) + [1000])
    #expect(queue.isEmpty)
  }
}
