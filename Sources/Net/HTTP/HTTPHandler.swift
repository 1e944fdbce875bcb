package import Reactor

/// Answers requests.
package protocol HTTPHandler: Sendable {
  /// Begins to serve a request, on the loop of its connection, with ``HTTPExchange/perform(_:)`` for
  /// what must wait. A handler that is done at once says ``HTTPExchange/handlerReturned()``.
  func start(_ exchange: HTTPExchange)

  /// All fields of the answer to a request that is refused for the size of its header, if the
  /// handler's protocol has a form for that; nil for plain text. The fields are those that came
  /// before the limit.
  func refusal(of fields: HTTPFields, reason: String) -> HTTPFields?
}

extension HTTPHandler {
  package func refusal(of fields: HTTPFields, reason: String) -> HTTPFields? { nil }
}

/// Answers each request in a task of its own.
package protocol HTTPTaskHandler: HTTPHandler {
  /// Serves one request. Runs on the loop of the connection, and is cancelled when the peer resets
  /// the stream or vanishes. Returning without an answer means status 500.
  func handle(_ exchange: HTTPExchange) async
}

extension HTTPTaskHandler {
  package func start(_ exchange: HTTPExchange) {
    exchange.perform(TaskHandling(handler: self, exchange: exchange))
  }
}

/// One request that is answered by such a handler.
private final class TaskHandling<Handler: HTTPTaskHandler>: LoopWork {
  private let handler: Handler
  private let exchange: HTTPExchange

  init(handler: Handler, exchange: HTTPExchange) {
    self.handler = handler
    self.exchange = exchange
  }

  func run(in task: LoopTask) async {
    exchange.begins(in: task)
    await handler.handle(exchange)
    exchange.handlerReturned()
  }

  func waits() {}
}

/// The connection under an exchange. Called on the loop only.
package protocol HTTPExchangeDriver: AnyObject {
  /// The handler waits for a body it has not got yet.
  func exchangeWantsBody(_ exchange: HTTPExchange)

  /// What serves the request has waited for what has come now of its body, and may begin
  /// (``HTTPExchange/performAwaiting()``).
  func exchangeIsDue(_ exchange: HTTPExchange)

  /// The handler has taken that many bytes, so that the peer may send as many.
  func exchange(_ exchange: HTTPExchange, consumed count: Int)

  /// There is a head, a piece of body, an end or a reset to send.
  func exchangeHasOutput(_ exchange: HTTPExchange)

  /// The handler has returned.
  func exchangeHandlerReturned(_ exchange: HTTPExchange)

  /// The handler keeps so many bytes more, or fewer, of requests that are not complete. False when
  /// all handlers of the loop keep too many.
  func exchange(_ exchange: HTTPExchange, keepsMore count: Int) -> Bool

  /// A message of the request was small and would have been too large when inflated.
  func exchangeReportsBomb(_ exchange: HTTPExchange)
}

/// What serves a request and needs something of its body first.
package protocol BodyWork: LoopWork {
  /// Whether it has something to do with so much of the body. It always has with the end, and with
  /// some kilobytes.
  func canBegin(with body: ArraySlice<UInt8>) -> Bool
}

extension HTTPExchangeDriver {
  package func exchangeIsDue(_ exchange: HTTPExchange) { exchange.performAwaiting() }

  package func exchange(_ exchange: HTTPExchange, keepsMore count: Int) -> Bool { true }

  package func exchangeReportsBomb(_ exchange: HTTPExchange) {}
}
