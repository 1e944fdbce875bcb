/// Envelope encryption: each tenant has a data key, and the platform's master key wraps it.
///
/// The associated data binds every sealed value to its tenant, table, column and row, so that bytes
/// copied to another place do not open.
package struct Envelope: Sendable {
  /// Names the master key in the database, so that it can be rotated.
  package let masterKeyID: String
  private let masterKey: [UInt8]

  /// - Parameter masterKey: 32 bytes, kept outside the database.
  package init(masterKey: [UInt8]) {
    precondition(masterKey.count == 32, "AES-256 takes a key of 32 bytes")
    self.masterKey = masterKey
    masterKeyID = hexadecimal(Crypto.sha256(masterKey).prefix(8))
  }

  /// A tenant's data key in clear; lives for one request.
  package struct DataKey: Sendable {
    package let tenant: TenantID
    fileprivate let bytes: [UInt8]
  }

  /// Where a value is stored.
  package struct Place: Sendable, Hashable {
    package let table: String
    package let column: String
    package let row: String

    package init(table: String, column: String, row: String) {
      self.table = table
      self.column = column
      self.row = row
    }
  }

  /// A new data key and its wrapped form for the database.
  package func makeDataKey(for tenant: TenantID) throws(CryptoError) -> (DataKey, wrapped: [UInt8])
  {
    let key = DataKey(tenant: tenant, bytes: Crypto.randomBytes(32))
    let wrapped = try Crypto.seal(
      key.bytes, key: masterKey, associatedData: Array("tenant_key/\(tenant)".utf8))
    return (key, wrapped)
  }

  /// The data key that ``makeDataKey(for:)`` wrapped for the same tenant.
  package func unwrap(_ wrapped: [UInt8], for tenant: TenantID) throws(CryptoError) -> DataKey {
    let bytes = try Crypto.open(
      wrapped, key: masterKey, associatedData: Array("tenant_key/\(tenant)".utf8))
    guard bytes.count == 32 else { throw .notAuthentic }
    return DataKey(tenant: tenant, bytes: bytes)
  }

  package func seal(
    _ secret: [UInt8], with key: DataKey, at place: Place
  ) throws(CryptoError) -> [UInt8] {
    try Crypto.seal(secret, key: key.bytes, associatedData: bound(key, place))
  }

  package func open(
    _ sealed: [UInt8], with key: DataKey, at place: Place
  ) throws(CryptoError) -> [UInt8] {
    try Crypto.open(sealed, key: key.bytes, associatedData: bound(key, place))
  }

  private func bound(_ key: DataKey, _ place: Place) -> [UInt8] {
    Array("\(key.tenant)/\(place.table)/\(place.column)/\(place.row)".utf8)
  }
}
