#!/usr/bin/env python3
"""Makes what fuzz-http begins with: sessions that peers have had, and requests to every door.

usage: Tests/Conformance/seeds.py FOLDER      writes FOLDER/{server,client,door}

Those that reach something which the others do not are in Tests/Conformance/corpus, as
`fuzz-http -merge=1 NEW FOLDER/server` says with KLINKE_FUZZ=server.

What the list of HTTP/2 cases sends is recorded while it is played to `http2-target`, in the folder
KLINKE_BIN (.build/debug); the rest is written here. An input is what Script.swift and DoorCheck.swift
read: for a connection the first byte says that bytes follow as they are, then come a list of cuts
and the bytes.
"""

import base64
import gzip
import pathlib
import re
import struct
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import hpack  # noqa: E402

from http2 import cases, compression, connection, frames, messages  # noqa: E402, F401
from http2.peer import (  # noqa: E402
    ACK, DATA, END_HEADERS, END_STREAM, GOAWAY, HEADERS, PING, PREFACE, SERVICE, SETTINGS, Peer,
    call, frame, message, request, reset, settings, window_update)
from http2.server import Target  # noqa: E402

# Longer sessions repeat something thousands of times; the fuzzer would be slow with them.
BYTES_MOST = 4_000
SETTLE, TURN = 0, 0x80
BODY = message(b"hello")


def cut(pieces: list[bytes]) -> bytes:
    """A list of cuts that ends after each of the pieces, and all of their bytes."""
    cuts = bytearray()
    for piece in pieces:
        rest = len(piece)
        while rest > 100:
            part = min(rest // 16, 127)
            if part <= 100:
                cuts.append(100 | TURN)
                rest -= 100
            else:
                cuts.append(part | TURN)
                rest -= part * 16
        cuts.append(rest | SETTLE)
    if len(cuts) > 255:
        return bytes([0, 0]) + b"".join(pieces)
    return bytes([0, len(cuts)]) + bytes(cuts) + b"".join(pieces)


def write(mode: str, name: str, content: bytes) -> None:
    folder = pathlib.Path(sys.argv[1]) / mode
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)


def record() -> None:
    """What each case of the list sends."""
    target = Target()
    sent: list[bytes] = []
    send = Peer.send

    def recorded(self: Peer, *pieces: bytes) -> None:
        sent.append(b"".join(pieces))
        send(self, *pieces)

    Peer.send = recorded
    try:
        for one in cases.CASES:
            sent.clear()
            cases.run(one, target.address)
            if 0 < sum(map(len, sent)) <= BYTES_MOST:
                words = re.sub("^test_", "", one.name).replace("_", "-")
                write("server", words[:80], cut(sent))
    finally:
        Peer.send = send
        target.stop()


def web(flags: int, content: bytes) -> bytes:
    return struct.pack(">BI", flags, len(content)) + content


ECHO = SERVICE + "Echo"
# A method, a target, fields and a body, for HTTP/1.1 and for the doors.
REQUESTS = {
    "rest-get": ("GET", "/v1/shelves/a%2Fb/books/1?pages=7&tags=a&tags=b&author.born=3", {}, b""),
    "rest-post": (
        "POST", "/v1/books", {"content-type": "application/json"},
        b'{"name":"x","labels":{"a":"b"},"printed":"2020-01-01T00:00:00Z","extra":{"k":[1,null]}}'),
    "rest-verb": (
        "POST", "/v1/shelves/1/books/2:archive", {"content-type": "application/json"}, b"{}"),
    "rest-patch": (
        "PATCH", "/v1/books/one", {"content-type": "application/json"},
        b'{"title":"t","author":{"name":"n"}}'),
    "rest-put": ("PUT", "/v1/tags?name=n", {"content-type": "application/json"}, b'["a","b"]'),
    "rest-stream": ("GET", "/v1/pour?name=abc", {"accept": "text/event-stream"}, b""),
    "rest-everything": (
        "POST", "/v1/everything", {"content-type": "application/json"},
        b'{"doubleField":1e3,"byNumber":{"1":{"tags":["a"]}},"mask":"a,b","duration":"1.5s",'
        b'"choiceText":"c","any":{"@type":"type.googleapis.com/klinke.test.Book","pages":"1"}}'),
    "rest-raw": ("POST", "/v1/raw", {"content-type": "text/csv"}, b"a;b"),
    "rest-fail": ("GET", "/v1/fail/n%C3%B6", {"traceparent": f"00-{'1' * 32}-{'2' * 16}-01"}, b""),
    "connect-unary": (
        "POST", ECHO, {"content-type": "application/proto", "connect-protocol-version": "1"},
        BODY[5:]),
    "connect-json": ("POST", ECHO, {"content-type": "application/json"}, b'{"name":"x"}'),
    "connect-gzip": (
        "POST", ECHO, {"content-type": "application/proto", "content-encoding": "gzip"},
        gzip.compress(BODY[5:], mtime=0)),
    "connect-get": (
        "GET", ECHO + "?connect=v1&encoding=proto&base64=1&message=CgVoZWxsbw", {}, b""),
    "connect-stream": (
        "POST", SERVICE + "Drink", {"content-type": "application/connect+proto"},
        BODY + BODY + web(1, gzip.compress(BODY[5:], mtime=0))),
    "web-binary": (
        "POST", ECHO, {"content-type": "application/grpc-web+proto", "x-data-bin": "AAEC,AA"},
        BODY),
    "web-text": (
        "POST", SERVICE + "Pour", {"content-type": "application/grpc-web-text",
                                   "accept": "application/grpc-web-text"},
        base64.b64encode(BODY)),
    "web-timeout": (
        "POST", SERVICE + "Hold", {"content-type": "application/grpc-web", "grpc-timeout": "1m"},
        BODY),
    "hook-form": (
        "POST", "/hooks/twilio?step=1", {"content-type": "application/x-www-form-urlencoded",
                                         "x-forwarded-proto": "https"},
        b"CallSid=CA1&To=%2B4930&Digits=1&Speech+Result=a%20b"),
    "hook-stripe": (
        "POST", "/hooks/stripe", {"content-type": "application/json",
                                  "stripe-signature": "t=1,v1=00"}, b'{"id":"evt"}'),
    "preflight": (
        "OPTIONS", ECHO, {"origin": "https://a.example",
                          "access-control-request-method": "POST"}, b""),
}


def plain() -> None:
    """Requests of HTTP/1.1: alone, in a row, in pieces, and against its rules."""
    all_of_them = b""
    for name, (method, target, fields, body) in REQUESTS.items():
        head = f"{method} {target} HTTP/1.1\r\nhost: localhost\r\n"
        head += "".join(f"{key}: {value}\r\n" for key, value in fields.items())
        length = f"content-length: {len(body)}\r\n\r\n".encode()
        whole = head.encode() + length + body
        write("server", f"http1-{name}", cut([head.encode(), length, body]))
        if "timeout" not in name:
            all_of_them += whole
    write("server", "http1-pipeline", cut([all_of_them]))
    post = b"POST /v1/books HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n"
    for name, text in {
        "chunked": post + b"transfer-encoding: chunked\r\n\r\n"
        b"1\r\n{\r\n1;a=b\r\n}\r\n0\r\nx: y\r\n\r\n",
        "expect": post + b"expect: 100-continue\r\ncontent-length: 2\r\n\r\n{}",
        "both-lengths": post + b"content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        "folded": b"GET / HTTP/1.1\r\nhost: a\r\nx: a\r\n b\r\n\r\n",
        "old": b"GET / HTTP/1.0\r\n\r\n",
        "close": b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\nGET / HTTP/1.1\r\n\r\n",
        "head": b"HEAD /v1/books/x HTTP/1.1\r\nhost: a\r\n\r\n",
        "upgrade": b"GET / HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n",
    }.items():
        write("server", f"http1-{name}", cut([text]))


def framed() -> None:
    """The same requests over HTTP/2, and gRPC."""
    for name, (method, target, fields, body) in REQUESTS.items():
        encoder = hpack.Encoder()
        head = encoder.encode(request(method, target) + list(fields.items()))
        pieces = [PREFACE + settings(), frame(HEADERS, END_HEADERS, 1, head)]
        write("server", f"http2-{name}", cut([*pieces, frame(DATA, END_STREAM, 1, body)]))
    encoder = hpack.Encoder()
    pieces = [PREFACE + settings(), frame(SETTINGS, ACK)]
    for stream, name in enumerate(("Echo", "Pour", "Drink", "Talk", "Fail", "Hold")):
        head = encoder.encode(call(name) + [("grpc-accept-encoding", "gzip")])
        pieces += [
            frame(HEADERS, END_HEADERS, 2 * stream + 1, head),
            frame(DATA, END_STREAM, 2 * stream + 1, BODY)]
    write("server", "grpc-calls", cut([*pieces, window_update(0, 1 << 20), reset(11)]))


def answers() -> None:
    """What servers say to a client."""
    encoder = hpack.Encoder(), hpack.Encoder()
    ok = [(":status", "200"), ("content-type", "application/grpc")]
    begin = settings((3, 100))
    end = [("grpc-status", "0")]
    for name, pieces in {
        "unary": [
            begin, frame(SETTINGS, ACK), frame(HEADERS, END_HEADERS, 1, encoder[0].encode(ok)),
            frame(DATA, 0, 1, BODY),
            frame(HEADERS, END_HEADERS | END_STREAM, 1, encoder[0].encode(end))],
        "trailers-only": [
            begin, frame(HEADERS, END_HEADERS | END_STREAM, 1, encoder[1].encode(
                ok + [("grpc-status", "14"), ("grpc-message", "no%20way"),
                      ("grpc-status-details-bin", "CAgSAm5v"), ("grpc-retry-pushback-ms", "7")]))],
        "refused": [begin, reset(1, 7)],
        "goaway": [begin, frame(GOAWAY, payload=struct.pack(">II", 0, 0) + b"bye")],
        "ping": [begin, frame(PING, payload=b"12345678"), window_update(0, 100_000)],
        "early-hints": [
            begin, frame(HEADERS, END_HEADERS, 1, b"\x08\x03103"),
            frame(HEADERS, END_HEADERS | END_STREAM, 1, b"\x88")],
        "http1": [b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n"],
        "tls": [b"\x15\x03\x03\x00\x02\x02\x46"],
    }.items():
        for kinds, label in ((0, ""), (0x7f, "-of-many")):
            write("client", name + label, bytes([kinds]) + cut(pieces))
    # As operations: settings, then an answer to each of several calls.
    steps = bytes([1])
    for stream in range(8):
        steps += bytes([5, stream, 0, 0, 8, 0, 5]) + b"hello" + bytes([stream, 1])
        steps += bytes([21, stream, 0, 0, 1])
    write("client", "operations", bytes([0x7f]) + steps)


def operations() -> None:
    """A session of the server's as operations: each door once, then a reset."""
    steps = bytes([1])
    for kind in range(12):
        steps += bytes([5, kind, kind, 0, 0, 0x28, 0, 5]) + b"hello" + bytes([kind, 1])
    held = bytes([1, 5, 0, 0, 4, 0, 0x28, 0, 0, 0, 1])
    write("server", "drain", held + bytes([0xb1, 1]))
    write("server", "drain-at-once", held + bytes([0xd1, 1]))
    write("server", "operations", steps + bytes([9, 3, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2, 1]))


def doors() -> None:
    """Heads and bodies for the doors, by their templates."""
    bodies = (b'{"name":"x"}', BODY, base64.b64encode(BODY), BODY[5:])
    for kind in range(12):
        for method in (0, 1, 2, 6):
            body = bodies[{2: 1, 3: 2, 4: 3, 5: 1, 0: 1}.get(kind, 0)]
            write("door", f"template-{kind}-{method}", bytes([kind, method, 8, 2, 0, 3]) + body)
    write("door", "target", bytes([9, 0, 1 | 4, 19]) + b"v1/shelves/1/books2" + b"\0")
    write("door", "fields", bytes([0, 0, 0xe8]) + b"".join(
        bytes([index, 4]) + b"12AA" for index in range(7)) + b"\x02\x03\x05" + BODY)
    for kind, content in enumerate((
            b"\x02\x03\x05" + BODY, b"\0\x02\x03\x05" + web(1, gzip.compress(b"hello", mtime=0)),
            b"a=b&c=%41+d", base64.b64encode(b"hello"), b"10S")):
        write("door", f"parser-{kind}", bytes([0xe1 + kind]) + content)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: Tests/Conformance/seeds.py FOLDER")
    record()
    plain()
    framed()
    answers()
    operations()
    doors()
