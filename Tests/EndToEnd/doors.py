"""Calls a method through any door, and reads every answer into one form.

The protocols are written out here, not taken from a library: what these clients make of an answer
is what the documents of the protocols say.
"""

import base64
import dataclasses
import json
import pathlib
import re
import subprocess
import tempfile
import urllib.parse

import grpc
import grpc_tools
import stubs
import support
from answer import Answer
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory
from google.rpc import status_pb2
from grpc_tools import protoc

CODES = {code.value[0]: code.name for code in grpc.StatusCode}


# Messages


def _pool() -> descriptor_pool.DescriptorPool:
    """All protos of ours, that of the health service among them."""
    proto = support.ROOT / "proto"
    google = pathlib.Path(grpc_tools.__file__).parent / "_proto"
    files = descriptor_pb2.FileDescriptorSet.FromString(stubs.DESCRIPTOR_SET)
    with tempfile.NamedTemporaryFile(suffix=".binpb") as health:
        done = protoc.main([
            "protoc", f"-I{proto}", f"-I{google}", f"--descriptor_set_out={health.name}",
            "grpc/health/v1/health.proto"])
        assert done == 0, "protoc does not take health.proto"
        files.MergeFromString(pathlib.Path(health.name).read_bytes())
    pool = descriptor_pool.DescriptorPool()
    for file in files.file:
        pool.Add(file)
    return pool


POOL = _pool()


def message_class(name: str):
    return message_factory.GetMessageClass(POOL.FindMessageTypeByName(name))


class Method:
    """A method by its path."""

    def __init__(self, path: str) -> None:
        self.path = path
        service, name = path.strip("/").split("/")
        try:
            self.descriptor = POOL.FindMethodByName(f"{service}.{name}")
        except KeyError:
            # One that the server has not got either.
            self.descriptor = POOL.FindMethodByName("klinke.tenant.v1.TenantService.GetTenant")
        self.request = message_factory.GetMessageClass(self.descriptor.input_type)
        self.response = message_factory.GetMessageClass(self.descriptor.output_type)
        self.streams = self.descriptor.server_streaming
        self.reads = self.descriptor.GetOptions().idempotency_level == 1

    def encode(self, request: dict) -> bytes:
        return json_format.ParseDict(request, self.request()).SerializeToString()

    def decode(self, message: bytes) -> dict:
        return json_format.MessageToDict(self.response.FromString(message))

    def read(self, text: bytes) -> dict:
        return json_format.MessageToDict(json_format.Parse(text, self.response()))


@dataclasses.dataclass
class Outcome:
    """What a call came to, on whichever door."""

    code: str
    message: str = ""
    # By type, as JSON.
    details: dict[str, dict] = dataclasses.field(default_factory=dict)
    responses: list[dict] = dataclasses.field(default_factory=list)
    # A door's own; not compared.
    answer: Answer | None = dataclasses.field(default=None, compare=False)

    def same(self) -> "Outcome":
        """As it is to be compared: how many bytes a message has is another number as JSON."""
        return dataclasses.replace(
            self, message=re.sub(r"a message of \d+ bytes", "a message", self.message))


def _detail(type_url: str, value: bytes) -> tuple[str, dict]:
    name = type_url.rsplit("/", 1)[-1]
    return name, json_format.MessageToDict(message_class(name).FromString(value))


def _status_details(encoded: bytes) -> dict[str, dict]:
    return dict(
        _detail(packed.type_url, packed.value)
        for packed in status_pb2.Status.FromString(encoded).details)


def unpadded(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4))


# HTTP


class Reply(Answer):
    """An answer that another program has fetched."""

    def __init__(self, status: int, fields: dict[str, str], body: bytes) -> None:
        self.status, self.fields, self.body = status, fields, body


def http1(server, verb: str, target: str, fields: dict[str, str], body: bytes | None) -> Answer:
    return server.http(
        verb, target, body, **{name.replace("-", "_"): value for name, value in fields.items()})


def curl(
    server, verb: str, target: str, fields: dict[str, str], body: bytes | None,
    *options: str
) -> Answer:
    """An exchange of curl's, over HTTP/2 with prior knowledge unless the options say otherwise."""
    with tempfile.TemporaryDirectory(prefix="klinke-curl-") as folder:
        head, content = pathlib.Path(folder, "head"), pathlib.Path(folder, "body")
        command = [
            "curl", "--silent", "--show-error", "--request", verb, "--dump-header", str(head),
            "--output", str(content), "--max-time", str(support.CALL_SECONDS),
            *(options or ["--http2-prior-knowledge"])]
        for name, value in fields.items():
            command += ["--header", f"{name}: {value}"]
        if body is not None:
            command += ["--data-binary", "@-"]
        done = subprocess.run(
            [*command, server.url + target], input=body or b"", capture_output=True,
            timeout=support.CALL_SECONDS, check=False)
        if not head.exists() or not head.read_bytes():
            raise AssertionError(f"curl: {done.stderr.decode()}")
        lines = head.read_text().splitlines()
        pairs = [line.split(":", 1) for line in lines[1:] if ":" in line]
        return Reply(
            int(lines[0].split()[1]), {name.lower(): value.strip() for name, value in pairs},
            content.read_bytes() if content.exists() else b"")


# Doors


def _bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"} if token else {}


def call_grpc(server, method: Method, request: dict, token: str = "",
              milliseconds: int | None = None) -> Outcome:
    """The yardstick: somebody else's client."""
    channel = server.channel(token)
    seconds = milliseconds / 1000 if milliseconds else None
    kind = channel.unary_stream if method.streams else channel.unary_unary
    responses: list[dict] = []
    try:
        made = kind(method.path)(method.encode(request), timeout=seconds)
        for message in made if method.streams else [made]:
            responses.append(method.decode(message))
        return Outcome("OK", responses=responses)
    except grpc.RpcError as error:
        metadata = dict(error.trailing_metadata() or ())
        return Outcome(
            error.code().name, error.details(),
            _status_details(metadata.get("grpc-status-details-bin", b"")), responses)


def envelopes(body: bytes) -> list[tuple[int, bytes]]:
    """A body as its pieces."""
    pieces = []
    while body:
        if len(body) < 5 or len(body) < 5 + int.from_bytes(body[1:5], "big"):
            raise AssertionError(f"the body ends within a piece: {body[:100]!r}")
        end = 5 + int.from_bytes(body[1:5], "big")
        pieces.append((body[0], body[5:end]))
        body = body[end:]
    return pieces


def envelope(message: bytes) -> bytes:
    return b"\0" + len(message).to_bytes(4, "big") + message


def base64_pieces(text: bytes) -> bytes:
    """Base64 in pieces, each with its own padding."""
    return b"".join(base64.b64decode(part) for part in re.findall(rb"[^=]+=*", text))


def call_grpc_web(server, method: Method, request: dict, token: str = "",
                  milliseconds: int | None = None, text: bool = False, fetch=http1) -> Outcome:
    kind = "application/grpc-web-text" if text else "application/grpc-web+proto"
    fields = {"content-type": kind, "accept": kind, "x-grpc-web": "1", **_bearer(token)}
    if milliseconds:
        fields["grpc-timeout"] = f"{milliseconds}m"
    body = envelope(method.encode(request))
    answer = fetch(server, "POST", method.path, fields, base64.b64encode(body) if text else body)
    assert answer.status == 200, answer
    assert answer.fields["content-type"] == kind, answer.fields
    pieces = envelopes(base64_pieces(answer.body) if text else answer.body)
    trailers = {name: value for name, value in answer.fields.items() if name.startswith("grpc-")}
    if pieces and pieces[-1][0] == 0x80:
        assert "grpc-status" not in trailers, "the status comes once"
        for line in pieces.pop()[1].decode().split("\r\n"):
            name, _, value = line.partition(":")
            trailers[name] = value.strip()
    assert all(flags == 0 for flags, _ in pieces), pieces
    return Outcome(
        CODES[int(trailers["grpc-status"])], urllib.parse.unquote(trailers.get("grpc-message", "")),
        _status_details(unpadded(trailers.get("grpc-status-details-bin", ""))),
        [method.decode(message) for _, message in pieces], answer)


def connect_error(error: dict, responses: list[dict], answer: Answer) -> Outcome:
    code = "CANCELLED" if error["code"] == "canceled" else error["code"].upper()
    details = {}
    for detail in error.get("details", []):
        name, value = _detail(detail["type"], unpadded(detail["value"]))
        assert detail["debug"] == value, detail
        details[name] = value
    return Outcome(code, error.get("message", ""), details, responses, answer)


# The HTTP status of each code, for Connect and REST.
STATUSES = {
    "OK": 200, "CANCELLED": 499, "UNKNOWN": 500, "INVALID_ARGUMENT": 400, "DEADLINE_EXCEEDED": 504,
    "NOT_FOUND": 404, "ALREADY_EXISTS": 409, "PERMISSION_DENIED": 403, "RESOURCE_EXHAUSTED": 429,
    "FAILED_PRECONDITION": 400, "ABORTED": 409, "OUT_OF_RANGE": 400, "UNIMPLEMENTED": 501,
    "INTERNAL": 500, "UNAVAILABLE": 503, "DATA_LOSS": 500, "UNAUTHENTICATED": 401,
}


def call_connect(server, method: Method, request: dict, token: str = "",
                 milliseconds: int | None = None, codec: str = "json", get: bool = False,
                 fetch=http1) -> Outcome:
    fields = {"connect-protocol-version": "1", **_bearer(token)}
    if milliseconds:
        fields["connect-timeout-ms"] = str(milliseconds)
    message = json.dumps(request).encode() if codec == "json" else method.encode(request)
    read = method.read if codec == "json" else method.decode
    if method.streams:
        kind = f"application/connect+{codec}"
        answer = fetch(
            server, "POST", method.path, {**fields, "content-type": kind}, envelope(message))
        assert answer.status == 200 and answer.fields["content-type"] == kind, answer
        pieces = envelopes(answer.body)
        flags, end = pieces.pop()
        assert flags == 2 and all(flags == 0 for flags, _ in pieces), pieces
        responses = [read(piece) for _, piece in pieces]
        error = json.loads(end).get("error")
        if error is None:
            return Outcome("OK", responses=responses, answer=answer)
        return connect_error(error, responses, answer)
    kind = f"application/{codec}"
    if get:
        query = urllib.parse.urlencode({
            "message": base64.urlsafe_b64encode(message).rstrip(b"=").decode(), "base64": "1",
            "encoding": codec, "connect": "v1"})
        answer = fetch(server, "GET", f"{method.path}?{query}", fields, None)
    else:
        answer = fetch(server, "POST", method.path, {**fields, "content-type": kind}, message)
    if answer.status == 200:
        assert answer.fields["content-type"] == kind, answer.fields
        return Outcome("OK", responses=[read(answer.body)], answer=answer)
    assert answer.fields["content-type"] == "application/json", answer.fields
    outcome = connect_error(answer.json, [], answer)
    assert answer.status == STATUSES[outcome.code], answer
    return outcome


def rest_error(error: dict, responses: list[dict], answer: Answer) -> Outcome:
    details = {}
    for detail in error["details"]:
        name = detail["@type"].rsplit("/", 1)[-1]
        fields = {key: value for key, value in detail.items() if key != "@type"}
        details[name] = json_format.MessageToDict(
            json_format.ParseDict(fields, message_class(name)()))
    return Outcome(error["status"], error["message"], details, responses, answer)


def call_rest(server, method: Method, route: tuple, token: str = "",
              milliseconds: int | None = None, fetch=http1) -> Outcome:
    verb, target, body = route
    fields = _bearer(token)
    if milliseconds:
        fields["request-timeout-ms"] = str(milliseconds)
    if body is not None:
        fields["content-type"] = "application/json"
    answer = fetch(
        server, verb, target, fields, None if body is None else json.dumps(body).encode())
    if answer.status == 200:
        return Outcome("OK", responses=[method.read(answer.body)], answer=answer)
    outcome = rest_error(answer.json["error"], [], answer)
    # A body that is too long has a status of its own.
    assert answer.status in (STATUSES[outcome.code], 413), answer
    return outcome
