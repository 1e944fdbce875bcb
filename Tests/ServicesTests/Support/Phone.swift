internal import CallAPI
internal import Platform
internal import RPC
internal import UsageAPI
internal import Wire

/// One call as the carrier tells of it.
struct Phone: Sendable {
  let services: Services
  let clients: Clients
  let sid: String
  let to: String

  init(
    _ services: Services, _ sid: String = "CA1", to: String = "+493023125000",
    signer: TenantID? = nil
  ) {
    self.services = services
    self.sid = sid
    self.to = to
    clients = services.carrier(of: signer)
  }

  private func words(_ body: HTTPBody) -> [String] {
    String(decoding: body.data, as: UTF8.self).split(separator: "\n").map { String($0) }
  }

  func rings(from: String = "+4915112345678") async throws -> [String] {
    words(
      try await clients.telephony.incomingCall(
        .init(callSid: sid, from: from, to: to, callStatus: "ringing")))
  }

  func presses(_ digits: String, step: Int32) async throws -> [String] {
    words(
      try await clients.telephony.callInput(
        .init(callSid: sid, to: to, digits: digits, step: step)))
  }

  func says(_ speech: String, step: Int32) async throws -> [String] {
    words(
      try await clients.telephony.callInput(
        .init(callSid: sid, to: to, speechResult: speech, step: step)))
  }

  func dialed(
    _ status: String, seconds: String = "", step: Int32
  ) async throws -> [String] {
    words(
      try await clients.telephony.dialResult(
        .init(
          callSid: sid, to: to, dialCallStatus: status, dialCallDuration: seconds, step: step)))
  }

  @discardableResult
  func ends(_ status: String = "completed", seconds: String) async throws -> [String] {
    words(
      try await clients.telephony.callStatus(
        .init(callSid: sid, to: to, callStatus: status, callDuration: seconds)))
  }
}

extension Company {
  /// The only call there is, with its history.
  func call() async throws -> Call {
    let calls = try await admin.calls.listCalls(.init()).calls
    guard calls.count == 1 else { throw RPCError(.internal, "there are \(calls.count) calls") }
    return try await admin.calls.getCall(.init(callID: calls[0].callID))
  }

  /// What was counted: `call 1`, `voicebot 42`.
  func counted() async throws -> [String] {
    try await admin.usage.listUsageEvents(.init()).events
      .map { "\($0.kind) \($0.quantity)" }.sorted()
  }
}
