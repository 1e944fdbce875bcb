"""Starting, stopping, and what every operator tries first."""

import json
import os
import pathlib
import signal
import stat
import subprocess
import time
import unittest

import grpc
import stubs
import support
import tenants
from phone import Phone, number
from tenants import bot_service_pb2
from twilio.request_validator import RequestValidator


def run(*command: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        timeout=support.CALL_SECONDS, check=False, cwd="/",
        env={"PATH": os.environ["PATH"], "HOME": stubs.STUBS})


class DoorsTest(support.Case):
    def buf(self, *arguments: str) -> subprocess.CompletedProcess:
        done = run(
            str(support.ROOT / ".deps" / "bin" / "buf"), "curl", "--http2-prior-knowledge",
            "--protocol", "grpc", *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def test_reflection_lists_every_service(self) -> None:
        for protocol in ("grpc-v1", "grpc-v1alpha"):
            with self.subTest(protocol):
                done = self.buf("--reflect-protocol", protocol, "--list-services", self.server.url)
                listed = set(done.stdout.split())
                self.assertLessEqual({
                    "klinke.tenant.v1.TenantService", "klinke.call.v1.TelephonyWebhookService",
                    "grpc.health.v1.Health"}, listed)

    def test_reflection_describes_a_method_well_enough_to_call_it(self) -> None:
        done = self.buf(
            "-H", f"authorization: Bearer {self.server.admin}", "-d", '{"number": "030 23125-998"}',
            f"{self.server.url}/klinke.mapping.v1.MappingService/NormalizeNumber")
        self.assertEqual(json.loads(done.stdout)["number"], "+493023125998")

    def test_health_is_told_over_grpc(self) -> None:
        for service in ("", "klinke.call.v1.CallService"):
            with self.subTest(service):
                done = self.buf(
                    "-d", json.dumps({"service": service}),
                    f"{self.server.url}/grpc.health.v1.Health/Check")
                self.assertEqual(json.loads(done.stdout), {"status": "SERVING"})

    def test_health_of_a_service_that_is_not_there(self) -> None:
        done = run(
            str(support.ROOT / ".deps" / "bin" / "buf"), "curl", "--http2-prior-knowledge",
            "--protocol", "grpc", "-d", '{"service": "no.such.Service"}',
            f"{self.server.url}/grpc.health.v1.Health/Check")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("not_found", done.stderr)

    def test_the_port_speaks_both_versions_of_http(self) -> None:
        for flag, version in (("--http1.1", "1.1"), ("--http2-prior-knowledge", "2")):
            for path in ("/api/health", "/health", "/metrics"):
                with self.subTest(path, version=version):
                    done = run(
                        "curl", "--silent", "--show-error", flag, "--write-out",
                        "\n%{http_code} %{http_version}", self.server.url + path)
                    body, _, end = done.stdout.rpartition("\n")
                    self.assertEqual(end, f"200 {version}", done.stderr)
                    self.assertNotEqual(body, "")
                    if path == "/health":
                        self.assertEqual(json.loads(body)["status"], "healthy")
                        self.assertIn("database", json.loads(body)["checks"])
                    elif path == "/metrics":
                        self.assertRegex(body, r"(?m)^# TYPE \w+ (counter|gauge|histogram)$")
                    else:
                        health = json.loads(body)
                        self.assertIn("database", health)
        flat = self.server.rest("", "GET", "/api/health").json
        self.assertEqual({type(value) for value in flat.values()}, {str})

    def test_memory_is_the_business_of_jemalloc_and_its_thread(self) -> None:
        tasks = pathlib.Path("/proc", str(self.server.process.pid), "task")
        names = {(task / "comm").read_text().strip() for task in tasks.iterdir()}
        self.assertIn("jemalloc_bg_thd", names, "our configuration has not arrived")

    def test_the_answer_names_its_request(self) -> None:
        answer = self.server.rest(self.server.admin, "GET", "/api/tenants")
        self.assertEqual(answer.status, 200)
        self.assertTrue(answer.fields["content-type"].startswith("application/json"))
        self.assertNotEqual(answer.fields.get("x-request-id", ""), "")

    def test_a_deadline_ends_the_call_and_its_statement(self) -> None:
        tenant = tenants.TestTenant(self.server, "Wartet nicht", "Guten Tag.")
        waiting = (
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE usename = 'klinke_app' AND wait_event_type = 'Lock';")
        # Somebody holds the table, so that the answer cannot come.
        with self.server.session() as holder:
            holder.say("BEGIN; LOCK TABLE bot; SELECT 'locked';")
            self.assertEqual(holder.hear(), "locked")
            call = tenant.as_admin.bots.ListBots.future(
                bot_service_pb2.ListBotsRequest(), timeout=2)
            while self.server.sql(waiting) != "1":
                self.assertFalse(call.done(), "the call does not wait for the lock")
            self.assertEqual(call.code(), grpc.StatusCode.DEADLINE_EXCEEDED)
            # The database is not left alone with a statement that nobody waits for.
            end = time.monotonic() + support.CALL_SECONDS
            while self.server.sql(waiting) != "0":
                self.assertLess(time.monotonic(), end, "the statement goes on")
        self.assertEqual(
            len(tenant.as_admin.bots.ListBots(bot_service_pb2.ListBotsRequest()).bots), 1)

    def test_an_unknown_method_is_unimplemented(self) -> None:
        call = self.server.channel().unary_unary("/klinke.tenant.v1.TenantService/NoSuchMethod")
        with self.assertRaises(grpc.RpcError) as raised:
            call(b"")
        self.assertEqual(raised.exception.code(), grpc.StatusCode.UNIMPLEMENTED)


class LifecycleTest(unittest.TestCase):
    def setUp(self) -> None:
        self.server = support.Server()
        self.addCleanup(self.server.clean)

    def test_the_first_start_asks_nothing_and_says_how_to_go_on(self) -> None:
        self.server = support.Server(fresh=True)
        self.addCleanup(self.server.clean)
        self.server.start()
        self.assertIn("admin@klinke.local", self.server.wait_for_output("admin:"))
        password = self.server.data / "admin-password"
        self.assertIn(str(password), self.server.wait_for_output("admin:"))
        for name in ("admin-password", "twilio-auth-token", "stripe-webhook-secret"):
            with self.subTest(name):
                mode = (self.server.data / name).stat().st_mode
                self.assertEqual(stat.S_IMODE(mode), 0o600)
                self.assertNotIn(self.server.secret(name), "".join(self.server.log))
        self.assertNotEqual(self.server.admin, "")

    def test_what_was_made_is_there_after_a_restart(self) -> None:
        self.server.start()
        tenant = tenants.TestTenant(self.server, "Bleibt", "Ich bleibe.")
        token, password = self.server.admin, self.server.secret("admin-password")
        self.assertEqual(self.server.stop(), 0)
        self.assertEqual(self.server.processes(), [])
        began = time.monotonic()
        self.server.start()
        print(f"lifecycle: second start ready after {time.monotonic() - began:.2f} s")
        self.assertEqual(self.server.secret("admin-password"), password)
        self.assertEqual(self.server.rest(token, "GET", "/api/tenants").status, 200)
        bots = tenant.as_admin.bots.ListBots(bot_service_pb2.ListBotsRequest()).bots
        self.assertEqual([bot.bot_id for bot in bots], [tenant.bot_id])
        self.assertIn("Ich bleibe.", Phone(self.server, tenant.number).rings().spoken)

    def test_control_c_leaves_no_process(self) -> None:
        self.server.start()
        self.assertGreaterEqual(len(self.server.processes()), 3)
        self.assertEqual(self.server.stop(signal.SIGINT), 0)
        self.assertEqual(self.server.processes(), [])

    def test_a_kill_leaves_no_process_either(self) -> None:
        self.server.start()
        tenant = tenants.TestTenant(self.server, "Überlebt", "Ich lebe noch.")
        self.server.kill()
        self.server.start()
        self.assertIn("Ich lebe noch.", Phone(self.server, tenant.number).rings().spoken)
        self.assertEqual(self.server.stop(), 0)
        self.assertEqual(self.server.processes(), [])

    def test_the_embedded_servers_come_back(self) -> None:
        self.server.start()
        tenant = tenants.TestTenant(self.server, "Zäh", "Immer noch da.")
        for program in ("/bin/postgres -D", "redis-server"):
            killed = next(line for line in self.server.processes() if program in line)
            os.kill(int(killed.split()[0]), signal.SIGKILL)
            with self.subTest(program):
                end = time.monotonic() + support.START_SECONDS
                while time.monotonic() < end:
                    health = self.server.http("GET", "/health")
                    answer = Phone(self.server, tenant.number).rings()
                    # Until then the carrier is told to come again, never that all is well.
                    self.assertIn(answer.status, (200, 503), answer)
                    if (health.status, answer.status) == (200, 200):
                        break
                self.assertEqual((health.status, answer.status), (200, 200))
                self.assertIn("Immer noch da.", answer.spoken)
        self.assertEqual(self.server.stop(), 0)
        self.assertEqual(self.server.processes(), [])

    def test_the_switch_that_takes_unsigned_webhooks_is_loud(self) -> None:
        self.server.settings["SKIP_TWILIO_SIGNATURE_VALIDATION"] = "true"
        self.server.start()
        tenant = tenants.TestTenant(self.server, "Offen", "Ganz offen.")
        phone = Phone(self.server, tenant.number, token="0" * 32)
        self.assertIn("Ganz offen.", phone.rings().spoken)
        line = self.server.wait_for_log(lambda entry: entry["level"] == "warning")
        self.assertIn("signature", json.dumps(line).lower())

    def test_the_public_address_is_what_is_signed(self) -> None:
        self.server.settings["KLINKE_PUBLIC_URL"] = "https://telefon.example.com/"
        self.server.start()
        tenant = tenants.TestTenant(self.server, "Dahinter", "Hinter dem Proxy.")
        phone = Phone(self.server, tenant.number)
        self.assertEqual(phone.rings().status, 403)
        good = phone.parameters(CallStatus="ringing")
        validator = RequestValidator(phone.token)
        for address in (
            "https://telefon.example.com/telephony/incoming",
            # Twilio names the default port or not.
            "https://telefon.example.com:443/telephony/incoming",
        ):
            with self.subTest(address):
                answer = phone.post(
                    "/telephony/incoming", good,
                    x_twilio_signature=validator.compute_signature(address, good))
                self.assertIn("Hinter dem Proxy.", answer.spoken)

    def test_a_database_and_keys_of_ones_own(self) -> None:
        """The way a real installation runs: two roles, both named, nothing made up."""
        host = support.shared()
        host.sql("""
            DROP DATABASE IF EXISTS own;
            DO $$ BEGIN
              IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'own_owner') THEN
                CREATE ROLE own_owner LOGIN;
                GRANT klinke_lookup TO own_owner;
                CREATE ROLE own_app LOGIN IN ROLE klinke_app;
              END IF;
            END $$;""")
        host.sql("CREATE DATABASE own OWNER own_owner;")
        settings = {
            "DATABASE_URL": f"postgresql://own_owner@/own?host={host.sockets}",
            "KLINKE_APP_DATABASE_URL": f"postgresql://own_app@/own?host={host.sockets}",
            "SECRET_KEY": "s" * 40, "ENCRYPTION_KEY": "e" * 40, "TWILIO_AUTH_TOKEN": "7" * 32,
            "STRIPE_WEBHOOK_SECRET": "whsec_" + "k" * 32,
            "KLINKE_ADMIN_EMAIL": "chefin@example.com",
            "KLINKE_ADMIN_PASSWORD": "Ein-langes-Passwort-9"}
        self.server.settings.update(settings)
        self.server.start()
        token = self.server.login("chefin@example.com", "Ein-langes-Passwort-9")
        self.assertEqual(self.server.rest(token, "GET", "/api/tenants").json.get("tenants", []), [])
        refused = Phone(self.server, number(), token="7" * 32).rings()
        self.assertEqual(refused.status, 200)
        self.assertEqual(self.server.stop(), 0)

    def test_with_a_certificate_everything_is_encrypted(self) -> None:
        folder = self.server.data.parent
        certificate, key = folder / "cert.pem", folder / "key.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
             "-nodes", "-subj", "/CN=localhost", "-addext",
             "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", certificate],
            check=True, capture_output=True)
        self.server.settings.update(KLINKE_TLS_CERT=str(certificate), KLINKE_TLS_KEY=str(key))
        self.server.start()
        self.assertTrue(self.server.url.startswith("https://"), self.server.url)
        for flag, version in (("--http1.1", "1.1"), ("--http2", "2")):
            done = run(
                "curl", "--silent", "--show-error", flag, "--cacert", str(certificate), "--output",
                "/dev/null", "--write-out", "%{http_code} %{http_version}",
                f"{self.server.url}/health")
            self.assertEqual(done.stdout, f"200 {version}", done.stderr)
        plain = run(
            "curl", "--silent", "--output", "/dev/null", "--max-time", "5",
            f"http://{self.server.host}:{self.server.port}/health")
        self.assertNotEqual(plain.returncode, 0)
        credentials = grpc.ssl_channel_credentials(certificate.read_bytes())
        with grpc.secure_channel(f"{self.server.host}:{self.server.port}", credentials) as channel:
            answer = channel.unary_unary("/klinke.ops.v1.OpsService/GetHealth")(
                b"", timeout=support.CALL_SECONDS)
        self.assertNotEqual(answer, b"")


if __name__ == "__main__":
    unittest.main()
