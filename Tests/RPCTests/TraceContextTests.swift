internal import Testing

@testable internal import RPC

@Suite("TraceContext")
struct TraceContextTests {
  private static let method = MethodInfo(
    service: "a.B", name: "C", requestType: "a.D", responseType: "a.E",
    policy: MethodPolicy(access: .anyone, scope: .none))
  private static let header = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

  private func context(_ metadata: [(String, String)] = []) -> ServerContext {
    var fields = Metadata()
    for (name, value) in metadata { fields.add(name, value) }
    return ServerContext(method: Self.method, metadata: fields)
  }

  @Test("a call continues the trace of its caller, as a span of its own")
  func continues() {
    let trace = context([("traceparent", Self.header)]).trace
    #expect(trace.traceID == "0af7651916cd43dd8448eb211c80319c")
    #expect(trace.parentID == "b7ad6b7169203331")
    #expect(trace.isSampled)
    #expect(trace.spanID.utf8.count == 16)
    #expect(trace.spanID != trace.parentID)
  }

  @Test("without a trace a call begins one, the same whenever it is asked for")
  func begins() {
    let one = context()
    let other = context()
    #expect(one.trace == one.trace)
    #expect(one.trace.parentID.isEmpty)
    #expect(one.trace.traceID.utf8.count == 32)
    #expect(one.trace.traceID != other.trace.traceID)
    #expect(one.trace.spanID != other.trace.spanID)
    #expect(!one.trace.isSampled)
  }

  @Test(
    "what breaks the rules begins a new trace",
    arguments: [
      "", "00", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
      "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
      "00-00000000000000000000000000000000-b7ad6b7169203331-01",
      "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
      "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
      "00-0af7651916cd43dd8448eb211c80319-b7ad6b7169203331-01",
      "00-0af7651916cd43dd8448eb211c80319cc-b7ad6b7169203331-01",
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0g",
      "0-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    ])
  func malformed(header: String) {
    #expect(context([("traceparent", header)]).trace.parentID.isEmpty)
  }

  @Test("a later version of the header is read as far as it is known")
  func later() {
    let trace = context([("traceparent", "cc" + Self.header.dropFirst(2) + "-more")]).trace
    #expect(trace.parentID == "b7ad6b7169203331")
  }

  @Test("calls on behalf of a call are children of its span, with the state of the trace")
  func children() {
    let traced = context([("traceparent", Self.header), ("tracestate", "a=1")])
    let options = traced.callOptions
    let child = context([("traceparent", options.metadata["traceparent"] ?? "")])
    #expect(child.trace.traceID == traced.trace.traceID)
    #expect(child.trace.parentID == traced.trace.spanID)
    #expect(child.trace.isSampled)
    #expect(options.metadata["tracestate"] == "a=1")
    // A state without a trace is nobody's.
    #expect(context([("tracestate", "a=1")]).callOptions.metadata["tracestate"] == nil)
    let begun = context()
    let grandchild = context([
      ("traceparent", begun.callOptions.metadata["traceparent"] ?? "")
    ])
    #expect(grandchild.trace.traceID == begun.trace.traceID)
  }
}
