"""Two tenants from nothing to a metered call, with clients that others wrote: stubs of
grpcio-tools, signatures of Twilio's SDK."""

import json
import unittest

import grpc
import support
import tenants
from answer import Answer
from phone import Phone, number
from twilio.request_validator import RequestValidator

from klinke.call.v1 import call_pb2, call_service_pb2, call_service_pb2_grpc
from klinke.identity.v1 import auth_service_pb2, auth_service_pb2_grpc
from klinke.tenant.v1 import tenant_pb2, tenant_service_pb2
from klinke.usage.v1 import usage_pb2, usage_service_pb2, usage_service_pb2_grpc


class StoryTest(support.Case):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.bakery = tenants.TestTenant(
            cls.server, "Bäckerei Abendrot", "Bäckerei Abendrot, guten Tag.")
        cls.dentist = tenants.TestTenant(
            cls.server, "Zahnärzte am Tor", "Hier ist die Praxis am Tor.")

    def call_row(self, phone: Phone) -> dict:
        rows = self.server.rows(f"SELECT * FROM call WHERE provider_call_id = '{phone.sid}'")
        self.assertEqual(len(rows), 1)
        return rows[0]

    def usage_rows(self, phone: Phone) -> list[tuple[str, int]]:
        call = self.call_row(phone)
        rows = self.server.rows(
            f"SELECT kind, quantity FROM usage_event WHERE call_id = '{call['call_id']}'")
        return sorted((row["kind"], row["quantity"]) for row in rows)

    def summary(self, tenant: tenants.TestTenant, token: str) -> dict:
        """What `klinke usage summary` shows."""
        done = self.server.cli("usage", "summary", "--output", "json", token=token)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    # The way in

    def test_who_is_who(self) -> None:
        stub = auth_service_pb2_grpc.AuthServiceStub(self.server.channel(self.bakery.user))
        answer = stub.WhoAmI(auth_service_pb2.WhoAmIRequest())
        self.assertEqual(answer.user.user_id, self.bakery.user_id)
        self.assertEqual(answer.tenant.tenant_id, self.bakery.tenant_id)
        self.assertEqual(answer.tenant.display_name, "Bäckerei Abendrot")

    def test_approval_opens_the_door(self) -> None:
        waiting = tenants.TestTenant(self.server, "Noch nicht", "Guten Tag.", approve=False)
        anonymous = auth_service_pb2_grpc.AuthServiceStub(self.server.channel())
        request = auth_service_pb2.LoginRequest(
            email=waiting.email("chef"), password=tenants.PASSWORD)
        self.refused(grpc.StatusCode.PERMISSION_DENIED, anonymous.Login, request)
        admin = tenants.Stubs(self.server, self.server.admin)
        approved = admin.tenants.ApproveTenant(
            tenant_service_pb2.ApproveTenantRequest(tenant_id=waiting.tenant_id))
        self.assertEqual(approved.state, tenant_pb2.TENANT_STATE_APPROVED)
        self.assertNotEqual(anonymous.Login(request).access_token, "")

    # Calls

    def test_each_number_answers_with_its_own_greeting(self) -> None:
        for tenant, other in ((self.bakery, self.dentist), (self.dentist, self.bakery)):
            for target in ("/telephony/incoming", "/twilio/voice/inbound"):
                answer = Phone(self.server, tenant.number).rings(target)
                self.assertEqual(answer.status, 200, answer)
                self.assertRegex(answer.fields["content-type"], r"^(text|application)/xml\b")
                self.assertIn(tenant.greeting, answer.spoken)
                self.assertNotIn(other.greeting, answer.spoken)
                say = answer.verb("Say")
                self.assertEqual(say.get("language"), "de-DE")

    def test_gather_transfer_and_end_are_metered(self) -> None:
        bakery, phone = self.bakery, Phone(self.server, self.bakery.number)
        before = self.summary(bakery, bakery.admin)
        greeted = phone.rings()
        gather = greeted.verb("Gather")
        self.assertEqual(gather.get("actionOnEmptyResult"), "true")
        self.assertEqual(set(gather.get("input").split()), {"dtmf", "speech"})
        self.assertEqual(gather.get("numDigits"), "1")
        self.assertEqual(gather.get("timeout"), "6")
        connected = phone.presses("1", greeted)
        dial = connected.verb("Dial")
        self.assertEqual("".join(dial.itertext()).strip(), "+493023125999")
        self.assertEqual(dial.get("timeout"), "20")
        self.assertIn("Ich verbinde.", connected.spoken)
        self.assertEqual(self.call_row(phone)["state"], "transferred")
        over = phone.transferred(connected, seconds=20)
        self.assertIn("Auf Wiederhören.", over.spoken)
        over.verb("Hangup")
        self.assertIn(phone.ends(75).status, (200, 204))

        call = self.call_row(phone)
        self.assertEqual(call["tenant_id"], bakery.tenant_id)
        self.assertEqual(call["state"], "ended")
        self.assertEqual(call["end_reason"], "completed")
        self.assertEqual(call["duration_seconds"], 75)
        self.assertEqual((call["voicebot_seconds"], call["forwarding_seconds"]), (55, 20))
        self.assertEqual(
            self.usage_rows(phone), [("call", 1), ("forwarding", 20), ("voicebot", 55)])

        after = self.summary(bakery, bakery.admin)
        grown = {name: int(after.get(name, 0)) - int(before.get(name, 0)) for name in (
            "totalCalls", "totalVoicebotSeconds", "totalForwardingSeconds")}
        self.assertEqual(grown, {
            "totalCalls": 1, "totalVoicebotSeconds": 55, "totalForwardingSeconds": 20})
        row = [row for row in after["rows"] if row["botId"] == bakery.bot_id][-1]
        self.assertRegex(row["month"], r"^\d{4}-\d{2}$")

        # The same for people, and for the platform's people.
        table = self.server.cli(
            "usage", "summary", "--tenant-id", bakery.tenant_id, "--output", "table",
            token=self.server.admin)
        self.assertEqual(table.returncode, 0, table.stderr)
        self.assertIn("VOICEBOT_SECONDS", table.stdout)
        self.assertRegex(
            table.stdout, rf"{bakery.bot_id} .*\b{after['totalVoicebotSeconds']}\b")

    def test_a_repeated_callback_changes_nothing(self) -> None:
        phone = Phone(self.server, self.bakery.number)
        steps = [
            phone.rings,
            lambda: phone.presses("1", answers[0]),
            lambda: phone.transferred(answers[1], seconds=7),
            lambda: phone.ends(40),
        ]
        answers: list[Answer] = []
        for step in steps:
            answers.append(step())
            self.assertEqual(answers[-1].status // 100, 2, answers[-1])
            after = self.server.snapshot()
            again = step()
            self.assertEqual((again.status, again.body), (answers[-1].status, answers[-1].body))
            self.assertEqual(self.server.snapshot(), after)
        # Late repeats of the earlier ones change as little.
        for step, first in zip(steps, list(answers)):
            self.assertEqual(step().body, first.body)
        self.assertEqual(self.server.snapshot(), after)
        self.assertEqual(
            self.usage_rows(phone), [("call", 1), ("forwarding", 7), ("voicebot", 33)])

    def test_speech_and_silence(self) -> None:
        phone = Phone(self.server, self.dentist.number)
        greeted = phone.rings()
        phone.says("Bitte den VERTRIEB, schnell", greeted).verb("Dial")
        silent = Phone(self.server, self.dentist.number)
        asked_again = silent.presses("", silent.rings())
        self.assertNotEqual(
            asked_again.verb("Gather").get("action"), greeted.verb("Gather").get("action"))
        goodbye = silent.presses("", asked_again)
        self.assertIn("Auf Wiederhören.", goodbye.spoken)
        goodbye.verb("Hangup")

    def test_an_unanswered_transfer_costs_no_forwarding(self) -> None:
        phone = Phone(self.server, self.dentist.number)
        failed = phone.transferred(phone.presses("1", phone.rings()), 0, status="no-answer")
        self.assertIn("Leider ist niemand frei.", failed.spoken)
        phone.ends(33)
        call = self.call_row(phone)
        self.assertEqual(call["forwarding_seconds"], 0)
        self.assertEqual(call["voicebot_seconds"], 33 - call["transfer_seconds"])

    def test_the_end_may_come_before_the_transfer_result(self) -> None:
        phone = Phone(self.server, self.dentist.number)
        connected = phone.presses("1", phone.rings())
        phone.ends(50)
        phone.transferred(connected, seconds=30)
        self.assertEqual(self.call_row(phone)["state"], "ended")
        self.assertEqual(
            self.usage_rows(phone), [("call", 1), ("forwarding", 30), ("voicebot", 20)])

    def test_a_caller_who_withholds_the_number_is_served(self) -> None:
        answer = Phone(self.server, self.bakery.number, sender="anonymous").rings()
        self.assertIn(self.bakery.greeting, answer.spoken)

    def test_calls_are_shown_to_their_tenant(self) -> None:
        phone = Phone(self.server, self.dentist.number)
        phone.presses("2", phone.rings())
        phone.ends(12)
        stub = call_service_pb2_grpc.CallServiceStub(self.server.channel(self.dentist.user))
        listed = stub.ListCalls(call_service_pb2.ListCallsRequest(page_size=500)).calls
        mine = [call for call in listed if call.provider_call_id == phone.sid]
        self.assertEqual(len(mine), 1)
        call = stub.GetCall(call_service_pb2.GetCallRequest(call_id=mine[0].call_id))
        self.assertEqual(call.state, call_pb2.CALL_STATE_ENDED)
        self.assertEqual(getattr(call, "from"), "+4915112345678")
        self.assertEqual(call.to, self.dentist.number)
        self.assertEqual(call.duration.seconds, 12)
        kinds = [event.kind for event in call.events]
        self.assertEqual((kinds[0], kinds[-1]), ("started", "ended"))
        self.assertEqual(
            [event.sequence for event in call.events], list(range(1, len(kinds) + 1)))
        usage = usage_service_pb2_grpc.UsageServiceStub(self.server.channel(self.dentist.admin))
        events = usage.ListUsageEvents(
            usage_service_pb2.ListUsageEventsRequest(call_id=call.call_id)).events
        self.assertEqual(
            sorted((event.kind, event.quantity) for event in events),
            [(usage_pb2.USAGE_KIND_CALL, 1), (usage_pb2.USAGE_KIND_VOICEBOT, 12)])

    def test_the_command_line_plays_a_call(self) -> None:
        done = self.server.cli(
            "call", "simulate", "--from", "+4915112345678", "--to", self.bakery.number,
            "--digits", "1", "--seconds", "90", "--dial-seconds", "25",
            "--auth-token-file", str(self.server.data / "twilio-auth-token"), "--output", "json")
        self.assertEqual(done.returncode, 0, done.stderr)
        played = json.loads(done.stdout)
        self.assertEqual(played["status"], "completed")
        self.assertIn(self.bakery.greeting, [line["text"] for line in played["conversation"]])
        rows = self.server.rows(
            "SELECT voicebot_seconds, forwarding_seconds FROM call"
            f" WHERE provider_call_id = '{played['callSid']}'")
        self.assertEqual(rows, [{"voicebot_seconds": 65, "forwarding_seconds": 25}])

    # What is not signed

    def test_what_is_not_signed_leaves_no_row(self) -> None:
        phone = Phone(self.server, self.bakery.number)
        forger = Phone(self.server, self.bakery.number, token="0" * 32)
        good = phone.parameters(CallStatus="ringing")
        action = phone.rings().verb("Gather").get("action")
        before = self.server.snapshot()
        answers = {
            "another secret": forger.rings(),
            "a changed parameter": phone.post(
                "/telephony/incoming", {**good, "From": "+4915100000000"}, signed=good),
            "an added parameter": phone.post(
                "/telephony/incoming", {**good, "Digits": "1"}, signed=good),
            "a missing header": self.server.http(
                "POST", "/telephony/incoming", b"CallSid=CA1",
                content_type="application/x-www-form-urlencoded"),
            "an empty header": phone.post("/telephony/incoming", good, x_twilio_signature=""),
            "a signature that is no base64": phone.post(
                "/telephony/incoming", good, x_twilio_signature="***"),
            "another path": phone.post(
                "/telephony/incoming", good,
                x_twilio_signature=self.signature(phone, "/telephony/status", good)),
            "another step": phone.post(
                action.replace("step=1", "step=2"), phone.parameters(Digits="1"),
                x_twilio_signature=self.signature(phone, action, phone.parameters(Digits="1"))),
            "a status of somebody": forger.ends(10),
        }
        for what, answer in answers.items():
            with self.subTest(what):
                self.assertEqual((answer.status, answer.text.strip()), (403, "Forbidden"))
        self.assertEqual(self.server.snapshot(), before)

    def signature(self, phone: Phone, target: str, parameters: dict[str, str]) -> str:
        return RequestValidator(phone.token).compute_signature(
            self.server.url + target, parameters)

    # What cannot be answered

    def test_an_unknown_number_is_refused_politely(self) -> None:
        unknown = number()
        before, logged = self.server.snapshot(), len(self.server.log)
        answer = Phone(self.server, unknown).rings()
        self.assert_polite_refusal(answer)
        self.assertEqual(self.server.snapshot(), before)
        line = self.server.wait_for_log(
            lambda entry: "refus" in json.dumps(entry) and "mapp" in json.dumps(entry).lower(),
            start=logged)
        self.assertIn(line["level"], ("info", "warning"))

    def test_a_tenant_that_may_not_act_is_refused_politely(self) -> None:
        admin = tenants.Stubs(self.server, self.server.admin)
        pending = tenants.TestTenant(self.server, "Wartet", "Nie zu hören.", approve=False)
        suspended = tenants.TestTenant(self.server, "Gesperrt", "Nie mehr zu hören.")
        unpublished = tenants.TestTenant(self.server, "Entwurf", "Nur Entwurf.", publish=False)
        before_it = Phone(self.server, suspended.number)
        first = before_it.rings()
        self.assertIn("Nie mehr", first.spoken)
        admin.tenants.SuspendTenant(tenant_service_pb2.SuspendTenantRequest(
            tenant_id=suspended.tenant_id, reason="Rechnung offen"))
        for tenant in (pending, suspended, unpublished):
            with self.subTest(tenant.name):
                before = self.server.snapshot()
                answer = Phone(self.server, tenant.number).rings()
                self.assert_polite_refusal(answer)
                self.assertNotIn(tenant.greeting, answer.spoken)
                self.assertEqual(self.server.snapshot(), before)
        # The call that was answered goes on: the carrier's repeat hears the same again.
        self.assertEqual(before_it.rings().body, first.body)

    def assert_polite_refusal(self, answer: Answer) -> None:
        self.assertEqual(answer.status, 200, answer)
        say = answer.verb("Say")
        self.assertTrue(say.get("language").startswith("de"), answer)
        self.assertGreater(len(say.text), 10)
        self.assertIn(answer.verbs[-1].tag, ("Hangup", "Reject"))


if __name__ == "__main__":
    unittest.main()
