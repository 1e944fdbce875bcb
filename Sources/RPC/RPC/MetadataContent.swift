/// Where the entries of a ``Metadata`` lie: in one array of bytes, each a name directly followed by
/// its value.
///
/// `@unchecked Sendable` is true because it is changed only by the one ``Metadata`` that refers to it.
final class MetadataContent: @unchecked Sendable {
  /// Where an entry lies.
  struct Place: Sendable {
    let start: Int32
    let nameCount: Int32
    let valueCount: Int32

    var name: Range<Int> { Int(start)..<Int(start + nameCount) }
    var value: Range<Int> { Int(start + nameCount)..<Int(start + nameCount + valueCount) }
  }

  private(set) var bytes: [UInt8]
  private(set) var count = 0
  /// Most calls carry one or two entries, which need no memory of their own.
  private var first = Place(start: 0, nameCount: 0, valueCount: 0)
  private var second = Place(start: 0, nameCount: 0, valueCount: 0)
  private var more: [Place] = []

  init(bytes: [UInt8] = []) { self.bytes = bytes }

  /// The same entries, but for those of a name.
  init(_ other: MetadataContent, without name: String? = nil) {
    bytes = other.bytes
    for index in other.indices {
      if let name, other.isName(index, name) { continue }
      append(other.place(index))
    }
  }

  var indices: Range<Int> { 0..<count }

  func name(_ index: Int) -> String { text(place(index).name) }

  func value(_ index: Int) -> String { text(place(index).value) }

  func valueBytes(_ index: Int) -> ArraySlice<UInt8> { bytes[place(index).value] }

  /// Whether the entry has that name.
  func isName(_ index: Int, _ name: String) -> Bool {
    let place = place(index)
    return Int(place.nameCount) == name.utf8.count
      && bytes[place.name].elementsEqual(name.utf8)
  }

  /// Appends an entry that lies in the bytes already.
  func append(_ place: Place) {
    switch count {
    case 0: first = place
    case 1: second = place
    default: more.append(place)
    }
    count += 1
  }

  /// Appends an entry; the name is made lower-case.
  func append(_ name: String, _ value: String) {
    let start = bytes.count
    for byte in name.utf8 { bytes.append(0x41...0x5a ~= byte ? byte | 0x20 : byte) }
    let middle = bytes.count
    bytes.append(contentsOf: value.utf8)
    append(
      Place(
        start: Int32(start), nameCount: Int32(middle - start),
        valueCount: Int32(bytes.count - middle)))
  }

  private func place(_ index: Int) -> Place {
    switch index {
    case 0: first
    case 1: second
    default: more[index - 2]
    }
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }
}
