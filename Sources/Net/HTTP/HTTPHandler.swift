/// Answers requests.
package protocol HTTPHandler: Sendable {
  /// Serves one request. Runs in a task of its own on the loop of the connection, and is cancelled
  /// when the peer resets the stream or vanishes. Returning without an answer means status 500.
  func handle(_ exchange: HTTPExchange) async
}

/// The connection under an exchange. Called on the loop only.
package protocol HTTPExchangeDriver: AnyObject {
  /// The handler waits for a body it has not got yet.
  func exchangeWantsBody(_ exchange: HTTPExchange)

  /// The handler has taken that many bytes, so that the peer may send as many.
  func exchange(_ exchange: HTTPExchange, consumed count: Int)

  /// There is a head, a piece of body, an end or a reset to send.
  func exchangeHasOutput(_ exchange: HTTPExchange)

  /// The handler has returned.
  func exchangeHandlerReturned(_ exchange: HTTPExchange)
}
