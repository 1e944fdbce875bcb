internal import Codings
internal import HTTP
internal import HTTP2
internal import RPC

/// The client's side of one call over HTTP/2.
actor GRPCClientStream: ClientStream {
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
  private let metadata: ResponseMetadata?
  /// What requests are compressed with.
  private let coding: Coding?
  private var deframer: MessageDeframer
  private var progress = Progress.waiting
  private var initial = Metadata()
  private var trailing = Metadata()

  init(
    _ stream: HTTP2ClientStream, target: String, deadline: ContinuousClock.Instant?,
    metadata: ResponseMetadata?, coding: Coding?, messageBytesMax: Int
  ) {
    self.stream = stream
    self.target = target
    self.deadline = deadline
    self.metadata = metadata
    self.coding = coding
    deframer = MessageDeframer(messageBytesMax: messageBytesMax)
  }

  func send(_ message: [UInt8], compress: Bool) async throws(RPCError) -> Bool {
    let isTaken: Bool
    do {
      isTaken = try await stream.write(framed(message, compress ? coding : nil))
    } catch {
      throw RPCError(error, target: target, deadline: deadline)
    }
    guard !isTaken else { return true }
    // The server has ended the call; the status is there, maybe behind responses not yet read.
    if case .ended(let error?) = progress { throw error }
    if let head = await stream.head {
      let trailers = await stream.trailers ?? head.fields
      if let error = GRPCOutcome.error(httpStatus: head.status, trailers: trailers) { throw error }
    }
    return false
  }

  func finishSending() async throws(RPCError) { await stream.finish() }

  func initialMetadata() async throws(RPCError) -> Metadata {
    if case .waiting = progress { try await receiveHead() }
    return initial
  }

  func trailingMetadata() async -> Metadata { trailing }

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
      throw RPCError(error, target: target, deadline: deadline)
    }
    if head.fields.contains("grpc-status") {
      end(status: head.status, trailers: head.fields)
    } else if head.fields["content-type"]?.hasPrefix("application/grpc") == true {
      deframer.coding = try GRPCOutcome.coding(head.fields)
      initial = GRPCOutcome.metadata(head.fields)
      metadata?.add(initial: initial)
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
      throw RPCError(error, target: target, deadline: deadline)
    }
    let trailers = await stream.trailers ?? HTTPFields()
    end(status: status, trailers: trailers)
    // A broken message matters only if the server thinks that all is well.
    if case .ended(nil) = progress { try endDeframer() }
  }

  private func end(status: Int, trailers: HTTPFields) {
    let error = GRPCOutcome.error(httpStatus: status, trailers: trailers)
    trailing = GRPCOutcome.metadata(trailers)
    metadata?.add(trailing: trailing)
    progress = .ended(error)
  }

  private func nextMessage() throws(RPCError) -> [UInt8]? {
    do {
      let message = try deframer.next()
      if deframer.coding != nil { metadata?.noteMessage(wasCompressed: deframer.lastWasCompressed) }
      return message
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
