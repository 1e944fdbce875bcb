// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// For code written by hand around ``WireReader/nextField()``: each checks the wire type first.

extension WireReader {
  public mutating func int32(_ field: WireField) throws(WireError) -> Int32 {
    try expect(field, .varint)
    return try int32()
  }

  public mutating func int64(_ field: WireField) throws(WireError) -> Int64 {
    try expect(field, .varint)
    return try int64()
  }

  public mutating func uint32(_ field: WireField) throws(WireError) -> UInt32 {
    try expect(field, .varint)
    return try uint32()
  }

  public mutating func uint64(_ field: WireField) throws(WireError) -> UInt64 {
    try expect(field, .varint)
    return try varint()
  }

  public mutating func bool(_ field: WireField) throws(WireError) -> Bool {
    try expect(field, .varint)
    return try bool()
  }

  public mutating func float(_ field: WireField) throws(WireError) -> Float {
    try expect(field, .fixed32)
    return try float()
  }

  public mutating func double(_ field: WireField) throws(WireError) -> Double {
    try expect(field, .fixed64)
    return try double()
  }

  public mutating func string(_ field: WireField) throws(WireError) -> String {
    try expect(field, .lengthDelimited)
    return try string()
  }

  public mutating func bytes(_ field: WireField) throws(WireError) -> [UInt8] {
    try expect(field, .lengthDelimited)
    return try bytes()
  }
}
