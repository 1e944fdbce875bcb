"""The same calls through every door: the same answers, codes, words and details."""

import dataclasses
import time
import unittest

import doors
import support
import tenants
from doors import Method

TENANTS = "/klinke.tenant.v1.TenantService"
NOBODY = "00000000-0000-4000-8000-000000000000"


@dataclasses.dataclass
class Case:
    name: str
    code: str
    method: Method
    request: dict
    # Verb, target and body; None where no route leads to the method.
    route: tuple | None
    token: str = ""
    reason: str = ""
    milliseconds: int | None = None


class DoorsTest(support.Case):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.tenant = tenants.TestTenant(cls.server, "Türen GmbH", "Herein.")
        cls.other = tenants.TestTenant(cls.server, "Fenster GmbH", "Nur schauen.")

    def cases(self) -> list[Case]:
        get, create = Method(f"{TENANTS}/GetTenant"), Method(f"{TENANTS}/CreateTenant")
        users = Method("/klinke.tenant.v1.UserService/ListUsers")
        own, other = self.tenant.tenant_id, self.other.tenant_id
        admin = self.server.admin
        return [
            Case("an answer", "OK", get, {"tenantId": own}, ("GET", f"/api/tenants/{own}", None),
                 admin),
            Case("an invalid field", "INVALID_ARGUMENT", get, {"tenantId": "x"},
                 ("GET", "/api/tenants/x", None), admin, "INVALID_REQUEST"),
            Case("an invalid body", "INVALID_ARGUMENT", create, {"displayName": ""},
                 ("POST", "/api/tenants", {"displayName": ""}), admin, "INVALID_REQUEST"),
            Case("nothing there", "NOT_FOUND", get, {"tenantId": NOBODY},
                 ("GET", f"/api/tenants/{NOBODY}", None), admin, "TENANT_NOT_FOUND"),
            Case("another tenant's", "PERMISSION_DENIED", users, {"tenantId": other},
                 ("GET", f"/api/tenants/{other}/users", None), self.tenant.admin),
            Case("a role that may not", "PERMISSION_DENIED", create, {"displayName": "Neu"},
                 ("POST", "/api/tenants", {"displayName": "Neu"}), self.tenant.user),
            Case("no credentials", "UNAUTHENTICATED", get, {"tenantId": own},
                 ("GET", f"/api/tenants/{own}", None)),
            Case("broken credentials", "UNAUTHENTICATED", get, {"tenantId": own},
                 ("GET", f"/api/tenants/{own}", None), "ey.ey.x"),
            Case("no such method", "UNIMPLEMENTED", Method(f"{TENANTS}/Missing"), {}, None, admin,
                 "UNKNOWN_METHOD"),
            Case("a message over the limit", "RESOURCE_EXHAUSTED", create,
                 {"displayName": "x" * (4 << 20)},
                 ("POST", "/api/tenants", {"displayName": "x" * (4 << 20)}), admin,
                 "MESSAGE_TOO_LONG"),
        ]

    def everywhere(self, case: Case):
        """Every way to make the call but by gRPC, with its name."""
        more = {"token": case.token, "milliseconds": case.milliseconds}
        for version, fetch in (("HTTP/1.1", doors.http1), ("HTTP/2", doors.curl)):
            for text in (False, True):
                yield (
                    f"gRPC-Web {'text' if text else 'binary'} {version}",
                    lambda text=text: doors.call_grpc_web(
                        self.server, case.method, case.request, text=text, fetch=fetch, **more))
            for codec in ("proto", "json"):
                yield (
                    f"Connect {codec} {version}",
                    lambda codec=codec: doors.call_connect(
                        self.server, case.method, case.request, codec=codec, fetch=fetch, **more))
                if case.method.reads and case.reason != "UNKNOWN_METHOD":
                    yield (
                        f"Connect GET {codec} {version}",
                        lambda codec=codec: doors.call_connect(
                            self.server, case.method, case.request, codec=codec, get=True,
                            fetch=fetch, **more))
            if case.route:
                yield (
                    f"REST {version}",
                    lambda: doors.call_rest(
                        self.server, case.method, case.route, fetch=fetch, **more))

    def test_unary_calls(self) -> None:
        for case in self.cases():
            yardstick = doors.call_grpc(
                self.server, case.method, case.request, case.token, case.milliseconds).same()
            with self.subTest(f"{case.name}, gRPC"):
                self.assertEqual(yardstick.code, case.code, yardstick)
                if case.code != "OK":
                    info = yardstick.details["google.rpc.ErrorInfo"]
                    self.assertEqual(info["reason"], case.reason or info["reason"])
            for door, call in self.everywhere(case):
                with self.subTest(f"{case.name}, {door}"):
                    self.assertEqual(call().same(), yardstick)

    def test_a_deadline_ends_a_call_that_waits(self) -> None:
        case = Case(
            "", "DEADLINE_EXCEEDED", Method("/klinke.flow.v1.BotService/UpdateBot"),
            {"botId": self.tenant.bot_id, "bot": {"displayName": "Wartet"},
             "updateMask": "displayName"},
            ("PATCH", f"/api/bots/{self.tenant.bot_id}", {"displayName": "Wartet"}),
            self.tenant.admin, milliseconds=500)
        with self.server.session() as holder:
            # A row and not the table: preparing a statement waits for the latter, and goes on then.
            holder.say("BEGIN; SELECT 'locked' FROM bot"
                       f" WHERE bot_id = '{self.tenant.bot_id}' FOR UPDATE;")
            self.assertEqual(holder.hear(), "locked")
            # The client of gRPC makes this status itself.
            yardstick = doors.call_grpc(
                self.server, case.method, case.request, case.token, case.milliseconds)
            self.assertEqual(yardstick.code, case.code)
            self.wait_for_no_statement()
            for door, call in self.everywhere(case):
                with self.subTest(door):
                    outcome = call()
                    self.wait_for_no_statement()
                    self.assertEqual(outcome.code, case.code)
                    self.assertIn("deadline", outcome.message)
                    self.assertIn("google.rpc.ErrorInfo", outcome.details)

    def wait_for_no_statement(self) -> None:
        """One that is being cancelled may take its connection along, and the next call with it."""
        waiting = (
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE usename = 'klinke_app' AND wait_event_type = 'Lock';")
        end = time.monotonic() + support.CALL_SECONDS
        while self.server.sql(waiting) != "0":
            self.assertLess(time.monotonic(), end, "a statement goes on behind its deadline")

    def test_a_stream_gives_what_there_is_and_then_its_end(self) -> None:
        watch = Method("/grpc.health.v1.Health/Watch")
        case = Case("", "", watch, {"service": ""}, None, milliseconds=500)
        yardstick = doors.call_grpc(self.server, watch, case.request, "", case.milliseconds)
        self.assertEqual(
            (yardstick.code, yardstick.responses), ("DEADLINE_EXCEEDED", [{"status": "SERVING"}]))
        for door, call in self.everywhere(case):
            with self.subTest(door):
                outcome = call()
                self.assertEqual(
                    (outcome.code, outcome.responses), (yardstick.code, yardstick.responses))

    def test_every_answer_names_the_request(self) -> None:
        get = Method(f"{TENANTS}/GetTenant")
        for fetch in (doors.http1, doors.curl):
            for outcome in (
                doors.call_connect(self.server, get, {"tenantId": NOBODY}, fetch=fetch),
                doors.call_grpc_web(self.server, get, {"tenantId": NOBODY}, fetch=fetch),
                doors.call_rest(
                    self.server, get, ("GET", f"/api/tenants/{NOBODY}", None), fetch=fetch),
            ):
                self.assertNotEqual(outcome.answer.fields["x-request-id"], "")

    def test_pages_of_other_origins_are_refused_by_default(self) -> None:
        for target in (f"{TENANTS}/GetTenant", "/api/tenants"):
            asked = self.server.http(
                "OPTIONS", target, origin="https://page.example",
                access_control_request_method="POST")
            self.assertEqual(asked.status, 403)
            self.assertNotIn("access-control-allow-origin", asked.fields)
            self.assertIn("ALLOWED_ORIGINS", asked.text)


if __name__ == "__main__":
    unittest.main()
