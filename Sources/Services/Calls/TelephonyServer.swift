package import CallAPI
package import FlowAPI
package import MappingAPI
internal import Platform
package import ProviderKit
package import RPC
package import Telemetry

/// Takes the carrier's webhooks of a call and answers with what the carrier shall do next.
package struct TelephonyServer: TelephonyWebhookService {
  private let store: TelephonyStore
  private let mappings: MappingServiceClient<InProcessTransport>
  private let flows: FlowServiceClient<InProcessTransport>
  private let scripts: any CallScriptWriter
  private let log: Logger

  package init(
    store: TelephonyStore, mappings: MappingServiceClient<InProcessTransport>,
    flows: FlowServiceClient<InProcessTransport>, scripts: any CallScriptWriter, log: Logger
  ) {
    self.store = store
    self.mappings = mappings
    self.flows = flows
    self.scripts = scripts
    self.log = log
  }

  package func incomingCall(
    _ request: IncomingCallRequest, context: ServerContext
  ) async throws(RPCError) -> HTTPBody {
    let provider = try provider(context)
    let route: Route
    do throws(RPCError) {
      route = try await self.route(to: request.to, context)
    } catch {
      // A caller hears why nobody answers, whatever the reason; only a broken database is worth the
      // carrier's second try.
      guard
        error.code == .notFound || error.code == .permissionDenied
          || error.code == .invalidArgument
      else { throw error }
      // What answered the first time may be gone since; a repeat hears the first answer all the same.
      if let tenant = try await tenant(of: request.callSid, context),
        let answer = try await store.firstAnswer(provider, request.callSid, in: tenant, context)
      {
        return answer
      }
      log.warning(
        "call.refused",
        [
          "provider": .string(provider), "provider_call_id": .string(request.callSid),
          "to": .string(masked(request.to)), "reason": .string(error.reason),
        ])
      return refusal()
    }
    var run = FlowRun(caller: request.from, called: request.to)
    let outcome = run.begin(route.graph)
    let answer = script(outcome.steps, route.locale)
    let call = NewCall(
      tenant: route.tenant, bot: route.bot, flow: route.flow, flowVersion: route.version,
      provider: provider, providerCallID: request.callSid, from: request.from, to: request.to)
    return try await store.begin(call, run, outcome, answer, context)
  }

  package func callInput(
    _ request: CallInputRequest, context: ServerContext
  ) async throws(RPCError) -> HTTPBody {
    return try await advance(request.callSid, "input", step: Int(request.step), context) {
      (run, graph) in
      run.input(digits: request.digits, speech: request.speechResult, graph)
    }
  }

  package func dialResult(
    _ request: DialResultRequest, context: ServerContext
  ) async throws(RPCError) -> HTTPBody {
    var faults = Violations()
    let seconds = CallSeconds.read(request.dialCallDuration, "dial_call_duration", &faults)
    try faults.throwIfAny()
    let talked = request.dialCallStatus == "completed" || request.dialCallStatus == "answered"
    return try await advance(
      request.callSid, "dial", step: Int(request.step), talkedSeconds: talked ? seconds : 0, context
    ) { (run, graph) in
      run.transferEnded(completed: talked, detail: request.dialCallStatus, graph)
    }
  }

  package func callStatus(
    _ request: CallStatusRequest, context: ServerContext
  ) async throws(RPCError) -> HTTPBody {
    var faults = Violations()
    let seconds = CallSeconds.read(request.callDuration, "call_duration", &faults)
    try faults.throwIfAny()
    let provider = try provider(context)
    guard let tenant = try await tenant(of: request.callSid, context) else {
      // Calls that were refused have no row; their status is no news.
      log.info(
        "call.status_without_call",
        ["provider": .string(provider), "provider_call_id": .string(request.callSid)])
      return script([], "de-DE")
    }
    if CallSeconds.finalStatuses.contains(request.callStatus) {
      try await store.end(
        provider, request.callSid, in: tenant, status: request.callStatus, seconds: seconds, context
      )
    }
    return script([], "de-DE")
  }

  // MARK: Steps

  private func advance(
    _ callSID: String, _ event: String, step: Int, talkedSeconds: Int? = nil,
    _ context: ServerContext,
    _ move: @escaping @Sendable (inout FlowRun, FlowGraph) -> FlowRun.Outcome
  ) async throws(RPCError) -> HTTPBody {
    let provider = try provider(context)
    guard let tenant = try await tenant(of: callSID, context) else {
      log.warning(
        "call.unknown",
        ["provider": .string(provider), "provider_call_id": .string(callSID)])
      return refusal()
    }
    guard let running = try await store.running(provider, callSID, in: tenant, context) else {
      return refusal()
    }
    // A call keeps the version it began with, also when another is published meanwhile.
    let live = try await flows.getLiveVersion(
      GetLiveVersionRequest(
        tenantID: tenant.text, botID: running.bot.text, version: Int32(running.flowVersion)),
      options: context.callOptions)
    let graph = live.version?.graph ?? FlowGraph()
    let locale = live.locale
    let scripts = scripts
    return try await store.advance(
      running, key: "\(event):\(callSID):\(step)", step: step, talkedSeconds: talkedSeconds, context
    ) { (run) in
      let outcome = move(&run, graph)
      let (contentType, body) = scripts.script(outcome.steps, locale: locale)
      return (outcome, HTTPBody(contentType: contentType, data: body))
    } late: { (run) in
      let (contentType, body) = scripts.script(run.resume(graph).steps, locale: locale)
      return HTTPBody(contentType: contentType, data: body)
    }
  }

  // MARK: Finding

  private struct Route {
    var tenant: TenantID
    var bot: BotID
    var flow: FlowID
    var version: Int
    var graph: FlowGraph
    var locale: String
  }

  private func route(to number: String, _ context: ServerContext) async throws(RPCError) -> Route {
    let options = context.callOptions
    let found = try await mappings.resolveNumber(
      ResolveNumberRequest(number: number), options: options)
    guard found.tenantApproved else { throw RPCError.tenantNotApproved(state: "not approved") }
    let live = try await flows.getLiveVersion(
      GetLiveVersionRequest(tenantID: found.tenantID, botID: found.botID), options: options)
    guard let tenant = TenantID(found.tenantID), let bot = BotID(found.botID),
      let version = live.version, let flow = FlowID(version.flowID), let graph = version.graph
    else { throw RPCError(.internal, "the call failed inside the platform") }
    // A tenant's own secret opens that tenant's numbers only.
    if let signer = context.caller.boundTenant, signer != tenant {
      throw RPCError(
        .permissionDenied, "the number belongs to another tenant", reason: "FOREIGN_TENANT")
    }
    return Route(
      tenant: tenant, bot: bot, flow: flow, version: Int(version.version), graph: graph,
      locale: live.locale)
  }

  private func tenant(
    of callSID: String, _ context: ServerContext
  ) async throws(RPCError) -> TenantID? {
    let tenant = try await store.tenant(try provider(context), callSID, context)
    if let signer = context.caller.boundTenant, let tenant, signer != tenant { return nil }
    return tenant
  }

  private func provider(_ context: ServerContext) throws(RPCError) -> String {
    guard case .webhook(let provider, _) = context.caller else {
      throw RPCError(.internal, "the policy let in a caller who is no webhook")
    }
    return provider
  }

  // MARK: Answers

  private func script(_ steps: [CallStep], _ locale: String) -> HTTPBody {
    let (contentType, body) = scripts.script(steps, locale: locale)
    return HTTPBody(contentType: contentType, data: body)
  }

  private func refusal() -> HTTPBody {
    script(
      [
        .say("Diese Rufnummer ist zurzeit leider nicht erreichbar. Auf Wiederhören."), .hangup,
      ], "de-DE")
  }

  /// The last four digits, for the log.
  private func masked(_ number: String) -> String { "…" + number.suffix(4) }
}

/// How carriers write lengths of calls.
enum CallSeconds {
  /// After these the carrier says nothing more about a call.
  static let finalStatuses: Set<String> = ["completed", "busy", "failed", "no-answer", "canceled"]

  /// A day: longer calls do not exist, and a wrong number must not become a bill.
  static let most = 86_400

  /// Whole seconds; empty is 0.
  static func read(_ text: String, _ field: String, _ faults: inout Violations) -> Int {
    guard !text.isEmpty else { return 0 }
    guard let seconds = Int(text), (0...most).contains(seconds) else {
      faults.add(field, "must be whole seconds from 0 to \(most)", reason: "SECONDS")
      return 0
    }
    return seconds
  }
}
