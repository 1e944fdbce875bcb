internal import Wire

/// The known fields of one encoded message, ordered as the descriptor declares them.
struct WireFields {
  /// One value on the wire.
  struct Occurrence {
    /// Index into the descriptor's fields.
    let index: Int
    /// The bits of a varint or fixed value.
    let bits: UInt64
    /// Where a length-delimited value is; empty for other wire types.
    let range: Range<Int>
    let isLengthDelimited: Bool
  }

  private(set) var occurrences: [Occurrence] = []

  /// Reads one level. Values of a known field with a wire type that its kind does not have are
  /// unknown fields by the rules of the wire format, and left out.
  init(_ type: MessageDescriptor, _ bytes: Span<UInt8>) throws(WireError) {
    var reader = WireReader(bytes)
    let layouts = type.layouts
    var isOrdered = true
    var lastIndex = 0
    // A field has at least two bytes.
    occurrences.reserveCapacity(min(type.fields.count, bytes.count / 2))
    while let field = try reader.nextField() {
      guard let index = type.index(number: field.number),
        layouts[index].matches(field.type)
      else {
        try reader.skip(field)
        continue
      }
      if lastIndex > index { isOrdered = false }
      lastIndex = index
      var bits: UInt64 = 0
      var range = 0..<0
      switch field.type {
      case .varint: bits = try reader.varint()
      case .fixed32: bits = UInt64(try reader.fixed32())
      case .fixed64: bits = try reader.fixed64()
      case .lengthDelimited: range = try reader.lengthDelimited()
      case .groupStart, .groupEnd: try reader.skip(field)
      }
      occurrences.append(
        Occurrence(
          index: index, bits: bits, range: range,
          isLengthDelimited: field.type == .lengthDelimited))
    }
    if !type.oneofs.isEmpty { keepLastMembers(type) }
    if !isOrdered { order() }
  }

  static func matches(_ field: FieldDescriptor, _ type: WireType) -> Bool {
    FieldLayout(field).matches(type)
  }

  /// Of a oneof only the member that came last counts, and of that only what came after the last
  /// other member. Goes backwards, so that a hostile message costs no more than its length.
  private mutating func keepLastMembers(_ type: MessageDescriptor) {
    var winner: [Int: Int] = [:]
    var closed: Set<Int> = []
    var kept: [Occurrence] = []
    kept.reserveCapacity(occurrences.count)
    for occurrence in occurrences.reversed() {
      if let oneof = type.fields[occurrence.index].oneofIndex {
        if closed.contains(oneof) { continue }
        if let member = winner[oneof], member != occurrence.index {
          closed.insert(oneof)
          continue
        }
        winner[oneof] = occurrence.index
      }
      kept.append(occurrence)
    }
    occurrences = kept.reversed()
  }

  private mutating func order() {
    occurrences = occurrences.enumerated().sorted { (left, right) in
      (left.element.index, left.offset) < (right.element.index, right.offset)
    }.map(\.element)
  }

  /// All occurrences of the field at `index` of the descriptor.
  func all(_ index: Int) -> ArraySlice<Occurrence> {
    guard let first = occurrences.firstIndex(where: { $0.index == index }) else { return [] }
    let end = occurrences[first...].firstIndex { $0.index != index } ?? occurrences.endIndex
    return occurrences[first..<end]
  }

  /// The occurrences of each field that is there, fields in the order of a key of theirs.
  func byField(sortedBy key: (Int) -> Int) -> [ArraySlice<Occurrence>] {
    var groups: [ArraySlice<Occurrence>] = []
    var start = occurrences.startIndex
    while start < occurrences.endIndex {
      let index = occurrences[start].index
      let end = occurrences[start...].firstIndex { $0.index != index } ?? occurrences.endIndex
      groups.append(occurrences[start..<end])
      start = end
    }
    return groups.sorted { key($0[$0.startIndex].index) < key($1[$1.startIndex].index) }
  }
}
