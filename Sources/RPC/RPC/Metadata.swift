/// What accompanies a call beside its messages: an ordered multi-map of lower-case names.
///
/// Names that end in `-bin` carry bytes; they are kept in their wire form (base64 without padding)
/// and decoded when asked for. Order is kept, so several values of one name stay in theirs.
public struct Metadata: Sendable, Hashable {
  /// One name and one value, both as on the wire.
  public struct Entry: Sendable, Hashable {
    /// Lower-case.
    public let name: String
    /// Printable ASCII; base64 for a `-bin` name.
    public let value: String
  }

  /// All entries in order.
  public private(set) var entries: [Entry] = []

  /// No metadata.
  public init() {}

  /// Whether there is nothing in it.
  public var isEmpty: Bool { entries.isEmpty }

  /// The first value of a lower-case name.
  public subscript(name: String) -> String? {
    for entry in entries where entry.name == name { return entry.value }
    return nil
  }

  /// Every value of a lower-case name, in order.
  public func values(for name: String) -> [String] {
    entries.compactMap { $0.name == name ? $0.value : nil }
  }

  /// The bytes of every value of a `-bin` name; a value that is not base64 is left out.
  public func binaryValues(for name: String) -> [[UInt8]] {
    var all: [[UInt8]] = []
    for entry in entries where entry.name == name {
      let parts = entry.value.utf8.split(
        separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      for part in parts {
        if let bytes = Base64.decode(part) { all.append(bytes) }
      }
    }
    return all
  }

  /// Appends a value; the name is made lower-case.
  public mutating func add(_ name: String, _ value: String) {
    entries.append(Entry(name: name.lowercased(), value: value))
  }

  /// Appends bytes under a name that ends in `-bin`.
  public mutating func addBinary(_ name: String, _ value: [UInt8]) {
    precondition(name.hasSuffix("-bin"), "binary metadata needs a name that ends in -bin")
    add(name, Base64.encode(value))
  }

  /// Takes every value of a name out.
  public mutating func remove(_ name: String) {
    entries.removeAll { $0.name == name }
  }

  /// Appends all of another's entries.
  public mutating func add(contentsOf other: Metadata) {
    entries.append(contentsOf: other.entries)
  }

  /// Appends an entry whose name is known to be lower-case, as every name on HTTP/2 is.
  package mutating func addReceived(_ name: String, _ value: String) {
    entries.append(Entry(name: name, value: value))
  }

  package mutating func reserveCapacity(_ count: Int) { entries.reserveCapacity(count) }
}

extension Metadata: ExpressibleByDictionaryLiteral {
  /// `["authorization": "Bearer …"]`
  public init(dictionaryLiteral elements: (String, String)...) {
    for (name, value) in elements { add(name, value) }
  }
}
