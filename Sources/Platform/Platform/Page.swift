package import Postgres
package import RPC

/// Makes a page of the rows of a question for one row more than the page has.
///
/// The columns `position` (the order's first part as text) and the first column of the row's key say
/// where the next page begins.
///
/// - Parameters:
///   - key: the column with the order's second part.
///   - read: makes a resource of a row.
package func page<Resource>(
  _ rows: [Row], _ limit: Int, key: String,
  _ read: (Row) throws(RPCError) -> Resource
) throws(RPCError) -> (resources: [Resource], next: [String]?) {
  var resources: [Resource] = []
  for row in rows.prefix(limit) { resources.append(try read(row)) }
  guard rows.count > limit, limit > 0 else { return (resources, nil) }
  let last = rows[limit - 1]
  return (resources, [try last.value("position"), try last.value(key)])
}
