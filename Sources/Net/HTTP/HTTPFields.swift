private import Glibc

/// Header or trailer fields in their order, with lower-case names.
///
/// All of them share one array of bytes: a request costs one allocation whatever it carries, handing
/// it on costs one count of references, and only the fields that someone asks for become strings.
package struct HTTPFields: Sendable, ExpressibleByDictionaryLiteral {
  /// Where a field lies in ``bytes``: its name, directly followed by its value.
  package struct Entry: Sendable {
    package let start: Int32
    package let nameCount: Int32
    package let valueCount: Int32

    package var name: Range<Int> { Int(start)..<Int(start + nameCount) }
    package var value: Range<Int> {
      Int(start + nameCount)..<Int(start + nameCount + valueCount)
    }
  }

  /// Bytes that belong to no field, for the other parts of a head.
  package struct Piece: Sendable, Equatable {
    private let start: Int32
    package let count: Int32

    package init() { self.init(start: 0, count: 0) }

    init(start: Int32, count: Int32) {
      self.start = start
      self.count = count
    }

    package var isEmpty: Bool { count == 0 }

    package var range: Range<Int> { Int(start)..<Int(start + count) }
  }

  /// In front of each field are the lengths of its name and value, four bytes each. A piece has a
  /// name of no bytes, which no field has.
  package private(set) var bytes: [UInt8] = []
  /// How many fields there are.
  package private(set) var count = 0

  static let lengthsCount = 8

  package init() {}

  /// Fields that lie in `bytes` as above.
  init(bytes: [UInt8], count: Int) {
    self.bytes = bytes
    self.count = count
  }

  /// Fields with names known here; the names must be lower-case.
  package init(dictionaryLiteral elements: (String, String)...) {
    for (name, value) in elements { add(name, value) }
  }

  package var isEmpty: Bool { count == 0 }

  /// The fields, for a loop; see ``next(_:)`` for one that must not take long.
  package var entries: some Sequence<Entry> {
    var offset = 0
    return AnyIterator { next(&offset) }
  }

  /// The next field from an offset, which begins at 0; nil when there are no more.
  package func next(_ offset: inout Int) -> Entry? {
    let bytes = unsafe bytes.span.bytes
    while offset < bytes.byteCount {
      let start = offset + Self.lengthsCount
      // Every offset that is reached has its lengths and what they say behind it.
      let nameCount = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: Int32.self)
      let valueCount = unsafe bytes.unsafeLoadUnaligned(
        fromByteOffset: offset + 4, as: Int32.self)
      offset = start + Int(nameCount) + Int(valueCount)
      if nameCount == 0 { continue }
      return Entry(start: Int32(start), nameCount: nameCount, valueCount: valueCount)
    }
    return nil
  }

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

  /// Whether the value of a field has nothing but printable ASCII.
  package func isPrintable(_ entry: Entry) -> Bool {
    // All of them, so that the compiler can look at several at a time.
    let value = bytes.span.extracting(entry.value)
    var others: UInt8 = 0
    for index in value.indices { others |= value[index] &- 0x20 > 0x5E ? 1 : 0 }
    return others == 0
  }

  /// Adds a field. The name is put into lower case; CR, LF and NUL, which would end the field on
  /// the wire, become spaces.
  package mutating func add(_ name: String, _ value: String) {
    var (name, value) = (name, value)
    let entry = name.withUTF8 { name in
      value.withUTF8 { value in unsafe append(name, value) }
    }
    finish(entry)
  }

  /// Adds a field that was received.
  mutating func add(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>) {
    let entry = unsafe name.withUnsafeBufferPointer { name in
      unsafe value.withUnsafeBufferPointer { value in unsafe append(name, value) }
    }
    finish(entry)
  }

  /// Keeps a part of a head that is no field.
  mutating func keep(_ text: String) -> Piece {
    var text = text
    let entry = text.withUTF8 { text in
      unsafe append(UnsafeBufferPointer(start: nil, count: 0), text)
    }
    return Piece(start: entry.start, count: entry.valueCount)
  }

  /// Whether a part of the head is that text.
  func isText(_ piece: Piece, _ text: StaticString) -> Bool {
    guard Int(piece.count) == text.utf8CodeUnitCount else { return false }
    for index in 0..<text.utf8CodeUnitCount
    where unsafe bytes[piece.range.lowerBound + index] != text.utf8Start[index] {
      return false
    }
    return true
  }

  /// Whether the byte is in a part of the head.
  package func has(_ byte: UInt8, in piece: Piece) -> Bool { index(of: byte, in: piece) != nil }

  /// Where in ``bytes`` a part of the head has the byte first.
  func index(of byte: UInt8, in piece: Piece) -> Int? {
    unsafe bytes[piece.range].withUnsafeBufferPointer { part in
      guard let start = part.baseAddress,
        let found = unsafe memchr(start, Int32(byte), part.count)
      else { return nil }
      return unsafe piece.range.lowerBound + (UnsafeRawPointer(found) - UnsafeRawPointer(start))
    }
  }

  /// A part of the head as text.
  package func text(_ piece: Piece) -> String { string(piece.range) }

  /// Adds all fields of another list.
  package mutating func add(_ other: HTTPFields) {
    if isEmpty, bytes.isEmpty { bytes = other.bytes } else { bytes += other.bytes }
    count += other.count
  }

  /// The name and value of an entry as text.
  package func text(_ entry: Entry) -> (name: String, value: String) {
    (string(entry.name), string(entry.value))
  }

  /// Puts both behind their lengths.
  private mutating func append(
    _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>
  ) -> Entry {
    let start = bytes.count + Self.lengthsCount
    let entry = Entry(
      start: Int32(start), nameCount: Int32(name.count), valueCount: Int32(value.count))
    let added = Self.lengthsCount + name.count + value.count
    bytes.append(addingCapacity: added) { output in
      unsafe output.withUnsafeMutableBufferPointer { buffer, initializedCount in
        // There is room for what was asked for, and a buffer with room has an address.
        guard let base = buffer.baseAddress else { return }
        unsafe Self.write(name, value, to: UnsafeMutableRawPointer(base))
        initializedCount = added
      }
    }
    return entry
  }

  /// Writes the lengths of both and then both, for which there must be room.
  @inline(__always)
  static func write(
    _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>,
    to room: UnsafeMutableRawPointer
  ) {
    unsafe room.storeBytes(of: Int32(name.count), as: Int32.self)
    unsafe room.storeBytes(of: Int32(value.count), toByteOffset: 4, as: Int32.self)
    let texts = unsafe room + lengthsCount
    if let start = name.baseAddress {
      unsafe texts.copyMemory(from: start, byteCount: name.count)
    }
    if let start = value.baseAddress {
      unsafe (texts + name.count).copyMemory(from: start, byteCount: value.count)
    }
  }

  private mutating func finish(_ entry: Entry) {
    for index in entry.name where bytes[index] &- 0x41 < 26 { bytes[index] |= 0x20 }
    for index in entry.name.lowerBound..<entry.value.upperBound where bytes[index] <= 0x0D {
      if bytes[index] == 0x0D || bytes[index] == 0x0A || bytes[index] == 0 { bytes[index] = 0x20 }
    }
    count += 1
  }

  private func first(_ name: String) -> Entry? {
    let count = name.utf8.count
    var offset = 0
    while let entry = next(&offset) {
      if Int(entry.nameCount) == count, isName(entry, name) { return entry }
    }
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
    var offset = 0
    return AnyIterator { next(&offset).map(text) }
  }
}
