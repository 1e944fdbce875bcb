// Generated from klinke/billing/v1/billing_webhook_service.proto. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

public import RPC

/// Takes webhooks about payments.
public protocol BillingWebhookService: RPCService {
  /// Stores a signed Stripe event once, however often it is delivered.
  func stripeEvent(
    _ request: StripeEventRequest, context: ServerContext
  ) async throws(RPCError) -> StripeEventResponse
}

extension BillingWebhookService {
  /// Adds every method to a router.
  public func register(in router: inout Router) {
    router.unary(encoded: BillingWebhookServiceMethods.stripeEvent) {
      (request, context) async throws(RPCError) in
      try await stripeEvent(StripeEventRequest(request: request), context: context).responseBytes()
    }
  }
}

/// Calls ``BillingWebhookService`` over any transport.
public struct BillingWebhookServiceClient<Transport: ClientTransport>: Sendable {
  private let transport: Transport

  /// Calls over `transport`.
  public init(_ transport: Transport) { self.transport = transport }

  /// Stores a signed Stripe event once, however often it is delivered.
  public func stripeEvent(
    _ request: StripeEventRequest, options: CallOptions = .init()
  ) async throws(RPCError) -> StripeEventResponse {
    try await transport.unary(BillingWebhookServiceMethods.stripeEvent, request, options: options)
  }
}

// MARK: - Method table

/// The methods of ``BillingWebhookService``.
public enum BillingWebhookServiceMethods {
  public static let stripeEvent = MethodDescriptor<StripeEventRequest, StripeEventResponse>(
    MethodInfo(
      service: "klinke.billing.v1.BillingWebhookService", name: "StripeEvent",
      kind: .unary,
      requestType: "klinke.billing.v1.StripeEventRequest",
      responseType: "klinke.billing.v1.StripeEventResponse",
      policy: MethodPolicy(access: .webhook, scope: .none),
      idempotency: .idempotent,
      routes: [HTTPRoute(.post, "/api/billing/stripe/webhook", body: .all)],
      webhook: WebhookInfo(provider: "stripe", payload: .json, rawBodyField: "raw_body")
    ))

  /// All of them, in the order of the schema.
  public static let all: [MethodInfo] = [stripeEvent.info]
}
