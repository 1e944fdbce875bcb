internal import Schema

/// What accompanies a call beside its messages: an ordered multi-map of lower-case names.
///
/// Names that end in `-bin` carry bytes; they are kept in their wire form (base64 without padding)
/// and decoded when asked for. Order is kept, so several values of one name stay in theirs.
///
/// All of it lies in one array of bytes, which the door of a call shares with its header fields:
/// only what someone asks for becomes a string. A copy costs one reference.
public struct Metadata: Sendable {
  /// One name and one value, both as on the wire.
  public struct Entry: Sendable, Hashable {
    /// Lower-case.
    public let name: String
    /// Printable ASCII; base64 for a `-bin` name.
    public let value: String
  }

  /// Nil for none.
  private var content: MetadataContent?

  /// No metadata.
  public init() {}

  /// No metadata yet; ``addReceived(start:nameCount:valueCount:)`` picks entries out of `bytes`.
  package init(receivedIn bytes: [UInt8]) { content = MetadataContent(bytes: bytes) }

  /// Whether there is nothing in it.
  public var isEmpty: Bool { indices.isEmpty }

  private var indices: Range<Int> { content?.indices ?? 0..<0 }

  /// All entries in order.
  public var entries: [Entry] {
    guard let content else { return [] }
    return content.indices.map { Entry(name: content.name($0), value: content.value($0)) }
  }

  /// The first value of a lower-case name.
  public subscript(name: String) -> String? {
    guard let content else { return nil }
    for index in content.indices where content.isName(index, name) { return content.value(index) }
    return nil
  }

  /// Every value of a lower-case name, in order.
  public func values(for name: String) -> [String] {
    guard let content else { return [] }
    return content.indices.filter { content.isName($0, name) }.map { content.value($0) }
  }

  /// The bytes of every value of a `-bin` name; a value that is not base64 is left out.
  public func binaryValues(for name: String) -> [[UInt8]] {
    guard let content else { return [] }
    var all: [[UInt8]] = []
    for index in content.indices where content.isName(index, name) {
      let parts = content.valueBytes(index).split(
        separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      for part in parts {
        if let bytes = Base64.decode(part) { all.append(bytes) }
      }
    }
    return all
  }

  /// Whether a value of a `-bin` name is base64, or several with commas.
  package static func isBinary(_ value: ArraySlice<UInt8>) -> Bool {
    value.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      .allSatisfy { Base64.decode($0) != nil }
  }

  /// Appends a value; the name is made lower-case.
  public mutating func add(_ name: String, _ value: String) {
    own().append(name, value)
  }

  /// Appends bytes under a name that ends in `-bin`.
  public mutating func addBinary(_ name: String, _ value: [UInt8]) {
    precondition(name.hasSuffix("-bin"), "binary metadata needs a name that ends in -bin")
    add(name, Base64.text(value))
  }

  /// Takes every value of a name out.
  public mutating func remove(_ name: String) {
    if let content { self.content = MetadataContent(content, without: name) }
  }

  /// Appends all of another's entries.
  public mutating func add(contentsOf other: Metadata) {
    for entry in other.entries { add(entry.name, entry.value) }
  }

  /// Appends an entry that lies in the bytes given to ``init(receivedIn:)``, its name lower-case.
  package mutating func addReceived(start: Int32, nameCount: Int32, valueCount: Int32) {
    own().append(
      MetadataContent.Place(start: start, nameCount: nameCount, valueCount: valueCount))
  }

  /// What nobody else refers to.
  private mutating func own() -> MetadataContent {
    if isKnownUniquelyReferenced(&content), let content { return content }
    let own = content.map { MetadataContent($0) } ?? MetadataContent()
    content = own
    return own
  }
}

extension Metadata: Hashable {
  /// Same entries in the same order, wherever their bytes lie.
  public static func == (left: Metadata, right: Metadata) -> Bool { left.entries == right.entries }

  /// Feeds the entries.
  public func hash(into hasher: inout Hasher) { hasher.combine(entries) }
}

extension Metadata: ExpressibleByDictionaryLiteral {
  /// `["authorization": "Bearer …"]`
  public init(dictionaryLiteral elements: (String, String)...) {
    for (name, value) in elements { add(name, value) }
  }
}
