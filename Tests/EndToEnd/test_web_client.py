"""The TypeScript client: typechecked, compiled, and run against a server."""

import json
import pathlib
import subprocess
import tempfile
import unittest
import urllib.parse

import support

WEB = support.ROOT / "clients" / "web"


class WebClientTest(support.Case):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        folder = tempfile.TemporaryDirectory(prefix="klinke-web-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        # Tells node that these are modules.
        (cls.folder / "package.json").write_text('{"type": "module"}')
        done = subprocess.run(
            ["tsc", "-p", str(WEB), "--outDir", folder.name], stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=120, check=False)
        if done.returncode != 0:
            raise AssertionError("tsc refuses clients/web:\n" + done.stdout)
        script = pathlib.Path(__file__).with_name("web_client.mjs")
        done = subprocess.run(
            ["node", str(script), folder.name, cls.server.url, "admin@klinke.local",
             cls.server.secret("admin-password")], stdin=subprocess.DEVNULL, capture_output=True,
            text=True, timeout=support.CALL_SECONDS, check=False)
        if done.returncode != 0:
            raise AssertionError(done.stderr)
        cls.saw = json.loads(done.stdout)

    def test_calls_bring_back_what_the_server_answers(self) -> None:
        self.assertEqual(self.saw["made"]["displayName"], "Web & Söhne GmbH")
        self.assertEqual(self.saw["changed"]["displayName"], "Web GmbH")
        self.assertEqual(len(self.saw["page"]["tenants"]), 1)
        self.assertEqual(self.saw["whoAmI"]["user"]["email"], "admin@klinke.local")

    def test_methods_that_change_nothing_are_called_by_get(self) -> None:
        read, written, long = (self.saw[name][0] for name in ("read", "written", "long"))
        target = urllib.parse.urlsplit(read["target"])
        self.assertEqual(target.path, "/klinke.tenant.v1.TenantService/ListTenants")
        self.assertEqual(dict(urllib.parse.parse_qsl(target.query)), {
            "connect": "v1", "encoding": "json", "message": '{"pageSize":1}'})
        self.assertEqual(read["method"], "GET")
        self.assertEqual((written["method"], long["method"]), ("POST", "POST"))
        self.assertTrue(long["target"].endswith("/ListTenants"), long["target"])
        self.assertEqual(written["headers"]["content-type"], "application/json")
        self.assertEqual(written["headers"]["connect-protocol-version"], "1")

    def test_options_become_headers(self) -> None:
        headers = self.saw["read"][0]["headers"]
        self.assertEqual(headers["accept-language"], "de-DE")
        self.assertEqual(headers["idempotency-key"], "k")
        self.assertEqual(headers["connect-timeout-ms"], "1500")
        self.assertTrue(headers["authorization"].startswith("Bearer "))

    def test_errors_are_typed(self) -> None:
        expected = {
            "missing": ("not_found", 404), "stale": ("aborted", 409),
            "anonymous": ("unauthenticated", 401), "unnamed": ("invalid_argument", 400),
            "nobody": ("unavailable", 0), "late": ("deadline_exceeded", 0),
            "cancelled": ("canceled", 0), "proxy": ("unavailable", 503),
            "garbage": ("internal", 200),
        }
        for name, (code, http) in expected.items():
            with self.subTest(name):
                self.assertEqual((self.saw[name]["code"], self.saw[name]["httpStatus"]), (code, http))

    def test_answers_are_bounded(self) -> None:
        bounds = self.saw["bounds"]
        self.assertEqual(bounds["longest"]["code"], "none")
        for name, bytes_max in (
            ("tooLong", 9), ("endless", 5_000), ("refused", 5_000), ("refusedStream", 5_000),
        ):
            with self.subTest(name):
                self.assertEqual(bounds[name]["code"], "resource_exhausted")
                # The stream's caller sees the code alone here.
                if name != "refusedStream":
                    self.assertIn(f"longer than {bytes_max} bytes", bounds[name]["message"])
                # A few pieces of 1,000 bytes are on their way beyond the limit, and not the rest.
                self.assertLess(bounds[name]["pulls"], 10)

    def test_details_are_read_from_their_bytes(self) -> None:
        missing = self.saw["missing"]
        self.assertEqual(missing["reason"], "TENANT_NOT_FOUND")
        self.assertIn("google.rpc.ErrorInfo", missing["types"])
        self.assertIn("google.rpc.LocalizedMessage", missing["types"])
        self.assertNotEqual(missing["localizedMessage"], missing["message"])
        violations = self.saw["unnamed"]["violations"]
        self.assertEqual([violation["field"] for violation in violations], ["tenant_id"])
        self.assertNotEqual(violations[0]["description"], "")

    def test_streams_end_well_or_say_so(self) -> None:
        whole = {"messages": ["ä", "b" * 300], "code": "none"}
        self.assertEqual(self.saw["streams"], dict.fromkeys(("1", "4", "7", "1000"), whole))
        self.assertEqual(self.saw["failed"], whole | {"code": "aborted"})
        self.assertEqual(self.saw["cut"], whole | {"code": "unavailable"})
        self.assertEqual(self.saw["halved"], {"messages": ["ä"], "code": "unavailable"})
        self.assertEqual(self.saw["compressed"]["code"], "internal")
        # A message of as many bytes as are taken, one more, and more than there is memory for.
        self.assertEqual(self.saw["longest"], whole)
        refused = {"messages": ["ä"], "code": "resource_exhausted"}
        self.assertEqual((self.saw["tooLong"], self.saw["endless"]), (refused, refused))
        self.assertEqual(self.saw["watched"], {"messages": [None], "code": "deadline_exceeded"})


if __name__ == "__main__":
    unittest.main()
