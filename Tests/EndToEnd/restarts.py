"""Restarts a server under load: each new one takes over the sockets of the one before it.

usage: Tests/EndToEnd/restarts.py [--restarts 20] [--rate 2000] [--streams 100] [--seconds 2]

A host server keeps the database and Redis; beside it a server serves the load and is followed by the
next every few seconds. A unary call that fails in any way, or gives another answer than expected, is
counted, and so is a stream that ends without the reason: half of the streams watch the health and are
let go at once, half would last for ever and are ended when the drain timeout has passed. KLINKE_BIN is
the folder of the programs.
"""

import argparse
import asyncio
import collections
import dataclasses
import json
import multiprocessing
import pathlib
import statistics
import sys
import tempfile
import time

import grpc
import grpc.aio
import support

UNARY = "/grpc.health.v1.Health/Check"
READ = "/klinke.ops.v1.OpsService/GetHealth"
WATCH = "/grpc.health.v1.Health/Watch"
REFLECTION = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo"
LIST_SERVICES = b"\x3a\x00"
# What a stream is told that the end of its server ends.
FAREWELL = "UNAVAILABLE: the server is shutting down; call again"
SERVING, NOT_SERVING = b"\x08\x01", b"\x08\x02"
CHANNELS_PER_PROCESS = 4


@dataclasses.dataclass
class Tally:
    calls: int = 0
    failures: collections.Counter = dataclasses.field(default_factory=collections.Counter)
    streams: int = 0
    stream_failures: collections.Counter = dataclasses.field(default_factory=collections.Counter)
    latencies: list[float] = dataclasses.field(default_factory=list)

    def add(self, other: "Tally") -> None:
        self.calls += other.calls
        self.failures += other.failures
        self.streams += other.streams
        self.stream_failures += other.stream_failures
        self.latencies += other.latencies


class Load:
    """One process's share: calls at a rate, whatever the answers take, and open streams."""

    def __init__(self, address: str, rate: float, streams: int, begun, end) -> None:
        self.address, self.rate, self.streams = address, rate, streams
        self.begun, self.end = begun, end
        self.first = asyncio.Semaphore(0)
        self.tally = Tally()

    async def run(self) -> Tally:
        channels = [
            grpc.aio.insecure_channel(
                self.address, options=[("grpc.use_local_subchannel_pool", 1)])
            for _ in range(CHANNELS_PER_PROCESS)]
        stays = [
            asyncio.create_task((self.watch, self.converse)[index // len(channels) % 2](
                channels[index % len(channels)]))
            for index in range(self.streams)]
        for _ in stays:
            await self.first.acquire()
        self.begun.release()
        await self.call(channels)
        for stay in stays:
            stay.cancel()
        await asyncio.gather(*stays, return_exceptions=True)
        for channel in channels:
            await channel.close()
        return self.tally

    async def call(self, channels: list[grpc.aio.Channel]) -> None:
        open_calls: set[asyncio.Task] = set()
        methods = [channel.unary_unary(UNARY) for channel in channels]
        reads = [channel.unary_unary(READ) for channel in channels]
        began, number = time.monotonic(), 0
        while not self.end.is_set():
            due = int((time.monotonic() - began) * self.rate)
            while number < due:
                # Every twentieth call reads from the database.
                method = reads if number % 20 == 0 else methods
                task = asyncio.create_task(self.one(method[number % len(channels)], number % 20 == 0))
                open_calls.add(task)
                task.add_done_callback(open_calls.discard)
                number += 1
            await asyncio.sleep(0.002)
        await asyncio.gather(*open_calls)

    async def one(self, method, reads: bool) -> None:
        began = time.perf_counter()
        try:
            answer = await method(b"", timeout=support.CALL_SECONDS)
            if not reads and answer not in (SERVING, NOT_SERVING):
                self.tally.failures[f"answer {answer!r}"] += 1
        except grpc.aio.AioRpcError as error:
            self.tally.failures[f"{error.code().name}: {error.details()}"] += 1
        self.tally.calls += 1
        self.tally.latencies.append(time.perf_counter() - began)

    def ended(self, error: grpc.aio.AioRpcError) -> None:
        told = f"{error.code().name}: {error.details()}"
        if told != FAREWELL:
            self.tally.stream_failures[told] += 1

    async def watch(self, channel: grpc.aio.Channel) -> None:
        """Watches the health, anew whenever a server ends: that tells it NOT_SERVING, then why."""
        while True:
            last = b""
            call = channel.unary_stream(WATCH)(b"")
            self.tally.streams += 1
            try:
                async for last in call:
                    self.first.release()
                self.tally.stream_failures["a watch ended by itself"] += 1
            except grpc.aio.AioRpcError as error:
                if last != NOT_SERVING:
                    self.tally.stream_failures[f"{last!r} was the last of a watch"] += 1
                self.ended(error)

    async def converse(self, channel: grpc.aio.Channel) -> None:
        """Asks one question and stays, until the server cannot wait any longer."""
        while True:
            call = channel.stream_stream(REFLECTION)()
            self.tally.streams += 1
            try:
                await call.write(LIST_SERVICES)
                await call.read()
                self.first.release()
                await call.read()
                self.tally.stream_failures["a conversation ended by itself"] += 1
            except grpc.aio.AioRpcError as error:
                self.ended(error)


def load(address: str, rate: float, streams: int, begun, end, results) -> None:
    results.put(asyncio.run(Load(address, rate, streams, begun, end).run()))


class Restarts:
    """Servers that follow each other on one address, on the databases of a host."""

    def __init__(self, host: support.Server, folder: pathlib.Path) -> None:
        self.settings = {
            **own_database(host),
            "REDIS_URL": f"unix://{redis(host)}",
            "KLINKE_HANDOVER_SOCKET": str(folder / "handover.sock"),
            "KLINKE_DRAIN_SECONDS": "2",
        }
        self.server: support.Server | None = None

    def next(self) -> support.Server:
        """Starts a server in the place of the one that runs, and waits for that to end."""
        before = self.server
        if before:
            self.settings["KLINKE_LISTEN"] = f"{before.host}:{before.port}"
        self.server = support.Server(**self.settings).start()
        if before:
            before.wait_until_ended()
            before.clean()
        return self.server

    def end(self) -> None:
        if self.server:
            self.server.clean()


def redis(host: support.Server) -> pathlib.Path:
    return next(path for path in host.sockets.iterdir() if "redis" in path.name and path.is_socket())


def own_database(host: support.Server) -> dict[str, str]:
    """A database beside the host's own, with roles for a server."""
    host.sql("""
        DROP DATABASE IF EXISTS restarts;
        DO $$ BEGIN
          IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'restarts_owner') THEN
            CREATE ROLE restarts_owner LOGIN;
            GRANT klinke_lookup TO restarts_owner;
            CREATE ROLE restarts_app LOGIN IN ROLE klinke_app;
          END IF;
        END $$;""")
    host.sql("CREATE DATABASE restarts OWNER restarts_owner;")
    return {
        "DATABASE_URL": f"postgresql://restarts_owner@/restarts?host={host.sockets}",
        "KLINKE_APP_DATABASE_URL": f"postgresql://restarts_app@/restarts?host={host.sockets}",
        "SECRET_KEY": "s" * 40, "ENCRYPTION_KEY": "e" * 40,
        "TWILIO_AUTH_TOKEN": "7" * 32, "STRIPE_WEBHOOK_SECRET": "whsec_" + "k" * 32,
        "KLINKE_ADMIN_EMAIL": "chefin@example.com",
        "KLINKE_ADMIN_PASSWORD": "Ein-langes-Passwort-9",
    }


def run(
    host: support.Server, restarts: int, rate: float, streams: int, seconds: float,
    processes: int = 1,
) -> tuple[Tally, float]:
    """Restarts a server so many times under load and returns what became of the calls, and how long
    the load lasted."""
    # The load must not inherit threads and channels of this process.
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory(prefix="klinke-restarts-") as folder:
        chain = Restarts(host, pathlib.Path(folder))
        begun, end = context.Semaphore(0), context.Event()
        results, workers = context.Queue(), []
        try:
            server = chain.next()
            for index in range(processes):
                worker = context.Process(
                    target=load, args=(
                        f"{server.host}:{server.port}", rate / processes,
                        streams // processes + (index < streams % processes), begun, end, results))
                worker.start()
                workers.append(worker)
            for _ in workers:
                if not begun.acquire(timeout=support.START_SECONDS):
                    raise AssertionError("the load does not begin")
            began = time.monotonic()
            time.sleep(seconds)
            for _ in range(restarts):
                chain.next()
                time.sleep(seconds)
            end.set()
            total = Tally()
            for _ in workers:
                total.add(results.get(timeout=support.CALL_SECONDS * 2))
            return total, time.monotonic() - began
        finally:
            end.set()
            for worker in workers:
                worker.join(timeout=support.CALL_SECONDS)
                worker.kill()
            chain.end()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--restarts", type=int, default=20)
    parser.add_argument("--rate", type=float, default=2_000)
    parser.add_argument("--streams", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    with support.Server() as host:
        tally, lasted = run(
            host, options.restarts, options.rate, options.streams, options.seconds,
            options.processes)
    cuts = statistics.quantiles(tally.latencies, n=1000)
    print(json.dumps({
        "restarts": options.restarts,
        "calls": tally.calls,
        "calls_per_second": round(tally.calls / lasted),
        "failed": sum(tally.failures.values()),
        "streams_opened": tally.streams,
        "streams_broken": sum(tally.stream_failures.values()),
        "p50_ms": round(cuts[499] * 1_000, 2),
        "p99_ms": round(cuts[989] * 1_000, 2),
        "p99.9_ms": round(cuts[998] * 1_000, 2),
    }))
    for problem, count in (tally.failures + tally.stream_failures).most_common(10):
        print(f"{count} × {problem}", file=sys.stderr)
    return 1 if tally.failures or tally.stream_failures else 0


if __name__ == "__main__":
    sys.exit(main())
