"""Programs of others at the doors: curl, nghttp and buf."""

import json
import re
import subprocess
import tempfile
import unittest

import doors
import support

TENANTS = "/klinke.tenant.v1.TenantService"
NOBODY = "00000000-0000-4000-8000-000000000000"
BUF = support.ROOT / ".deps" / "bin" / "buf"


class ProgramsTest(support.Case):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.yardstick = doors.call_grpc(
            cls.server, doors.Method(f"{TENANTS}/GetTenant"), {"tenantId": NOBODY},
            cls.server.admin)
        tenant = cls.server.rest(
            cls.server.admin, "POST", "/api/tenants", {"displayName": "Programme GmbH"})
        assert tenant.status == 200, tenant
        cls.bearer = f"authorization: Bearer {cls.server.admin}"

    def run_program(self, *command: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=support.CALL_SECONDS, check=False)

    # curl

    def test_curl_over_both_versions_of_http(self) -> None:
        bearer = {"authorization": f"Bearer {self.server.admin}"}
        for version in ("--http1.1", "--http2-prior-knowledge", "--http2"):
            def curl(verb: str, target: str, body: bytes | None = None, **fields: str):
                return doors.curl(
                    self.server, verb, target,
                    {**bearer, **{name.replace("_", "-"): v for name, v in fields.items()}}, body,
                    version)

            with self.subTest(version):
                rest = curl("GET", "/api/tenants?page_size=1")
                self.assertEqual((rest.status, len(rest.json["tenants"])), (200, 1))
                connect = curl(
                    "POST", f"{TENANTS}/ListTenants", b'{"pageSize":1}',
                    content_type="application/json")
                self.assertEqual(connect.json, rest.json)
                read = curl(
                    "GET", f"{TENANTS}/ListTenants?encoding=json&message=%7B%22pageSize%22%3A1%7D")
                self.assertEqual(read.json, rest.json)
                missing = curl("GET", f"/api/tenants/{NOBODY}")
                self.assertEqual(missing.status, 404)
                self.assertEqual(missing.json["error"]["message"], self.yardstick.message)
                nothing = curl("POST", "/nothing/here", b"x" * 100_000)
                self.assertEqual((nothing.status, nothing.json["error"]["status"]),
                                 (404, "NOT_FOUND"))
                verb = curl("DELETE", "/api/tenants")
                self.assertEqual(
                    (verb.status, verb.fields["allow"]), (405, "GET, HEAD, POST, OPTIONS"))
                grpc = curl("POST", f"{TENANTS}/GetTenant", b"", content_type="application/json5")
                self.assertEqual(grpc.status, 415)
                self.assertEqual(
                    grpc.fields["accept-post"], "application/proto, application/json")

    # nghttp

    def nghttp(self, target: str, body: str | None = None, *fields: str) -> tuple[int, dict]:
        command = ["nghttp", "--verbose", "--no-dep", "-H", self.bearer]
        for field in fields:
            command += ["-H", field]
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            if body is not None:
                file.write(body)
                file.flush()
                command += ["-d", file.name]
            done = self.run_program(*command, self.server.url + target)
        status = re.search(r":status: (\d+)", done.stdout)
        # The body stands among the frames, which begin with a time in brackets.
        found = re.search(r"^(\{.*\})(\[|$)", done.stdout, re.MULTILINE)
        self.assertTrue(status and found, done.stdout + done.stderr)
        return int(status[1]), json.loads(found[1])

    def test_nghttp(self) -> None:
        rest = self.nghttp("/api/tenants?page_size=1")
        self.assertEqual(rest[0], 200)
        connect = self.nghttp(
            f"{TENANTS}/ListTenants", '{"pageSize":1}', "content-type: application/json")
        self.assertEqual(connect, rest)
        status, missing = self.nghttp(f"/api/tenants/{NOBODY}")
        self.assertEqual((status, missing["error"]["message"]), (404, self.yardstick.message))
        status, missing = self.nghttp(
            f"{TENANTS}/GetTenant", json.dumps({"tenantId": NOBODY}),
            "content-type: application/json")
        self.assertEqual((status, missing["message"]), (404, self.yardstick.message))

    # buf

    def test_buf_speaks_every_protocol(self) -> None:
        ways = [(protocol, version) for protocol in ("connect", "grpcweb")
                for version in ((), ("--http2-prior-knowledge",))]
        ways.append(("grpc", ("--http2-prior-knowledge",)))
        listed = None
        for protocol, version in ways:
            def buf(method: str, request: dict):
                # Without a schema, buf asks the server's reflection: a stream both ways.
                return self.run_program(
                    str(BUF), "curl", *version, "--protocol", protocol, "-H", self.bearer, "-d",
                    json.dumps(request), f"{self.server.url}{TENANTS}/{method}")

            with self.subTest(f"{protocol} {' '.join(version)}"):
                done = buf("ListTenants", {"pageSize": 1})
                self.assertEqual(done.returncode, 0, done.stderr)
                listed = listed or json.loads(done.stdout)
                self.assertEqual(json.loads(done.stdout), listed)
                done = buf("GetTenant", {"tenantId": NOBODY})
                error = json.loads(done.stderr)
                self.assertEqual((error["code"], error["message"]),
                                 ("not_found", self.yardstick.message))
                self.assertEqual(
                    [detail["type"] for detail in error["details"]],
                    list(self.yardstick.details))


if __name__ == "__main__":
    unittest.main()
