internal import TestFixtures

@testable internal import Schema

/// The types of `json_cases.proto`.
let casesPool = pool(of: FixtureDescriptors.jsonCases)

let casesMapping = JSONMapping(casesPool)

/// The pool of a fixture and what it imports.
func pool(of fixture: String) -> DescriptorPool {
  do {
    let pieces = [FixtureDescriptors.wellKnown, fixture].map { Base64.decode($0.utf8) ?? [] }
    return try DescriptorPool(fileDescriptorSet: Array(pieces.joined()))
  } catch {
    fatalError("\(error)")
  }
}

/// The message type that most tests use.
var everything: MessageDescriptor {
  guard let type = casesPool.message(named: "klinke.test.Everything") else {
    fatalError("the fixture lacks Everything")
  }
  return type
}

/// Reads JSON and writes it again.
func roundTrip(
  _ json: String, reading: JSONReadOptions = .init(), writing: JSONWriteOptions = .init()
) throws(JSONError) -> String {
  let bytes = try casesMapping.wireBytes(
    fromJSON: Array(json.utf8), type: everything, options: reading)
  let back = try casesMapping.json(fromWire: bytes, type: everything, options: writing)
  return String(decoding: back, as: UTF8.self)
}

/// The error of reading a document; nil when it was read.
func refusal(_ json: [UInt8], reading: JSONReadOptions = .init()) -> String? {
  do throws(JSONError) {
    _ = try casesMapping.wireBytes(fromJSON: json, type: everything, options: reading)
    return nil
  } catch {
    return error.description
  }
}

func refusal(_ json: String) -> String? { refusal(Array(json.utf8)) }
