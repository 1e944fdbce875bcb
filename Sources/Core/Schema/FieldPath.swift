internal import Wire

/// A way from a message to a field inside it: `author.address.city`.
///
/// All fields but the last are singular messages.
package struct FieldPath: Sendable {
  package let fields: [FieldDescriptor]
  /// The proto names, joined with dots.
  package let name: String

  /// The field at the end.
  package let leaf: FieldDescriptor

  /// Finds the fields by proto or JSON names; nil when one does not exist or leads nowhere.
  package init?(_ text: String, in type: MessageDescriptor, pool: DescriptorPool) {
    // Most lead no further than this.
    if let field = type.field(named: text) {
      self.init([field], leaf: field)
      return
    }
    var fields: [FieldDescriptor] = []
    var current: MessageDescriptor? = type
    for part in text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
      guard let message = current, let field = message.field(named: String(Substring(part)))
      else { return nil }
      fields.append(field)
      let isMessage = field.kind == .message && field.shape == .singular
      current = isMessage ? pool.message(of: field) : nil
    }
    guard let leaf = fields.last else { return nil }
    self.init(fields, leaf: leaf)
  }

  private init(_ fields: [FieldDescriptor], leaf: FieldDescriptor) {
    self.fields = fields
    self.leaf = leaf
    name = fields.count == 1 ? leaf.name : fields.map(\.name).joined(separator: ".")
  }

  /// Whether one of the two paths is the other or leads through it.
  package func overlaps(_ other: FieldPath) -> Bool {
    zip(fields, other.fields).allSatisfy { $0.number == $1.number }
  }
}

extension JSONMapping {
  /// Whether a value of the field can be written as one text without the syntax of JSON: scalars,
  /// enums and the well-known types that are strings in JSON. An element, for a repeated field.
  package func hasTextForm(_ field: FieldDescriptor) -> Bool {
    switch field.kind {
    case .group: return false
    case .message:
      guard field.shape != .map, let kind = pool.message(of: field).wellKnown else { return false }
      switch kind {
      case .timestamp, .duration, .fieldMask, .wrapper: return true
      case .structure, .value, .listValue, .any: return false
      }
    default: return true
    }
  }

  /// The field at the end of a path with a value from a URL, inside of the messages on the way.
  /// Default values are written, too, so that a later piece can replace an earlier one.
  package func wireBytes(fromText text: String, path: FieldPath) throws(JSONError) -> [UInt8] {
    let leaf = path.leaf
    guard hasTextForm(leaf) else { throw JSONError("expected a field with a single value") }
    var reader = try JSONReader(document(text, leaf), pool: pool, options: JSONReadOptions())
    _ = try reader.element(leaf, .tagged)
    try reader.scanner.finish()
    var bytes = reader.output.bytes
    for field in path.fields.dropLast().reversed() {
      var outer = WireOutput()
      outer.tag(field.number, .lengthDelimited)
      outer.lengthDelimited(bytes)
      bytes = outer.bytes
    }
    return bytes
  }

  /// The JSON document that says what a text of a URL says.
  private func document(_ text: String, _ field: FieldDescriptor) -> [UInt8] {
    let inner = field.kind == .message ? pool.message(of: field).field(number: 1) : nil
    let type = field.kind == .message ? pool.message(of: field).wellKnown : nil
    let isBare: Bool
    switch (type, field.kind) {
    case (.wrapper, _): isBare = inner?.kind == .bool
    case (_, .bool): isBare = true
    case (_, .enumeration): isBare = JSONScalar.integer(.int32, Array(text.utf8)[...]) != nil
    default: isBare = false
    }
    // Anything but the two words, "1 " or "null" for instance, is quoted and then refused.
    if isBare, field.kind == .enumeration || text == "true" || text == "false" {
      return Array(text.utf8)
    }
    var json: [UInt8] = []
    JSONText.append(quoted: (type == .fieldMask ? camelCaseMask(text) : text).utf8, to: &json)
    return json
  }

  /// A mask in a URL may have proto names; its JSON form has camel case only.
  private func camelCaseMask(_ text: String) -> String {
    text.split(separator: ",", omittingEmptySubsequences: false)
      .map { FieldName.maskPathToJSON($0) ?? String($0) }
      .joined(separator: ",")
  }

  /// The value at the end of a path as it is on the wire, comparable with another message's; nil
  /// when it is not there.
  package func value(
    at path: FieldPath, in bytes: [UInt8], type: MessageDescriptor
  ) throws(JSONError) -> WireValue? {
    try value(path.fields[...], bytes.span, type)
  }

  private func value(
    _ path: ArraySlice<FieldDescriptor>, _ bytes: Span<UInt8>, _ type: MessageDescriptor
  ) throws(JSONError) -> WireValue? {
    guard let field = path.first, let index = type.index(number: field.number) else { return nil }
    let values = try JSONWriter(pool: pool, options: JSONWriteOptions()).fields(type, bytes)
    var result: WireValue?
    // All of them in order: messages that come twice merge, and then the last value counts.
    for occurrence in values.all(index) {
      if path.count > 1 {
        let inner = bytes.extracting(occurrence.range)
        result = try value(path.dropFirst(), inner, pool.message(of: field)) ?? result
      } else {
        result = WireValue(
          bits: occurrence.bits, bytes: [UInt8](copying: bytes.extracting(occurrence.range)))
      }
    }
    return result
  }

  /// The paths of the fields that a JSON object of `type` mentions, for the mask of a PATCH.
  ///
  /// Goes into objects of messages; a list, a map, a well-known type, an empty object and `null`
  /// are leaves. The document must have been read before: what is not understood here is left out.
  package func mentionedPaths(
    inJSON json: [UInt8], type: MessageDescriptor
  ) throws(JSONError) -> [String] {
    var scanner = try JSONScanner(json)
    var paths: [String] = []
    if scanner.peek() == UInt8(ascii: "{") {
      try mentionedPaths(&scanner, type, prefix: "", &paths)
    }
    return paths
  }

  private func mentionedPaths(
    _ scanner: inout JSONScanner, _ type: MessageDescriptor, prefix: String,
    _ paths: inout [String]
  ) throws(JSONError) {
    try scanner.beginObject()
    var first = true
    while let key = try scanner.nextKey(first: &first) {
      guard let field = type.field(named: scanner.text(of: key)) else {
        try scanner.skipValue()
        continue
      }
      let path = prefix + field.name
      let count = paths.count
      if field.kind == .message, field.shape == .singular, scanner.peek() == UInt8(ascii: "{"),
        pool.message(of: field).wellKnown == nil
      {
        try mentionedPaths(&scanner, pool.message(of: field), prefix: path + ".", &paths)
        if paths.count == count { paths.append(path) }
      } else {
        try scanner.skipValue()
        paths.append(path)
      }
    }
  }
}

/// A value as it is on the wire.
package struct WireValue: Hashable, Sendable {
  let bits: UInt64
  let bytes: [UInt8]
}
