"""The TypeScript client: typechecked, compiled, and run against a server."""

import json
import pathlib
import subprocess
import tempfile
import unittest

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

    def test_calls_carry_path_query_and_body(self) -> None:
        self.assertEqual(self.saw["made"]["displayName"], "Web & Söhne GmbH")
        self.assertEqual(self.saw["changed"]["displayName"], "Web GmbH")
        self.assertEqual(len(self.saw["page"]["tenants"]), 1)
        self.assertEqual(self.saw["whoAmI"]["user"]["email"], "admin@klinke.local")
        self.assertEqual(self.saw["encoded"], {
            "target": "/a/x%2Fy%20%3F/p/q:d?list=1&list=2&nested.deep=true"})

    def test_errors_are_typed(self) -> None:
        expected = {
            "missing": ("NOT_FOUND", 404), "stale": ("ABORTED", 409),
            "anonymous": ("UNAUTHENTICATED", 401), "unnamed": ("INVALID_ARGUMENT", 0),
            "nobody": ("UNAVAILABLE", 0),
        }
        for name, (status, http) in expected.items():
            with self.subTest(name):
                self.assertEqual(
                    (self.saw[name]["status"], self.saw[name]["httpStatus"]), (status, http))
        self.assertNotEqual(self.saw["missing"]["reason"], "")

    def test_streams_end_well_or_say_so(self) -> None:
        self.assertEqual(self.saw["streamed"], [1, 2])
        self.assertEqual(self.saw["cut"]["status"], "UNAVAILABLE")


if __name__ == "__main__":
    unittest.main()
