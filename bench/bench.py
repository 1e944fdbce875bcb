"""Measures Klinke: its codec, its RPC stack beside other servers on the same load, and the product.

usage: bench/bench.py [--write] [--seconds S] [PART ...]

    codec     messages and JSON beside C++, C and Python
    unary     echo of 32 B and 4 KiB, and the system calls of it
    tls       the same, encrypted
    streams   server streaming and ping-pong
    upload    1 GiB of client streaming
    idle      memory of 10,000 connections
    product   a read through each door and a webhook, on the whole server

`make bench` sets up what this needs and runs all parts. --write puts the figures into
docs/performance.md, which says how to read them.
"""

import argparse
import contextlib
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable

import code_size
import codec_table
import host
import load
import product
import servers
import tables
from load import Figures, Streams, Unary
from servers import C, CPP, GO, KLINKE
from tables import Goal

ROUNDS = 3
# With one request at a time the machine's way of waking up decides, which differs from round to round.
ROUNDS_ALONE = 9
DOCUMENT = servers.ROOT / "docs" / "performance.md"
IDLE_CONNECTIONS = 10_000

UNARY = [
    Unary(size, connections, streams)
    for size in (32, 4096) for connections in (1, 8, 64) for streams in (1, 10, 100)
]
TLS = [Unary(32, 1, 1), Unary(32, 8, 10), Unary(32, 8, 100), Unary(4096, 8, 10)]
REPEATED = [
    Streams(f"1,000 × 32 B, {connections} × {streams}", "message", "Repeat", connections, streams,
            1_000, 32)
    for connections, streams in ((1, 1), (8, 10))
]
PING_PONG = [
    Streams(f"ping-pong 32 B, {connections} × {streams}", "round trip", "Converse", connections,
            streams, 100, 32)
    for connections, streams in ((1, 1), (8, 10))
]
UPLOAD = [
    Streams("1 GiB in messages of 64 KiB, 1 × 1", "MiB", "Collect", 1, 1, 16_384, 65_536,
            per_unit=16, amount=1_024)
]


class Failure(Exception):
    """Requests failed, so that the figures cannot be compared."""


def median(runs: list[Figures]) -> Figures:
    """Of each figure by itself."""
    if failed := sum(run.failed for run in runs):
        raise Failure(f"{failed} requests failed")
    return Figures(*(
        statistics.median(values) for values in zip(*(
            (r.units_per_second, r.p50_ms, r.p99_ms, r.server_microseconds) for r in runs
        ))
    ), 0)


def compare(
    loads: list, seconds: float, identity: servers.Identity | None = None
) -> tables.Results:
    """Measures all servers, which take turns within each round."""
    results = {}
    with servers.run_all(identity) as running:
        for server in running:
            message = load.echo_message(32)
            authority = identity.certificate if identity else None
            target = f"localhost:{server.port}"
            if load.check(target, f"{load.SERVICE}/Echo", message, None, authority) != message:
                raise Failure(f"{server.name} does not echo")
        for a_load in loads:
            print(f"{a_load.words} …", file=sys.stderr)
            # The first round warms up and tells how much fills the others.
            amounts = {}
            for server in running:
                first = median([a_load.measure(server, a_load.first)])
                amounts[server.name] = a_load.amount or max(
                    a_load.first, int(first.units_per_second * seconds))
            runs: dict[str, list[Figures]] = {server.name: [] for server in running}
            is_alone = a_load.connections * a_load.streams == 1
            for turn in range(ROUNDS_ALONE if is_alone else ROUNDS):
                # Another one begins each round, so that nobody always follows the same peer.
                leader = turn % len(running)
                for server in running[leader:] + running[:leader]:
                    runs[server.name].append(host.least_disturbed(
                        lambda: a_load.measure(server, amounts[server.name])))
            results[a_load] = {name: median(of_server) for name, of_server in runs.items()}
    return results


def system_calls(a_load: Unary, requests: int) -> dict[str, float]:
    """Of each server, for each request; counted by the kernel, which slows the server less than a
    tracer would."""
    counts = {}
    with servers.run_all() as running:
        for server in running:
            a_load.measure(server, a_load.first)
            with tempfile.TemporaryDirectory() as folder:
                exchange = a_load.exchange(server)
                command = [*exchange.command(pathlib.Path(folder), requests), exchange.url]
                done = subprocess.run(
                    ["perf", "stat", "-x,", "-e", "raw_syscalls:sys_enter", "-p",
                     str(server.process), "--", *servers.pinned(servers.LOAD_CORE, command)],
                    capture_output=True, text=True, timeout=load.PATIENCE_SECONDS,
                )
            count = done.stderr.partition(",,raw_syscalls")[0].splitlines()[-1:]
            if not count or not count[0].isdigit():
                raise Failure(
                    f"perf cannot count system calls (is this root?): {done.stderr.strip()}")
            if failed := exchange.failures(done.stdout, requests):
                raise Failure(f"{failed} requests to {server.name} failed under perf")
            counts[server.name] = int(count[0]) / requests
    return counts


# Parts: each gives Markdown


def codec(_: float) -> str:
    rows = codec_table.run()
    times = {(case, who): nanoseconds for case, who, _, nanoseconds in rows}
    wanted = [
        Goal(f"{case}: time, C++ = 1", times[case, KLINKE] / times[case, "C++"], at_most=bound)
        for case, bound in (
            ("decode order", 1), ("encode order", 1.3), ("decode list", 1), ("encode list", 1.3),
        )
    ]
    return "\n".join([
        tables.goals(wanted), codec_table.table(rows), code_size.table(codec_table.klinke())])


def rate_goals(results: tables.Results, a_load: object, **bounds: float) -> list[Goal]:
    """Klinke's rate beside that of others, by the names of the variables of their names."""
    names = {"C": C, "CPP": CPP, "GO": GO}
    by_server = results[a_load]
    return [
        Goal(
            f"{a_load.words}: {tables.rate_of(a_load.unit)}, {names[name]} = 1",
            by_server[KLINKE].units_per_second / by_server[names[name]].units_per_second,
            at_least=bound,
        )
        for name, bound in bounds.items()
    ]


def cpu_goal(results: tables.Results, a_load: object, at_most: float) -> Goal:
    return Goal(
        f"{a_load.words}: CPU µs/{a_load.unit}", results[a_load][KLINKE].server_microseconds,
        at_most=at_most,
    )


def cpu_goals(
    results: tables.Results, a_load: object, at_most: float, beside: float
) -> list[Goal]:
    """In µs, for a machine on which the server in C needs `beside`, and beside it on this one."""
    by_server = results[a_load]
    return [
        cpu_goal(results, a_load, at_most),
        Goal(
            f"{a_load.words}: CPU/{a_load.unit}, {C} = 1",
            by_server[KLINKE].server_microseconds / by_server[C].server_microseconds,
            at_most=round(at_most / beside, 2),
        ),
    ]


def unary(seconds: float) -> str:
    results = compare(UNARY, seconds)
    calls = {
        a_load: system_calls(a_load, max(20_000, int(100_000 * seconds)))
        for a_load in (Unary(32, 8, 10), Unary(4096, 8, 10))
    }
    names = [server.name for server in servers.SERVERS]
    counted = tables.table(
        "system calls/request|" + "|".join(f">{name}" for name in names),
        ([a_load.words, *(f"{counts[name]:.2f}" for name in names)]
         for a_load, counts in calls.items()),
    )
    wanted = [
        *cpu_goals(results, Unary(32, 8, 10), 4, beside=1.7),
        Goal("unary 32 B, 8 × 10: system calls/request", calls[Unary(32, 8, 10)][KLINKE],
             at_most=0.4),
        *rate_goals(results, Unary(32, 8, 100), C=0.5, CPP=3, GO=3),
        *rate_goals(results, Unary(32, 64, 100), C=0.5, CPP=3, GO=3),
        *rate_goals(results, Unary(32, 1, 1), C=0.9),
        *cpu_goals(results, Unary(4096, 8, 10), 7, beside=3.0),
    ]
    return "\n".join([tables.goals(wanted), counted, tables.comparison(results)])


def tls(seconds: float) -> str:
    with tempfile.TemporaryDirectory(prefix="klinke-bench-") as folder:
        identity = servers.make_identity(pathlib.Path(folder))
        return tables.comparison(compare(TLS, seconds, identity))


def streams(seconds: float) -> str:
    repeated = compare(REPEATED, seconds)
    wanted = [cpu_goal(repeated, a_load, 0.3) for a_load in REPEATED]
    return "\n".join([
        tables.goals(wanted), tables.comparison(repeated),
        tables.comparison(compare(PING_PONG, seconds)),
    ])


def upload(seconds: float) -> str:
    return tables.comparison(compare(UPLOAD, seconds))


@contextlib.contextmanager
def held_connections(server: servers.Running, count: int, calls: int):
    """Connections that have exchanged settings, and have made a call each if `calls` says so."""
    command = load.stream_load(server, "Echo", count, 1, calls, 1, 32) + ["hold"]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        answer = servers.first_line(process).split()
        if answer[:1] != ["0"]:
            raise Failure(f"{server.name} did not take {count} connections")
        yield
    finally:
        process.stdin.close()
        process.wait(timeout=60)
        process.stdout.close()


def idle(_: float) -> str:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < IDLE_CONNECTIONS + 100:
        raise Failure(f"this needs ulimit -n {IDLE_CONNECTIONS + 100}; the most is {hard}")
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    kinds = {"settings exchanged": 0, "after a call on each": IDLE_CONNECTIONS}
    sizes = {(kind, server.name): [] for kind in kinds for server in servers.SERVERS}
    for _ in range(ROUNDS):
        for kind, calls in kinds.items():
            for server in servers.SERVERS:
                print(f"idle, {server.name}, {kind} …", file=sys.stderr)
                # Each time a new process, whose memory holds nothing from before.
                with servers.run(server) as running:
                    with held_connections(running, 1, 1_000):
                        before = running.resident_bytes()
                    with held_connections(running, IDLE_CONNECTIONS, calls):
                        grown = running.resident_bytes() - before
                sizes[kind, server.name].append(grown / IDLE_CONNECTIONS / 1024)
    medians = {key: statistics.median(values) for key, values in sizes.items()}
    rows = [
        [f"{IDLE_CONNECTIONS:,} connections, {kind}",
         *(f"{medians[kind, server.name]:.1f}" for server in servers.SERVERS)]
        for kind in kinds
    ]
    wanted = [
        Goal(f"idle connection, {kind}: KiB resident", medians[kind, KLINKE], at_most=64)
        for kind in kinds
    ]
    headings = "KiB for each|" + "|".join(f">{server.name}" for server in servers.SERVERS)
    return tables.goals(wanted) + "\n" + tables.table(headings, rows)


def whole(_: float) -> str:
    doors, hook = product.measure(ROUNDS, median)
    grpc = doors["gRPC"].server_microseconds
    wanted = [
        Goal("ResolveNumber over REST: CPU, gRPC = 1", doors["REST"].server_microseconds / grpc,
             at_most=1.5),
    ]
    rows = [(f"ResolveNumber over {name}, 8 × 10", figures) for name, figures in doors.items()]
    rows.append(("IncomingCall webhook, a new call each, 8 × 1", hook))
    return tables.goals(wanted) + "\n" + tables.plain(rows, "request")


PARTS: dict[str, Callable[[float], str]] = {
    "codec": codec, "unary": unary, "tls": tls, "streams": streams, "upload": upload,
    "idle": idle, "product": whole,
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, usage=argparse.SUPPRESS,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="into docs/performance.md")
    parser.add_argument("--seconds", type=float, default=1.0, help="of a run, about; 1 by default")
    parser.add_argument("parts", nargs="*", metavar="PART")
    arguments = parser.parse_args()
    if unknown := [part for part in arguments.parts if part not in PARTS]:
        sys.exit(f"bench: no part {', '.join(unknown)}; there are {', '.join(PARTS)}")
    for part in arguments.parts or PARTS:
        where = tables.Circumstances()
        try:
            text = PARTS[part](arguments.seconds)
        except Failure as failure:
            sys.exit(f"bench {part}: {failure}")
        text = f"{where.words()}\n{text}"
        print(f"\n## {part}\n\n{text}", flush=True)
        if arguments.write:
            tables.write(DOCUMENT, part, text)


if __name__ == "__main__":
    main()
