"""Load and its figures: h2load for gRPC, plain sockets for signed webhooks."""

import base64
import dataclasses
import hashlib
import hmac
import multiprocessing
import os
import pathlib
import re
import socket
import subprocess
import tempfile
import time
import urllib.parse

import grpc


@dataclasses.dataclass
class Figures:
    """What one run gave."""

    requests_per_second: float
    p50_ms: float
    p99_ms: float
    # Processor time of the server for each request.
    server_microseconds: float
    failed: int


def percentile(sorted_values: list[float], share: float) -> float:
    return sorted_values[min(len(sorted_values) - 1, int(len(sorted_values) * share))]


def cpu_seconds(process_id: int) -> float:
    """User and system time of a process with all its threads so far."""
    stat = pathlib.Path(f"/proc/{process_id}/stat").read_text()
    fields = stat[stat.rindex(")") + 2 :].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def grpc_frame(message: bytes) -> bytes:
    return b"\0" + len(message).to_bytes(4, "big") + message


def check(target: str, path: str, message: bytes, headers: dict[str, str] | None = None) -> None:
    """Makes the call once and fails unless its status is OK, which h2load does not look at."""
    with grpc.insecure_channel(target) as channel:
        channel.unary_unary(path)(message, metadata=list((headers or {}).items()), timeout=10)


def h2load(
    server: int, url: str, message: bytes, connections: int, streams: int, requests: int,
    headers: dict[str, str] | None = None,
) -> Figures:
    """Sends one gRPC message again and again, over h2c with prior knowledge."""
    fields = {"content-type": "application/grpc", "te": "trailers", **(headers or {})}
    return exchanges(server, url, grpc_frame(message), connections, streams, requests, fields)


def exchanges(
    server: int, url: str, sent: bytes | None, connections: int, streams: int, requests: int,
    headers: dict[str, str],
) -> Figures:
    """Makes one HTTP/2 request again and again, a GET unless it has a body."""
    with tempfile.TemporaryDirectory() as folder:
        log = pathlib.Path(folder, "log")
        command = [
            "h2load", "-n", str(requests), "-c", str(connections), "-m", str(streams), "-t", "1",
            f"--log-file={log}",
        ]
        if sent is not None:
            body = pathlib.Path(folder, "body")
            body.write_bytes(sent)
            command += ["-d", str(body)]
        for name, value in headers.items():
            command += ["-H", f"{name}: {value}"]
        before = cpu_seconds(server)
        output = subprocess.run(
            command + [url], check=True, capture_output=True, text=True
        ).stdout
        used = cpu_seconds(server) - before
        rate = re.search(r"finished in .*?, ([\d.]+) req/s", output)
        # start in µs, status, duration in µs
        rows = [line.split("\t") for line in log.read_text().splitlines()]
    durations = sorted(int(row[2]) / 1000 for row in rows)
    failed = requests - sum(1 for row in rows if row[1] == "200")
    if not rate or not durations:
        raise RuntimeError(f"h2load measured nothing:\n{output}")
    return Figures(
        float(rate.group(1)), percentile(durations, 0.5), percentile(durations, 0.99),
        used / requests * 1e6, failed,
    )


def signed_call(url: str, token: str, sid: str, caller: str, called: str) -> bytes:
    """A whole HTTP/1.1 request: the webhook of a call that arrives."""
    fields = {
        "AccountSid": "AC" + "0" * 32, "ApiVersion": "2010-04-01", "CallSid": sid,
        "CallStatus": "ringing", "Called": called, "Caller": caller, "Direction": "inbound",
        "From": caller, "To": called,
    }
    data = url + "".join(name + fields[name] for name in sorted(fields))
    digest = hmac.new(token.encode(), data.encode(), hashlib.sha1).digest()
    body = urllib.parse.urlencode(fields).encode()
    parts = urllib.parse.urlsplit(url)
    head = (
        f"POST {parts.path} HTTP/1.1\r\nhost: {parts.netloc}\r\n"
        "content-type: application/x-www-form-urlencoded\r\n"
        f"content-length: {len(body)}\r\n"
        f"x-twilio-signature: {base64.b64encode(digest).decode()}\r\n\r\n"
    )
    return head.encode() + body


def send_all(address: tuple[str, int], requests: list[bytes], results) -> None:
    """Sends requests one after the other on one connection; reports durations and failures."""
    durations, failed = [], 0
    with socket.create_connection(address) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for request in requests:
            began = time.perf_counter()
            connection.sendall(request)
            answer = b""
            while b"\r\n\r\n" not in answer:
                answer += receive(connection)
            head, rest = answer.split(b"\r\n\r\n", 1)
            length = int(re.search(rb"(?i)content-length: (\d+)", head).group(1))
            while len(rest) < length:
                rest += receive(connection)
            durations.append((time.perf_counter() - began) * 1000)
            failed += not head.startswith(b"HTTP/1.1 200")
    results.put((durations, failed))


def receive(connection: socket.socket) -> bytes:
    chunk = connection.recv(65536)
    if not chunk:
        raise ConnectionError("the server closed the connection")
    return chunk


def webhooks(server: int, address: tuple[str, int], requests: list[bytes], connections: int) -> Figures:
    """Sends prepared requests over some connections, a process each."""
    results: multiprocessing.Queue = multiprocessing.Queue()
    workers = [
        multiprocessing.Process(target=send_all, args=(address, requests[index::connections], results))
        for index in range(connections)
    ]
    before, began = cpu_seconds(server), time.perf_counter()
    for worker in workers:
        worker.start()
    answers = [results.get(timeout=300) for _ in workers]
    seconds = time.perf_counter() - began
    used = cpu_seconds(server) - before
    for worker in workers:
        worker.join()
    durations = sorted(duration for answer, _ in answers for duration in answer)
    return Figures(
        len(requests) / seconds, percentile(durations, 0.5), percentile(durations, 0.99),
        used / len(requests) * 1e6, sum(failed for _, failed in answers),
    )
