internal import Platform
internal import Postgres
internal import RPC

extension FlowRun {
  /// Where a stored call stands.
  init(_ row: Row) throws(RPCError) {
    let list: [String] = try row.value("variables")
    var variables: [String: String] = [:]
    for index in stride(from: 0, to: list.count - 1, by: 2) {
      variables[list[index]] = list[index + 1]
    }
    self.init(
      nodeID: try row.value("node_id"), step: try row.value("step"),
      attempt: try row.value("attempt"), variables: variables)
  }

  /// The variables as the column has them: names and values in turn, in the order of the names.
  var variableList: [String] {
    variables.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
  }
}
