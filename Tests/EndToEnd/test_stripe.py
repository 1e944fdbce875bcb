"""Stripe's webhook, with payloads signed as Stripe's own SDK does it."""

import json
import secrets
import time
import unittest

import stripe
import support
from answer import Answer


class StripeTest(support.Case):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.secret = cls.server.secret("stripe-webhook-secret")

    def event(self, **more) -> bytes:
        """An event as Stripe writes it: indented, with a field we do not know."""
        return json.dumps({
            "id": "evt_" + secrets.token_hex(12), "object": "event", "api_version": "2026-08-27",
            "created": int(time.time()), "livemode": False, "pending_webhooks": 1,
            "request": {"id": None, "idempotency_key": None}, "type": "invoice.paid",
            "data": {"object": {"id": "in_1", "object": "invoice", "amount_paid": 4900,
                                "customer_name": "Bäckerei Abendrot"}}, **more}, indent=2,
            ensure_ascii=False).encode()

    def signature(self, body: bytes, secret: str = "", age: int = 0) -> str:
        now = int(time.time()) - age
        signed = stripe.WebhookSignature._compute_signature(
            f"{now}.{body.decode()}", secret or self.secret)
        return f"t={now},v1={signed}"

    def post(self, body: bytes, signature: str | None) -> Answer:
        fields = {} if signature is None else {"stripe_signature": signature}
        return self.server.http(
            "POST", "/api/billing/stripe/webhook", body, content_type="application/json", **fields)

    def stored(self, body: bytes) -> list[dict]:
        identity = json.loads(body)["id"]
        return self.server.rows(
            "SELECT event_type, livemode, encode(raw_body, 'hex') AS raw FROM stripe_event"
            f" WHERE stripe_event_id = '{identity}'")

    def test_sent_three_times_is_stored_once(self) -> None:
        body = self.event()
        signature = self.signature(body)
        # The SDK accepts what we send, so what we test is what Stripe would send.
        stripe.Webhook.construct_event(body, signature, self.secret)
        answers = [self.post(body, signature) for _ in range(3)]
        self.assertEqual([answer.status for answer in answers], [200] * 3, answers)
        self.assertEqual([answer.json["received"] for answer in answers], [True] * 3)
        self.assertEqual(
            [answer.json.get("duplicate", False) for answer in answers], [False, True, True])
        self.assertEqual(self.stored(body), [
            {"event_type": "invoice.paid", "livemode": False, "raw": body.hex()}])

    def test_one_good_signature_of_several_is_enough(self) -> None:
        body = self.event()
        good = self.signature(body)
        rolling = f"{good.split(',')[0]},v1={'0' * 64},{good.split(',')[1]},v0=abc"
        self.assertEqual(self.post(body, rolling).status, 200)

    def test_what_is_not_signed_now_is_refused(self) -> None:
        before = self.server.snapshot()
        body = self.event()
        changed = body.replace(b"4900", b"1")
        for what, sent, signature in (
            ("wrong secret", body, self.signature(body, secret="whsec_" + "x" * 32)),
            ("stale", body, self.signature(body, age=301)),
            ("from the future", body, self.signature(body, age=-600)),
            ("changed body", changed, self.signature(body)),
            ("no header", body, None),
            ("empty header", body, ""),
            ("no timestamp", body, self.signature(body).split(",")[1]),
            ("no signature", body, self.signature(body).split(",")[0]),
            ("another scheme", body, self.signature(body).replace("v1=", "v0=")),
            ("nonsense", body, "t=x,v1=y"),
        ):
            with self.subTest(what):
                self.assertEqual(self.post(sent, signature).status, 400)
        self.assertEqual(self.server.snapshot(), before)

    def test_the_tolerance_is_five_minutes(self) -> None:
        body = self.event()
        self.assertEqual(self.post(body, self.signature(body, age=280)).status, 200)

    def test_a_signed_body_that_is_no_event_is_refused(self) -> None:
        before = self.server.snapshot()
        for body in (b"", b"{", b"[]", b'"evt"', b"{}", b'{"id": 5}'):
            with self.subTest(body):
                self.assertEqual(self.post(body, self.signature(body)).status, 400)
        self.assertEqual(self.server.snapshot(), before)


if __name__ == "__main__":
    unittest.main()
