"""RFC 9113 sections 3 to 5: starting, frames, stream states."""

from http2.cases import case
from http2.peer import *


# 3 Starting HTTP/2

@case("the first frame of the server is SETTINGS", "3.4", greet=False)
def _(peer: Peer) -> None:
    peer.send(PREFACE, settings())
    peer.read_settings()


@case("the server's SETTINGS bound streams and header lists", "3.4", greet=False)
def _(peer: Peer) -> None:
    peer.send(PREFACE, settings())
    got = peer.read_settings()
    if not 100 <= got.get(MAX_CONCURRENT_STREAMS, 0) <= 1_000:
        raise Failed(f"MAX_CONCURRENT_STREAMS in {got}")
    if not 8_192 <= got.get(MAX_HEADER_LIST_SIZE, 0) <= 65_536:
        raise Failed(f"MAX_HEADER_LIST_SIZE in {got}")


@case("requests may follow the preface at once", "3.4", greet=False)
def _(peer: Peer) -> None:
    peer.send(PREFACE, settings(), peer.headers(1))
    peer.read_settings()
    peer.expect_served(1)


@case("the preface may come byte by byte", "3.4", greet=False)
def _(peer: Peer) -> None:
    for byte in PREFACE + settings() + peer.headers(1):
        peer.send(bytes([byte]))
    peer.read_settings()
    peer.expect_served(1)


@case("a frame other than SETTINGS after the preface", "3.4", greet=False)
def _(peer: Peer) -> None:
    peer.send(PREFACE, frame(PING, payload=bytes(8)))
    peer.expect_end(PROTOCOL_ERROR)


@case("an acknowledgement of SETTINGS after the preface", "3.4", greet=False)
def _(peer: Peer) -> None:
    peer.send(PREFACE, frame(SETTINGS, ACK))
    peer.expect_end(PROTOCOL_ERROR)


@case("a request before SETTINGS", "3.4", greet=False)
def _(peer: Peer) -> None:
    peer.send(PREFACE, peer.headers(1))
    peer.expect_end(PROTOCOL_ERROR)


@case("a preface that is wrong at its end is no HTTP/2", "3.4", greet=False)
def _(peer: Peer) -> None:
    peer.send(PREFACE[:-4] + b"\n\n\n\n", settings())
    received = b""
    while more := peer.socket.recv(65_536):
        received += more
    if received and not received.startswith(b"HTTP/1.1 4") and not received.startswith(
            b"HTTP/1.1 505"):
        raise Failed(f"received {received!r}")


@case("the obsolete upgrade from HTTP/1.1 is passed over", "3.1", greet=False)
def _(peer: Peer) -> None:
    peer.send(
        b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings, close\r\n"
        b"Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n")
    received = b""
    while more := peer.socket.recv(65_536):
        received += more
    if not received.startswith(b"HTTP/1.1 404"):
        raise Failed(f"received {received!r}")


# 4 HTTP frames

@case("frames of unknown type are passed over, on the connection", "4.1")
def _(peer: Peer) -> None:
    peer.send(frame(UNKNOWN, 0xFF, 0, b"abc"))
    peer.expect_alive()


@case("frames of unknown type are passed over, on a stream", "4.1")
def _(peer: Peer) -> None:
    peer.open(1)
    peer.send(frame(UNKNOWN, 0, 1, b"abc"), frame(DATA, END_STREAM, 1, message(b"x")))
    peer.expect_echo(1, b"x")


@case("flags without a meaning are passed over", "4.1")
def _(peer: Peer) -> None:
    peer.send(
        frame(HEADERS, END_STREAM | END_HEADERS | 0x52, 1, peer.encode(request())),
        frame(PING, 0xFE, 0, b"whatever"))
    peer.until(lambda got: isinstance(got, PingFrame) and got.opaque_data == b"whatever")
    peer.expect_served(1)


@case("the reserved bit before the stream is passed over", "4.1")
def _(peer: Peer) -> None:
    peer.send(
        frame(PING, 0, 0x8000_0000, b"reserved"),
        frame(HEADERS, END_STREAM | END_HEADERS, 0x8000_0001, peer.encode(request())))
    peer.until(lambda got: isinstance(got, PingFrame) and got.opaque_data == b"reserved")
    peer.expect_served(1)


@case("a DATA frame of 16384 bytes is taken", "4.2")
def _(peer: Peer) -> None:
    peer.open(1)
    body = message(b"x" * 16_376)
    assert len(body) == 16_384
    peer.send(frame(DATA, END_STREAM, 1, body))
    peer.expect_echo(1, b"x" * 16_376)


@case("a DATA frame above the size allowed", "4.2")
def _(peer: Peer) -> None:
    peer.open(1)
    peer.send(frame(DATA, END_STREAM, 1, bytes(16_385)))
    peer.expect_error(1, FRAME_SIZE_ERROR)


@case("a HEADERS frame above the size allowed", "4.2")
def _(peer: Peer) -> None:
    block = peer.encode(request() + [("x", "y" * 16_384)])
    peer.send(frame(HEADERS, END_STREAM | END_HEADERS, 1, block))
    peer.expect_end(FRAME_SIZE_ERROR)


@case("a CONTINUATION frame above the size allowed", "4.2")
def _(peer: Peer) -> None:
    block = peer.encode(request() + [("x", "y" * 16_400)])
    peer.send(
        frame(HEADERS, END_STREAM, 1, block[:10]), frame(CONTINUATION, END_HEADERS, 1, block[10:]))
    peer.expect_end(FRAME_SIZE_ERROR)


@case("a frame of unknown type above the size allowed", "4.2")
def _(peer: Peer) -> None:
    peer.send(frame(UNKNOWN, 0, 0, bytes(16_385)))
    peer.expect_end(FRAME_SIZE_ERROR)


@case("the frames of the server are no larger than allowed", "4.2", (INITIAL_WINDOW_SIZE, 1 << 20))
def _(peer: Peer) -> None:
    peer.send(window_update(0, 1 << 20))
    peer.open(1, call("Pour"))
    peer.send(frame(DATA, END_STREAM, 1, message(b"12345678")))
    largest = 0

    def is_end(got: Frame) -> bool:
        nonlocal largest
        if isinstance(got, DataFrame):
            largest = max(largest, len(got.data))
        return "END_STREAM" in got.flags

    peer.until(is_end)
    if largest > 16_384:
        raise Failed(f"a frame of {largest} bytes")


@case("a block that does not decode", "4.3")
def _(peer: Peer) -> None:
    peer.send(frame(HEADERS, END_STREAM | END_HEADERS, 1, b"\x80"))
    peer.expect_end(COMPRESSION_ERROR)


@case("a block that ends in the middle of a field", "4.3")
def _(peer: Peer) -> None:
    peer.send(frame(HEADERS, END_STREAM | END_HEADERS, 1, peer.encode(request())[:-1]))
    peer.expect_end(COMPRESSION_ERROR)


@case("a block in pieces of one byte", "4.3")
def _(peer: Peer) -> None:
    block = b"\x82\x86\x84\x01\x01a"
    peer.send(frame(HEADERS, END_STREAM, 1, block[:1]))
    peer.send(*[frame(CONTINUATION, 0, 1, block[i:i + 1]) for i in range(1, 5)])
    peer.send(frame(CONTINUATION, END_HEADERS, 1, block[5:]))
    peer.expect_served(1)


@case("a HEADERS frame of another stream inside a block", "4.3")
def _(peer: Peer) -> None:
    peer.send(peer.headers(1, flags=END_STREAM), peer.headers(3))
    peer.expect_end(PROTOCOL_ERROR)


@case("a PRIORITY frame inside a block", "4.3")
def _(peer: Peer) -> None:
    peer.send(peer.headers(1, flags=END_STREAM), frame(PRIORITY, 0, 1, b"\0\0\0\0\x10"))
    peer.expect_end(PROTOCOL_ERROR)


@case("a PING frame inside a block", "4.3")
def _(peer: Peer) -> None:
    peer.send(peer.headers(1, flags=END_STREAM), frame(PING, payload=bytes(8)))
    peer.expect_end(PROTOCOL_ERROR)


@case("what a refused stream put into the table stays there", "4.3")
def _(peer: Peer) -> None:
    # Malformed, but its fields belong to the state that both sides share.
    peer.send(peer.headers(1, request(X_UPPER="no") + [("x-kept", "value"), ("X-Bad", "1")]))
    peer.expect_error(1, PROTOCOL_ERROR)
    peer.send(peer.headers(3, request() + [("x-kept", "value")]))
    peer.expect_served(3)


# 5 Streams

for _kind, _payload in [
        ("DATA", frame(DATA, 0, 1, b"x")), ("RST_STREAM", reset(1)),
        ("WINDOW_UPDATE", window_update(1, 1)),
        ("CONTINUATION", frame(CONTINUATION, END_HEADERS, 1, b"\x82"))]:

    @case(f"idle: a {_kind} frame", "5.1")
    def _(peer: Peer, payload: bytes = _payload) -> None:
        peer.send(payload)
        peer.expect_end(PROTOCOL_ERROR)


@case("idle: a PRIORITY frame is taken", "5.1")
def _(peer: Peer) -> None:
    peer.send(frame(PRIORITY, 0, 5, b"\0\0\0\0\x10"), peer.headers(1))
    peer.expect_served(1)


@case("half closed: a DATA frame", "5.1")
def _(peer: Peer) -> None:
    peer.hold(1)
    peer.send(frame(DATA, END_STREAM, 1, b"x"))
    peer.expect_error(1, STREAM_CLOSED)


@case("half closed: a HEADERS frame", "5.1")
def _(peer: Peer) -> None:
    peer.hold(1)
    peer.send(peer.headers(1, [("x", "y")]))
    peer.expect_error(1, STREAM_CLOSED)


@case("half closed: a CONTINUATION frame", "5.1")
def _(peer: Peer) -> None:
    peer.hold(1)
    peer.send(frame(CONTINUATION, END_HEADERS, 1, b"\x82"))
    peer.expect_end(PROTOCOL_ERROR, STREAM_CLOSED)


@case("half closed: WINDOW_UPDATE and PRIORITY are taken", "5.1")
def _(peer: Peer) -> None:
    peer.hold(1)
    peer.send(window_update(1, 10), frame(PRIORITY, 0, 1, b"\0\0\0\0\x10"))
    peer.expect_alive()


@case("half closed: RST_STREAM ends the stream", "5.1")
def _(peer: Peer) -> None:
    peer.hold(1)
    peer.send(reset(1))
    peer.expect_alive()
    peer.send(peer.headers(3))
    peer.expect_served(3)


@case("closed by RST_STREAM: a DATA frame is an error or passed over", "5.1")
def _(peer: Peer) -> None:
    peer.open(1)
    peer.send(reset(1), frame(DATA, END_STREAM, 1, message(b"x")))
    peer.expect_nothing_or(STREAM_CLOSED)


@case("closed by RST_STREAM: a HEADERS frame", "5.1")
def _(peer: Peer) -> None:
    peer.open(1)
    peer.send(reset(1), peer.headers(1))
    peer.expect_error(1, STREAM_CLOSED)


@case("closed by RST_STREAM: a CONTINUATION frame", "5.1")
def _(peer: Peer) -> None:
    peer.open(1)
    peer.send(reset(1), frame(CONTINUATION, END_HEADERS, 1, b"\x82"))
    peer.expect_end(PROTOCOL_ERROR, STREAM_CLOSED)


@case("closed by both ends: a DATA frame is an error or passed over", "5.1")
def _(peer: Peer) -> None:
    peer.send(peer.headers(1))
    body = peer.expect_served(1).body
    peer.send(frame(DATA, END_STREAM, 1, b"x"))
    peer.expect_nothing_or(STREAM_CLOSED)
    if peer.responses[1].body != body:
        raise Failed("answered again")


@case("closed by both ends: a HEADERS frame", "5.1")
def _(peer: Peer) -> None:
    peer.send(peer.headers(1))
    peer.expect_served(1)
    peer.send(peer.headers(1))
    peer.expect_end(STREAM_CLOSED)


@case("closed by both ends: a CONTINUATION frame", "5.1")
def _(peer: Peer) -> None:
    peer.send(peer.headers(1))
    peer.expect_served(1)
    peer.send(frame(CONTINUATION, END_HEADERS, 1, b"\x82"))
    peer.expect_end(PROTOCOL_ERROR, STREAM_CLOSED)


@case("closed: WINDOW_UPDATE, PRIORITY and RST_STREAM that come late are passed over", "5.1")
def _(peer: Peer) -> None:
    peer.send(peer.headers(1))
    peer.expect_served(1)
    peer.send(window_update(1, 10), frame(PRIORITY, 0, 1, b"\0\0\0\0\x10"), reset(1))
    peer.expect_alive()


@case("closed by the server's reset: DATA on its way is passed over", "5.1")
def _(peer: Peer) -> None:
    peer.open(1, request("POST", "/"))
    peer.expect_response(1, "404")
    peer.send(frame(DATA, 0, 1, bytes(1_000)), frame(DATA, END_STREAM, 1, bytes(1_000)))
    peer.send(peer.headers(3))
    peer.expect_served(3)


@case("closed by the server's reset: trailers on their way are passed over and decoded", "5.1")
def _(peer: Peer) -> None:
    peer.open(1, request("POST", "/"))
    peer.expect_response(1, "404")
    peer.send(peer.headers(1, [("x-late", "trailer")]))
    peer.send(peer.headers(3, request() + [("x-late", "trailer")]))
    peer.expect_served(3)


@case("closed by the server's reset: DATA on its way counts for the connection's window", "5.1")
def _(peer: Peer) -> None:
    peer.open(1, request("POST", "/"))
    peer.expect_response(1, "404")
    for _ in range(20):
        # 100,000 bytes at a time, and a barrier that lets the server give room again.
        peer.send(*[frame(DATA, 0, 1, bytes(10_000))] * 10)
        peer.barrier()
    if peer.granted[0] < 1_500_000:
        raise Failed(f"{peer.granted[0]} bytes of 2,000,000 were granted again")
    peer.send(peer.headers(3))
    peer.expect_served(3)


@case("a stream with an even number", "5.1.1")
def _(peer: Peer) -> None:
    peer.send(peer.headers(2))
    peer.expect_end(PROTOCOL_ERROR)


@case("a stream with a number below the one before", "5.1.1")
def _(peer: Peer) -> None:
    peer.send(peer.headers(5))
    peer.expect_served(5)
    peer.send(peer.headers(3))
    peer.expect_end(PROTOCOL_ERROR)


@case("numbers of streams may be left out", "5.1.1")
def _(peer: Peer) -> None:
    for stream in (7, 9, 1_001, 0x7FFF_FFFF):
        peer.send(peer.headers(stream))
        peer.expect_served(stream)


@case("a stream above the number allowed is refused, the others go on", "5.1.2")
def _(peer: Peer) -> None:
    most = peer.settings[MAX_CONCURRENT_STREAMS]
    for number in range(most):
        peer.open(2 * number + 1)
    peer.expect_alive()
    peer.send(peer.headers(2 * most + 1, call("Echo")))
    peer.expect_reset(2 * most + 1, REFUSED_STREAM, PROTOCOL_ERROR)
    peer.send(frame(DATA, END_STREAM, 1, message(b"first")))
    peer.expect_echo(1, b"first")
    peer.send(peer.headers(2 * most + 3))
    peer.expect_served(2 * most + 3)


@case("frames other than DATA need no window", "5.2.1", (INITIAL_WINDOW_SIZE, 0))
def _(peer: Peer) -> None:
    peer.send(peer.headers(1, call("NoSuchMethod"), END_HEADERS), frame(
        DATA, END_STREAM, 1, message()))
    response = peer.expect_response(1, "200")
    if response.fields["grpc-status"] != "12":
        raise Failed(f"{response.fields}")


@case("the server gives room again for what it has read", "5.2.1")
def _(peer: Peer) -> None:
    body = message(b"x" * 2_000_000)
    peer.open(1)
    sent = 0
    while sent < len(body):
        stream = peer.settings[INITIAL_WINDOW_SIZE] + peer.granted[1] - sent
        connection = 65_535 + peer.granted[0] - sent
        count = min(stream, connection, 16_384, len(body) - sent)
        if count > 0:
            is_last = sent + count == len(body)
            peer.send(frame(DATA, END_STREAM if is_last else 0, 1, body[sent:sent + count]))
            sent += count
        else:
            peer.until(lambda got: isinstance(got, WindowUpdateFrame))
    peer.send(window_update(0, 1 << 24), window_update(1, 1 << 24))
    peer.expect_echo(1, b"x" * 2_000_000)


@case("a connection error ends the connection after GOAWAY with the last stream", "5.4.1")
def _(peer: Peer) -> None:
    peer.send(peer.headers(3))
    peer.expect_served(3)
    peer.send(frame(DATA, 0, 0, b"x"))
    said = peer.expect_end(PROTOCOL_ERROR)
    if said.last_stream_id != 3:
        raise Failed(f"last stream {said.last_stream_id}")


@case("a RST_STREAM is not answered with another", "5.4.2")
def _(peer: Peer) -> None:
    peer.hold(1)
    peer.send(reset(1), reset(1))
    peer.expect_alive()


@case("extension frames inside a block", "5.5")
def _(peer: Peer) -> None:
    peer.send(peer.headers(1, flags=END_STREAM), frame(UNKNOWN, 0, 1, b"abc"))
    peer.expect_end(PROTOCOL_ERROR)


@case("extension frames inside a block, on the connection", "5.5")
def _(peer: Peer) -> None:
    peer.send(peer.headers(1, flags=END_STREAM), frame(UNKNOWN, 0, 0, b"abc"))
    peer.expect_end(PROTOCOL_ERROR)


@case("settings without a meaning are passed over", "5.5")
def _(peer: Peer) -> None:
    peer.send(settings((0x99, 1), (0xFFFF, 0xFFFF_FFFF)))
    peer.expect_alive()
