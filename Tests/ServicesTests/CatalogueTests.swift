internal import Platform
internal import Postgres
internal import TenantAPI
internal import TestSupport
internal import Testing

@Suite("The schema", .timeLimit(.minutes(5)))
struct CatalogueTests {
  /// What the server's role may do with each table.
  private static let privileges: [String: Set<String>] = [
    "tenant": ["SELECT", "INSERT", "UPDATE"], "user_account": ["SELECT", "INSERT", "UPDATE"],
    "audit_event": ["SELECT", "INSERT"], "bot": ["SELECT", "INSERT", "UPDATE"],
    "flow": ["SELECT", "INSERT", "UPDATE"], "flow_version": ["SELECT", "INSERT", "UPDATE"],
    "phone_mapping": ["SELECT", "INSERT", "UPDATE", "DELETE"],
    "call": ["SELECT", "INSERT", "UPDATE"], "call_event": ["SELECT", "INSERT"],
    "webhook_receipt": ["SELECT", "INSERT"], "usage_event": ["SELECT"],
    "usage_event_default": [], "usage_segment": ["SELECT"], "tenant_key": ["SELECT", "INSERT"],
    "connector": ["SELECT", "INSERT", "UPDATE", "DELETE"], "stripe_event": ["SELECT", "INSERT"],
    "idempotency_key": ["SELECT", "INSERT"], "klinke_migration": [],
  ]

  /// The tables, with whether they have a tenant.
  private func tables(_ test: TestDatabase) async throws -> [(name: String, hasTenant: Bool)] {
    try await test.administer(
      """
      SELECT c.relname, EXISTS (SELECT FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attname = 'tenant_id') AS has_tenant
      FROM pg_class c
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
      ORDER BY c.relname
      """
    ).map { (try $0["relname", as: String.self], try $0["has_tenant", as: Bool.self]) }
  }

  @Test("every table with a tenant forces row-level security with the one policy")
  func rowSecurity() async throws {
    try await withTestDatabase { test in
      let bad = try await test.administer(
        """
        SELECT c.relname FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
          AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND a.attnotnull
            AND EXISTS (SELECT FROM pg_policies p
              WHERE p.tablename = c.relname AND p.policyname = 'tenant_isolation'
                AND p.permissive = 'PERMISSIVE' AND p.cmd = 'ALL' AND p.roles = '{public}'
                AND p.qual = '(tenant_id = ( SELECT current_tenant() AS current_tenant))'
                AND p.with_check = p.qual))
        """)
      #expect(try bad.map { try $0["relname", as: String.self] } == [])
      let tenants = try await tables(test).filter(\.hasTenant)
      #expect(tenants.count == 16)
      // Any other policy is one for reading by the role of the lookups.
      let others = try await test.administer(
        """
        SELECT tablename, policyname FROM pg_policies
        WHERE policyname <> 'tenant_isolation'
          AND NOT (policyname = 'tenant_lookup' AND cmd = 'SELECT' AND roles = '{klinke_lookup}')
        """)
      #expect(others.isEmpty)
    }
  }

  @Test("the tenant is the first column of every primary and foreign key of such a table")
  func keys() async throws {
    try await withTestDatabase { test in
      let bad = try await test.administer(
        """
        SELECT k.conname FROM pg_constraint k
        JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attname = 'tenant_id'
        WHERE k.connamespace = 'public'::regnamespace AND k.contype IN ('p', 'f')
          AND k.conparentid = 0 AND k.conkey[1] <> a.attnum
        """)
      #expect(try bad.map { try $0["conname", as: String.self] } == [])
    }
  }

  @Test("the server's role has what it needs and nothing more")
  func privileges() async throws {
    try await withTestDatabase { test in
      let names = try await tables(test).map(\.name)
      #expect(Set(names) == Set(Self.privileges.keys))
      let rows = try await test.administer(
        """
        SELECT c.relname, p.name AS privilege FROM pg_class c,
          unnest('{SELECT,INSERT,UPDATE,DELETE,TRUNCATE,REFERENCES,TRIGGER}'::text[]) p(name)
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
          AND has_table_privilege('klinke_app', c.oid, p.name)
        """)
      var found: [String: Set<String>] = [:]
      for name in names { found[name] = [] }
      for row in rows {
        found[try row["relname", as: String.self]]?.insert(try row["privilege", as: String.self])
      }
      #expect(found == Self.privileges)
    }
  }

  @Test("the roles own nothing that they should not, and bypass nothing")
  func roles() async throws {
    try await withTestDatabase { test in
      let roles = try await test.administer(
        """
        SELECT rolname FROM pg_roles
        WHERE rolname IN ('klinke_app', 'klinke_lookup')
          AND NOT (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)
        """)
      #expect(roles.count == 2)
      let owned = try await test.administer(
        """
        SELECT relname FROM pg_class WHERE relowner IN ('klinke_app'::regrole,
          'klinke_lookup'::regrole)
        UNION ALL SELECT proname FROM pg_proc WHERE proowner = 'klinke_app'::regrole
        """)
      #expect(owned.isEmpty)
      let member = try await test.administer(
        """
        SELECT pg_has_role('klinke_app', 'klinke_lookup', 'MEMBER')
          OR pg_has_role('klinke_app', 'klinke_owner', 'MEMBER')
          OR has_schema_privilege('klinke_app', 'public', 'CREATE') AS can_more
        """)
      #expect(try !member[0]["can_more", as: Bool.self])
    }
  }

  @Test("a function that runs as another role has a search path of its own and no public callers")
  func definers() async throws {
    try await withTestDatabase { test in
      let rows = try await test.administer(
        """
        SELECT proname, coalesce(proconfig::text, '') AS config,
          has_function_privilege('klinke_app', oid, 'EXECUTE') AS for_app,
          coalesce(proacl::text LIKE '%{=X%' OR proacl::text LIKE '%,=X%', true) AS for_all
        FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef
        ORDER BY proname
        """)
      #expect(
        try rows.map { try $0["proname", as: String.self] } == [
          "lookup_call", "lookup_foreign", "lookup_login", "lookup_number", "lookup_tenants",
          "record_usage",
        ])
      for row in rows {
        #expect(try row["config", as: String.self].contains("search_path=public, pg_temp"))
        #expect(try row["for_app", as: Bool.self])
        #expect(try !row["for_all", as: Bool.self])
      }
    }
  }

  @Test("without a tenant the server's role sees no tenant's row in any table")
  func blind() async throws {
    try await withServices { services in
      let company = try await services.company()
      try await company.answers("+493023125000")
      let phone = Phone(services)
      _ = try await phone.rings()
      try await phone.ends(seconds: "9")
      // Names of tables are no values, so the questions are put together by the server.
      let names = try await tables(services.test).filter(\.hasTenant).map(\.name)
      for name in names where Self.privileges[name]?.contains("SELECT") == true {
        let rows = try await services.test.administer(
          "SET ROLE klinke_app; SELECT count(*) AS n FROM \(name)")
        #expect(try rows[0]["n", as: Int.self] == 0, "\(name)")
      }
      let partition = await #expect(throws: PostgresError.self) {
        try await services.database.query(
          "SELECT * FROM usage_event_default", as: .tenant(company.id.text))
      }
      #expect(partition?.state == .insufficientPrivilege)
    }
  }
}
