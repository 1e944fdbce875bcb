package import Postgres
package import RPC

/// What a List method was asked for: how many, and from where on.
///
/// ```swift
/// let paging = try pages.paging(size: request.pageSize, token: request.pageToken, in: tenant, context)
/// let page = try await store.list(paging, in: tenant, context)
/// return ListBotsResponse(bots: page.resources, nextPageToken: paging.token(of: page))
/// ```
package struct Paging: Sendable {
  /// How many resources the page has at most.
  package let limit: Int
  private let position: [String]?
  private let tokenOfPosition: @Sendable ([String]) -> String

  fileprivate init(
    limit: Int, position: [String]?, tokenOfPosition: @escaping @Sendable ([String]) -> String
  ) {
    self.limit = limit
    self.position = position
    self.tokenOfPosition = tokenOfPosition
  }

  /// The token of the page after `page`; empty when that was the last one.
  package func token<Resource>(of page: Page<Resource>) -> String {
    page.next.map(tokenOfPosition) ?? ""
  }

  // MARK: In a statement

  /// How many rows to ask for: one more than the page has tells whether there is another page.
  package var rowsMax: Int { limit + 1 }

  /// The condition of an order by time and id, oldest first. The statement selects
  /// ``position(of:)`` and orders by the same columns.
  package func after(_ time: SQL, _ id: SQL) -> SQL { condition(time, id, ">") }

  /// The condition of an order by time and id, newest first.
  package func before(_ time: SQL, _ id: SQL) -> SQL { condition(time, id, "<") }

  /// The first part of the position as text, for orders that are not by time.
  package var first: String? { position?[0] }

  /// The second part of the position as text.
  package var second: String? { position?[1] }

  /// The column `position` of an order by time: microseconds since 1970.
  package static func position(of time: SQL) -> SQL {
    "(extract(epoch FROM \(time)) * 1000000)::bigint::text AS position"
  }

  private func condition(_ time: SQL, _ id: SQL, _ comparison: SQL) -> SQL {
    guard let position else { return "true" }
    return """
      (\(time), \(id)) \(comparison)
        (to_timestamp(0) + \(position[0])::text::bigint * interval '1 microsecond',
         \(position[1])::text::uuid)
      """
  }
}

/// A page of a list.
package struct Page<Resource: Sendable>: Sendable {
  package let resources: [Resource]
  fileprivate let next: [String]?

  /// Makes a page of the rows of a statement that asked for ``Paging/rowsMax``.
  ///
  /// - Parameters:
  ///   - key: the column with the order's second part.
  ///   - read: makes a resource of a row.
  package init(
    _ rows: [Row], _ paging: Paging, key: String,
    _ read: (Row) throws(RPCError) -> Resource
  ) throws(RPCError) {
    var resources: [Resource] = []
    for row in rows.prefix(paging.limit) { resources.append(try read(row)) }
    self.resources = resources
    guard rows.count > paging.limit, paging.limit > 0 else {
      next = nil
      return
    }
    let last = rows[paging.limit - 1]
    next = [try last.value("position"), try last.value(key)]
  }
}

extension PageTokens {
  /// Reads a List request's page fields.
  ///
  /// - Parameter filters: the values of the request's filters; a token holds for the same ones only.
  package func paging(
    size: Int32, token: String, in tenant: TenantID?, filters: [String] = [],
    _ context: ServerContext
  ) throws(RPCError) -> Paging {
    let method = context.method
    let limit = try PageSize.of(size)
    let position = try position(
      in: token, parts: 2, method: method, tenant: tenant, filters: filters)
    return Paging(limit: limit, position: position) { position in
      self.token(after: position, method: method, tenant: tenant, filters: filters)
    }
  }
}
