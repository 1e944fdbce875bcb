#!/usr/bin/env python3
"""Attacks the server beside honest load, row by row, and prints a table.

usage: bench/attack/attack.py [--seconds 30] [--attackers 50] [--rows PART,PART] [--write]

The server runs on one core and everything else on the others, the attackers only when honest load
leaves them time. Each row has a server of its own and is held against the quiet latencies of the
same server before and after it. How it is done is in docs/security.md.
"""

import argparse
import asyncio
import dataclasses
import json
import multiprocessing
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path += [str(HERE), str(HERE.parent)]
sys.path.append(str(ROOT / "Tests" / "Conformance"))

import attacks  # noqa: E402
import host  # noqa: E402
import http2.server  # noqa: E402
import tables  # noqa: E402
from parts import percentile, resident_bytes  # noqa: E402
from servers import make_identity  # noqa: E402

# Times that a row of some seconds can see the end of; the defaults are in docs/configuration.md.
LIMITS = "handshake_seconds=2,header_seconds=2,body_seconds=2,send_seconds=5,stall_seconds=5"

# What a row may need at most, and what may be left of it five seconds after its end, in MiB.
GROWTH_MAX = 64
LEFT_MAX = 16

# Seconds of honest load that a p99 is taken from at least: a thousand calls.
SECONDS_MIN = 5
# How often a row is played until it has as many without the host, and how long each waits for it.
TRIES = 3
PATIENCE_SECONDS = 60

PAGE = ROOT / "docs" / "security.md"


def resident_mib(process_id: int) -> float:
    return resident_bytes(process_id) / 1_048_576


class Resident(threading.Thread):
    """The most memory that the server holds while this runs."""

    def __init__(self, process_id: int) -> None:
        super().__init__(daemon=True)
        self.process_id = process_id
        self.most = resident_mib(process_id)
        self.is_over = threading.Event()

    def run(self) -> None:
        while not self.is_over.wait(0.05):
            self.most = max(self.most, resident_mib(self.process_id))

    def stop(self) -> float:
        self.is_over.set()
        self.join()
        return self.most


# Found before anything is bound to some of them and sees no others.
ALL_CORES = sorted(os.sched_getaffinity(0))
SERVER_CORES = set(ALL_CORES[-1:])
OTHER_CORES = set(ALL_CORES[:-1]) or SERVER_CORES


def bind(process_id: int) -> None:
    """Gives the server its cores, with all threads that it has."""
    for task in os.listdir(f"/proc/{process_id}/task"):
        os.sched_setaffinity(int(task), SERVER_CORES)


def honest_load(address: tuple[str, int], seconds: float, cancels: int = 0) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-B", str(HERE / "honest.py"), f"{address[0]}:{address[1]}", str(seconds),
         "200", str(cancels)],
        stdout=subprocess.PIPE, text=True)


def _step_back() -> None:
    """Leaves the core to the honest load whenever that wants it."""
    os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def _attack(row: int, address, attackers: int, seconds: float, results) -> None:
    _step_back()
    results.put(asyncio.run(attacks.attack(attacks.ATTACKS[row], address, attackers, seconds)))


def _burn(seconds: float) -> None:
    """Works like attackers, on the same core and through the kernel, but against nobody."""
    _step_back()
    one, other = socket.socketpair()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        one.sendall(bytes(16_384))
        left = 16_384
        while left:
            left -= len(other.recv(left))


def quiet_load(address: tuple[str, int], seconds: float) -> list[dict]:
    """Honest load beside the same work that attackers are, by seconds."""
    burner = multiprocessing.Process(target=_burn, args=(seconds,))
    burner.start()
    honest = json.loads(honest_load(address, seconds).communicate()[0])
    burner.join()
    if honest["errors"]:
        raise AssertionError(f"errors without an attack: {honest['what']}")
    return honest["seconds"]


@dataclasses.dataclass
class Undisturbed:
    """The seconds in which the host took no time from this machine. What an attack does it does in
    all of them."""

    count: int
    p99: float

    def __init__(self, seconds: list[dict]) -> None:
        order = sorted(seconds, key=lambda second: second["stolen"])
        self.count = sum(second["stolen"] == 0 for second in order)
        # At least those in which it took the least.
        judged = order[:max(self.count, SECONDS_MIN)]
        self.p99 = percentile([call for second in judged for call in second["latencies"]], 0.99)

    @property
    def is_enough(self) -> bool:
        return self.count >= SECONDS_MIN


def refusals(address: tuple[str, int]) -> dict[str, int]:
    """How often the server has refused something, by cause."""
    with urllib.request.urlopen("http://%s:%d/metrics" % address, timeout=20) as page:
        lines = page.read().decode().splitlines()
    return {
        line.split('"')[1]: int(line.split()[-1]) for line in lines
        if line.startswith("klinke_http_refused_total{")}


def run_row(name: str, row: int | None, seconds: float, attackers: int, cancels: int = 0) -> dict:
    """One row; `row` is None for honest load alone."""
    with tempfile.TemporaryDirectory() as folder:
        identity = make_identity(pathlib.Path(folder))
        server = http2.server.Target(
            limits=LIMITS, tls=(identity.certificate, identity.key))
    quiet_seconds = max(2, seconds / 3)
    try:
        bind(server.process.pid)
        # What a server keeps once it has worked at all is not an attack's doing.
        honest_load(server.address, 1).communicate()
        quiet = quiet_load(server.address, quiet_seconds)
        before = resident_mib(server.process.pid)
        resident = Resident(server.process.pid)
        resident.start()
        load = honest_load(server.address, seconds, cancels)
        ends = {}
        if row is None:
            working = multiprocessing.Process(target=_burn, args=(seconds,))
            working.start()
        else:
            results = multiprocessing.Queue()
            address = server.tls_address if attacks.ATTACKS[row].is_tls else server.address
            working = multiprocessing.Process(
                target=_attack, args=(row, address, attackers, seconds, results))
            working.start()
            ends = results.get(timeout=seconds + 60)
        working.join()
        honest = json.loads(load.communicate()[0])
        if row is None:
            # Honest clients come back when they are ended, and their errors do not tell.
            ends = refusals(server.address)
            honest["errors"] += sum(ends.values())
        most = resident.stop()
        time.sleep(5)
        after = resident_mib(server.process.pid)
        quiet += quiet_load(server.address, quiet_seconds)
    finally:
        server.stop()
    return {
        "name": name, **honest, "quiet": Undisturbed(quiet),
        "attacked": Undisturbed(honest["seconds"]),
        "growth": most - before,
        "left": after - before, "ends": dict(ends),
    }


def shortcomings(row: dict, ended: str) -> list[str]:
    """What a row does not have of what we want."""
    found = []
    if row["errors"]:
        found.append(f"{row['errors']} honest errors")
    if (ratio := row["attacked"].p99 / row["quiet"].p99) > 2:
        found.append(f"p99 {ratio:.1f} times the quiet one")
    if row["growth"] > GROWTH_MAX:
        found.append(f"{row['growth']:.0f} MiB")
    if row["left"] > LEFT_MAX:
        found.append(f"{row['left']:.0f} MiB left")
    if ended and not any(ended in end for end in row["ends"]):
        found.append(f"nobody was ended by {ended}")
    return found


def report(row: dict) -> str:
    ends = sorted(row["ends"].items(), key=lambda item: -item[1])
    ended = ", ".join(f"{count:,} × {end}" for end, count in ends[:3])
    return (
        f"| {row['name']} | {row['errors']} of {row['calls']:,} | {row['quiet'].p99:.1f} |"
        f" {row['attacked'].p99:.1f} | {row['quiet'].count} / {row['attacked'].count} |"
        f" {row['max']:.0f} | {row['growth']:.0f} | {row['left']:.0f} | {ended or '–'} |")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--attackers", type=int, default=50)
    parser.add_argument("--rows", default="", help="parts of the names of rows")
    parser.add_argument("--write", action="store_true", help="into docs/security.md")
    arguments = parser.parse_args()
    os.sched_setaffinity(0, OTHER_CORES)
    wanted = [part.strip().lower() for part in arguments.rows.split(",") if part.strip()]
    lines: list[str] = []
    short: list[str] = []

    def add(line: str) -> None:
        lines.append(line)
        print(line, flush=True)

    add("| attack | honest errors | p99 quiet, ms | p99, ms | seconds | longest, ms |"
        " growth, MiB | after 5 s | how the attackers were ended |")
    add("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    rows: list[tuple[str, int | None, int, str]] = [
        ("none", None, 0, ""), ("honest cancels, 200 a second", None, 200, "")]
    rows += [(attack.name, index, 0, attack.ended)
             for index, attack in enumerate(attacks.ATTACKS)]
    for name, index, cancels, ended in rows:
        if wanted and not any(part in name.lower() for part in wanted):
            continue
        for _ in range(TRIES):
            host.wait(ALL_CORES, PATIENCE_SECONDS)
            row = run_row(name, index, arguments.seconds, arguments.attackers, cancels)
            if row["quiet"].is_enough and row["attacked"].is_enough:
                break
        add(report(row))
        found = shortcomings(row, ended)
        if found:
            short.append(f"- *{name}*: {', '.join(found)}")
        for what in row["what"]:
            print(f"attack: {name}: {what}", file=sys.stderr)
    add("")
    met = len(lines) - 3 - len(short)
    add(f"{met} of {len(lines) - 3} rows have what we want, with {arguments.attackers} attackers"
        f" for {arguments.seconds:.0f} seconds each on {os.cpu_count()} cores."
        + (" The others:" if short else ""))
    if short:
        add("")
        for line in short:
            add(line)
    if arguments.write and not wanted:
        tables.write(PAGE, "attacks", "\n".join(lines) + "\n")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
