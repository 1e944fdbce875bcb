"""Servers of HTTP/2 that misbehave, each in one way, while a client makes large unary calls."""

import socket
import struct
import sys
import threading

import h2.config
import h2.connection
import h2.errors
import h2.events
import h2.exceptions
import h2.settings

RESPONSE_BYTES = 314159
# In protobuf: the field `payload`, and in it the field `body`.
BODY = b"\x12" + b"\xaf\x96\x13" + bytes(RESPONSE_BYTES)
RESPONSE = b"\x0a" + b"\xb3\x96\x13" + BODY
FRAMED = b"\0" + struct.pack(">I", len(RESPONSE)) + RESPONSE
HEADERS = [(":status", "200"), ("content-type", "application/grpc")]
TRAILERS = [("grpc-status", "0")]
PADDING = 255
# Five bytes at a time.
PIECE = 5


class Connection:
    """One connection of the client."""

    def __init__(self, server: "NegativeServer", peer: socket.socket) -> None:
        self.server = server
        self.socket = peer
        self.h2 = h2.connection.H2Connection(
            h2.config.H2Configuration(client_side=False, header_encoding="utf-8"))
        self.requests = 0
        # Streams whose request is complete, and that wait for their turn.
        self.due: list[int] = []
        self.open: set[int] = set()
        # What the client lets us send, kept here for frames that are not made by h2.
        self.window = 65535
        self.stream_windows: dict[int, int] = {}
        self.initial_window = 65535

    def run(self) -> None:
        self.h2.initiate_connection()
        if self.server.case == "max_streams":
            self.h2.update_settings({h2.settings.SettingCodes.MAX_CONCURRENT_STREAMS: 1})
        self.flush()
        while self.receive():
            while self.due:
                self.answer(self.due.pop(0))

    def flush(self) -> None:
        self.socket.sendall(self.h2.data_to_send())

    def receive(self) -> bool:
        """Takes what the client sends; false at the end."""
        data = self.socket.recv(65536)
        if not data:
            return False
        for event in self.h2.receive_data(data):
            self.handle(event)
        self.flush()
        return True

    def handle(self, event) -> None:
        if isinstance(event, h2.events.RequestReceived):
            self.open.add(event.stream_id)
            self.stream_windows[event.stream_id] = self.initial_window
            self.server.streams_at_once = max(self.server.streams_at_once, len(self.open))
        elif isinstance(event, h2.events.DataReceived):
            self.h2.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
        elif isinstance(event, h2.events.StreamEnded):
            self.requests += 1
            self.due.append(event.stream_id)
        elif isinstance(event, h2.events.StreamReset):
            self.open.discard(event.stream_id)
        elif isinstance(event, h2.events.PingAckReceived):
            self.server.pings_answered += 1
        elif isinstance(event, h2.events.WindowUpdated):
            if event.stream_id == 0:
                self.window += event.delta
            elif event.stream_id in self.stream_windows:
                self.stream_windows[event.stream_id] += event.delta
        elif isinstance(event, h2.events.RemoteSettingsChanged):
            change = event.changed_settings.get(h2.settings.SettingCodes.INITIAL_WINDOW_SIZE)
            if change is not None:
                for stream in self.stream_windows:
                    self.stream_windows[stream] += change.new_value - self.initial_window
                self.initial_window = change.new_value

    # Answers

    def answer(self, stream: int) -> None:
        case = self.server.case
        if case == "ping":
            self.ping()
        if case == "informational_first":
            self.h2.send_headers(stream, [(":status", "103"), ("link", "</x>; rel=preload")])
        self.h2.send_headers(stream, HEADERS)
        self.flush()
        if case == "ping":
            self.ping()
        if case == "rst_after_header":
            return self.reset(stream)
        if case in ("data_frame_padding", "no_df_padding_sanity_test"):
            self.send_in_small_frames(stream, PADDING if case == "data_frame_padding" else None)
        elif case == "rst_during_data":
            self.send(stream, FRAMED[:len(FRAMED) // 2])
            return self.reset(stream)
        else:
            self.send(stream, FRAMED)
        if case == "rst_after_data":
            return self.reset(stream)
        if case == "ping":
            self.ping()
        if case == "trailers_missing":
            return self.end(stream)
        if case == "trailers_in_pieces":
            return self.end_in_pieces(stream)
        if case == "goaway" and self.requests == 1:
            # Before the end of the answer, so that whoever has that knows of the other. By hand,
            # for h2 would take nothing more after it.
            self.flush()
            self.socket.sendall(
                struct.pack(">I", 8)[1:] + bytes([7, 0]) + struct.pack(">III", 0, stream, 0))
        self.h2.send_headers(stream, TRAILERS, end_stream=True)
        if case == "ping":
            self.ping()
        self.open.discard(stream)
        self.server.answered += 1
        self.flush()

    def ping(self) -> None:
        self.server.pings += 1
        self.h2.ping(struct.pack(">Q", self.server.pings))
        self.flush()

    def reset(self, stream: int) -> None:
        self.h2.reset_stream(stream, h2.errors.ErrorCodes.NO_ERROR)
        self.open.discard(stream)
        self.flush()

    def end(self, stream: int) -> None:
        self.h2.end_stream(stream)
        self.open.discard(stream)
        self.flush()

    def end_in_pieces(self, stream: int) -> None:
        """Trailers in a HEADERS frame and some CONTINUATION frames."""
        block = self.h2.encoder.encode(TRAILERS + [("x-trailer", "value")])
        size = len(block) // 4
        pieces = [block[at:at + size] for at in range(0, len(block), size)]
        for at, piece in enumerate(pieces):
            kind = 9 if at else 1
            flags = (0 if at else 1) | (4 if at == len(pieces) - 1 else 0)
            self.socket.sendall(
                struct.pack(">I", len(piece))[1:] + bytes([kind, flags])
                + struct.pack(">I", stream) + piece)
        self.open.discard(stream)
        self.server.answered += 1

    def send(self, stream: int, data: bytes) -> None:
        while data:
            room = min(
                self.h2.local_flow_control_window(stream), self.h2.max_outbound_frame_size)
            if room > 0:
                self.h2.send_data(stream, data[:room])
                self.window -= len(data[:room])
                self.stream_windows[stream] -= len(data[:room])
                data = data[room:]
                self.flush()
                if self.server.case == "ping" and len(data) == len(FRAMED) - room:
                    self.ping()
            elif not self.receive():
                raise ConnectionError("the client has gone while it was answered")

    def send_in_small_frames(self, stream: int, padding: int | None) -> None:
        """DATA by hand, for h2 would take its time for sixty thousand frames."""
        def frame(piece: bytes) -> bytes:
            body = piece if padding is None else bytes([padding]) + piece + bytes(padding)
            flags = 0 if padding is None else 8
            return struct.pack(">I", len(body))[1:] + bytes([0, flags]) + \
                struct.pack(">I", stream) + body

        cost = PIECE if padding is None else 1 + PIECE + padding
        whole = frame(bytes(PIECE))
        pieces = [FRAMED[at:at + PIECE] for at in range(0, len(FRAMED), PIECE)]
        at = 0
        while at < len(pieces):
            room = min(self.window, self.stream_windows[stream]) // cost
            if room <= 0:
                if not self.receive():
                    raise ConnectionError("the client has gone while it was answered")
                continue
            part = pieces[at:at + min(room, 1000)]
            self.socket.sendall(
                b"".join(whole if piece == bytes(PIECE) else frame(piece) for piece in part))
            self.window -= cost * len(part)
            self.stream_windows[stream] -= cost * len(part)
            at += len(part)


class NegativeServer:
    """Serves until it is closed; counts what the client does."""

    def __init__(self, case: str) -> None:
        self.case = case
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.connections: list[Connection] = []
        self.answered = self.pings = self.pings_answered = self.streams_at_once = 0
        self.problems: list[Exception] = []
        self.threads: list[threading.Thread] = []
        self.start(self.accept)

    def start(self, function, *arguments) -> None:
        thread = threading.Thread(target=function, args=arguments, daemon=True)
        self.threads.append(thread)
        thread.start()

    def accept(self) -> None:
        while True:
            try:
                peer, _ = self.listener.accept()
            except OSError:
                return
            peer.settimeout(30)
            connection = Connection(self, peer)
            self.connections.append(connection)
            self.start(self.serve, connection)

    def serve(self, connection: Connection) -> None:
        try:
            connection.run()
        except (OSError, h2.exceptions.ProtocolError) as problem:
            self.problems.append(problem)
        finally:
            connection.socket.close()

    def close(self) -> None:
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for connection in self.connections:
            try:
                connection.socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        for thread in self.threads:
            thread.join(10)


if __name__ == "__main__":
    server = NegativeServer(sys.argv[1])
    print(f"listening {server.port}", flush=True)
    threading.Event().wait()
