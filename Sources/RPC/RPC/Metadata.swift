internal import Schema

/// What accompanies a call beside its messages: an ordered multi-map of lower-case names.
///
/// Names that end in `-bin` carry bytes; they are kept in their wire form (base64 without padding)
/// and decoded when asked for. Order is kept, so several values of one name stay in theirs.
///
/// All of it lies in one array of bytes, which the door of a call shares with its header fields:
/// only what someone asks for becomes a string.
public struct Metadata: Sendable {
  /// One name and one value, both as on the wire.
  public struct Entry: Sendable, Hashable {
    /// Lower-case.
    public let name: String
    /// Printable ASCII; base64 for a `-bin` name.
    public let value: String
  }

  /// Where an entry lies: its name, directly followed by its value.
  private struct Place: Sendable {
    let start: Int32
    let nameCount: Int32
    let valueCount: Int32

    var name: Range<Int> { Int(start)..<Int(start + nameCount) }
    var value: Range<Int> { Int(start + nameCount)..<Int(start + nameCount + valueCount) }
  }

  private var bytes: [UInt8] = []
  private var places = Places()

  /// A list of places. Most calls carry one or two entries, which need no memory of their own. They
  /// lie in fields, for the runtime copies an inline array.
  private struct Places: Sendable {
    private var first = Place(start: 0, nameCount: 0, valueCount: 0)
    private var second = Place(start: 0, nameCount: 0, valueCount: 0)
    private var more: [Place] = []
    private(set) var count = 0

    var indices: Range<Int> { 0..<count }

    subscript(index: Int) -> Place {
      switch index {
      case 0: first
      case 1: second
      default: more[index - 2]
      }
    }

    mutating func append(_ place: Place) {
      switch count {
      case 0: first = place
      case 1: second = place
      default: more.append(place)
      }
      count += 1
    }
  }

  /// No metadata.
  public init() {}

  /// No metadata yet; ``addReceived(start:nameCount:valueCount:)`` picks entries out of `bytes`.
  package init(receivedIn bytes: [UInt8]) { self.bytes = bytes }

  /// Whether there is nothing in it.
  public var isEmpty: Bool { places.count == 0 }

  /// All entries in order.
  public var entries: [Entry] {
    places.indices.map { Entry(name: text(places[$0].name), value: text(places[$0].value)) }
  }

  /// The first value of a lower-case name.
  public subscript(name: String) -> String? {
    for index in places.indices where isName(places[index], name) {
      return text(places[index].value)
    }
    return nil
  }

  /// Every value of a lower-case name, in order.
  public func values(for name: String) -> [String] {
    var values: [String] = []
    for index in places.indices where isName(places[index], name) {
      values.append(text(places[index].value))
    }
    return values
  }

  /// The bytes of every value of a `-bin` name; a value that is not base64 is left out.
  public func binaryValues(for name: String) -> [[UInt8]] {
    var all: [[UInt8]] = []
    for index in places.indices where isName(places[index], name) {
      let parts = bytes[places[index].value].split(
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
    let start = bytes.count
    for byte in name.utf8 { bytes.append(0x41...0x5a ~= byte ? byte | 0x20 : byte) }
    let middle = bytes.count
    bytes.append(contentsOf: value.utf8)
    addReceived(
      start: Int32(start), nameCount: Int32(middle - start),
      valueCount: Int32(bytes.count - middle))
  }

  /// Appends bytes under a name that ends in `-bin`.
  public mutating func addBinary(_ name: String, _ value: [UInt8]) {
    precondition(name.hasSuffix("-bin"), "binary metadata needs a name that ends in -bin")
    add(name, Base64.text(value))
  }

  /// Takes every value of a name out.
  public mutating func remove(_ name: String) {
    var kept = Places()
    for index in places.indices where !isName(places[index], name) { kept.append(places[index]) }
    places = kept
  }

  /// Appends all of another's entries.
  public mutating func add(contentsOf other: Metadata) {
    for entry in other.entries { add(entry.name, entry.value) }
  }

  /// Appends an entry that lies in the bytes given to ``init(receivedIn:)``, its name lower-case.
  package mutating func addReceived(start: Int32, nameCount: Int32, valueCount: Int32) {
    places.append(Place(start: start, nameCount: nameCount, valueCount: valueCount))
  }

  private func isName(_ place: Place, _ name: String) -> Bool {
    Int(place.nameCount) == name.utf8.count && Metadata.isName(bytes[place.name], name)
  }

  private static func isName(_ bytes: ArraySlice<UInt8>, _ name: String) -> Bool {
    bytes.elementsEqual(name.utf8)
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
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
