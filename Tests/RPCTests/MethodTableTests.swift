@testable internal import RPC
internal import Testing

@Suite("MethodTable")
struct MethodTableTests {
  private func method(_ number: Int) -> MethodInfo {
    MethodInfo(
      service: "test.v1.Service\(number % 7)", name: "Method\(number)", kind: .unary,
      requestType: "test.v1.Request", responseType: "test.v1.Response",
      policy: MethodPolicy(access: .anyone, scope: .none))
  }

  private func table(_ count: Int) -> MethodTable {
    var table = MethodTable()
    let handler: RegisteredMethod.UnaryHandler = { (message, _) async throws(RPCError) in message }
    for number in 0..<count {
      table.add(RegisteredMethod(method(number), .unary(handler), isIntercepted: false, meter: nil))
    }
    return table
  }

  private func name(_ path: String, in table: MethodTable) -> String? {
    let bytes = Array(path.utf8)
    return table[bytes.span]?.info.name
  }

  @Test("finds every method and nothing else", arguments: [0, 1, 8, 9, 500])
  func lookup(count: Int) {
    let table = table(count)
    for number in 0..<count {
      let path = method(number).path
      #expect(name(path, in: table) == "Method\(number)")
      #expect(name(path + "/", in: table) == nil)
      #expect(name(String(path.dropLast()) + "x", in: table) == nil)
    }
    for path in ["", "/", "/test.v1.Service3/Method500", "test.v1.Service0/Method0", "12345678"] {
      #expect(name(path, in: table) == nil)
    }
  }
}
