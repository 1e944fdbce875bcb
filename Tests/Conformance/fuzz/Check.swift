internal import ConformanceMessages
internal import Schema
internal import Wire

/// What must hold for any bytes at all. A broken promise ends the process, which is what a fuzzer
/// looks for.
struct Check {
  /// What the bytes of an input are.
  enum Mode: String, CaseIterable {
    case binary, json, text
  }

  private let json: JSONMapping
  private let text: TextMapping
  private let type: MessageDescriptor

  init() {
    do throws(DescriptorError) {
      json = JSONMapping(try Contract.pool())
    } catch {
      fatalError("\(error)")
    }
    text = TextMapping(json.pool)
    guard let type = json.pool.message(named: TestAllTypesProto3.protoName) else {
      fatalError("no descriptor of \(TestAllTypesProto3.protoName)")
    }
    self.type = type
  }

  func run(_ mode: Mode, _ bytes: [UInt8]) {
    switch mode {
    case .binary: binary(bytes)
    case .json: json(bytes)
    case .text: text(bytes)
    }
  }

  /// Reads bytes as a message. What was read is written as something that reads as the same, by the
  /// generated code and by way of JSON, where that can say it, or of text: one of them for each
  /// input, or there would be half as many inputs.
  private func binary(_ bytes: [UInt8]) {
    guard let message = try? TestAllTypesProto3(wireBytes: bytes) else { return }
    let written = message.wireBytes(deterministic: true)
    guard let copy = try? TestAllTypesProto3(wireBytes: written) else {
      fatalError("what was written cannot be read")
    }
    guard copy.wireBytes(deterministic: true) == written else {
      fatalError("what was written reads as something else")
    }
    if bytes.count.isMultiple(of: 2) {
      if let document = try? json.json(fromWire: written, type: type) { json(document) }
    } else {
      guard (try? text.text(fromWire: written, type: type)) != nil else {
        fatalError("a message has no text")
      }
      text(known: written)
    }
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
  private func json(_ bytes: [UInt8]) {
    guard let wire = try? json.wireBytes(fromJSON: bytes, type: type) else { return }
    guard let message = try? TestAllTypesProto3(wireBytes: wire) else {
      fatalError("JSON became bytes that are no message")
    }
    guard let document = try? json.json(fromWire: wire, type: type) else {
      fatalError("what came as JSON cannot be written as JSON")
    }
    guard let again = try? json.wireBytes(fromJSON: document, type: type),
      let copy = try? TestAllTypesProto3(wireBytes: again)
    else {
      fatalError("our JSON cannot be read")
    }
    guard copy.wireSize == message.wireSize else { fatalError("our JSON reads as something else") }
  }

  /// Reads bytes as text. What was read is a message and can be written as text, which reads as the
  /// same message.
  private func text(_ bytes: [UInt8]) {
    guard let input = String(validating: bytes, as: UTF8.self),
      let wire = try? text.wireBytes(fromText: input, type: type)
    else { return }
    guard let message = try? TestAllTypesProto3(wireBytes: wire) else {
      fatalError("text became bytes that are no message")
    }
    let written = message.wireBytes(deterministic: true)
    guard text(known: written).wireBytes(deterministic: true) == written else {
      fatalError("our text reads as something else")
    }
  }

  /// The message after it was text, less its unknown fields, which text cannot give back.
  @discardableResult
  private func text(known bytes: [UInt8]) -> TestAllTypesProto3 {
    let exact = TextWriteOptions(expandsAny: false, showsUnknown: false)
    for options in [TextWriteOptions(singleLine: true, showsUnknown: false), exact] {
      guard let output = try? text.text(fromWire: bytes, type: type, options: options) else {
        fatalError("a message has no text")
      }
      guard let wire = try? text.wireBytes(fromText: output, type: type),
        let message = try? TestAllTypesProto3(wireBytes: wire)
      else {
        fatalError("our text cannot be read")
      }
      let again = try? text.text(
        fromWire: message.wireBytes(deterministic: true), type: type, options: options)
      guard again == output else { fatalError("our text is another one the second time") }
      if !options.expandsAny { return message }
    }
    fatalError("no text was exact")
  }
}
