internal import ConformanceMessages
internal import Schema
internal import Wire

/// Answers the runner's requests: reads a message in one format and writes it in another.
struct Answerer {
  private let mapping: JSONMapping

  init(pool: DescriptorPool) { mapping = JSONMapping(pool) }

  func answer(_ request: ConformanceRequest) -> ConformanceResponse {
    ConformanceResponse(result: result(request))
  }

  private func result(_ request: ConformanceRequest) -> ConformanceResponse.ResultChoice {
    switch request.messageType {
    case TestAllTypesProto3.protoName: convert(request, as: TestAllTypesProto3.self)
    case FailureSet.protoName: convert(request, as: FailureSet.self)
    default: .skipped("no message type \(request.messageType)")
    }
  }

  private func convert<M: Message>(
    _ request: ConformanceRequest, as type: M.Type
  ) -> ConformanceResponse.ResultChoice {
    guard let descriptor = mapping.pool.message(named: M.protoName) else {
      return .runtimeError("no descriptor of \(M.protoName)")
    }
    let bytes: [UInt8]
    switch request.payload {
    case .protobufPayload(let payload)?: bytes = payload
    case .jsonPayload(let payload)?:
      let ignores = request.testCategory == .jsonIgnoreUnknownParsingTest
      do throws(JSONError) {
        bytes = try mapping.wireBytes(
          fromJSON: Array(payload.utf8), type: descriptor,
          options: JSONReadOptions(ignoreUnknownFields: ignores))
      } catch {
        return .parseError("\(error)")
      }
    case .jspbPayload?: return .skipped("JSPB is not spoken")
    case .textPayload?: return .skipped("text format is not spoken")
    case nil: return .runtimeError("a request without a payload")
    }
    // Also what came as JSON goes through the generated message, so that both are tested.
    let message: M
    do throws(WireError) {
      message = try M(wireBytes: bytes)
    } catch {
      return .parseError("\(error)")
    }
    return write(message, descriptor, request.requestedOutputFormat)
  }

  private func write(
    _ message: some Message, _ descriptor: MessageDescriptor, _ format: WireFormat
  ) -> ConformanceResponse.ResultChoice {
    switch format {
    case .protobuf: return .protobufPayload(message.wireBytes(deterministic: true))
    case .json:
      do throws(JSONError) {
        let json = try mapping.json(fromWire: message.wireBytes(), type: descriptor)
        return .jsonPayload(String(decoding: json, as: UTF8.self))
      } catch {
        return .serializeError("\(error)")
      }
    case .jspb: return .skipped("JSPB is not spoken")
    case .textFormat: return .skipped("text format is not spoken")
    case .unspecified, .unrecognized: return .runtimeError("a request without a format")
    }
  }
}
