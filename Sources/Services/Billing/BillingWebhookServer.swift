package import BillingAPI
internal import Platform
package import RPC

/// Stores Stripe's events; what they mean is decided from the stored ones.
package struct BillingWebhookServer: BillingWebhookService {
  private let store: StripeEventStore

  package init(store: StripeEventStore) { self.store = store }

  package func stripeEvent(
    _ request: StripeEventRequest, context: ServerContext
  ) async throws(RPCError) -> StripeEventResponse {
    let isNew = try await store.add(request, context)
    return StripeEventResponse(received: true, duplicate: !isNew)
  }
}
