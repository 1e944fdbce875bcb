"""An HTTP answer, and what it says."""

import http.client
import json
import xml.etree.ElementTree


class Answer:
    """An HTTP answer."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.fields = {name.lower(): value for name, value in response.getheaders()}
        self.body = response.read()

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> dict:
        return json.loads(self.body)

    @property
    def reason(self) -> str:
        """The reason of the error's ErrorInfo."""
        for detail in self.json["error"]["details"]:
            if "ErrorInfo" in detail.get("@type", ""):
                return detail["reason"]
        return ""

    @property
    def verbs(self) -> list[xml.etree.ElementTree.Element]:
        """The verbs of a TwiML document."""
        document = xml.etree.ElementTree.fromstring(self.body)
        assert document.tag == "Response", self.text
        return list(document)

    def verb(self, name: str) -> xml.etree.ElementTree.Element:
        for verb in self.verbs:
            if verb.tag == name:
                return verb
        raise AssertionError(f"no <{name}> in {self.text}")

    @property
    def spoken(self) -> str:
        document = xml.etree.ElementTree.fromstring(self.body)
        return " ".join(say.text or "" for say in document.iter("Say"))

    def __repr__(self) -> str:
        return f"{self.status} {self.body[:500]!r}"
