internal import Platform
internal import RPC
internal import TenantAPI
internal import Testing
internal import Wire

@Suite("Hostile requests")
struct HostileInputTests {
  private static let texts: [[UInt8]] = [
    [0], Array("a\u{0}b".utf8), [0xff, 0xfe], [0xed, 0xa0, 0x80], Array("' OR 1=1; --".utf8),
    Array("{}\",\\N".utf8), Array("-1".utf8), Array("9223372036854775808".utf8),
    [UInt8](repeating: UInt8(ascii: "1"), count: 100_000), [0x0a, 0x02, 0x31, 0x00],
  ]

  private static let numbers: [Int64] = [-1, .min, .max]

  /// Fields from 1 on; the largest request has this many.
  private static let fields = 1...7

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

  /// A request of which each field is a plausible text but for one.
  private func request(
    _ company: Company, field: Int, _ write: (inout WireBuilder) -> Void
  ) -> [UInt8] {
    var builder = WireBuilder()
    for number in Self.fields {
      if number == field {
        write(&builder)
      } else {
        builder.appendString(field: number, number == 1 ? company.id.text : UUID.random().text)
      }
    }
    return builder.bytes
  }

  @Test("no field of any method turns bad input into a fault of ours")
  func everyField() async throws {
    try await withServices { services in
      let company = try await services.company()
      try await company.answers("+493023125000")
      let seen = await withTaskGroup(of: Set<RPCCode>.self) { group in
        for method in services.router.methods {
          guard let caller = caller(method, company) else { continue }
          let transport = services.transport(caller)
          group.addTask { await codes(method, transport, company) }
        }
        return await group.reduce(into: Set<RPCCode>()) { $0.formUnion($1) }
      }
      #expect(seen.isSuperset(of: [.ok, .invalidArgument, .notFound]))
    }
  }

  /// The statuses a method ends with, whatever field is bad.
  private func codes(
    _ method: MethodInfo, _ transport: InProcessTransport, _ company: Company
  ) async -> Set<RPCCode> {
    var seen: Set<RPCCode> = []
    for field in Self.fields {
      let texts = Self.texts.map { text in
        request(company, field: field) { $0.appendBytes(field: field, text) }
      }
      let numbers = Self.numbers.map { number in
        request(company, field: field) {
          $0.appendVarint(field: field, UInt64(bitPattern: number))
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
          "\(method.path) field \(field): \(error?.debugDescription ?? "")")
      }
    }
    return seen
  }
}
