internal import RPC
@testable internal import RPCTransport
internal import Testing
internal import Wire

@Suite("health and reflection", .timeLimit(.minutes(5)))
struct HealthAndReflectionTests {
  private let statuses = HealthStatuses(services: ["a.B"])

  private func client() -> HealthClient<InProcessTransport> {
    var router = Router()
    HealthService(statuses).register(in: &router)
    return HealthClient(InProcessTransport(router: router))
  }

  @Test("Check knows what serves, List names it")
  func check() async throws {
    statuses.set(.notServing, for: "a.B")
    let one = try await client().check(HealthCheckRequest(service: "a.B"))
    #expect(one.status == .notServing)
    let whole = try await client().check(HealthCheckRequest())
    #expect(whole.status == .serving)
    let error = await #expect(throws: RPCError.self) {
      try await client().check(HealthCheckRequest(service: "a.b"))
    }
    #expect(error?.code == .notFound)
    let all = try await client().list(HealthListRequest())
    #expect(all.statuses.mapValues(\.status) == ["": .serving, "a.B": .notServing])
  }

  @Test("Watch tells the state, each change and a name that appears later")
  func watch() async throws {
    var seen: [HealthCheckResponse.ServingStatus] = []
    let error = await #expect(throws: RPCError.self) {
      try await client().watch(HealthCheckRequest(service: "late.Comer")) {
        (response) async throws(RPCError) in
        seen.append(response.status)
        switch response.status {
        case .serviceUnknown: statuses.set(.serving, for: "late.Comer")
        case .serving: statuses.drain()
        default: throw RPCError(.aborted, "seen enough")
        }
      }
    }
    #expect(seen == [.serviceUnknown, .serving, .notServing])
    #expect(error?.code == .aborted)
  }

  @Test("Watch says nothing where nothing has changed")
  func watchWithoutNews() async throws {
    var seen: [HealthCheckResponse.ServingStatus] = []
    await #expect(throws: RPCError.self) {
      try await client().watch(HealthCheckRequest()) { (response) async throws(RPCError) in
        seen.append(response.status)
        guard seen.count == 1 else { return }
        // What becomes of another service wakes those who watch this one.
        for _ in 0..<100 {
          statuses.set(.serving, for: "another")
          await Task.yield()
        }
        statuses.drain()
        statuses.end()
      }
    }
    #expect(seen == [.serving, .notServing])
  }

  @Test("a watcher learns that the server ends, and then why its stream does")
  func watchUntilTheEnd() async throws {
    var seen: [HealthCheckResponse.ServingStatus] = []
    let error = await #expect(throws: RPCError.self) {
      try await client().watch(HealthCheckRequest()) { (response) async throws(RPCError) in
        seen.append(response.status)
        guard seen.count == 1 else { return }
        statuses.drain()
        statuses.end()
      }
    }
    #expect(seen == [.serving, .notServing])
    #expect(error?.code == .unavailable)
    #expect(error?.reason == "SHUTTING_DOWN")
  }

  private func index() throws -> DescriptorIndex {
    var service = WireBuilder()
    service.appendString(field: 1, "Svc")
    var file = WireBuilder()
    file.appendString(field: 1, "a.proto")
    file.appendString(field: 2, "p")
    file.appendMessage(field: 6, service.bytes)
    var set = WireBuilder()
    set.appendMessage(field: 1, file.bytes)
    return try DescriptorIndex(fileDescriptorSet: set.bytes)
  }

  @Test("reflection answers each question and survives wrong ones")
  func reflection() async throws {
    var router = Router()
    ReflectionService(try index(), services: ["p.Svc"]).register(in: &router)
    let client = ServerReflectionClient(InProcessTransport(router: router))
    let questions: [ServerReflectionRequest.MessageRequest?] = [
      .listServices(""), .fileContainingSymbol("p.Svc"), .fileByFilename("nope.proto"), nil,
      .allExtensionNumbersOfType("p.Svc"),
    ]
    let answers = try await client.serverReflectionInfo {
      (requests, responses) async throws(RPCError) -> [ServerReflectionResponse] in
      var answers: [ServerReflectionResponse] = []
      for question in questions {
        try await requests.send(ServerReflectionRequest(host: "h", messageRequest: question))
        if let answer = try await responses.next() { answers.append(answer) }
      }
      try await requests.finish()
      let end = try await responses.next()
      #expect(end == nil)
      return answers
    }
    #expect(answers.map(\.originalRequest?.messageRequest) == questions)
    guard answers.count == 5, case .listServicesResponse(let list) = answers[0].messageResponse,
      case .fileDescriptorResponse(let files) = answers[1].messageResponse,
      case .errorResponse(let missing) = answers[2].messageResponse,
      case .errorResponse(let empty) = answers[3].messageResponse,
      case .allExtensionNumbersResponse(let numbers) = answers[4].messageResponse
    else {
      Issue.record("unexpected answers \(answers)")
      return
    }
    #expect(list.service.map(\.name) == ["p.Svc"])
    #expect(files.fileDescriptorProto.count == 1)
    #expect(missing.errorCode == 5)
    #expect(empty.errorCode == 3)
    #expect(numbers.extensionNumber == [])
  }

  @Test("the older package answers the same")
  func alpha() async throws {
    var router = Router()
    AlphaReflectionService(try index(), services: ["p.Svc"]).register(in: &router)
    let client = AlphaServerReflectionClient(InProcessTransport(router: router))
    let answer = try await client.serverReflectionInfo {
      (requests, responses) async throws(RPCError) -> AlphaServerReflectionResponse? in
      try await requests.send(AlphaServerReflectionRequest(messageRequest: .listServices("")))
      return try await responses.next()
    }
    guard case .listServicesResponse(let list)? = answer?.messageResponse else {
      Issue.record("unexpected answer")
      return
    }
    #expect(list.service.map(\.name) == ["p.Svc"])
  }
}
