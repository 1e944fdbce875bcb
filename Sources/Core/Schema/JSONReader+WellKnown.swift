internal import Wire

extension JSONReader {
  /// Reads a value of a type with its own JSON form and writes the message's fields.
  mutating func wellKnown(
    _ kind: WellKnownType, _ type: MessageDescriptor
  ) throws(JSONError) {
    switch kind {
    case .timestamp:
      let text = scanner.bytes(of: try scanner.string())
      guard let value = SecondsNanos(timestamp: text) else {
        throw Self.mismatch("an RFC 3339 time", text)
      }
      write(value)
    case .duration:
      let text = scanner.bytes(of: try scanner.string())
      guard let value = SecondsNanos(duration: text) else {
        throw Self.mismatch("a duration such as 1.5s", text)
      }
      write(value)
    case .fieldMask: try fieldMask()
    case .structure: try structure()
    case .value: try value()
    case .listValue: try listValue()
    case .any: try any()
    case .wrapper:
      guard let field = type.field(number: 1) else {
        throw JSONError("\(type.fullName) has no value")
      }
      // Only a member that is absent or null leaves a wrapper out; here a value is asked for.
      _ = try element(field, .single)
    }
  }

  private mutating func write(_ value: SecondsNanos) {
    if value.seconds != 0 {
      output.tag(1, .varint)
      output.varint(UInt64(bitPattern: value.seconds))
    }
    if value.nanos != 0 {
      output.tag(2, .varint)
      output.varint(UInt64(bitPattern: Int64(value.nanos)))
    }
  }

  private mutating func fieldMask() throws(JSONError) {
    let text = scanner.text(of: try scanner.string())
    guard !text.isEmpty else { return }
    for path in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let name = FieldName.maskPathFromJSON(path) else {
        throw JSONError(
          "expected paths in camel case, found \"\(JSONError.clipped(String(path)))\"")
      }
      output.tag(1, .lengthDelimited)
      output.lengthDelimited(Array(name.utf8))
    }
  }

  // MARK: Struct

  private mutating func structure() throws(JSONError) {
    try scanner.beginObject()
    var keys: Set<String> = []
    var first = true
    while let key = try scanner.nextKey(first: &first) {
      let name = scanner.text(of: key)
      guard keys.insert(name).inserted else { throw Self.duplicate(name) }
      output.tag(1, .lengthDelimited)
      let start = output.openLength()
      output.tag(1, .lengthDelimited)
      output.lengthDelimited(scanner.bytes(of: key))
      try nestedValue(field: 2)
      output.closeLength(from: start)
    }
  }

  private mutating func listValue() throws(JSONError) {
    try scanner.beginArray()
    var first = true
    while try scanner.hasElement(first: &first) { try nestedValue(field: 1) }
  }

  private mutating func nestedValue(field number: Int) throws(JSONError) {
    output.tag(number, .lengthDelimited)
    let start = output.openLength()
    try value()
    output.closeLength(from: start)
  }

  private mutating func value() throws(JSONError) {
    switch scanner.peek() {
    case UInt8(ascii: "n"):
      try scanner.literal("null")
      output.tag(1, .varint)
      output.varint(0)
    case UInt8(ascii: "\""):
      let text = try scanner.string()
      output.tag(3, .lengthDelimited)
      output.lengthDelimited(scanner.bytes(of: text))
    case UInt8(ascii: "t"), UInt8(ascii: "f"):
      let flag = try scanner.bool()
      output.tag(4, .varint)
      output.varint(flag ? 1 : 0)
    case UInt8(ascii: "{"):
      output.tag(5, .lengthDelimited)
      let start = output.openLength()
      try structure()
      output.closeLength(from: start)
    case UInt8(ascii: "["):
      output.tag(6, .lengthDelimited)
      let start = output.openLength()
      try listValue()
      output.closeLength(from: start)
    default:
      let text = scanner.bytes[try scanner.number()]
      guard let bits = JSONScalar.floatingPoint(.double, text, names: false) else {
        throw JSONError("number out of range")
      }
      output.tag(2, .fixed64)
      output.fixed64(bits)
    }
  }

  // MARK: Any

  /// "@type" may be the last member, so the object is read twice: once for the type alone.
  private mutating func any() throws(JSONError) {
    guard let url = try typeURL() else { return }
    guard let slash = url.lastIndex(of: "/"),
      let type = pool.message(named: String(url[url.index(after: slash)...]))
    else { throw JSONError("unknown type \"\(JSONError.clipped(url))\"").inside("@type") }
    output.tag(1, .lengthDelimited)
    output.lengthDelimited(Array(url.utf8))
    output.tag(2, .lengthDelimited)
    let start = output.openLength()
    if type.wellKnown != nil {
      try anyValue(type)
    } else {
      try message(type, ignoring: "@type")
    }
    if output.count == start {
      // An empty value is the default of the field.
      output.rewind(to: start - 2)
    } else {
      output.closeLength(from: start)
    }
  }

  /// The member "@type" of the object that comes next, which is not consumed; nil for `{}`, the
  /// empty `Any`, which is consumed.
  private mutating func typeURL() throws(JSONError) -> String? {
    var ahead = scanner
    try ahead.beginObject()
    var url: String?
    var isEmpty = true
    var first = true
    while let key = try ahead.nextKey(first: &first) {
      isEmpty = false
      guard ahead.text(of: key) == "@type" else {
        try ahead.skipValue()
        continue
      }
      guard url == nil else { throw Self.duplicate("@type") }
      url = ahead.text(of: try ahead.string())
    }
    if isEmpty {
      scanner = ahead
    } else if url == nil {
      throw JSONError("expected a member \"@type\"")
    }
    return url
  }

  /// The member "value" of an `Any` that holds a well-known type.
  private mutating func anyValue(_ type: MessageDescriptor) throws(JSONError) {
    try scanner.beginObject()
    var seen: Set<String> = []
    var first = true
    while let key = try scanner.nextKey(first: &first) {
      let name = scanner.text(of: key)
      guard seen.insert(name).inserted else { throw Self.duplicate(name) }
      switch name {
      case "@type": try scanner.skipValue()
      case "value": try message(type)
      default:
        guard options.ignoreUnknownFields else {
          throw JSONError("expected \"value\" only, found \"\(JSONError.clipped(name))\"")
        }
        try scanner.skipValue()
      }
    }
    guard seen.contains("value") else { throw JSONError("expected a member \"value\"") }
  }
}
