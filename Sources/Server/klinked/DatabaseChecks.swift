internal import Platform
internal import Postgres
internal import RPC

/// What must hold of the server's own role before anything is served: isolation rests on it.
struct DatabaseChecks {
  private let database: ServiceDatabase

  init(_ database: Database) { self.database = ServiceDatabase(database) }

  func run() async throws(StartError) {
    let problem: String?
    do throws(RPCError) {
      problem = try await findProblem()
    } catch {
      throw .database(error)
    }
    if let problem { throw .appRoleUnfit(reason: problem) }
  }

  private func findProblem() async throws(RPCError) -> String? {
    let rows = try await database.rowsWithoutTenant(
      """
      SELECT rolsuper, rolbypassrls,
        EXISTS (
          SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
            AND pg_has_role(current_user, c.relowner, 'USAGE')) AS owns,
        pg_has_role(current_user, 'klinke_app', 'USAGE') AS is_app
      FROM pg_roles WHERE rolname = current_user
      """, deadline: nil)
    guard let row = rows.first else { throw RPCError(.internal, "the role is not known") }
    if try row.value("rolsuper", as: Bool.self) { return "is a superuser" }
    if try row.value("rolbypassrls", as: Bool.self) { return "has BYPASSRLS" }
    if try row.value("owns", as: Bool.self) { return "owns tables" }
    if try !row.value("is_app", as: Bool.self) { return "is no member of klinke_app" }
    return nil
  }
}
