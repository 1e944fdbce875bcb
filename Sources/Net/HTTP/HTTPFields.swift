/// Header or trailer fields in their order, with lower-case names.
///
/// All of them share one array of bytes: a request costs two allocations whatever it carries, and
/// only the fields that someone asks for become strings.
package struct HTTPFields: Sendable, ExpressibleByDictionaryLiteral {
  /// Where a field lies in ``bytes``: its name, directly followed by its value.
  package struct Entry: Sendable {
    package var start: Int32
    package var nameCount: Int32
    package var valueCount: Int32

    package var name: Range<Int> { Int(start)..<Int(start + nameCount) }
    package var value: Range<Int> {
      Int(start + nameCount)..<Int(start + nameCount + valueCount)
    }
  }

  /// Bytes that belong to no field, for the other parts of a head.
  package struct Piece: Sendable {
    fileprivate var start: Int32 = 0
    package fileprivate(set) var count: Int32 = 0

    package init() {}

    package var isEmpty: Bool { count == 0 }

    package var range: Range<Int> { Int(start)..<Int(start + count) }
  }

  package private(set) var bytes: [UInt8] = []
  package private(set) var entries: [Entry] = []

  package init() {}

  /// Fields with names known here; the names must be lower-case.
  package init(dictionaryLiteral elements: (String, String)...) {
    for (name, value) in elements { add(name, value) }
  }

  /// Makes room, so that adding does not allocate.
  package mutating func reserve(fields: Int, bytes count: Int) {
    entries.reserveCapacity(fields)
    bytes.reserveCapacity(count)
  }

  package var isEmpty: Bool { entries.isEmpty }

  package var count: Int { entries.count }

  /// The size as HTTP/2 counts it against a limit: names, values and 32 bytes for each field.
  package var listSize: Int {
    entries.reduce(0) { $0 + Int($1.nameCount + $1.valueCount) + 32 }
  }

  /// The value of the first field with that (lower-case) name.
  package subscript(_ name: String) -> String? {
    guard let entry = first(name) else { return nil }
    return string(entry.value)
  }

  /// Whether there is a field with that (lower-case) name.
  package func contains(_ name: String) -> Bool { first(name) != nil }

  /// Whether the first field with that (lower-case) name has a value that begins so.
  package func value(of name: String, begins prefix: String) -> Bool {
    first(name).map { bytes[$0.value].starts(with: prefix.utf8) } ?? false
  }

  /// The values of all fields with that name.
  package func values(for name: String) -> [String] {
    var values: [String] = []
    for entry in entries where isName(entry, name) { values.append(string(entry.value)) }
    return values
  }

  /// Adds a field. The name is put into lower case; CR, LF and NUL, which would end the field on
  /// the wire, become spaces.
  package mutating func add(_ name: String, _ value: String) {
    let start = bytes.count
    bytes.append(contentsOf: name.utf8)
    let middle = bytes.count
    bytes.append(contentsOf: value.utf8)
    finishEntry(start: start, middle: middle)
  }

  /// Adds a field that was received by HTTP/2, whose library has refused upper case in names and
  /// CR, LF and NUL anywhere (RFC 9113 section 8.2.1).
  package mutating func add(
    checkedName name: UnsafeBufferPointer<UInt8>, value: UnsafeBufferPointer<UInt8>
  ) {
    let start = bytes.count
    unsafe bytes.append(contentsOf: name)
    unsafe bytes.append(contentsOf: value)
    entries.append(
      Entry(start: Int32(start), nameCount: Int32(name.count), valueCount: Int32(value.count)))
  }

  /// Keeps a part of a head that is no field.
  mutating func keep(_ text: String) -> Piece {
    var piece = Piece()
    piece.start = Int32(bytes.count)
    bytes.append(contentsOf: text.utf8)
    piece.count = Int32(bytes.count) - piece.start
    return piece
  }

  /// The same, of HTTP/2.
  package mutating func keep(_ part: UnsafeBufferPointer<UInt8>) -> Piece {
    var piece = Piece()
    piece.start = Int32(bytes.count)
    piece.count = Int32(part.count)
    unsafe bytes.append(contentsOf: part)
    return piece
  }

  /// A part of the head as text.
  package func text(_ piece: Piece) -> String { string(piece.range) }

  /// Adds a field that was received.
  mutating func add(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>) {
    let start = bytes.count
    bytes.append(contentsOf: name)
    let middle = bytes.count
    bytes.append(contentsOf: value)
    finishEntry(start: start, middle: middle)
  }

  /// Adds all fields of another list.
  package mutating func add(_ other: HTTPFields) {
    let offset = Int32(bytes.count)
    bytes.append(contentsOf: other.bytes)
    for entry in other.entries {
      var entry = entry
      entry.start += offset
      entries.append(entry)
    }
  }

  /// The name and value of an entry as text.
  package func text(_ entry: Entry) -> (name: String, value: String) {
    (string(entry.name), string(entry.value))
  }

  private mutating func finishEntry(start: Int, middle: Int) {
    for index in start..<middle where bytes[index] &- 0x41 < 26 { bytes[index] |= 0x20 }
    for index in start..<bytes.count where bytes[index] <= 0x0D {
      if bytes[index] == 0x0D || bytes[index] == 0x0A || bytes[index] == 0 { bytes[index] = 0x20 }
    }
    entries.append(
      Entry(
        start: Int32(start), nameCount: Int32(middle - start),
        valueCount: Int32(bytes.count - middle)))
  }

  private func first(_ name: String) -> Entry? {
    for entry in entries where isName(entry, name) { return entry }
    return nil
  }

  private func isName(_ entry: Entry, _ name: String) -> Bool {
    let name = name.utf8
    guard name.count == Int(entry.nameCount) else { return false }
    var index = Int(entry.start)
    for byte in name {
      if bytes[index] != byte { return false }
      index += 1
    }
    return true
  }

  private func string(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }
}

extension HTTPFields: Sequence {
  package func makeIterator() -> AnyIterator<(name: String, value: String)> {
    var iterator = entries.makeIterator()
    return AnyIterator { iterator.next().map(text) }
  }
}
