package import Platform
package import RPC
package import UsageAPI

/// Shows what a tenant has used.
package struct UsageServer: UsageService {
  private let store: UsageStore
  private let pages: PageTokens

  package init(store: UsageStore, pages: PageTokens) {
    self.store = store
    self.pages = pages
  }

  package func getUsageSummary(
    _ request: GetUsageSummaryRequest, context: ServerContext
  ) async throws(RPCError) -> GetUsageSummaryResponse {
    let tenant = try context.tenant()
    let period = try UsagePeriod(range: request.range, month: request.month)
    let bot = try BotID.ifSet(request.botID)
    let rows = try await store.summary(period, bot: bot, in: tenant, context)
    var response = GetUsageSummaryResponse(rows: rows)
    for row in rows {
      response.totalCalls += row.calls
      response.totalVoicebotSeconds += row.voicebotSeconds
      response.totalForwardingSeconds += row.forwardingSeconds
    }
    return response
  }

  package func listUsageEvents(
    _ request: ListUsageEventsRequest, context: ServerContext
  ) async throws(RPCError) -> ListUsageEventsResponse {
    let tenant = try context.tenant()
    let call = try CallID.ifSet(request.callID)
    let filters = [call?.text ?? ""]
    let paging = try pages.paging(
      size: request.pageSize, token: request.pageToken, in: tenant, filters: filters, context)
    let page = try await store.events(
      of: call, paging, in: tenant, context)
    return ListUsageEventsResponse(
      events: page.resources, nextPageToken: paging.token(of: page))
  }
}

/// The months that are added up.
enum UsagePeriod: Hashable, Sendable {
  case all
  case current
  /// The first day of the month, `2026-11-01`.
  case month(String)

  init(range: String, month: String) throws(RPCError) {
    var faults = Violations()
    switch (range, month.isEmpty) {
    case ("all", true): self = .all
    case ("", true), ("month", true): self = .current
    case ("", false), ("month", false):
      self = .month(month + "-01")
      faults.check(UsagePeriod.isMonth(month), "month", "must be a month as YYYY-MM")
    case ("all", false):
      self = .all
      faults.add("month", "goes with range `month` only", reason: "CONFLICT")
    default:
      self = .all
      faults.add("range", "must be `month` or `all`", reason: "RANGE")
    }
    try faults.throwIfAny()
  }

  private static func isMonth(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == 7, bytes[4] == UInt8(ascii: "-") else { return false }
    let digits = bytes[0..<4] + bytes[5..<7]
    guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
      return false
    }
    let month = (bytes[5] - 48) * 10 + bytes[6] - 48
    return (1...12).contains(month) && bytes[0..<4] != [48, 48, 48, 48]
  }
}
