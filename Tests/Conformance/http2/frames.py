"""RFC 9113 sections 6 and 7: what each frame may say."""

from http2.cases import case
from http2.peer import *


# 6.1 DATA

@case("DATA on stream 0", "6.1")
def _(peer: Peer) -> None:
    peer.send(frame(DATA, 0, 0, b"x"))
    peer.expect_end(PROTOCOL_ERROR)


@case("DATA with padding", "6.1")
def _(peer: Peer) -> None:
    body = message(b"padded")
    peer.open(1)
    peer.send(frame(DATA, END_STREAM | PADDED, 1, b"\x07" + body + bytes(7)))
    peer.expect_echo(1, b"padded")


@case("DATA with nothing but padding", "6.1")
def _(peer: Peer) -> None:
    peer.open(1)
    peer.send(
        frame(DATA, PADDED, 1, b"\x03" + bytes(3)), frame(DATA, PADDED, 1, b"\0"),
        frame(DATA, END_STREAM, 1, message(b"x")))
    peer.expect_echo(1, b"x")


@case("DATA with padding as long as the frame", "6.1")
def _(peer: Peer) -> None:
    peer.open(1)
    peer.send(frame(DATA, END_STREAM | PADDED, 1, b"\x05" + bytes(4)))
    peer.expect_end(PROTOCOL_ERROR)


@case("DATA with the flag of padding and no length of it", "6.1")
def _(peer: Peer) -> None:
    peer.open(1)
    peer.send(frame(DATA, END_STREAM | PADDED, 1))
    peer.expect_end(FRAME_SIZE_ERROR, PROTOCOL_ERROR)


@case("padding counts for flow control, and gives no room beyond", "6.1")
def _(peer: Peer) -> None:
    window = peer.settings[INITIAL_WINDOW_SIZE]
    padded = frame(DATA, PADDED, 1, b"\xff" + bytes(16_383))
    peer.open(1, call("Deaf"))
    peer.send(*[padded] * (window // 16_384))
    peer.expect_alive()
    # Only the padding, which nobody keeps, can have made room again.
    peer.send(*[padded] * 2)
    peer.expect_error(1, FLOW_CONTROL_ERROR)


@case("empty DATA with END_STREAM ends a body", "6.1")
def _(peer: Peer) -> None:
    peer.open(1)
    peer.send(frame(DATA, 0, 1, message(b"x")), frame(DATA, END_STREAM, 1))
    peer.expect_echo(1, b"x")


@case("empty DATA frames are passed over", "6.1")
def _(peer: Peer) -> None:
    peer.open(1)
    peer.send(*[frame(DATA, 0, 1)] * 5, frame(DATA, END_STREAM, 1, message(b"x")))
    peer.expect_echo(1, b"x")


# 6.2 HEADERS

@case("HEADERS on stream 0", "6.2")
def _(peer: Peer) -> None:
    peer.send(frame(HEADERS, END_STREAM | END_HEADERS, 0, peer.encode(request())))
    peer.expect_end(PROTOCOL_ERROR)


@case("HEADERS with padding", "6.2")
def _(peer: Peer) -> None:
    block = peer.encode(request())
    peer.send(frame(HEADERS, END_STREAM | END_HEADERS | PADDED, 1, b"\x09" + block + bytes(9)))
    peer.expect_served(1)


@case("HEADERS with padding as long as the frame", "6.2")
def _(peer: Peer) -> None:
    block = peer.encode(request())
    peer.send(
        frame(HEADERS, END_STREAM | END_HEADERS | PADDED, 1, bytes([len(block) + 1]) + block))
    peer.expect_end(PROTOCOL_ERROR)


@case("HEADERS with a priority", "6.2")
def _(peer: Peer) -> None:
    block = peer.encode(request())
    peer.send(
        frame(HEADERS, END_STREAM | END_HEADERS | HAS_PRIORITY, 1, b"\x80\0\0\0\x10" + block))
    peer.expect_served(1)


@case("HEADERS with padding and a priority", "6.2")
def _(peer: Peer) -> None:
    block = peer.encode(request())
    peer.send(
        frame(
            HEADERS, END_STREAM | END_HEADERS | HAS_PRIORITY | PADDED, 1,
            b"\x02\0\0\0\0\x10" + block + b"\0\0"))
    peer.expect_served(1)


@case("HEADERS too short for its priority", "6.2")
def _(peer: Peer) -> None:
    peer.send(frame(HEADERS, END_STREAM | END_HEADERS | HAS_PRIORITY, 1, b"\0\0\0"))
    peer.expect_end(FRAME_SIZE_ERROR, PROTOCOL_ERROR)


@case("HEADERS without the end of its block before DATA", "6.2")
def _(peer: Peer) -> None:
    peer.send(peer.headers(1, call("Echo"), 0), frame(DATA, END_STREAM, 1, message()))
    peer.expect_end(PROTOCOL_ERROR)


# 6.3 PRIORITY

@case("PRIORITY on stream 0", "6.3")
def _(peer: Peer) -> None:
    peer.send(frame(PRIORITY, 0, 0, b"\0\0\0\x01\x10"))
    peer.expect_end(PROTOCOL_ERROR)


@case("PRIORITY of four bytes", "6.3")
def _(peer: Peer) -> None:
    peer.hold(1)
    peer.send(frame(PRIORITY, 0, 1, b"\0\0\0\0"))
    peer.expect_error(1, FRAME_SIZE_ERROR)


@case("PRIORITY of six bytes", "6.3")
def _(peer: Peer) -> None:
    peer.hold(1)
    peer.send(frame(PRIORITY, 0, 1, b"\0\0\0\0\0\0"))
    peer.expect_error(1, FRAME_SIZE_ERROR)


@case("PRIORITY changes nothing, in whatever state its stream is", "6.3")
def _(peer: Peer) -> None:
    peer.send(frame(PRIORITY, 0, 1, b"\0\0\0\x03\x10"), peer.headers(1))
    peer.expect_served(1)
    peer.send(frame(PRIORITY, 0, 1, b"\x80\0\0\x03\xff"), frame(PRIORITY, 0, 9, b"\0\0\0\0\0"))
    peer.expect_alive()


# 6.4 RST_STREAM

@case("RST_STREAM on stream 0", "6.4")
def _(peer: Peer) -> None:
    peer.send(reset(0))
    peer.expect_end(PROTOCOL_ERROR)


@case("RST_STREAM on an idle stream", "6.4")
def _(peer: Peer) -> None:
    peer.send(peer.headers(1), reset(3))
    peer.expect_end(PROTOCOL_ERROR)


@case("RST_STREAM of three bytes", "6.4")
def _(peer: Peer) -> None:
    peer.hold(1)
    peer.send(frame(RST_STREAM, 0, 1, b"\0\0\0"))
    peer.expect_end(FRAME_SIZE_ERROR)


@case("RST_STREAM of five bytes", "6.4")
def _(peer: Peer) -> None:
    peer.hold(1)
    peer.send(frame(RST_STREAM, 0, 1, bytes(5)))
    peer.expect_end(FRAME_SIZE_ERROR)


@case("nothing comes on a stream after the client's RST_STREAM", "6.4", (INITIAL_WINDOW_SIZE, 10))
def _(peer: Peer) -> None:
    peer.send(peer.headers(1))
    peer.until(lambda got: isinstance(got, DataFrame))
    peer.send(reset(1), window_update(1, 1_000))
    peer.barrier()
    before = len(peer.responses[1].body)
    peer.send(peer.headers(3), window_update(3, 1_000))
    peer.expect_served(3)
    if len(peer.responses[1].body) != before:
        raise Failed("DATA after RST_STREAM")


# 6.5 SETTINGS

@case("SETTINGS on a stream", "6.5")
def _(peer: Peer) -> None:
    peer.send(frame(SETTINGS, 0, 1))
    peer.expect_end(PROTOCOL_ERROR)


@case("SETTINGS of a length that is no multiple of six", "6.5")
def _(peer: Peer) -> None:
    peer.send(frame(SETTINGS, payload=b"\0\x03\0"))
    peer.expect_end(FRAME_SIZE_ERROR)


@case("an acknowledgement with a payload", "6.5")
def _(peer: Peer) -> None:
    peer.send(frame(SETTINGS, ACK, 0, b"\0\x03\0\0\0\x01"))
    peer.expect_end(FRAME_SIZE_ERROR)


@case("SETTINGS are acknowledged, each frame once", "6.5.3")
def _(peer: Peer) -> None:
    peer.send(settings(), settings((MAX_CONCURRENT_STREAMS, 5)), settings((0x99, 0)))
    for _ in range(3):
        peer.until(lambda got: isinstance(got, SettingsFrame) and "ACK" in got.flags)
    peer.expect_alive()


for _setting, _value, _codes in [
        (ENABLE_PUSH, 2, (PROTOCOL_ERROR,)),
        (INITIAL_WINDOW_SIZE, 0x8000_0000, (FLOW_CONTROL_ERROR,)),
        (INITIAL_WINDOW_SIZE, 0xFFFF_FFFF, (FLOW_CONTROL_ERROR,)),
        (MAX_FRAME_SIZE, 16_383, (PROTOCOL_ERROR,)), (MAX_FRAME_SIZE, 0, (PROTOCOL_ERROR,)),
        (MAX_FRAME_SIZE, 1 << 24, (PROTOCOL_ERROR,))]:

    @case(f"setting {_setting} of {_value}", "6.5.2")
    def _(peer: Peer, setting=_setting, value=_value, codes=_codes) -> None:
        peer.send(settings((setting, value)))
        peer.expect_end(*codes)


for _setting, _value in [
        (HEADER_TABLE_SIZE, 0), (HEADER_TABLE_SIZE, 0xFFFF_FFFF), (ENABLE_PUSH, 0),
        (ENABLE_PUSH, 1), (MAX_CONCURRENT_STREAMS, 0), (MAX_CONCURRENT_STREAMS, 0xFFFF_FFFF),
        (INITIAL_WINDOW_SIZE, 0x7FFF_FFFF), (MAX_FRAME_SIZE, 16_384),
        (MAX_FRAME_SIZE, (1 << 24) - 1), (MAX_HEADER_LIST_SIZE, 0xFFFF_FFFF)]:

    @case(f"setting {_setting} of {_value} is taken", "6.5.2")
    def _(peer: Peer, setting=_setting, value=_value) -> None:
        if setting == HEADER_TABLE_SIZE and value == 0:
            peer.decoder.max_allowed_table_size = 0
        peer.send(settings((setting, value)), peer.headers(1))
        peer.expect_served(1)
        peer.send(peer.headers(3))
        peer.expect_served(3)


@case("values of one frame count in their order", "6.5.3")
def _(peer: Peer) -> None:
    peer.send(settings((INITIAL_WINDOW_SIZE, 5), (INITIAL_WINDOW_SIZE, 1)), peer.headers(1))
    got = peer.until(lambda got: isinstance(got, DataFrame))
    if len(got.data) != 1:
        raise Failed(f"{len(got.data)} bytes instead of 1")


@case("a setting counts as soon as it is acknowledged", "6.5.3", (INITIAL_WINDOW_SIZE, 0))
def _(peer: Peer) -> None:
    peer.send(peer.headers(1))
    peer.until(lambda got: isinstance(got, HeadersFrame))
    peer.expect_alive()
    if peer.responses[1].body:
        raise Failed("DATA without a window")
    peer.send(settings((INITIAL_WINDOW_SIZE, 1_000)))
    peer.expect_served(1)


# 6.6 PUSH_PROMISE

@case("PUSH_PROMISE from a client", "6.6")
def _(peer: Peer) -> None:
    peer.hold(1)
    peer.send(frame(PUSH_PROMISE, END_HEADERS, 1, b"\0\0\0\x02" + peer.encode(request())))
    peer.expect_end(PROTOCOL_ERROR)


# 6.7 PING

@case("a PING is answered with the same bytes", "6.7")
def _(peer: Peer) -> None:
    peer.send(frame(PING, payload=b"\0\xff\x80abcd\n"))
    got = peer.until(lambda got: isinstance(got, PingFrame))
    if "ACK" not in got.flags or got.opaque_data != b"\0\xff\x80abcd\n":
        raise Failed(f"{got}")


@case("the answer to a PING is not answered", "6.7")
def _(peer: Peer) -> None:
    peer.send(frame(PING, ACK, 0, b"nothing!"), frame(PING, payload=b"question"))
    got = peer.until(lambda got: isinstance(got, PingFrame))
    if got.opaque_data != b"question":
        raise Failed(f"{got}")


@case("PING on a stream", "6.7")
def _(peer: Peer) -> None:
    peer.hold(1)
    peer.send(frame(PING, 0, 1, bytes(8)))
    peer.expect_end(PROTOCOL_ERROR)


@case("PING of seven bytes", "6.7")
def _(peer: Peer) -> None:
    peer.send(frame(PING, payload=bytes(7)))
    peer.expect_end(FRAME_SIZE_ERROR)


@case("PING of nine bytes", "6.7")
def _(peer: Peer) -> None:
    peer.send(frame(PING, payload=bytes(9)))
    peer.expect_end(FRAME_SIZE_ERROR)


# 6.8 GOAWAY

@case("GOAWAY on a stream", "6.8")
def _(peer: Peer) -> None:
    peer.hold(1)
    peer.send(frame(GOAWAY, 0, 1, bytes(8)))
    peer.expect_end(PROTOCOL_ERROR)


@case("GOAWAY too short for its code", "6.8")
def _(peer: Peer) -> None:
    peer.send(frame(GOAWAY, payload=bytes(7)))
    peer.expect_end(FRAME_SIZE_ERROR)


@case("streams that run are finished after the client's GOAWAY", "6.8")
def _(peer: Peer) -> None:
    peer.open(1)
    peer.send(
        frame(GOAWAY, payload=bytes(8) + b"and why"), frame(DATA, END_STREAM, 1, message(b"x")))
    peer.expect_echo(1, b"x")


@case("a second GOAWAY is taken", "6.8")
def _(peer: Peer) -> None:
    peer.open(1)
    peer.send(
        frame(GOAWAY, payload=bytes(8)), frame(GOAWAY, payload=bytes(8)),
        frame(DATA, END_STREAM, 1, message(b"x")))
    peer.expect_echo(1, b"x")


# 6.9 WINDOW_UPDATE

@case("WINDOW_UPDATE of 0 on the connection", "6.9")
def _(peer: Peer) -> None:
    peer.send(window_update(0, 0))
    peer.expect_end(PROTOCOL_ERROR)


@case("WINDOW_UPDATE of 0 on a stream", "6.9")
def _(peer: Peer) -> None:
    peer.hold(1)
    peer.send(window_update(1, 0))
    peer.expect_error(1, PROTOCOL_ERROR)


@case("WINDOW_UPDATE of three bytes", "6.9")
def _(peer: Peer) -> None:
    peer.send(frame(WINDOW_UPDATE, payload=b"\0\0\x01"))
    peer.expect_end(FRAME_SIZE_ERROR)


@case("WINDOW_UPDATE of five bytes on a stream", "6.9")
def _(peer: Peer) -> None:
    peer.hold(1)
    peer.send(frame(WINDOW_UPDATE, 0, 1, b"\0\0\0\x01\0"))
    peer.expect_end(FRAME_SIZE_ERROR)


@case("the reserved bit of an increment is passed over", "6.9", (INITIAL_WINDOW_SIZE, 0))
def _(peer: Peer) -> None:
    peer.send(peer.headers(1), window_update(1, 0x8000_0000 + 1_000))
    peer.expect_served(1)


@case("a window above 2^31-1 on the connection", "6.9.1")
def _(peer: Peer) -> None:
    peer.send(window_update(0, 0x7FFF_FFFF))
    peer.expect_end(FLOW_CONTROL_ERROR)


@case("a window above 2^31-1 on a stream", "6.9.1")
def _(peer: Peer) -> None:
    peer.hold(1)
    peer.send(window_update(1, 0x7FFF_FFFF))
    peer.expect_error(1, FLOW_CONTROL_ERROR)


@case("a window of exactly 2^31-1 is taken", "6.9.1")
def _(peer: Peer) -> None:
    peer.hold(1)
    peer.send(window_update(1, 0x7FFF_FFFF - 65_535), window_update(0, 0x7FFF_FFFF - 65_535))
    peer.expect_alive()


@case("the server sends no more than the window, one byte by one", "6.9.1",
      (INITIAL_WINDOW_SIZE, 1))
def _(peer: Peer) -> None:
    peer.send(peer.headers(1))
    for length in range(1, 20):
        got = peer.until(lambda got: isinstance(got, DataFrame))
        if len(got.data) != 1 or len(peer.responses[1].body) != length:
            raise Failed(f"{len(got.data)} bytes into a window of 1")
        peer.send(window_update(1, 1))
    peer.send(window_update(1, 1_000))
    peer.expect_served(1)


@case("the server sends no more than the connection's window", "6.9.1",
      (INITIAL_WINDOW_SIZE, 1 << 20))
def _(peer: Peer) -> None:
    peer.open(1, call("Pour"))
    peer.send(frame(DATA, END_STREAM, 1, message(b"12345678")))
    received = 0
    while received < 65_535:
        received += len(peer.until(lambda got: isinstance(got, DataFrame)).data)
    peer.expect_alive()
    if len(peer.responses[1].body) != 65_535:
        raise Failed(f"{len(peer.responses[1].body)} bytes into a window of 65535")
    peer.send(window_update(0, 1 << 20))
    peer.expect_response(1, "200")


@case("more DATA than the stream's window", "6.9.1")
def _(peer: Peer) -> None:
    window = peer.settings[INITIAL_WINDOW_SIZE]
    peer.send(peer.headers(1, call("Deaf"), END_HEADERS))
    for _ in range(window // 16_384):
        peer.send(frame(DATA, 0, 1, bytes(16_384)))
    peer.expect_alive()
    peer.send(frame(DATA, 0, 1, bytes(16_384)))
    peer.expect_error(1, FLOW_CONTROL_ERROR)


@case("more DATA than the connection's window", "6.9.1")
def _(peer: Peer) -> None:
    streams = range(1, 41, 2)
    for stream in streams:
        peer.open(stream, call("Deaf"))
    peer.expect_alive()
    for _ in range(10):
        for stream in streams:
            peer.send(frame(DATA, 0, stream, bytes(16_384)))
    peer.expect_end(FLOW_CONTROL_ERROR)


@case("a new initial window counts for open streams", "6.9.2", (INITIAL_WINDOW_SIZE, 3))
def _(peer: Peer) -> None:
    peer.send(peer.headers(1))
    peer.until(lambda got: isinstance(got, DataFrame))
    peer.send(settings((INITIAL_WINDOW_SIZE, 5)))
    got = peer.until(lambda got: isinstance(got, DataFrame))
    if len(got.data) != 2:
        raise Failed(f"{len(got.data)} bytes instead of 2")
    peer.send(settings((INITIAL_WINDOW_SIZE, 1_000)))
    peer.expect_served(1)


@case("a window may become negative", "6.9.2", (INITIAL_WINDOW_SIZE, 3))
def _(peer: Peer) -> None:
    peer.send(peer.headers(1))
    peer.until(lambda got: isinstance(got, DataFrame))
    # 3 - 3 sent - 2 less = -2, and 3 more leave a window of 1.
    peer.send(settings((INITIAL_WINDOW_SIZE, 1)))
    peer.expect_alive()
    peer.send(window_update(1, 2))
    peer.expect_alive()
    if len(peer.responses[1].body) != 3:
        raise Failed("DATA into a window of 0")
    peer.send(window_update(1, 1))
    got = peer.until(lambda got: isinstance(got, DataFrame))
    if len(got.data) != 1:
        raise Failed(f"{len(got.data)} bytes instead of 1")


@case("an initial window that makes a stream's window exceed 2^31-1", "6.9.2")
def _(peer: Peer) -> None:
    peer.hold(1)
    peer.send(window_update(1, 0x7FFF_FFFF - 65_535), settings((INITIAL_WINDOW_SIZE, 65_536)))
    peer.expect_end(FLOW_CONTROL_ERROR)


@case("the initial window is not the connection's", "6.9.2", (INITIAL_WINDOW_SIZE, 1 << 20))
def _(peer: Peer) -> None:
    peer.open(1, call("Pour"))
    peer.send(frame(DATA, END_STREAM, 1, message(b"123456")))
    received = 0
    while received < 65_535:
        received += len(peer.until(lambda got: isinstance(got, DataFrame)).data)
    peer.send(settings((INITIAL_WINDOW_SIZE, 1 << 21)))
    peer.expect_alive()
    if len(peer.responses[1].body) != 65_535:
        raise Failed(f"{len(peer.responses[1].body)} bytes into a window of 65535")


# 6.10 CONTINUATION

@case("as many CONTINUATION frames as are allowed", "6.10")
def _(peer: Peer) -> None:
    block = peer.encode(request() + [("x-long", "y" * 100)])
    peer.send(frame(HEADERS, END_STREAM, 1, block[:1]))
    for index in range(1, 8):
        peer.send(frame(CONTINUATION, 0, 1, block[index:index + 1]))
    peer.send(frame(CONTINUATION, END_HEADERS, 1, block[8:]))
    peer.expect_served(1)


@case("one CONTINUATION frame more than is allowed", "6.10")
def _(peer: Peer) -> None:
    block = peer.encode(request() + [("x-long", "y" * 100)])
    peer.send(frame(HEADERS, END_STREAM, 1, block[:1]))
    for index in range(1, 9):
        peer.send(frame(CONTINUATION, 0, 1, block[index:index + 1]))
    peer.send(frame(CONTINUATION, END_HEADERS, 1, block[9:]))
    peer.expect_end(ENHANCE_YOUR_CALM)


@case("an empty CONTINUATION frame ends a block", "6.10")
def _(peer: Peer) -> None:
    peer.send(peer.headers(1, flags=END_STREAM), frame(CONTINUATION, END_HEADERS, 1))
    peer.expect_served(1)


@case("endless CONTINUATION frames", "6.10")
def _(peer: Peer) -> None:
    peer.send(peer.headers(1, flags=END_STREAM), *[frame(CONTINUATION, 0, 1)] * 100)
    peer.expect_end(ENHANCE_YOUR_CALM, PROTOCOL_ERROR)


@case("CONTINUATION on stream 0", "6.10")
def _(peer: Peer) -> None:
    peer.send(
        peer.headers(1, flags=END_STREAM),
        frame(CONTINUATION, END_HEADERS, 0, peer.encode([("x", "y")])))
    peer.expect_end(PROTOCOL_ERROR)


@case("CONTINUATION of another stream", "6.10")
def _(peer: Peer) -> None:
    peer.send(
        peer.headers(1, flags=END_STREAM),
        frame(CONTINUATION, END_HEADERS, 3, peer.encode([("x", "y")])))
    peer.expect_end(PROTOCOL_ERROR)


@case("CONTINUATION after a block that has ended", "6.10")
def _(peer: Peer) -> None:
    peer.open(1)
    peer.send(frame(CONTINUATION, END_HEADERS, 1, peer.encode([("x", "y")])))
    peer.expect_end(PROTOCOL_ERROR)


@case("CONTINUATION after a CONTINUATION that has ended the block", "6.10")
def _(peer: Peer) -> None:
    peer.send(
        peer.headers(1, call("Echo"), 0), frame(CONTINUATION, END_HEADERS, 1),
        frame(CONTINUATION, END_HEADERS, 1, peer.encode([("x", "y")])))
    peer.expect_end(PROTOCOL_ERROR)


@case("CONTINUATION after DATA", "6.10")
def _(peer: Peer) -> None:
    peer.open(1)
    peer.send(
        frame(DATA, 0, 1, b"\0"), frame(CONTINUATION, END_HEADERS, 1, peer.encode([("x", "y")])))
    peer.expect_end(PROTOCOL_ERROR)


# 7 Error codes

@case("a RST_STREAM with a code without a meaning ends its stream", "7")
def _(peer: Peer) -> None:
    peer.hold(1)
    peer.send(reset(1, 0xFFFF_FFFF))
    peer.expect_alive()


@case("a GOAWAY with a code without a meaning is taken", "7")
def _(peer: Peer) -> None:
    peer.open(1)
    peer.send(
        frame(GOAWAY, payload=bytes(4) + b"\0\xff\0\xff"),
        frame(DATA, END_STREAM, 1, message(b"x")))
    peer.expect_echo(1, b"x")
