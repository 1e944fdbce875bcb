internal import Codings
internal import HTTP
internal import HTTP2
internal import RPC

/// One attempt of a call over HTTP/2.
actor GRPCClientStream {
  private enum Progress {
    /// No head has come.
    case waiting
    /// The head has come; messages and then trailers follow.
    case open(status: Int)
    /// The status is known.
    case ended(RPCError?)
  }

  private let stream: HTTP2ClientStream
  private let target: String
  private let deadline: ContinuousClock.Instant?
  /// What requests are compressed with.
  private let coding: Coding?
  private var deframer: MessageDeframer
  private var progress = Progress.waiting
  /// The head of an answer has come, and not just a status.
  private(set) var hasHead = false
  private var cause: HTTPClientError?
  private(set) var initial = Metadata()
  private(set) var trailing = Metadata()

  init(
    _ stream: HTTP2ClientStream, target: String, deadline: ContinuousClock.Instant?,
    coding: Coding?, messageBytesMax: Int
  ) {
    self.stream = stream
    self.target = target
    self.deadline = deadline
    self.coding = coding
    deframer = MessageDeframer(messageBytesMax: messageBytesMax)
  }

  func send(_ message: [UInt8], compress: Bool) async throws(RPCError) -> Bool {
    let isTaken: Bool
    do {
      isTaken = try await stream.write(framed(message, compress ? coding : nil))
    } catch {
      throw failed(error)
    }
    guard !isTaken else { return true }
    // The server has ended the call; the status is there, maybe behind responses not yet read.
    if case .ended(let error?) = progress { throw error }
    if let head = await stream.head {
      let trailers = await stream.trailers
      if let error = GRPCOutcome.error(
        httpStatus: head.status, trailers: trailers ?? head.fields)
      {
        if trailers != nil { hasHead = true }
        trailing = GRPCOutcome.metadata(trailers ?? head.fields)
        throw error
      }
    }
    return false
  }

  func finishSending() async { await stream.finish() }

  func initialMetadata() async throws(RPCError) -> Metadata {
    do throws(RPCError) {
      if case .waiting = progress { try await receiveHead() }
      if case .ended(let error?) = progress { throw error }
    } catch {
      if case .ended(let known?) = progress { throw known }
      progress = .ended(error)
      throw error
    }
    return initial
  }

  /// Whether the message that was received last had been compressed, if the call says how.
  var wasCompressed: Bool? { deframer.coding == nil ? nil : deframer.lastWasCompressed }

  /// How far the attempt has come that ended with `error`, and what the server says about another.
  func failure(_ error: RPCError) -> AttemptFailure {
    AttemptFailure(
      error: error, reach: hasHead ? .answered : AttemptFailure.Reach(cause),
      pushback: AttemptFailure.Pushback(trailing))
  }

  private func failed(_ error: HTTPClientError) -> RPCError {
    if cause == nil { cause = error }
    return RPCError(error, target: target, deadline: deadline)
  }

  func receive() async throws(RPCError) -> [UInt8]? {
    do throws(RPCError) {
      while true {
        switch progress {
        case .waiting: try await receiveHead()
        case .open(let status):
          if let message = try nextMessage() { return message }
          try await receiveMore(status)
        case .ended(nil): return nil
        case .ended(let error?): throw error
        }
      }
    } catch {
      // Cancelling fails the stream under whoever waits for it.
      if case .ended(let known?) = progress { throw known }
      progress = .ended(error)
      throw error
    }
  }

  /// Ends the call if it has not ended.
  func cancel() async {
    switch progress {
    case .waiting, .open:
      progress = .ended(RPCError(transport: .cancelled, "the caller gave the call up"))
      await stream.reset()
    case .ended: return
    }
  }

  private func receiveHead() async throws(RPCError) {
    let head: HTTPResponseHead
    do {
      head = try await stream.response()
    } catch {
      throw failed(error)
    }
    if head.fields.contains("grpc-status") {
      end(status: head.status, trailers: head.fields)
    } else if head.fields["content-type"]?.hasPrefix("application/grpc") == true {
      deframer.coding = try GRPCOutcome.coding(head.fields)
      initial = GRPCOutcome.metadata(head.fields)
      hasHead = true
      progress = .open(status: head.status)
    } else {
      // Not gRPC, so neither the body nor what follows it means anything to us.
      await stream.reset()
      end(status: head.status, trailers: head.fields)
    }
  }

  private func receiveMore(_ status: Int) async throws(RPCError) {
    do {
      if let bytes = try await stream.readBody() {
        deframer.append(bytes)
        return
      }
    } catch {
      throw failed(error)
    }
    let trailers = await stream.trailers ?? HTTPFields()
    end(status: status, trailers: trailers)
    // A broken message matters only if the server thinks that all is well.
    if case .ended(nil) = progress { try endDeframer() }
  }

  private func end(status: Int, trailers: HTTPFields) {
    let error = GRPCOutcome.error(httpStatus: status, trailers: trailers)
    trailing = GRPCOutcome.metadata(trailers)
    progress = .ended(error)
  }

  private func nextMessage() throws(RPCError) -> [UInt8]? {
    do {
      return try deframer.next()
    } catch {
      throw RPCError(error)
    }
  }

  private func endDeframer() throws(RPCError) {
    do {
      try deframer.end()
    } catch {
      throw RPCError(error)
    }
  }
}

extension AttemptFailure.Reach {
  /// How far a request has come that failed for this reason; `nil` is a status of the server.
  init(_ cause: HTTPClientError?) {
    switch cause {
    case .unsent?: self = .unsent
    case .refused?: self = .refused
    // Without a connection as well: only a policy knows how long to wait for the next attempt.
    case nil, .unreachable?, .pausing?, .tls?, .notHTTP2?, .notConnectedInTime?, .reset?,
      .connectionLost?, .timedOut?, .cancelled?, .responseHeaderTooLarge?, .responseTooLarge?,
      .requestHeaderTooLarge?, .tooManyWaiting?, .closed?:
      self = .delivered
    }
  }
}
