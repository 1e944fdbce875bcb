#!/usr/bin/env python3
"""Attacks the server beside honest load, row by row, and prints a table.

usage: bench/attack/attack.py [--seconds 30] [--attackers 50] [--rows PART,PART]

The server runs on one core and everything else on the others, the attackers with the least
priority. Each row has a server of its own. What the columns mean is in docs/security.md.
"""

import argparse
import asyncio
import json
import multiprocessing
import os
import pathlib
import subprocess
import sys
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.append(str(HERE))
sys.path.append(str(ROOT / "Tests" / "Conformance"))

import attacks  # noqa: E402
import http2.server  # noqa: E402

# Times that a row of some seconds can see the end of; the defaults are in docs/configuration.md.
LIMITS = "handshake_seconds=2,header_seconds=2,body_seconds=2,send_seconds=5,stall_seconds=5"


def resident_mib(process_id: int) -> float:
    for line in pathlib.Path(f"/proc/{process_id}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1_024
    raise AssertionError("the server has ended")


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


def cores() -> tuple[set[int], set[int]]:
    """Where the server runs, and where the others do."""
    every = sorted(os.sched_getaffinity(0))
    return (set(every[-1:]), set(every[:-1])) if len(every) > 1 else (set(every), set(every))


def honest_load(address: tuple[str, int], seconds: float, cancels: int = 0) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-B", str(HERE / "honest.py"), f"{address[0]}:{address[1]}", str(seconds),
         "200", str(cancels)],
        stdout=subprocess.PIPE, text=True)


def _attack(row: int, address, attackers: int, seconds: float, results) -> None:
    os.setpriority(os.PRIO_PROCESS, 0, 19)
    results.put(asyncio.run(attacks.attack(attacks.ATTACKS[row], address, attackers, seconds)))


def run_row(name: str, row: int | None, seconds: float, attackers: int, cancels: int = 0) -> dict:
    """One row; `row` is None for honest load alone."""
    server_cores, other_cores = cores()
    server = http2.server.Target(limits=LIMITS)
    try:
        os.sched_setaffinity(server.process.pid, server_cores)
        for task in os.listdir(f"/proc/{server.process.pid}/task"):
            os.sched_setaffinity(int(task), server_cores)
        # What a server keeps once it has worked at all is not an attack's doing.
        json.loads(honest_load(server.address, 1).communicate()[0])
        before = resident_mib(server.process.pid)
        resident = Resident(server.process.pid)
        resident.start()
        load = honest_load(server.address, seconds, cancels)
        ends = {}
        if row is not None:
            results = multiprocessing.Queue()
            attack = multiprocessing.Process(
                target=_attack, args=(row, server.address, attackers, seconds, results))
            attack.start()
            ends = results.get(timeout=seconds + 60)
            attack.join()
        honest = json.loads(load.communicate()[0])
        most = resident.stop()
        time.sleep(5)
        after = resident_mib(server.process.pid)
    finally:
        server.stop()
    return {
        "name": name, **honest, "growth": most - before, "left": after - before,
        "ends": dict(ends),
    }


def report(row: dict, quiet: dict) -> str:
    ends = sorted(row["ends"].items(), key=lambda item: -item[1])
    ended = ", ".join(f"{count:,} × {end}" for end, count in ends[:3])
    return (
        f"| {row['name']} | {row['errors']} of {row['calls']:,} | {quiet['p99']:.1f} |"
        f" {row['p99']:.1f} | {row['growth']:.0f} | {row['left']:.0f} | {ended or '–'} |")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--attackers", type=int, default=50)
    parser.add_argument("--rows", default="")
    arguments = parser.parse_args()
    os.sched_setaffinity(0, cores()[1])
    wanted = [part.strip().lower() for part in arguments.rows.split(",") if part.strip()]
    print("| attack | honest errors | p99 quiet, ms | p99, ms | growth, MiB | after 5 s |"
          " how the attackers were ended |")
    print("| --- | --- | --- | --- | --- | --- | --- |", flush=True)
    quiet = run_row("none", None, arguments.seconds, 0)
    broken = 0
    cancels = run_row("honest cancels, 200 a second", None, arguments.seconds, 0, cancels=200)
    for row in [quiet, cancels]:
        broken += row["errors"] > 0
        print(report(row, quiet), flush=True)
    for index, attack in enumerate(attacks.ATTACKS):
        if wanted and not any(part in attack.name.lower() for part in wanted):
            continue
        row = run_row(attack.name, index, arguments.seconds, arguments.attackers)
        is_ended = any(attack.ended in end for end in row["ends"])
        broken += row["errors"] > 0 or not is_ended
        print(report(row, quiet) + ("" if is_ended else f" not: {attack.ended}"), flush=True)
        for what in row["what"]:
            print(f"attack: {attack.name}: {what}", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
