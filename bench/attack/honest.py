#!/usr/bin/env python3
"""Honest load beside an attack: unary calls at a steady pace through grpcio.

usage: honest.py HOST:PORT SECONDS [CALLS PER SECOND [CANCELS PER SECOND]]

Prints one line of JSON: calls, errors, what they were, and for each second the latencies in
milliseconds of the calls that began in it, and the time that the host took from this machine.
"""

import itertools
import json
import pathlib
import sys
import threading
import time

import grpc

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))

from host import stolen_ticks  # noqa: E402
from parts import bytes_field, percentile  # noqa: E402

CLIENTS = 4


class Client(threading.Thread):
    """A connection of its own, with one call at a time, each with a message of its own."""

    def __init__(self, target: str, number: int, seconds: float, per_second: float) -> None:
        super().__init__()
        self.target = target
        self.number = number
        self.seconds = seconds
        self.per_second = per_second
        # When each call began, since the first, in seconds; and how long it took, in milliseconds.
        self.calls: list[tuple[float, float]] = []
        self.answered = 0
        self.errors: list[str] = []

    def run(self) -> None:
        options = [("grpc.use_local_subchannel_pool", 1)]
        with grpc.insecure_channel(self.target, options) as channel:
            echo = channel.unary_unary("/klinke.http2.v1.Target/Echo")
            began = time.monotonic()
            for count in range(int(self.seconds * self.per_second)):
                due = began + count / self.per_second
                if due > (now := time.monotonic()):
                    time.sleep(due - now)
                sent = bytes_field(f"{self.number} {count}".encode())
                start = time.monotonic()
                try:
                    # The deadline turns a hang into an error.
                    if echo(sent, timeout=20) == sent:
                        self.answered += 1
                    else:
                        self.errors.append("wrong answer")
                except grpc.RpcError as error:
                    self.errors.append(f"{error.code().name} {error.details()}")
                self.calls.append((start - began, (time.monotonic() - start) * 1_000))


class Canceller(threading.Thread):
    """Cancels each of its calls a moment after it began, for ever on one connection."""

    def __init__(self, target: str, seconds: float, per_second: float) -> None:
        super().__init__()
        self.target = target
        self.count = int(seconds * per_second)
        self.per_second = per_second
        self.cancelled = 0
        self.errors: list[str] = []

    def run(self) -> None:
        with grpc.insecure_channel(self.target, [("grpc.use_local_subchannel_pool", 1)]) as channel:
            hold = channel.unary_unary("/klinke.http2.v1.Target/Hold")
            echo = channel.unary_unary("/klinke.http2.v1.Target/Echo")
            began = time.monotonic()
            for count in range(self.count):
                due = began + count / self.per_second
                if due > (now := time.monotonic()):
                    time.sleep(due - now)
                running = hold.future(b"")
                time.sleep(0.001)
                self.cancelled += running.cancel()
                if count % 50 == 0:
                    try:
                        echo(bytes_field(b"alive"), timeout=20)
                    except grpc.RpcError as error:
                        self.errors.append(f"canceller: {error.code().name} {error.details()}")


def stolen_while(threads: list[threading.Thread]) -> list[int]:
    """The time that the host takes from this machine, in ticks, for each second until all of them
    have ended."""
    began = time.monotonic()
    ticks = [stolen_ticks()]
    while any(thread.is_alive() for thread in threads):
        time.sleep(max(0.0, began + len(ticks) - time.monotonic()))
        ticks.append(stolen_ticks())
    return [after - before for before, after in itertools.pairwise(ticks)]


def measure(target: str, seconds: float, per_second: float, cancels: float = 0) -> dict:
    clients = [
        Client(target, number, seconds, per_second / CLIENTS) for number in range(CLIENTS)]
    cancellers = [Canceller(target, seconds, cancels)] if cancels else []
    for thread in clients + cancellers:
        thread.start()
    parts = [
        {"stolen": ticks, "latencies": []} for ticks in stolen_while(clients + cancellers)]
    for client in clients:
        for began, latency in client.calls:
            parts[int(began)]["latencies"].append(latency)
    latencies = sum((part["latencies"] for part in parts), [])
    errors = [error for thread in clients + cancellers for error in thread.errors]
    return {
        "calls": len(latencies), "answered": sum(client.answered for client in clients),
        "cancelled": sum(canceller.cancelled for canceller in cancellers),
        "errors": len(errors), "what": sorted(set(errors))[:5],
        "p50": percentile(latencies, 0.5), "max": max(latencies, default=0.0),
        "seconds": parts,
    }


if __name__ == "__main__":
    rate = float(sys.argv[3]) if len(sys.argv) > 3 else 200
    cancels = float(sys.argv[4]) if len(sys.argv) > 4 else 0
    print(json.dumps(measure(sys.argv[1], float(sys.argv[2]), rate, cancels)), flush=True)
