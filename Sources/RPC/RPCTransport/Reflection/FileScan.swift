internal import Wire

/// The names a `FileDescriptorProto` declares. Numbers are those of `descriptor.proto`.
struct FileScan {
  private(set) var name = ""
  private(set) var dependencies: [String] = []
  private(set) var symbols: [String] = []
  private(set) var extensions: [DescriptorIndex.Extension] = []

  init(_ bytes: [UInt8]) throws(WireError) {
    // The package stands anywhere in the file, so it is read before what it prefixes.
    var package = ""
    var first = WireReader(bytes.span)
    while let field = try first.nextField() {
      switch field.number {
      case 1: name = try first.string(field)
      case 2: package = try first.string(field)
      case 3: dependencies.append(try first.string(field))
      default: try first.skip(field)
      }
    }
    var second = WireReader(bytes.span)
    while let field = try second.nextField() {
      switch field.number {
      case 4: try scanMessage(&second, field, in: package)
      case 5: try scanEnum(&second, field, in: package)
      case 6: try scanNamed(&second, field, in: package, members: 2)
      case 7: try scanExtension(&second, field, in: package)
      default: try second.skip(field)
      }
    }
  }

  private mutating func scanMessage(
    _ reader: inout WireReader, _ field: WireField, in scope: String
  ) throws(WireError) {
    let bytes = try reader.bytes(field)
    let name = try declare(bytes, in: scope)
    var inner = WireReader(bytes.span)
    while let field = try inner.nextField() {
      switch field.number {
      case 2, 8: try scanNamed(&inner, field, in: name, members: 0)
      case 3: try scanMessage(&inner, field, in: name)
      case 4: try scanEnum(&inner, field, in: name)
      case 6: try scanExtension(&inner, field, in: name)
      default: try inner.skip(field)
      }
    }
  }

  /// The values of an enum are siblings of the enum.
  private mutating func scanEnum(
    _ reader: inout WireReader, _ field: WireField, in scope: String
  ) throws(WireError) {
    let bytes = try reader.bytes(field)
    _ = try declare(bytes, in: scope)
    var inner = WireReader(bytes.span)
    while let field = try inner.nextField() {
      if field.number == 2 {
        try scanNamed(&inner, field, in: scope, members: 0)
      } else {
        try inner.skip(field)
      }
    }
  }

  /// Something with a name, and with named members in the field `members`.
  private mutating func scanNamed(
    _ reader: inout WireReader, _ field: WireField, in scope: String, members: Int
  ) throws(WireError) {
    let bytes = try reader.bytes(field)
    let name = try declare(bytes, in: scope)
    guard members > 0 else { return }
    var inner = WireReader(bytes.span)
    while let field = try inner.nextField() {
      if field.number == members {
        try scanNamed(&inner, field, in: name, members: 0)
      } else {
        try inner.skip(field)
      }
    }
  }

  private mutating func scanExtension(
    _ reader: inout WireReader, _ field: WireField, in scope: String
  ) throws(WireError) {
    let bytes = try reader.bytes(field)
    _ = try declare(bytes, in: scope)
    var extendee = ""
    var number: Int32 = 0
    var inner = WireReader(bytes.span)
    while let field = try inner.nextField() {
      switch field.number {
      case 2: extendee = try inner.string(field)
      case 3: number = try inner.int32(field)
      default: try inner.skip(field)
      }
    }
    if extendee.hasPrefix(".") { extendee.removeFirst() }
    extensions.append(DescriptorIndex.Extension(type: extendee, number: number))
  }

  /// Notes the full name of a declaration, whose own name is always field 1.
  private mutating func declare(
    _ bytes: [UInt8], in scope: String
  ) throws(WireError) -> String {
    var name = ""
    var reader = WireReader(bytes.span)
    while let field = try reader.nextField() {
      if field.number == 1 { name = try reader.string(field) } else { try reader.skip(field) }
    }
    let full = scope.isEmpty ? name : scope + "." + name
    symbols.append(full)
    return full
  }
}
