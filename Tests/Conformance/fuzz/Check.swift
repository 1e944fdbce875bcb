internal import ConformanceMessages
internal import Schema
internal import Wire

/// What must hold for any bytes at all. A broken promise ends the process, which is what a fuzzer
/// looks for.
struct Check {
  private let mapping: JSONMapping
  private let type: MessageDescriptor

  init() {
    do throws(DescriptorError) {
      mapping = JSONMapping(try Contract.pool())
    } catch {
      fatalError("\(error)")
    }
    guard let type = mapping.pool.message(named: TestAllTypesProto3.protoName) else {
      fatalError("no descriptor of \(TestAllTypesProto3.protoName)")
    }
    self.type = type
  }

  /// Reads bytes as a message. What was read is written as something that reads as the same, by the
  /// generated code and, where JSON can say it, by way of JSON.
  func binary(_ bytes: [UInt8]) {
    guard let message = try? TestAllTypesProto3(wireBytes: bytes) else { return }
    let written = message.wireBytes(deterministic: true)
    guard let copy = try? TestAllTypesProto3(wireBytes: written) else {
      fatalError("what was written cannot be read")
    }
    guard copy.wireBytes(deterministic: true) == written else {
      fatalError("what was written reads as something else")
    }
    guard let json = try? mapping.json(fromWire: written, type: type) else { return }
    self.json(json)
  }

  /// Generated code alone, for a great many inputs.
  func codec(_ bytes: [UInt8]) -> Bool {
    guard let message = try? TestAllTypesProto3(wireBytes: bytes) else { return false }
    guard (try? TestAllTypesProto3(wireBytes: message.wireBytes())) != nil else {
      fatalError("what was written cannot be read")
    }
    return true
  }

  /// Reads bytes as JSON. What was read is a message and can be written as JSON, which reads as the
  /// same message.
  func json(_ bytes: [UInt8]) {
    guard let wire = try? mapping.wireBytes(fromJSON: bytes, type: type) else { return }
    guard let message = try? TestAllTypesProto3(wireBytes: wire) else {
      fatalError("JSON became bytes that are no message")
    }
    guard let json = try? mapping.json(fromWire: wire, type: type) else {
      fatalError("what came as JSON cannot be written as JSON")
    }
    guard let again = try? mapping.wireBytes(fromJSON: json, type: type),
      let copy = try? TestAllTypesProto3(wireBytes: again)
    else {
      fatalError("our JSON cannot be read")
    }
    guard copy.wireSize == message.wireSize else { fatalError("our JSON reads as something else") }
  }
}
