internal import Testing

@testable internal import Postgres

@Suite("StatementCache")
struct StatementCacheTests {
  private func key(_ text: String, _ types: [UInt32] = []) -> StatementCache.Key {
    StatementCache.Key(text: text, types: types)
  }

  private func isNew(_ lookup: StatementCache.Lookup) -> Bool {
    switch lookup {
    case .new: true
    case .known: false
    }
  }

  @Test("knows a statement by its text and the types of its values")
  func keys() {
    var cache = StatementCache(capacity: 4)
    #expect(isNew(cache.use(key("SELECT 1"))))
    #expect(!isNew(cache.use(key("SELECT 1"))))
    #expect(isNew(cache.use(key("SELECT 1", [17]))))
    #expect(cache.count == 2)
  }

  @Test("gives up the statement not used for longest, and never uses a name again")
  func eviction() throws {
    var cache = StatementCache(capacity: 2)
    var names: Set<String> = []
    var evicted: [String] = []
    for text in ["a", "b", "a", "c", "b", "c", "a"] {
      if case .new(let statement, let old) = cache.use(key(text)) {
        #expect(names.insert(statement.name).inserted)
        if let old { evicted.append(old.text) }
      }
      #expect(cache.count <= 2)
    }
    #expect(evicted == ["b", "a", "b"])
  }

  @Test("prepares anew what it was told to forget")
  func forget() throws {
    var cache = StatementCache(capacity: 2)
    guard case .new(let statement, nil) = cache.use(key("a")) else {
      Issue.record("not new")
      return
    }
    cache.forget(statement)
    cache.forget(statement)
    #expect(isNew(cache.use(key("a"))))
  }
}
