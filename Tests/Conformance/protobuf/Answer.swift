internal import ConformanceMessages
internal import Contract
internal import Schema
internal import Wire

/// Answers the runner's requests: reads a message in one format and writes it in another.
struct Answerer {
  /// A type that a request may name, and what describes it.
  private struct Known {
    let type: any Message.Type
    let descriptor: MessageDescriptor
    let json: JSONMapping
    let text: TextMapping

    init?(_ type: any Message.Type, in pool: DescriptorPool) {
      guard let descriptor = pool.message(named: type.protoName) else { return nil }
      self.type = type
      self.descriptor = descriptor
      json = JSONMapping(pool)
      text = TextMapping(pool)
    }
  }

  private var known: [String: Known] = [:]

  /// The messages of the runner, and those of our own contract.
  init() throws(DescriptorError) {
    let tests = try ConformanceMessages::Contract.pool()
    let own = try DescriptorPool(fileDescriptorSet: Contract::Contract.decode())
    let testTypes: [any Message.Type] = [TestAllTypesProto3.self, FailureSet.self]
    for type in testTypes { known[type.protoName] = Known(type, in: tests) }
    for type in contractTypes { known[type.protoName] = Known(type, in: own) }
  }

  func answer(_ request: ConformanceRequest) -> ConformanceResponse {
    guard let known = known[request.messageType] else {
      return ConformanceResponse(result: .skipped("no message type \(request.messageType)"))
    }
    return ConformanceResponse(result: convert(request, known, as: known.type))
  }

  private func convert<M: Message>(
    _ request: ConformanceRequest, _ known: Known, as type: M.Type
  ) -> ConformanceResponse.ResultChoice {
    let bytes: [UInt8]
    switch request.payload {
    case .protobufPayload(let payload)?: bytes = payload
    case .jsonPayload(let payload)?:
      let ignores = request.testCategory == .jsonIgnoreUnknownParsingTest
      do throws(JSONError) {
        bytes = try known.json.wireBytes(
          fromJSON: Array(payload.utf8), type: known.descriptor,
          options: JSONReadOptions(ignoreUnknownFields: ignores))
      } catch {
        return .parseError("\(error)")
      }
    case .textPayload(let payload)?:
      do throws(TextError) {
        bytes = try known.text.wireBytes(fromText: payload, type: known.descriptor)
      } catch {
        return .parseError("\(error)")
      }
    case .jspbPayload?: return .skipped("JSPB is not spoken")
    case nil: return .runtimeError("a request without a payload")
    }
    // Also what came as JSON or text goes through the generated message, so that all are tested.
    let message: M
    do throws(WireError) {
      message = try M(wireBytes: bytes)
    } catch {
      return .parseError("\(error)")
    }
    return write(message, known, request)
  }

  private func write(
    _ message: some Message, _ known: Known, _ request: ConformanceRequest
  ) -> ConformanceResponse.ResultChoice {
    switch request.requestedOutputFormat {
    case .protobuf: return .protobufPayload(message.wireBytes(deterministic: true))
    case .json:
      do throws(JSONError) {
        let json = try known.json.json(fromWire: message.wireBytes(), type: known.descriptor)
        return .jsonPayload(String(decoding: json, as: UTF8.self))
      } catch {
        return .serializeError("\(error)")
      }
    case .textFormat:
      let options = TextWriteOptions(showsUnknown: request.printUnknownFields)
      do throws(TextError) {
        return .textPayload(
          try known.text.text(
            fromWire: message.wireBytes(), type: known.descriptor, options: options))
      } catch {
        return .serializeError("\(error)")
      }
    case .jspb: return .skipped("JSPB is not spoken")
    case .unspecified, .unrecognized: return .runtimeError("a request without a format")
    }
  }
}
