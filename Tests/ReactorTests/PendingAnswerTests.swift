internal import Testing

@testable internal import Reactor

@Suite("PendingAnswer", .timeLimit(.minutes(1)))
struct PendingAnswerTests {
  private enum Failure: Error { case cancelled, late }

  @Test("gives the first answer alone, to whoever waits")
  func first() async {
    var answer = PendingAnswer<Int, Failure>()
    #expect(!answer.isPending)
    let result = await withCheckedContinuation { continuation in
      let isTaken = answer.begin(continuation, cancelled: .cancelled)
      #expect(isTaken && answer.isPending)
      answer.complete(.success(1))
      answer.complete(.failure(.late))
      #expect(!answer.isPending)
    }
    let value = try? result.get()
    #expect(value == 1)
  }

  @Test("whoever was cancelled before it waited hears that, and no answer")
  func cancelled() async {
    var answer = PendingAnswer<Int, Failure>()
    answer.complete(.failure(.late))
    let result = await withCheckedContinuation { continuation in
      let isTaken = answer.begin(continuation, cancelled: .cancelled)
      #expect(!isTaken && !answer.isPending)
      answer.complete(.success(1))
    }
    #expect(throws: Failure.cancelled) { try result.get() }
  }
}
