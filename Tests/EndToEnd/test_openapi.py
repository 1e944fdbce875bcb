"""The OpenAPI document, and the server held against it."""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

import support
import tenants
from openapi_spec_validator import validate

DOCUMENT = support.ROOT / "docs" / "reference" / "openapi.json"
SCHEMATHESIS = pathlib.Path(sys.executable).with_name("schemathesis")
# Never a status, header, content type or body that the document does not have, and never 5xx.
CHECKS = [
    "not_a_server_error", "status_code_conformance", "content_type_conformance",
    "response_headers_conformance", "response_schema_conformance",
]
# A hang ends here; on a quiet machine neither exploration takes a quarter of it.
SECONDS = 180


class OpenAPITest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        # One of its own: what the tests make up would be in the way of others.
        cls.server = support.Server().start()
        cls.addClassCleanup(cls.server.clean)

    def test_the_document_is_valid_and_served(self) -> None:
        answer = self.server.http("GET", "/openapi.json")
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual(answer.fields["content-type"], "application/json")
        self.assertEqual(answer.json, json.loads(DOCUMENT.read_text()))
        validate(answer.json)

    def test_the_server_keeps_to_the_document_for_the_platform(self) -> None:
        self.explore(self.server.admin, "coverage", examples=1)

    def test_the_server_keeps_to_the_document_for_a_tenant(self) -> None:
        tenant = tenants.TestTenant(self.server, "Forscher GmbH", "Guten Tag.")
        self.explore(
            tenant.admin, "examples,fuzzing", examples=5, tenant_id=tenant.tenant_id,
            bot_id=tenant.bot_id, flow_id=tenant.flow_id, mapping_id=tenant.mapping_id,
            version=tenant.version)

    def test_a_hint_that_cannot_be_stored_is_a_wrong_signature(self) -> None:
        for body in (b"To=%00&CallSid=CA1", b"To=%2B4930901820&CallSid=%00"):
            answer = self.server.http(
                "POST", "/twilio/voice/inbound", body,
                content_type="application/x-www-form-urlencoded", x_twilio_signature="x")
            self.assertEqual(answer.status, 403, answer)

    def explore(self, token: str, phases: str, examples: int, **path) -> None:
        """Makes calls up from the document: the same ones each time. `path` are things that exist,
        so that calls get past their names."""
        with tempfile.TemporaryDirectory() as folder:
            settings = pathlib.Path(folder, "schemathesis.toml")
            settings.write_text("[parameters]\n" + "".join(
                f'"path.{name}" = {json.dumps(value)}\n' for name, value in path.items()))
            done = subprocess.run(
                [str(SCHEMATHESIS), "--config-file", str(settings), "run",
                 f"{self.server.url}/openapi.json", "-H", f"Authorization: Bearer {token}",
                 "--checks", ",".join(CHECKS), "--phases", phases, "--seed", "1",
                 "-n", str(examples), "--generation-database", "none", "--continue-on-failure",
                 "--suppress-health-check", "all", "--warnings", "off", "--no-color"],
                cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                timeout=SECONDS, check=False)
        self.assertEqual(done.returncode, 0, done.stdout[-6000:] + done.stderr[-2000:])
        self.assertRegex(done.stdout, r"\d+ generated, \d+ passed")


if __name__ == "__main__":
    unittest.main()
