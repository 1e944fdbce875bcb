"""How fast one stream uploads over a long way, with windows that grow and without.

    KLINKE_BIN=.build/release .deps/venv/bin/python -B bench/long_link.py [ROUND_TRIP_MS [MIB]]

The way is a proxy that hands every byte on after half of the round trip. The client is grpcio, the
server the target of the conformance list.
"""

import pathlib
import queue
import socket
import sys
import threading
import time

import grpc

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Tests" / "Conformance"))
from http2.server import Target  # noqa: E402
from parts import bytes_field  # noqa: E402

PIECE = 256 << 10
FIXED = "stream_window_bytes_max=65535,connection_window_bytes_max=65535"


class LongLink:
    """Passes connections on to an address, each byte `delay` seconds late."""

    def __init__(self, address: tuple[str, int], delay: float) -> None:
        self._address = address
        self._delay = delay
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            far = socket.create_connection(self._address)
            for one, other in ((near, far), (far, near)):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                # Long enough for all that the way may hold.
                late: queue.Queue[tuple[float, bytes]] = queue.Queue()
                threading.Thread(target=self._take, args=(one, late), daemon=True).start()
                threading.Thread(target=self._give, args=(other, late), daemon=True).start()

    def _take(self, source: socket.socket, late: queue.Queue) -> None:
        data = b"-"
        while data:
            try:
                data = source.recv(1 << 18)
            except OSError:
                data = b""
            late.put((time.monotonic() + self._delay, data))

    @staticmethod
    def _give(sink: socket.socket, late: queue.Queue) -> None:
        while True:
            due, data = late.get()
            time.sleep(max(0.0, due - time.monotonic()))
            try:
                if not data:
                    sink.shutdown(socket.SHUT_WR)
                    return
                sink.sendall(data)
            except OSError:
                return

    def stop(self) -> None:
        self._listener.close()


def upload(port: int, mib: int) -> float:
    """Sends that much on one stream and returns how many seconds it took."""
    piece = bytes_field(b"P" * PIECE)
    pieces = (mib << 20) // PIECE
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        grpc.channel_ready_future(channel).result(timeout=30)
        drink = channel.stream_unary("/klinke.http2.v1.Target/Drink")
        began = time.monotonic()
        answer = drink((piece for _ in range(pieces)), timeout=600)
        took = time.monotonic() - began
    if str(pieces * PIECE).encode() not in answer:
        raise AssertionError(f"not all of it has arrived: {answer!r}")
    return took


def main() -> None:
    milliseconds = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    mib = int(sys.argv[2]) if len(sys.argv) > 2 else 64
    print(f"| windows | MiB | seconds | MiB/s over {milliseconds} ms |\n| --- | ---: | ---: | ---: |")
    for name, limits in (("as at first", FIXED), ("growing", "")):
        target = Target(limits=limits)
        link = LongLink(target.address, milliseconds / 2_000)
        try:
            took = sorted(upload(link.port, mib) for _ in range(3))[1]
        finally:
            link.stop()
            target.stop()
        print(f"| {name} | {mib} | {took:.2f} | {mib / took:.1f} |", flush=True)


if __name__ == "__main__":
    main()
