"""Signed webhooks over plain sockets."""

import base64
import hashlib
import hmac
import multiprocessing
import re
import socket
import time
import urllib.parse

from load import Figures
from parts import percentile
from servers import cpu_seconds


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


def webhooks(
    server: int, address: tuple[str, int], requests: list[bytes], connections: int
) -> Figures:
    """Sends prepared requests over some connections, a process each."""
    results: multiprocessing.Queue = multiprocessing.Queue()
    workers = [
        multiprocessing.Process(
            target=send_all, args=(address, requests[index::connections], results))
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
