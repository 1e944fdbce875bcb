/// How to reach the database and how much of it to use.
package struct DatabaseConfiguration: Sendable, Hashable {
  /// A libpq URL or keyword string.
  package var url: String
  /// Connections of each loop.
  package var connectionsPerLoop: Int
  /// Self-contained statements that travel on one connection at a time.
  package var flightsPerConnection: Int
  /// Requests of each loop that wait for a connection; more are refused at once.
  package var waitersPerLoop: Int
  /// The longest wait for a connection.
  package var waitMax: Duration
  /// The most a statement may take when the caller has no deadline, or a later one.
  package var statementMax: Duration
  /// The most opening a connection may take.
  package var connectMax: Duration
  /// Statements that a connection keeps prepared.
  package var preparedStatementsMax: Int
  /// What the server shows in `pg_stat_activity`.
  package var applicationName: String

  package init(
    url: String, connectionsPerLoop: Int = 8, flightsPerConnection: Int = 16,
    waitersPerLoop: Int = 4096, waitMax: Duration = .seconds(5),
    statementMax: Duration = .seconds(30), connectMax: Duration = .seconds(5),
    preparedStatementsMax: Int = 256, applicationName: String = "klinked"
  ) {
    self.url = url
    self.connectionsPerLoop = connectionsPerLoop
    self.flightsPerConnection = flightsPerConnection
    self.waitersPerLoop = waitersPerLoop
    self.waitMax = waitMax
    self.statementMax = statementMax
    self.connectMax = connectMax
    self.preparedStatementsMax = preparedStatementsMax
    self.applicationName = applicationName
  }
}

/// Which tenant's rows a statement sees.
package enum Scope: Sendable, Hashable {
  /// The rows of the tenant with this UUID.
  case tenant(String)
  /// No tenant: row-level security shows no tenant's rows.
  case none

  /// The value of `klinke.tenant_id`.
  var setting: String {
    switch self {
    case .tenant(let id): id
    case .none: ""
    }
  }
}
