internal import IdentityAPI
internal import Platform
internal import RPC
internal import Synchronization
internal import Telemetry
internal import Testing
internal import Wire

@Suite("Requests in the log", .timeLimit(.minutes(5)))
struct RequestLogTests {
  /// What is logged when a method gets a message.
  private func lines(
    _ method: MethodInfo, _ message: [UInt8], level: LogLevel = .debug
  ) async throws -> [String] {
    let lines = Mutex<[String]>([])
    let keep: @Sendable (String) -> Void = { line in lines.withLock { $0.append(line) } }
    let interceptor = RequestLogInterceptor(contract, log: Logger(level: level, sink: keep))
    _ = try await interceptor.intercept(message, context: ServerContext(method: method)) {
      (message, _) async throws(RPCError) in message
    }
    return lines.withLock { $0 }
  }

  @Test("have neither passwords nor addresses in them")
  func redaction() async throws {
    let request = LoginRequest(email: "eva@example.com", password: "geheim-geheim")
    let lines = try await lines(AuthServiceMethods.login.info, request.wireBytes())
    let line = try #require(lines.first)
    #expect(line.contains(#""message":"email: [REDACTED] password: [REDACTED]""#))
    #expect(!line.contains("eva") && !line.contains("geheim"))
  }

  @Test("are clipped, and absent above debug level")
  func limits() async throws {
    let long = AuthServiceMethods.login.info
    var unknown = WireBuilder()
    for number in 100..<1_100 { unknown.appendString(field: number, "x") }
    let line = try #require(try await lines(long, unknown.bytes).first)
    #expect(line.utf8.count < 4_500)
    #expect(try await lines(long, [], level: .info) == [])
  }
}
