// Generated from klinke/call/v1/telephony_webhook_service.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import RPC

/// Takes the carrier's webhooks of a call and answers with TwiML.
///
/// Every request is signed by the carrier; what is not, never gets here. A repeated request gets the
/// first answer again and changes nothing.
public protocol TelephonyWebhookService: RPCService {
  /// A call arrived: finds the tenant by the called number and begins its live flow.
  func incomingCall(
    _ request: IncomingCallRequest, context: ServerContext
  ) async throws(RPCError) -> HTTPBody

  /// The caller pressed keys, spoke, or did neither in time.
  func callInput(
    _ request: CallInputRequest, context: ServerContext
  ) async throws(RPCError) -> HTTPBody

  /// A transfer is over.
  func dialResult(
    _ request: DialResultRequest, context: ServerContext
  ) async throws(RPCError) -> HTTPBody

  /// The call changed its status; a final one closes the call and its usage.
  func callStatus(
    _ request: CallStatusRequest, context: ServerContext
  ) async throws(RPCError) -> HTTPBody
}

extension TelephonyWebhookService {
  /// Adds every method to a router.
  public func register(in router: inout Router) {
    router.unary(encoded: TelephonyWebhookServiceMethods.incomingCall) {
      (request, context) async throws(RPCError) in
      try await incomingCall(
        IncomingCallRequest(request: request), context: context
      ).responseBytes()
    }
    router.unary(encoded: TelephonyWebhookServiceMethods.callInput) {
      (request, context) async throws(RPCError) in
      try await callInput(CallInputRequest(request: request), context: context).responseBytes()
    }
    router.unary(encoded: TelephonyWebhookServiceMethods.dialResult) {
      (request, context) async throws(RPCError) in
      try await dialResult(DialResultRequest(request: request), context: context).responseBytes()
    }
    router.unary(encoded: TelephonyWebhookServiceMethods.callStatus) {
      (request, context) async throws(RPCError) in
      try await callStatus(CallStatusRequest(request: request), context: context).responseBytes()
    }
  }
}

/// Calls ``TelephonyWebhookService`` over any transport.
public struct TelephonyWebhookServiceClient<Transport: ClientTransport>: Sendable {
  private let transport: Transport

  /// Calls over `transport`.
  public init(_ transport: Transport) { self.transport = transport }

  /// A call arrived: finds the tenant by the called number and begins its live flow.
  public func incomingCall(
    _ request: IncomingCallRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> HTTPBody {
    try await transport.unary(
      TelephonyWebhookServiceMethods.incomingCall, request, options: options
    )
  }

  /// The caller pressed keys, spoke, or did neither in time.
  public func callInput(
    _ request: CallInputRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> HTTPBody {
    try await transport.unary(TelephonyWebhookServiceMethods.callInput, request, options: options)
  }

  /// A transfer is over.
  public func dialResult(
    _ request: DialResultRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> HTTPBody {
    try await transport.unary(TelephonyWebhookServiceMethods.dialResult, request, options: options)
  }

  /// The call changed its status; a final one closes the call and its usage.
  public func callStatus(
    _ request: CallStatusRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> HTTPBody {
    try await transport.unary(TelephonyWebhookServiceMethods.callStatus, request, options: options)
  }
}

// MARK: - Method table

/// The methods of ``TelephonyWebhookService``.
public enum TelephonyWebhookServiceMethods {
  public static let incomingCall = MethodDescriptor<IncomingCallRequest, HTTPBody>(
    MethodInfo(
      service: "klinke.call.v1.TelephonyWebhookService", name: "IncomingCall",
      kind: .unary,
      requestType: "klinke.call.v1.IncomingCallRequest",
      responseType: "google.api.HttpBody",
      policy: MethodPolicy(access: .webhook, scope: .none),
      idempotency: .idempotent,
      routes: [HTTPRoute(.post, "/telephony/incoming", body: .all), HTTPRoute(.post, "/twilio/voice/inbound", body: .all)],
      webhook: WebhookInfo(provider: "twilio", payload: .form)
    ))

  public static let callInput = MethodDescriptor<CallInputRequest, HTTPBody>(
    MethodInfo(
      service: "klinke.call.v1.TelephonyWebhookService", name: "CallInput",
      kind: .unary,
      requestType: "klinke.call.v1.CallInputRequest",
      responseType: "google.api.HttpBody",
      policy: MethodPolicy(access: .webhook, scope: .none),
      idempotency: .idempotent,
      routes: [HTTPRoute(.post, "/telephony/input", body: .all)],
      webhook: WebhookInfo(provider: "twilio", payload: .form)
    ))

  public static let dialResult = MethodDescriptor<DialResultRequest, HTTPBody>(
    MethodInfo(
      service: "klinke.call.v1.TelephonyWebhookService", name: "DialResult",
      kind: .unary,
      requestType: "klinke.call.v1.DialResultRequest",
      responseType: "google.api.HttpBody",
      policy: MethodPolicy(access: .webhook, scope: .none),
      idempotency: .idempotent,
      routes: [HTTPRoute(.post, "/telephony/dial-result", body: .all)],
      webhook: WebhookInfo(provider: "twilio", payload: .form)
    ))

  public static let callStatus = MethodDescriptor<CallStatusRequest, HTTPBody>(
    MethodInfo(
      service: "klinke.call.v1.TelephonyWebhookService", name: "CallStatus",
      kind: .unary,
      requestType: "klinke.call.v1.CallStatusRequest",
      responseType: "google.api.HttpBody",
      policy: MethodPolicy(access: .webhook, scope: .none),
      idempotency: .idempotent,
      routes: [HTTPRoute(.post, "/telephony/status", body: .all), HTTPRoute(.post, "/twilio/status", body: .all)],
      webhook: WebhookInfo(provider: "twilio", payload: .form)
    ))

  /// All of them, in the order of the schema.
  public static let all: [MethodInfo] = [
    incomingCall.info, callInput.info, dialResult.info, callStatus.info
  ]
}
