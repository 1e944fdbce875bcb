"""kill -9 of the server in the middle of a thousand calls: afterwards everything is there once."""

import http.client
import secrets
import threading
import unittest
import urllib.parse
import xml.etree.ElementTree
from concurrent.futures import ThreadPoolExecutor

import support
import tenants
from twilio.request_validator import RequestValidator

CALLS = 1000
WORKERS = 16
# How many answers have come when the server is killed: well inside, and not between two calls.
KILL_AFTER = 1700
PUBLIC_URL = "https://telefon.example.com"
DIAL_SECONDS = 300


class Carrier:
    """Twilio's side of the calls: sends each webhook until it is answered, as Twilio retries."""

    def __init__(self, server: support.Server) -> None:
        self.server = server
        self.token = server.secret("twilio-auth-token")
        self.validator = RequestValidator(self.token)
        self.up = threading.Event()
        self.up.set()
        self.half_done = threading.Event()
        self.answers = 0
        self.resent = 0
        self._lock = threading.Lock()
        self._local = threading.local()

    def send(self, target: str, parameters: dict[str, str]) -> bytes:
        body = urllib.parse.urlencode(parameters).encode()
        fields = {
            "content-type": "application/x-www-form-urlencoded",
            "x-twilio-signature": self.validator.compute_signature(PUBLIC_URL + target, parameters),
        }
        while True:
            self.up.wait(timeout=support.START_SECONDS)
            try:
                connection = getattr(self._local, "connection", None)
                if connection is None:
                    connection = self._local.connection = http.client.HTTPConnection(
                        self.server.host, int(self.server.port), timeout=support.CALL_SECONDS)
                connection.request("POST", target, body, fields)
                response = connection.getresponse()
                content = response.read()
            except (OSError, http.client.HTTPException):
                self._again()
                continue
            if response.status >= 500:
                # Its database went away under it; the carrier tries again.
                self._again()
                continue
            if response.status not in (200, 204):
                raise AssertionError(f"{response.status} to {target}: {content!r}")
            with self._lock:
                self.answers += 1
                if self.answers == KILL_AFTER:
                    self.half_done.set()
            return content

    def _again(self) -> None:
        self._local.connection.close()
        self._local.connection = None
        with self._lock:
            self.resent += 1

    def call(self, number: str, index: int) -> tuple[str, int]:
        """Plays a whole call and returns its id and how long it lasted."""
        sid, seconds = "CA" + secrets.token_hex(16), 400 + index % 50
        base = {"CallSid": sid, "AccountSid": "AC" + "0" * 32, "From": "+4915112345678",
                "To": number, "Direction": "inbound", "CallStatus": "in-progress"}
        answer = self.send("/telephony/incoming", {**base, "CallStatus": "ringing"})
        answer = self.send(self.action(answer, "Gather"), {**base, "Digits": "1"})
        self.send(self.action(answer, "Dial"), {
            **base, "DialCallStatus": "completed", "DialCallDuration": str(DIAL_SECONDS)})
        self.send("/telephony/status", {
            **base, "CallStatus": "completed", "CallDuration": str(seconds)})
        return sid, seconds

    @staticmethod
    def action(answer: bytes, verb: str) -> str:
        return next(xml.etree.ElementTree.fromstring(answer).iter(verb)).get("action")


class CrashTest(unittest.TestCase):
    def test_every_call_and_second_is_there_once_after_a_kill(self) -> None:
        server = support.Server(KLINKE_PUBLIC_URL=PUBLIC_URL, LOG_LEVEL="warning")
        self.addCleanup(server.clean)
        server.start()
        tenant = tenants.TestTenant(server, "Viel los", "Viel los hier.")
        carrier = Carrier(server)
        with ThreadPoolExecutor(WORKERS) as pool:
            calls = [pool.submit(carrier.call, tenant.number, index) for index in range(CALLS)]
            began = carrier.half_done.wait(timeout=support.START_SECONDS)
            carrier.up.clear()
            server.kill()
            server.start()
            carrier.up.set()
            played = dict(call.result(timeout=support.START_SECONDS) for call in calls)
        self.assertTrue(began, "the server was killed before the calls were half done")
        self.assertGreater(carrier.resent, 0, "the kill met no webhook")
        self.assertEqual(len(played), CALLS)
        print(f"crash: {carrier.answers} webhooks answered, {carrier.resent} sent again")

        rows = {row["provider_call_id"]: row for row in server.rows("SELECT * FROM call")}
        self.assertEqual(rows.keys(), played.keys())
        usage: dict[str, list] = {row["call_id"]: [] for row in rows.values()}
        for row in server.rows("SELECT call_id, kind, quantity FROM usage_event"):
            usage[row["call_id"]].append((row["kind"], row["quantity"]))
        for sid, seconds in played.items():
            row = rows[sid]
            self.assertEqual(row["state"], "ended")
            self.assertEqual(row["duration_seconds"], seconds)
            self.assertEqual(row["voicebot_seconds"], seconds - DIAL_SECONDS)
            self.assertEqual(row["forwarding_seconds"], DIAL_SECONDS)
            self.assertEqual(sorted(usage[row["call_id"]]), [
                ("call", 1), ("forwarding", DIAL_SECONDS), ("voicebot", seconds - DIAL_SECONDS)])
        events = server.rows(
            "SELECT call_id, count(*) AS n, max(sequence) AS last,"
            " count(*) FILTER (WHERE kind IN ('started', 'ended')) AS ends"
            " FROM call_event GROUP BY call_id")
        self.assertEqual(len(events), CALLS)
        self.assertEqual({row["n"] - row["last"] for row in events}, {0})
        self.assertEqual({row["ends"] for row in events}, {2})
        self.assertEqual(server.stop(), 0)


if __name__ == "__main__":
    unittest.main()
