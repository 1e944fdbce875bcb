internal import RPC
internal import TestHarness

/// Streams that end in each of the ways a call can end before the caller is done.
enum TalkMethods {
  static let service = "klinke.test.v1.TalkService"
  /// Answers each message as it comes.
  static let chat = method("Chat", .bidirectional)
  /// Reads one message and ends: well, or with an error if its text is `refuse`.
  static let hangUp = method("HangUp", .bidirectional)
  /// The same with one answer at the end.
  static let sample = method("Sample", .clientStreaming)
  /// Reads nothing and answers nothing.
  static let stall = method("Stall", .bidirectional)
  /// Sends metadata at once, and more at the end.
  static let greet = method("Greet", .bidirectional)

  private static func method(_ name: String, _ kind: MethodKind) -> MethodDescriptor<Echo, Echo> {
    MethodDescriptor(
      MethodInfo(
        service: service, name: name, kind: kind, requestType: Echo.protoName,
        responseType: Echo.protoName, policy: MethodPolicy(access: .anyone, scope: .none)))
  }
}

struct TalkService: RPCService {
  /// Told when `stall` runs and when it was cancelled.
  let stalled = Signal()
  let cancelled = Signal()

  func register(in router: inout Router) {
    router.bidirectional(TalkMethods.chat) { (requests, responses, _) async throws(RPCError) in
      while let request = try await requests.next() { try await responses.write(request) }
    }
    router.bidirectional(TalkMethods.hangUp) { (requests, _, _) async throws(RPCError) in
      let request = try await requests.next()
      if request?.text == "refuse" { throw RPCError(.failedPrecondition, "enough of this") }
    }
    router.clientStreaming(TalkMethods.sample) { (requests, _) async throws(RPCError) in
      let request = try await requests.next()
      if request?.text == "refuse" { throw RPCError(.failedPrecondition, "enough of this") }
      return request ?? Echo()
    }
    router.bidirectional(TalkMethods.stall) { (_, _, _) async throws(RPCError) in
      stalled.send()
      await Signal().wait()
      cancelled.send()
      throw .cancelled
    }
    router.bidirectional(TalkMethods.greet) {
      (requests, responses, context) async throws(RPCError) in
      context.responseMetadata.addInitial("x-greeting", "hello")
      while let request = try await requests.next() { try await responses.write(request) }
      context.responseMetadata.addTrailing("x-farewell", "bye")
    }
  }
}
