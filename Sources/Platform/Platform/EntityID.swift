package import Postgres
package import RPC

/// The identifier of one kind of thing, so that a bot's id cannot be passed where a tenant's belongs.
package struct EntityID<Kind: EntityKind>: Hashable, Sendable, CustomStringConvertible {
  package let uuid: UUID

  package var text: String { uuid.text }
  package var description: String { uuid.text }

  package init(_ uuid: UUID) { self.uuid = uuid }

  /// Reads the canonical text; `nil` when it is no UUID.
  package init?(_ text: String) {
    guard let uuid = UUID(text) else { return nil }
    self.uuid = uuid
  }

  /// An identifier of a request, which the declared rules have checked. Another text means that
  /// the field has no such rule.
  package init(checked text: String) throws(RPCError) {
    guard let id = EntityID(text) else {
      throw RPCError(
        .internal, "the call failed inside the platform", detail: "unchecked \(Kind.name)_id")
    }
    self = id
  }

  /// The same for a field that may be empty.
  package static func ifSet(_ text: String) throws(RPCError) -> EntityID? {
    text.isEmpty ? nil : try EntityID(checked: text)
  }

  /// A new random identifier.
  package static func random() -> EntityID { EntityID(UUID.random()) }
}

/// What an identifier identifies.
package protocol EntityKind {
  /// The word for it in messages, audit rows and `lookup_foreign`: `bot`.
  static var name: String { get }
}

package enum TenantKind: EntityKind { package static var name: String { "tenant" } }
package enum UserKind: EntityKind { package static var name: String { "user" } }
package enum BotKind: EntityKind { package static var name: String { "bot" } }
package enum FlowKind: EntityKind { package static var name: String { "flow" } }
package enum MappingKind: EntityKind { package static var name: String { "mapping" } }
package enum CallKind: EntityKind { package static var name: String { "call" } }
package enum ConnectorKind: EntityKind { package static var name: String { "connector" } }

package typealias TenantID = EntityID<TenantKind>
package typealias UserID = EntityID<UserKind>
package typealias BotID = EntityID<BotKind>
package typealias FlowID = EntityID<FlowKind>
package typealias MappingID = EntityID<MappingKind>
package typealias CallID = EntityID<CallKind>
package typealias ConnectorID = EntityID<ConnectorKind>

extension EntityID<TenantKind> {
  /// The tenant that platform administrators belong to; made by the first migration.
  package static var platform: TenantID {
    guard let id = TenantID("00000000-0000-4000-8000-000000000000") else {
      preconditionFailure("the platform's tenant id is a UUID")
    }
    return id
  }
}

extension EntityID: PostgresEncodable {
  package var postgresValue: PostgresValue { uuid.postgresValue }
}

extension UUID: PostgresEncodable {
  /// OID of the type `uuid` in `pg_type`; it never changes.
  private static let postgresType: UInt32 = 2950

  package var postgresValue: PostgresValue {
    PostgresValue(bytes: Array(text.utf8), type: UUID.postgresType)
  }
}

extension Row {
  /// An id column.
  package func id<Kind>(_ column: String) throws(RPCError) -> EntityID<Kind> {
    guard let id = EntityID<Kind>(try value(column, as: String.self)) else {
      throw RPCError(
        .internal, "the call failed inside the platform", detail: "\(column) holds no UUID")
    }
    return id
  }
}
