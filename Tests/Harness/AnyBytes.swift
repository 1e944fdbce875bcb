package import Wire

/// Any message as its bytes, so that the tests need no generated code.
package struct AnyBytes: Message {
  package static let protoName = "klinke.test.AnyBytes"
  package var unknownFields = UnknownFields()

  package init() {}
  package init(_ bytes: [UInt8]) { unknownFields = UnknownFields(bytes: bytes) }

  package func encode(into output: inout WireWriter) { output.appendUnknown(unknownFields) }

  package mutating func merge(from reader: inout WireReader) throws(WireError) {
    while let field = try reader.nextField() {
      try reader.keepUnknown(field, in: &unknownFields)
    }
  }
}
