internal import Platform
internal import RPC
internal import Schema
internal import TenantAPI
internal import Testing
internal import Wire

@Suite("Hostile requests", .timeLimit(.minutes(5)))
struct HostileInputTests {
  private static let texts: [[UInt8]] = [
    [0], Array("a\u{0}b".utf8), [0xff, 0xfe], [0xed, 0xa0, 0x80], Array("' OR 1=1; --".utf8),
    Array("{}\",\\N".utf8), Array("-1".utf8), Array("9223372036854775808".utf8),
    [UInt8](repeating: UInt8(ascii: "1"), count: 100_000), [0x0a, 0x02, 0x31, 0x00],
  ]

  private static let numbers: [Int64] = [-1, .min, .max]

  /// A caller that the method lets in.
  private func caller(_ method: MethodInfo, _ company: Company) -> Caller? {
    switch method.policy.access {
    case .anyone: return .anonymous
    case .webhook: return .webhook(provider: method.webhook?.provider ?? "", tenant: nil)
    case .roles(let allowed):
      if allowed.contains(.customerAdmin) { return company.admin.caller }
      if allowed.contains(.platformAdmin) {
        return .user(id: .random(), tenant: .platform, role: .platformAdmin)
      }
      return allowed.contains(.internalService) ? .service(name: "test") : nil
    }
  }

  /// The fields of a request and those of the messages directly in it, as field numbers.
  private func paths(_ type: MessageDescriptor, depth: Int = 2) -> [[Int]] {
    type.fields.flatMap { field in
      let inner =
        depth > 1 && field.kind == .message
        ? contract.message(named: field.typeName).map { paths($0, depth: depth - 1) } ?? [] : []
      return [[field.number]] + inner.map { [field.number] + $0 }
    }
  }

  /// A message of which each field is plausible but for one.
  private func message(
    _ type: MessageDescriptor, _ company: Company, bad path: ArraySlice<Int>,
    _ write: (inout WireBuilder, Int) -> Void
  ) -> [UInt8] {
    var builder = WireBuilder()
    for field in type.fields {
      if field.number == path.first {
        if path.count > 1, let inner = contract.message(named: field.typeName) {
          builder.appendMessage(
            field: field.number, message(inner, company, bad: path.dropFirst(), write))
        } else {
          write(&builder, field.number)
        }
        continue
      }
      switch field.kind {
      case .string, .bytes:
        let isTenant = field.name == "tenant_id"
        builder.appendString(
          field: field.number, isTenant ? company.id.text : UUID.random().text)
      case .message, .group, .double, .float, .fixed32, .fixed64, .sfixed32, .sfixed64:
        // Absent: a message that is there but for the wrong fields would be all that is refused.
        break
      case .int32, .int64, .uint32, .uint64, .sint32, .sint64, .bool, .enumeration:
        builder.appendVarint(field: field.number, 1)
      }
    }
    return builder.bytes
  }

  @Test("no field of any method turns bad input into a fault of ours")
  func everyField() async throws {
    try await withServices { services in
      let company = try await services.company()
      try await company.answers("+493023125000")
      var skipped: [String] = []
      let seen = await withTaskGroup(of: Set<RPCCode>.self) { group in
        for method in services.router.methods {
          guard let caller = caller(method, company),
            let type = contract.message(named: method.requestType)
          else {
            skipped.append(method.path)
            continue
          }
          let transport = services.transport(caller)
          group.addTask { await codes(method, type, transport, company) }
        }
        return await group.reduce(into: Set<RPCCode>()) { $0.formUnion($1) }
      }
      #expect(seen.isSuperset(of: [.ok, .invalidArgument, .notFound]))
      #expect(skipped == [])
    }
  }

  /// The statuses a method ends with, whatever field is bad.
  private func codes(
    _ method: MethodInfo, _ type: MessageDescriptor, _ transport: InProcessTransport,
    _ company: Company
  ) async -> Set<RPCCode> {
    var seen: Set<RPCCode> = []
    for path in paths(type) {
      let texts = Self.texts.map { text in
        message(type, company, bad: path[...]) { $0.appendBytes(field: $1, text) }
      }
      let numbers = Self.numbers.map { number in
        message(type, company, bad: path[...]) {
          $0.appendVarint(field: $1, UInt64(bitPattern: number))
        }
      }
      for message in texts + numbers {
        let error = await refusal {
          try await transport.unary(path: method.path, message: message, options: .init())
        }
        let code = error?.code ?? .ok
        seen.insert(code)
        #expect(
          code != .internal && code != .unknown && code != .unavailable,
          "\(method.path) field \(path): \(error?.debugDescription ?? "")")
      }
    }
    return seen
  }
}
