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
    var faults = Violations()
    faults.checkLength(request.id, "id", 1...255)
    faults.checkLength(request.type, "type", 1...255)
    if !request.id.isEmpty {
      faults.check(request.id.hasPrefix("evt_"), "id", "must begin with evt_")
    }
    faults.check(request.object == "event", "object", "must be `event`")
    faults.check(request.created > 0, "created", "must be seconds since 1970")
    faults.checkLength(request.apiVersion, "api_version", 0...100)
    try faults.throwIfAny()
    let isNew = try await store.add(request, context)
    return StripeEventResponse(received: true, duplicate: !isNew)
  }
}
