internal import HTTP2
internal import Local
internal import Platform
internal import Postgres
internal import RPC

/// Why the server did not start: one line that says what is wrong and what to do.
enum StartError: Error, CustomStringConvertible {
  case local(LocalError)
  case migration(MigrationError)
  case listen(HTTPServerError)
  case secret(path: String, reason: String)
  case adminPasswordMissing
  case appDatabase(PostgresError)
  case database(RPCError)
  case system(String)

  var description: String {
    switch self {
    case .local(let error): error.description
    case .migration(let error): error.description
    case .listen(.socket(let error)): "\(error): set KLINKE_LISTEN to another address"
    case .listen(.tls(let error)): "\(error): check KLINKE_TLS_CERT and KLINKE_TLS_KEY"
    case .secret(let path, let reason): "cannot make or read \(path) (\(reason)): check its owner"
    case .adminPasswordMissing:
      "KLINKE_ADMIN_PASSWORD is not set and there is no administrator yet: set it, or its _FILE"
    case .appDatabase(let error):
      "the database of KLINKE_APP_DATABASE_URL does not answer (\(error.debugDescription)): check "
        + "the URL, and that the server is up"
    case .database(let error):
      "the database refuses the first statements (\(error.debugDescription)): check that the role of "
        + "KLINKE_APP_DATABASE_URL is a member of klinke_app"
    case .system(let what): what
    }
  }
}
