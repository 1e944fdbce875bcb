/// The statements that one connection has prepared, by their text and the types of their values.
struct StatementCache {
  struct Key: Hashable {
    var text: String
    var types: [UInt32]

    init(_ sql: SQL) {
      text = sql.text
      // Most values leave the type to the server; then there is nothing to keep.
      types = sql.binds.contains { $0.type != 0 } ? sql.binds.map(\.type) : []
    }

    init(text: String, types: [UInt32]) {
      self.text = text
      self.types = types
    }
  }

  enum Lookup {
    /// Prepared, or on the way to it.
    case known(PreparedStatement)
    /// To be prepared. The server shall forget `evicted` first.
    case new(PreparedStatement, evicted: PreparedStatement?)
  }

  private struct Entry {
    var statement: PreparedStatement
    var lastUse: UInt64
  }

  private let capacity: Int
  private var entries: [Key: Entry] = [:]
  private var uses: UInt64 = 0
  private var names: UInt64 = 0

  init(capacity: Int) {
    precondition(capacity > 0, "a cache holds something")
    self.capacity = capacity
  }

  var count: Int { entries.count }

  /// Finds a statement, or makes room for it by giving up the one not used for longest.
  mutating func use(_ key: Key) -> Lookup {
    uses += 1
    if let index = entries.index(forKey: key) {
      entries.values[index].lastUse = uses
      return .known(entries.values[index].statement)
    }
    var evicted: PreparedStatement?
    if entries.count == capacity,
      let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse })
    {
      evicted = oldest.value.statement
      entries.removeValue(forKey: oldest.key)
    }
    names += 1
    // A name is never used twice: an older one may still be on its way out.
    let statement = PreparedStatement(name: "k\(names)", text: key.text)
    entries[key] = Entry(statement: statement, lastUse: uses)
    return .new(statement, evicted: evicted)
  }

  /// Forgets a statement that the server refused to prepare or no longer accepts.
  mutating func forget(_ statement: PreparedStatement) {
    guard let index = entries.firstIndex(where: { $0.value.statement === statement }) else {
      return
    }
    entries.remove(at: index)
  }
}
