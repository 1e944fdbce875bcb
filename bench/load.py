"""Load on a server, and its figures: h2load for single requests, our own program for streams."""

import dataclasses
import pathlib
import re
import subprocess
import tempfile

import grpc

import servers
from parts import bytes_field, percentile

SERVICE = "/klinke.bench.v1.EchoService"
# For one run, which takes seconds; a server that hangs is to end the measurement.
PATIENCE_SECONDS = 600


@dataclasses.dataclass
class Figures:
    """What one run gave. A unit is a request, a message, a round trip or a MiB."""

    units_per_second: float
    p50_ms: float
    p99_ms: float
    # Processor time of the server for each unit.
    server_microseconds: float
    failed: int


def grpc_frame(message: bytes) -> bytes:
    return b"\0" + len(message).to_bytes(4, "big") + message


def echo_message(size: int) -> bytes:
    """An EchoRequest, or EchoResponse, of `size` bytes."""
    return bytes_field(b"k" * size)


def check(
    target: str, path: str, message: bytes, headers: dict[str, str] | None = None,
    authority: pathlib.Path | None = None,
) -> bytes:
    """Makes the call once and fails unless its status is OK, which h2load does not look at."""
    if authority is None:
        channel = grpc.insecure_channel(target)
    else:
        credentials = grpc.ssl_channel_credentials(authority.read_bytes())
        channel = grpc.secure_channel(target, credentials)
    with channel:
        return channel.unary_unary(path)(
            message, metadata=list((headers or {}).items()), timeout=30
        )


# Single requests


@dataclasses.dataclass(frozen=True)
class Exchange:
    """One HTTP/2 request again and again, a GET unless it has a body."""

    url: str
    body: bytes | None
    headers: dict[str, str]
    connections: int
    streams: int
    # Bytes of every response; None if they differ.
    answer_bytes: int | None = None

    def command(self, folder: pathlib.Path, requests: int) -> list:
        command = [
            "h2load", "-n", requests, "-c", self.connections, "-m", self.streams, "-t", 1,
        ]
        if self.body is not None:
            body = folder / "body"
            body.write_bytes(self.body)
            command += ["-d", body]
        for name, value in self.headers.items():
            command += ["-H", f"{name}: {value}"]
        return command

    def run(self, requests: int) -> tuple[float, int]:
        """Requests per second and how many failed."""
        with tempfile.TemporaryDirectory() as folder:
            command = self.command(pathlib.Path(folder), requests)
            output = subprocess.run(
                servers.pinned(servers.LOAD_CORE, [*command, self.url]), check=True,
                capture_output=True, text=True, timeout=PATIENCE_SECONDS,
            ).stdout
        rate = re.search(r"finished in .*?, ([\d.]+) req/s", output)
        if not rate:
            raise RuntimeError(f"h2load measured nothing:\n{output}")
        return float(rate.group(1)), self.failures(output, requests)

    def failures(self, output: str, requests: int) -> int:
        """How many requests failed, by what h2load says at its end."""
        good = re.search(r"status codes: (\d+) 2xx", output)
        data = re.search(r"traffic: .*\((\d+)\) data", output)
        if not good or not data:
            raise RuntimeError(f"h2load measured nothing:\n{output}")
        failed = requests - int(good.group(1))
        if self.answer_bytes is not None and int(data.group(1)) != requests * self.answer_bytes:
            failed = max(failed, 1)
        return failed

    def durations(self, requests: int) -> list[float]:
        """Of every request, in milliseconds and sorted. Writing them down costs h2load as much as
        a request does, so that a rate is to be taken from another run."""
        with tempfile.TemporaryDirectory() as folder:
            log = pathlib.Path(folder, "log")
            command = [*self.command(pathlib.Path(folder), requests), f"--log-file={log}"]
            subprocess.run(
                servers.pinned(servers.LOAD_CORE, [*command, self.url]), check=True,
                capture_output=True, timeout=PATIENCE_SECONDS,
            )
            # start in µs, status, duration in µs
            rows = [line.split("\t") for line in log.read_text().splitlines()]
        failed = requests - sum(row[1] == "200" for row in rows)
        if failed:
            raise RuntimeError(f"{failed} requests failed while durations were written down")
        return sorted(int(row[2]) / 1000 for row in rows)

    def measure(self, process: int, requests: int) -> Figures:
        before = servers.cpu_seconds(process)
        rate, failed = self.run(requests)
        used = servers.cpu_seconds(process) - before
        durations = self.durations(max(requests // 4, self.connections * self.streams))
        return Figures(
            rate, percentile(durations, 0.5), percentile(durations, 0.99), used / requests * 1e6,
            failed,
        )


def grpc_exchange(
    url: str, message: bytes, connections: int, streams: int,
    headers: dict[str, str] | None = None, answer_bytes: int | None = None,
) -> Exchange:
    fields = {"content-type": "application/grpc", "te": "trailers", **(headers or {})}
    return Exchange(url, grpc_frame(message), fields, connections, streams, answer_bytes)


@dataclasses.dataclass(frozen=True)
class Unary:
    """Echo of `size` bytes."""

    size: int
    connections: int
    streams: int
    unit = "request"
    # Enough for a first run, which tells how many fill the others.
    first = 2_000
    amount = None

    @property
    def words(self) -> str:
        size = f"{self.size} B" if self.size < 1024 else f"{self.size // 1024} KiB"
        return f"unary {size}, {self.connections} × {self.streams}"

    def exchange(self, server: servers.Running) -> Exchange:
        message = echo_message(self.size)
        return grpc_exchange(
            f"{server.url}{SERVICE}/Echo", message, self.connections, self.streams,
            answer_bytes=len(grpc_frame(message)),
        )

    def measure(self, server: servers.Running, amount: int) -> Figures:
        amount = max(amount, self.connections * self.streams)
        return self.exchange(server).measure(server.process, amount)


# Streams


def stream_load(
    server: servers.Running, method: str, connections: int, streams: int, calls: int,
    messages: int, size: int,
) -> list[str | int]:
    """The command of the program that also looks at every byte and status of the answers."""
    return servers.pinned(
        servers.LOAD_CORE,
        [servers.build_c("load"), server.port, method, connections, streams, calls, messages, size],
    )


@dataclasses.dataclass(frozen=True)
class Streams:
    """Calls of a streaming method, `messages` in each."""

    words: str
    unit: str
    method: str
    connections: int
    streams: int
    messages: int
    size: int
    # Messages for each unit.
    per_unit: int = 1
    # Units in every run; None for as many as a second takes.
    amount: int | None = None

    @property
    def first(self) -> int:
        return self.amount or self.connections * self.streams * self.messages * 4

    def measure(self, server: servers.Running, amount: int) -> Figures:
        calls = max(amount * self.per_unit // self.messages, self.connections * self.streams)
        command = stream_load(
            server, self.method, self.connections, self.streams, calls, self.messages, self.size
        )
        before = server.cpu_seconds()
        output = subprocess.run(
            command, check=True, capture_output=True, text=True, timeout=PATIENCE_SECONDS
        ).stdout
        used = server.cpu_seconds() - before
        failed, seconds, p50, p99 = output.split()
        units = calls * self.messages / self.per_unit
        return Figures(
            units / float(seconds), float(p50) / 1000, float(p99) / 1000, used / units * 1e6,
            int(failed),
        )
