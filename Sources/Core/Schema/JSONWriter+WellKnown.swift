internal import Wire

extension JSONWriter {
  mutating func wellKnown(
    _ kind: WellKnownType, _ type: MessageDescriptor, _ values: WireFields, _ bytes: Span<UInt8>,
    depth: Int
  ) throws(JSONError) {
    switch kind {
    case .timestamp:
      guard let text = time(type, values).timestampText else {
        throw JSONError("the time is outside of the years 1 to 9999")
      }
      quote(text)
    case .duration:
      guard let text = time(type, values).durationText else {
        throw JSONError("the duration is out of range")
      }
      quote(text)
    case .fieldMask: try fieldMask(type, values, bytes)
    case .structure, .listValue:
      guard let field = type.field(number: 1), let index = type.index(number: 1) else { return }
      try value(field, values.all(index).span, bytes, depth: depth)
    case .value: try anyKind(type, values, bytes, depth: depth)
    case .any: try any(type, values, bytes, depth: depth)
    case .wrapper:
      guard let field = type.field(number: 1), let index = type.index(number: 1) else { return }
      try single(field, values.all(index).span, bytes, depth: depth)
    }
  }

  private func time(_ type: MessageDescriptor, _ values: WireFields) -> SecondsNanos {
    let seconds = type.index(number: 1).flatMap { values.all($0).last?.bits } ?? 0
    let nanos = type.index(number: 2).flatMap { values.all($0).last?.bits } ?? 0
    return SecondsNanos(
      seconds: Int64(bitPattern: seconds), nanos: Int32(truncatingIfNeeded: nanos))
  }

  private mutating func quote(_ text: [UInt8]) {
    output.append(UInt8(ascii: "\""))
    output.append(contentsOf: text)
    output.append(UInt8(ascii: "\""))
  }

  private mutating func fieldMask(
    _ type: MessageDescriptor, _ values: WireFields, _ bytes: Span<UInt8>
  ) throws(JSONError) {
    var text: [UInt8] = []
    for occurrence in values.occurrences {
      let path = bytes.extracting(occurrence.range)
      try Self.requireUTF8(path)
      let name = String(decoding: [UInt8](copying: path), as: UTF8.self)
      guard let camelCase = FieldName.maskPathToJSON(name) else {
        throw JSONError("the path \"\(JSONError.clipped(name))\" has no form in camel case")
      }
      if !text.isEmpty { text.append(UInt8(ascii: ",")) }
      text.append(contentsOf: camelCase.utf8)
    }
    JSONText.append(quoted: text, to: &output)
  }

  /// The member of a `google.protobuf.Value` that is set; `null` when none is.
  private mutating func anyKind(
    _ type: MessageDescriptor, _ values: WireFields, _ bytes: Span<UInt8>, depth: Int
  ) throws(JSONError) {
    guard let index = values.occurrences.last?.index else {
      output.append(contentsOf: "null".utf8)
      return
    }
    let field = type.fields[index]
    let own = values.all(index)
    if field.kind == .double, !Double(bitPattern: own.last?.bits ?? 0).isFinite {
      throw JSONError("a value cannot be NaN or infinite")
    }
    try single(field, own.span, bytes, depth: depth)
  }

  private mutating func any(
    _ type: MessageDescriptor, _ values: WireFields, _ bytes: Span<UInt8>, depth: Int
  ) throws(JSONError) {
    guard let urlIndex = type.index(number: 1), let valueIndex = type.index(number: 2),
      !values.occurrences.isEmpty
    else {
      output.append(contentsOf: "{}".utf8)
      return
    }
    let urlBytes = bytes.extracting(values.all(urlIndex).last?.range ?? 0..<0)
    try Self.requireUTF8(urlBytes)
    let url = String(decoding: [UInt8](copying: urlBytes), as: UTF8.self)
    guard let slash = url.lastIndex(of: "/"),
      let inner = pool.message(named: String(url[url.index(after: slash)...]))
    else { throw JSONError("unknown type \"\(JSONError.clipped(url))\"").inside("@type") }
    let content = bytes.extracting(values.all(valueIndex).last?.range ?? 0..<0)
    open("{")
    var first = true
    separate(first: &first)
    key("@type")
    JSONText.append(quoted: url.utf8, to: &output)
    if inner.wellKnown != nil {
      separate(first: &first)
      key("value")
      try message(inner, content, depth: depth + 1)
    } else {
      guard depth + 1 < Self.depthMax else {
        throw JSONError("nested deeper than \(Self.depthMax) messages")
      }
      try members(inner, try fields(inner, content), content, depth: depth + 1, first: &first)
    }
    close("}", isEmpty: false)
  }
}
