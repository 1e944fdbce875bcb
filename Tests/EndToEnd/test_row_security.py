"""Row-level security, read from the catalogue, so that a table somebody adds is met as well."""

import unittest

import support
import tenants
from phone import number


class DatabaseTest(support.Case):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.own = tenants.TestTenant(cls.server, "Innen", "Hier spricht Innen.")
        cls.other = tenants.TestTenant(cls.server, "Aussen", "Hier spricht Aussen.")
        for tenant in (cls.own, cls.other):
            tenants.Ids(cls.server, tenant)
        cls.tables = [row["name"] for row in cls.server.rows(tenants.TENANT_TABLES)]

    def count(self, table: str, role: str, tenant: str = "", where: str = "true") -> int:
        """The rows a role sees; 0 when it may not even look."""
        scope = f"SET klinke.tenant_id = '{tenant}';" if tenant else ""
        try:
            query = f"{scope} SELECT count(*) FROM {table} WHERE {where};"
            return int(self.server.sql(query, role))
        except support.SQLError as error:
            self.assertIn("permission denied", str(error))
            return 0

    def test_without_a_tenant_no_row_is_visible(self) -> None:
        filled = 0
        for table in self.tables:
            with self.subTest(table):
                filled += self.count(table, "postgres") > 0
                self.assertEqual(self.count(table, "klinke_app"), 0)
                self.assertEqual(self.count(table, "klinke_owner"), 0)
        # Of an empty table it says nothing that no row is visible.
        self.assertGreaterEqual(filled, 10)

    def test_with_a_tenant_only_its_own_rows_are_visible(self) -> None:
        for table in self.tables:
            with self.subTest(table):
                foreign = self.count(
                    table, "klinke_app", self.own.tenant_id,
                    f"tenant_id <> '{self.own.tenant_id}'")
                self.assertEqual(foreign, 0)
        self.assertGreater(self.count("bot", "klinke_app", self.own.tenant_id), 0)

    def test_no_row_is_written_for_another_tenant(self) -> None:
        for statement in (
            f"INSERT INTO bot (tenant_id, bot_id, display_name)"
            f" VALUES ('{self.other.tenant_id}', gen_random_uuid(), 'x')",
            f"UPDATE bot SET tenant_id = '{self.other.tenant_id}'",
        ):
            with self.subTest(statement), self.assertRaisesRegex(
                support.SQLError, "row-level security"):
                self.server.sql(
                    f"SET klinke.tenant_id = '{self.own.tenant_id}'; {statement};", "klinke_app")
        changed = self.server.sql(
            f"SET klinke.tenant_id = '{self.own.tenant_id}';"
            f" WITH c AS (UPDATE bot SET display_name = 'x' WHERE bot_id = '{self.other.bot_id}'"
            " RETURNING 1) SELECT count(*) FROM c;", "klinke_app")
        self.assertEqual(changed, "0")

    def test_a_mapping_cannot_lead_to_a_bot_of_another_tenant(self) -> None:
        with self.assertRaisesRegex(support.SQLError, "phone_mapping_bot"):
            self.server.sql(f"""
                INSERT INTO phone_mapping
                  (tenant_id, mapping_id, bot_id, number, raw_number, region)
                VALUES ('{self.own.tenant_id}', gen_random_uuid(), '{self.other.bot_id}',
                        '{number()}', 'x', 'DE');""")

    def test_every_tenant_table_forces_row_level_security(self) -> None:
        rows = self.server.rows(f"""
            SELECT t.name, c.relrowsecurity AND c.relforcerowsecurity AS forced,
                   EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polcmd = '*'
                           AND p.polqual IS NOT NULL AND p.polwithcheck IS NOT NULL) AS policy,
                   (SELECT a.attname FROM pg_index i
                    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
                    WHERE i.indrelid = c.oid AND i.indisprimary) AS first_of_key
            FROM ({tenants.TENANT_TABLES}) t JOIN pg_class c ON c.oid = t.name::regclass""")
        self.assertGreaterEqual(len(rows), 14)
        for row in rows:
            with self.subTest(row["name"]):
                self.assertTrue(row["forced"], "row-level security is not forced")
                self.assertTrue(row["policy"], "no policy with USING and WITH CHECK")
                self.assertEqual(row["first_of_key"], "tenant_id")

    def test_policies_for_everybody_name_the_current_tenant(self) -> None:
        rows = self.server.rows("""
            SELECT polrelid::regclass::text AS name, pg_get_expr(polqual, polrelid) AS rule,
                   polroles = '{0}' AS everybody, polcmd AS command,
                   ARRAY(SELECT rolname FROM pg_roles WHERE oid = ANY (polroles)) AS roles
            FROM pg_policy""")
        self.assertGreaterEqual(sum(row["everybody"] for row in rows), 14)
        for row in rows:
            with self.subTest(row["name"]):
                if row["everybody"]:
                    self.assertIn("current_tenant()", row["rule"])
                else:
                    self.assertEqual((row["roles"], row["command"]), (["klinke_lookup"], "r"))

    def test_views_do_not_look_past_the_policies(self) -> None:
        self.assertEqual(self.server.rows("""
            SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
            AND (relkind = 'm' OR relkind = 'v'
                 AND NOT coalesce(reloptions::text, '') ~ 'security_invoker=(true|on)')"""), [])

    def test_the_servers_role_owns_nothing_and_bypasses_nothing(self) -> None:
        rows = self.server.rows("""
            SELECT rolname AS name, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb
                     OR rolreplication AS mighty, rolcanlogin AS signs_in,
                   EXISTS (SELECT FROM pg_class WHERE relowner = r.oid) AS owns,
                   ARRAY(SELECT o.rolname FROM pg_roles o WHERE o.oid <> r.oid
                         AND pg_has_role(r.oid, o.oid, 'MEMBER')) AS belongs_to
            FROM pg_roles r WHERE rolname IN ('klinke_app', 'klinke_lookup') ORDER BY rolname""")
        self.assertEqual([row["name"] for row in rows], ["klinke_app", "klinke_lookup"])
        for row in rows:
            with self.subTest(row["name"]):
                self.assertFalse(row["mighty"])
                self.assertFalse(row["owns"])
                self.assertEqual(row["belongs_to"], [])
        self.assertFalse(rows[1]["signs_in"])
        used = self.server.rows(
            "SELECT DISTINCT usename FROM pg_stat_activity"
            " WHERE datname = 'klinke' AND usename <> 'postgres'")
        self.assertEqual([row["usename"] for row in used], ["klinke_app"])

    def test_functions_with_their_owners_rights_are_few_and_pinned(self) -> None:
        rows = self.server.rows("""
            SELECT proname AS name, pg_get_userbyid(proowner) AS owner,
                   coalesce(proconfig::text, '') AS settings,
                   has_function_privilege('public', oid, 'EXECUTE') AS everybody
            FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace""")
        self.assertGreaterEqual(len(rows), 5)
        for row in rows:
            with self.subTest(row["name"]):
                self.assertIn(row["owner"], ("klinke_lookup", "klinke_owner"))
                self.assertIn("search_path=public, pg_temp", row["settings"])
                self.assertFalse(row["everybody"], "everybody may call it")

    def test_evidence_is_neither_changed_nor_deleted(self) -> None:
        for table in (
            "audit_event", "call_event", "usage_event", "usage_segment", "webhook_receipt",
            "stripe_event", "idempotency_key"):
            for right in ("UPDATE", "DELETE", "TRUNCATE"):
                with self.subTest(table, right=right):
                    self.assertEqual(self.server.sql(
                        f"SELECT has_any_column_privilege('klinke_app', '{table}', 'UPDATE')"
                        if right == "UPDATE" else
                        f"SELECT has_table_privilege('klinke_app', '{table}', '{right}')"), "f")


if __name__ == "__main__":
    unittest.main()
