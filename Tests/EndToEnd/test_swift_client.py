"""The Swift client library, by its example program."""

import os
import subprocess
import unittest

import support
import tenants
from tenants import tenant_service_pb2

EXAMPLE = support.BINARIES / "klinke-example"


class SwiftClientTest(support.Case):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        # Optimised programs are those of a user; only `make test` builds all there are.
        if support.BINARIES.name == "release":
            raise unittest.SkipTest("an optimised build need not have the example")
        if not EXAMPLE.exists():
            raise AssertionError(f"{EXAMPLE} is missing; run: swift build --product {EXAMPLE.name}")

    def run_example(self, password: str, port: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [str(EXAMPLE), self.server.host, port, "admin@klinke.local"],
            env={"PATH": os.environ["PATH"], "KLINKE_PASSWORD": password},
            stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=support.CALL_SECONDS, check=False)

    def test_it_signs_in_and_reads_every_page(self) -> None:
        stubs = tenants.Stubs(self.server, self.server.admin)
        made = [
            stubs.tenants.CreateTenant(
                tenant_service_pb2.CreateTenantRequest(display_name=f"Seite {number}")).tenant_id
            for number in range(5)]
        done = self.run_example(self.server.secret("admin-password"), self.server.port)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        listed = [line.split(" ", 1)[0] for line in done.stdout.splitlines()]
        self.assertEqual(len(listed), len(set(listed)))
        self.assertLessEqual(set(made), set(listed))

    def test_it_says_what_failed(self) -> None:
        done = self.run_example("falsch", self.server.port)
        self.assertEqual((done.returncode, done.stdout[:8]), (1, "failed: "), done)
        self.assertIn("unauthenticated", done.stdout.lower())
        done = self.run_example("falsch", "1")
        self.assertEqual((done.returncode, done.stdout[:8]), (1, "failed: "), done)


if __name__ == "__main__":
    unittest.main()
