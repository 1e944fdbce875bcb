"""The carrier's side of a call."""

import secrets
import urllib.parse

from answer import Answer
from support import Server
from twilio.request_validator import RequestValidator


class Phone:
    """Plays the carrier for one call: signs each request as Twilio's SDK does and follows the
    actions it is given."""

    def __init__(
        self, server: Server, to: str, sender: str = "+4915112345678", token: str = ""
    ) -> None:
        self.server = server
        self.token = token or server.secret("twilio-auth-token")
        self.sid = "CA" + secrets.token_hex(16)
        self.base = {
            "CallSid": self.sid, "AccountSid": "AC" + "0" * 32, "ApiVersion": "2010-04-01",
            "Direction": "inbound", "From": sender, "To": to, "Caller": sender, "Called": to,
            # Twilio sends more than we read, and not in ASCII only; all of it is signed.
            "CallerName": "Jörg Müller & Söhne", "FromCity": "", "FromCountry": "DE",
        }

    def parameters(self, **more: str) -> dict[str, str]:
        return {**self.base, "CallStatus": "in-progress", **more}

    def post(
        self, target: str, parameters: dict[str, str], signed: dict[str, str] | None = None,
        **fields: str
    ) -> Answer:
        """Posts parameters with the signature over them, or over `signed` instead."""
        signature = RequestValidator(self.token).compute_signature(
            self.server.url + target, parameters if signed is None else signed)
        return self.server.http(
            "POST", target, urllib.parse.urlencode(parameters).encode(), **{
                "content_type": "application/x-www-form-urlencoded; charset=utf-8",
                "x_twilio_signature": signature, **fields})

    def rings(self, target: str = "/telephony/incoming") -> Answer:
        return self.post(target, self.parameters(CallStatus="ringing"))

    def presses(self, digits: str, answer: Answer) -> Answer:
        action = answer.verb("Gather").get("action")
        return self.post(action, self.parameters(Digits=digits))

    def says(self, words: str, answer: Answer) -> Answer:
        action = answer.verb("Gather").get("action")
        return self.post(action, self.parameters(SpeechResult=words, Confidence="0.93"))

    def transferred(self, answer: Answer, seconds: int, status: str = "completed") -> Answer:
        more = {"DialCallStatus": status, "DialCallSid": "CA" + secrets.token_hex(16)}
        if status == "completed":
            more["DialCallDuration"] = str(seconds)
        return self.post(answer.verb("Dial").get("action"), self.parameters(**more))

    def ends(self, seconds: int, status: str = "completed", sequence: int = 0) -> Answer:
        return self.post("/telephony/status", self.parameters(
            CallStatus=status, CallDuration=str(seconds), Duration=str((seconds + 59) // 60),
            CallbackSource="call-progress-events", SequenceNumber=str(sequence),
            Timestamp="Sat, 21 Nov 2026 10:00:00 +0000"))


_last_number = -1


def number() -> str:
    """A telephone number nobody else in this run has; the block is set aside for fiction."""
    global _last_number
    _last_number += 1
    return f"+4930231{25000 + _last_number}"
