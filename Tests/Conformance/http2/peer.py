"""A client of HTTP/2 that sends exactly the frames it is told to, right or wrong."""

import collections
import contextlib
import socket
import struct

import hpack
from hyperframe.frame import (
    ContinuationFrame, DataFrame, Frame, GoAwayFrame, HeadersFrame, PingFrame, RstStreamFrame,
    SettingsFrame, WindowUpdateFrame)

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
# No case takes longer than a fraction of this; it turns a hang into a failure.
SECONDS = 20

DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS = 0, 1, 2, 3, 4
PUSH_PROMISE, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION = 5, 6, 7, 8, 9
UNKNOWN = 0x16
ACK = END_STREAM = 0x1
END_HEADERS, PADDED, HAS_PRIORITY = 0x4, 0x8, 0x20

NO_ERROR, PROTOCOL_ERROR, INTERNAL_ERROR, FLOW_CONTROL_ERROR, SETTINGS_TIMEOUT = 0, 1, 2, 3, 4
STREAM_CLOSED, FRAME_SIZE_ERROR, REFUSED_STREAM, CANCEL, COMPRESSION_ERROR = 5, 6, 7, 8, 9
ENHANCE_YOUR_CALM = 0xB

HEADER_TABLE_SIZE, ENABLE_PUSH, MAX_CONCURRENT_STREAMS = 1, 2, 3
INITIAL_WINDOW_SIZE, MAX_FRAME_SIZE, MAX_HEADER_LIST_SIZE = 4, 5, 6

Fields = list[tuple[str | bytes, str | bytes]]

SERVICE = "/klinke.http2.v1.Target/"


def request(method: str = "GET", path: str = "/", **more: str) -> Fields:
    """The fields of a request; names in `more` have `_` for `-`."""
    fields: Fields = [
        (":method", method), (":scheme", "http"), (":path", path), (":authority", "localhost")]
    return fields + [(name.replace("_", "-"), value) for name, value in more.items()]


def call(name: str) -> Fields:
    """The fields of a gRPC call."""
    return request("POST", SERVICE + name, content_type="application/grpc", te="trailers")


def message(content: bytes = b"") -> bytes:
    """A gRPC message with a `BytesValue` in it."""
    length, value = b"", len(content)
    while value > 0x7F:
        length, value = length + bytes([value & 0x7F | 0x80]), value >> 7
    body = b"\x0a" + length + bytes([value]) + content if content else b""
    return b"\0" + struct.pack(">I", len(body)) + body


def frame(kind: int, flags: int = 0, stream: int = 0, payload: bytes = b"") -> bytes:
    return struct.pack(">I", len(payload))[1:] + struct.pack(">BBI", kind, flags, stream) + payload


def settings(*pairs: tuple[int, int]) -> bytes:
    return frame(SETTINGS, payload=b"".join(struct.pack(">HI", *pair) for pair in pairs))


def window_update(stream: int, increment: int) -> bytes:
    return frame(WINDOW_UPDATE, 0, stream, struct.pack(">I", increment))


def reset(stream: int, code: int = CANCEL) -> bytes:
    return frame(RST_STREAM, 0, stream, struct.pack(">I", code))


class Failed(AssertionError):
    """The server did something else than the case wants."""


class Response:
    """What came back on a stream."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}
        self.trailers: dict[str, str] = {}
        self.body = b""
        self.is_complete = False

    def __repr__(self) -> str:
        return f"{self.fields} {len(self.body)} bytes {self.trailers} {self.is_complete}"


class Peer:
    """One connection. `greet=False` leaves even the preface to the case."""

    def __init__(
        self, address: tuple[str, int], *pairs: tuple[int, int], greet: bool = True
    ) -> None:
        self.socket = socket.create_connection(address, timeout=SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.encoder = hpack.Encoder()
        self.decoder = hpack.Decoder()
        self.decoder.max_header_list_size = 1 << 20
        self.responses: dict[int, Response] = {}
        self.settings: dict[int, int] = {}
        # Room that WINDOW_UPDATE has given, for the connection (0) and each stream.
        self.granted: collections.Counter[int] = collections.Counter()
        self.buffer = b""
        self.block = b""
        self.pings = 0
        if greet:
            self.send(PREFACE, settings(*pairs))
            self.read_settings()
            self.send(frame(SETTINGS, ACK))
            self.until(lambda got: isinstance(got, SettingsFrame) and "ACK" in got.flags)

    def close(self) -> None:
        self.socket.close()

    # Sending

    def send(self, *pieces: bytes) -> None:
        try:
            self.socket.sendall(b"".join(pieces))
        except OSError:
            # The server has ended the connection; what it said before is still to be read.
            pass

    def encode(self, fields: Fields) -> bytes:
        return self.encoder.encode(fields, huffman=False)

    def headers(
        self, stream: int, fields: Fields | None = None, flags: int = END_STREAM | END_HEADERS
    ) -> bytes:
        return frame(HEADERS, flags, stream, self.encode(request() if fields is None else fields))

    def open(self, stream: int, fields: Fields | None = None) -> None:
        """Begins a request whose body is to come: a call of `Echo` unless told otherwise."""
        self.send(self.headers(stream, fields or call("Echo"), END_HEADERS))

    def hold(self, stream: int) -> None:
        """Makes a call that is not answered while the connection lives."""
        self.send(
            self.headers(stream, call("Hold"), END_HEADERS),
            frame(DATA, END_STREAM, stream, message()))

    # Receiving

    def read(self, count: int) -> bytes:
        while len(self.buffer) < count:
            try:
                more = self.socket.recv(65_536)
            except ConnectionResetError:
                raise Failed("the connection was reset") from None
            except TimeoutError:
                raise Failed(f"nothing came for {SECONDS} s") from None
            if not more:
                raise EOFError
            self.buffer += more
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken

    def next(self) -> Frame:
        """The next frame; `EOFError` when the server has closed."""
        got, length = Frame.parse_frame_header(memoryview(self.read(9)))
        got.parse_body(memoryview(self.read(length)))
        self.note(got)
        return got

    def note(self, got: Frame) -> None:
        """Keeps what belongs to a response."""
        if isinstance(got, (HeadersFrame, ContinuationFrame)):
            self.block += got.data
            if "END_HEADERS" in got.flags:
                response = self.responses.setdefault(got.stream_id, Response())
                fields = dict(self.decoder.decode(self.block))
                self.block = b""
                if response.fields:
                    response.trailers = fields
                else:
                    response.fields = fields
        elif isinstance(got, DataFrame):
            self.responses.setdefault(got.stream_id, Response()).body += got.data
        elif isinstance(got, WindowUpdateFrame):
            self.granted[got.stream_id] += got.window_increment
        if "END_STREAM" in got.flags:
            self.responses.setdefault(got.stream_id, Response()).is_complete = True

    def until(self, wanted) -> Frame:
        """Reads up to a frame that is wanted."""
        seen = []
        while True:
            try:
                got = self.next()
            except EOFError:
                raise Failed(f"the connection ended after {seen}") from None
            seen.append(got)
            if wanted(got):
                return got
            if isinstance(got, GoAwayFrame) and got.error_code != NO_ERROR:
                raise Failed(f"the connection failed: {got}")

    def read_settings(self) -> dict[int, int]:
        """The server's preface, its first frame."""
        try:
            first = self.next()
        except EOFError:
            raise Failed("the connection ended") from None
        if not isinstance(first, SettingsFrame) or "ACK" in first.flags:
            raise Failed(f"the first frame is {first}")
        self.settings = first.settings
        return first.settings

    # What a case wants

    def expect_response(self, stream: int, status: str | None = None) -> Response:
        """The whole response on a stream."""
        response = self.responses.setdefault(stream, Response())
        while not response.is_complete:
            got = self.until(lambda got: got.stream_id == stream)
            if isinstance(got, RstStreamFrame):
                raise Failed(f"stream {stream} was reset: {got}")
        if status is not None and response.fields[":status"] != status:
            raise Failed(f"status {response.fields}")
        return response

    def expect_served(self, stream: int) -> Response:
        """A request to no path of the server is answered as such, and completely."""
        response = self.expect_response(stream, "404")
        if b"no such path" not in response.body:
            raise Failed(f"body {response.body!r}")
        return response

    def expect_echo(self, stream: int, content: bytes = b"") -> None:
        """The call of `Echo` on a stream was answered."""
        response = self.expect_response(stream, "200")
        status = (response.trailers or response.fields).get("grpc-status")
        if status != "0" or response.body != message(content):
            raise Failed(f"{response.fields} {response.trailers} {len(response.body)} bytes")

    def expect_alive(self) -> None:
        """Nothing has been reset, and nothing will be for what was sent so far."""
        got = self.notice()
        if got is not None:
            raise Failed(f"unexpected {got}")

    def notices(self) -> list[Frame]:
        """The resets and the end that the server has answered with to what was sent so far.

        Asks twice, because servers send the answer to a PING before other frames that wait.
        """
        found = []
        for _ in range(2):
            self.pings += 1
            payload = b"ping%04d" % self.pings
            self.send(frame(PING, payload=payload))
            while True:
                try:
                    got = self.next()
                except EOFError:
                    raise Failed("the connection ended") from None
                if isinstance(got, (RstStreamFrame, GoAwayFrame)):
                    found.append(got)
                if isinstance(got, GoAwayFrame):
                    return found
                if isinstance(got, PingFrame) and got.opaque_data == payload:
                    break
        return found

    def notice(self) -> Frame | None:
        return next(iter(self.notices()), None)

    def barrier(self) -> None:
        """Waits until the server has gone through what was sent so far."""
        self.notices()

    def expect_error(self, stream: int, *codes: int) -> None:
        """A stream error, or the connection error that the RFC allows in its place."""
        got = self.notice()
        if got is None:
            raise Failed(f"no error; responses {self.responses}")
        if isinstance(got, RstStreamFrame) and got.stream_id != stream:
            raise Failed(f"{got} instead of an error of stream {stream}")
        if got.error_code not in codes:
            raise Failed(f"{got}, wanted {codes}")

    def expect_nothing_or(self, *codes: int) -> None:
        """The server may pass over what was sent, or take it for an error."""
        got = self.notice()
        if got is not None and got.error_code not in codes:
            raise Failed(f"{got}, wanted {codes}")

    def expect_reset(self, stream: int, *codes: int) -> None:
        """A stream error: the stream is reset and the connection goes on."""
        got = self.notice()
        if not isinstance(got, RstStreamFrame) or got.stream_id != stream:
            raise Failed(f"{got} instead of a reset; responses {self.responses}")
        if got.error_code not in codes:
            raise Failed(f"code {got.error_code}, wanted {codes}")
        self.expect_alive()

    def expect_end(self, *codes: int) -> GoAwayFrame:
        """A connection error: GOAWAY with one of the codes, then the end."""
        notices = self.notices()
        said = notices[-1] if notices else None
        if not isinstance(said, GoAwayFrame):
            raise Failed(f"no connection error but {notices}; responses {self.responses}")
        if said.error_code not in codes:
            raise Failed(f"GOAWAY {said.error_code} {said.additional_data!r}, wanted {codes}")
        with contextlib.suppress(EOFError):
            while True:
                self.next()
        return said
