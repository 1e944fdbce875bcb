internal import BillingAPI
internal import Platform
package import Postgres
internal import RPC

/// The rows of Stripe's events.
package struct StripeEventStore: Sendable {
  private let database: ServiceDatabase

  package init(_ database: Database) { self.database = ServiceDatabase(database) }

  /// Stores an event; false when it was there already.
  func add(_ event: StripeEventRequest, _ context: ServerContext) async throws(RPCError) -> Bool {
    let rows = try await database.rowsWithoutTenant(
      """
      INSERT INTO stripe_event
        (stripe_event_id, event_type, livemode, api_version, created_time, raw_body)
      VALUES
        (\(event.id), \(event.type), \(event.livemode), \(event.apiVersion),
         to_timestamp(\(event.created)::bigint), \(event.rawBody))
      ON CONFLICT DO NOTHING
      RETURNING stripe_event_id
      """, deadline: context.deadline)
    return !rows.isEmpty
  }
}
