package import HTTP
private import Reactor

/// What a client would have seen of one exchange.
package struct Answer: Sendable {
  package var status = 0
  package var fields = HTTPFields()
  package var body: [UInt8] = []
  package var trailers: HTTPFields?
  /// The code of a reset that ended the answer.
  package var reset: UInt32?
  /// How often the door has said that a message was a compression bomb.
  package var bombs = 0

  package var text: String { String(decoding: body, as: UTF8.self) }

  /// Everything the exchange has to send.
  package init(taking exchange: HTTPExchange) async {
    self = await exchange.loop.run {
      var answer = Answer()
      if let head = exchange.takeHead() {
        answer.status = head.status
        answer.fields = head.fields
      }
      _ = exchange.takeOutput(into: &answer.body, limit: 1 << 24)
      answer.trailers = exchange.takeTrailers()
      answer.reset = exchange.takeReset()
      return answer
    }
  }

  private init() {}
}

/// A connection without a socket. Unchecked: only its loop touches what it counts.
package final class FakeConnection: HTTPExchangeDriver, @unchecked Sendable {
  package let hasOutput = Signal()
  package let hasReturned = Signal()
  /// How often the handler has said that it has returned.
  package let returns = Tally()
  package let bombs = Tally()
  /// How often the handler has waited for more of the body.
  package let wanted = Tally()
  package private(set) var consumed = 0
  /// Bytes of an unfinished request that the handler keeps.
  package private(set) var kept = 0
  /// How many there is room for.
  private let keptMax: Int

  package init(keptMax: Int = .max) { self.keptMax = keptMax }

  package func exchangeWantsBody(_ exchange: HTTPExchange) { wanted.add() }

  package func exchange(_ exchange: HTTPExchange, consumed count: Int) { consumed += count }

  package func exchange(_ exchange: HTTPExchange, keepsMore count: Int) -> Bool {
    kept += count
    return kept <= keptMax
  }

  package func exchangeHasOutput(_ exchange: HTTPExchange) { hasOutput.send() }

  package func exchangeReportsBomb(_ exchange: HTTPExchange) { bombs.add() }

  package func exchangeHandlerReturned(_ exchange: HTTPExchange) {
    returns.add()
    hasReturned.send()
  }
}
