"""Uses a server of every door for a long time, and shows that it stays as it was.

usage: Tests/EndToEnd/soak.py [--minutes 30] [--rate 200] [--processes 2] [--figures FILE]

A steady mix of calls, each answer compared with what is expected; every fifth call comes on a
connection of its own, and some streams are left in the middle. A fifth of the time warms the server
up. Then its memory is sampled every ten seconds: a line through the samples may rise by 1 MiB in ten
minutes. At the end, when the clients have gone, it may hold no more descriptors than after the
warm-up. KLINKE_BIN is the folder of the programs.
"""

import argparse
import collections
import dataclasses
import itertools
import json
import multiprocessing
import pathlib
import random
import sys
import threading
import time
from http.client import HTTPConnection
from typing import Callable, Iterator

import doors
import grpc
import phone
import stripe
import support
import tenants
from answer import Answer
from doors import Method, Outcome

sys.path.append(str(support.ROOT / "bench"))

from parts import resident_bytes  # noqa: E402

FRESH_SHARE = 0.2
SAMPLE_SECONDS = 10
THREADS = 4
SLOPE_MIB_MAX = 1.0
SLOPE_MINUTES = 10
# A line through fewer samples says more about the allocator than about the server.
SLOPE_SAMPLES_MIN = 60
NOBODY = "00000000-0000-4000-8000-000000000000"
WATCH = "/grpc.health.v1.Health/Watch"
REFLECTION = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo"
LIST_SERVICES = b"\x3a\x00"


# What is asked, and what is to be answered


@dataclasses.dataclass
class Facts:
    """What a process that makes calls must know."""

    host: str
    port: str
    url: str
    token: str
    tenant_id: str
    number: str
    greeting: str
    twilio_token: str
    stripe_secret: str
    # By the name of the question.
    expected: dict[str, Outcome]
    services: list[bytes]


QUESTIONS = {
    "tenant": ("/klinke.tenant.v1.TenantService/GetTenant", "/api/tenants/{tenant}"),
    "users": ("/klinke.tenant.v1.UserService/ListUsers", "/api/tenants/{tenant}/users"),
    "nobody": ("/klinke.tenant.v1.TenantService/GetTenant", f"/api/tenants/{NOBODY}"),
}


def asked(name: str, tenant_id: str) -> tuple[Method, dict, tuple]:
    """A question as a method, its request, and its route."""
    path, route = QUESTIONS[name]
    return (
        Method(path), {"tenantId": NOBODY if name == "nobody" else tenant_id},
        ("GET", route.format(tenant=tenant_id), None))


def prepare(server: support.Server) -> Facts:
    """Makes a tenant that can be asked for and called."""
    tenant = tenants.TestTenant(server, "Dauerlauf GmbH", "Guten Tag, hier läuft es.")
    expected = {}
    for name in QUESTIONS:
        method, request, _ = asked(name, tenant.tenant_id)
        expected[name] = doors.call_grpc(server, method, request, server.admin).same()
    answers = {name: outcome.responses for name, outcome in expected.items()}
    if (answers["tenant"][0]["displayName"] != tenant.name or len(answers["users"][0]["users"]) != 2
            or expected["nobody"].code != "NOT_FOUND"):
        raise AssertionError(f"unexpected answers to begin with: {expected}")
    services = reflect(server)
    if len(services) != 1 or b"klinke.tenant.v1.TenantService" not in services[0]:
        raise AssertionError(f"unexpected reflection: {services}")
    return Facts(
        server.host, server.port, server.url, server.admin, tenant.tenant_id, tenant.number,
        tenant.greeting, server.secret("twilio-auth-token"), server.secret("stripe-webhook-secret"),
        expected, services)


class Visitor(support.Server):
    """A client of a server of another process, which keeps its connections until it leaves."""

    def __init__(self, facts: Facts) -> None:
        self.host, self.port, self.url = facts.host, facts.port, facts.url
        self.facts = facts
        self._channels = {}
        self._connection: HTTPConnection | None = None

    def channel(self, token: str = "") -> grpc.Channel:
        if "" not in self._channels:
            # Channels of one process share connections otherwise.
            self._channels[""] = grpc.insecure_channel(
                f"{self.host}:{self.port}", options=[("grpc.use_local_subchannel_pool", 1)])
        return grpc.intercept_channel(self._channels[""], support._Credentials(token))

    def http(self, method: str, target: str, body: bytes | None = None, **fields: str) -> Answer:
        if self._connection is None:
            self._connection = self.connect()
        self._connection.request(
            method, target, body, {name.replace("_", "-"): v for name, v in fields.items()})
        return Answer(self._connection.getresponse())

    def connect(self) -> HTTPConnection:
        return HTTPConnection(
            self.host, int(self.port), timeout=support.CALL_SECONDS)

    def leave(self) -> None:
        for channel in self._channels.values():
            channel.close()
        self._channels.clear()
        if self._connection:
            self._connection.close()
        self._connection = None


class Wrong(Exception):
    """An answer that is not the expected one."""


def expect(actual, expected) -> None:
    if actual != expected:
        raise Wrong(f"{str(actual)[:300]} in place of {str(expected)[:300]}")


def check(visitor: Visitor) -> None:
    call = visitor.channel().unary_unary("/grpc.health.v1.Health/Check")
    expect(call(b"", timeout=support.CALL_SECONDS), b"\x08\x01")


def watch(visitor: Visitor) -> None:
    """Leaves in the middle of a stream that does not end by itself."""
    stream = visitor.channel().unary_stream(WATCH)(b"", timeout=support.CALL_SECONDS)
    expect(next(stream), b"\x08\x01")
    stream.cancel()


def watch_by_connect(visitor: Visitor) -> None:
    """The same where leaving is closing the connection, which is always a new one."""
    connection = visitor.connect()
    try:
        connection.request("POST", WATCH, doors.envelope(b"{}"), {
            "content-type": "application/connect+json", "connect-protocol-version": "1"})
        response = connection.getresponse()
        head = response.read(5)
        expect((response.status, head[:1]), (200, b"\0"))
        expect(json.loads(response.read(int.from_bytes(head[1:], "big"))), {"status": "SERVING"})
    finally:
        connection.close()


def reflect(server: support.Server) -> list[bytes]:
    call = server.channel().stream_stream(REFLECTION)
    return list(call(iter([LIST_SERVICES]), timeout=support.CALL_SECONDS))


def reflection(visitor: Visitor) -> None:
    expect(reflect(visitor), visitor.facts.services)


def call_comes(visitor: Visitor) -> None:
    """A telephone call of three signed webhooks."""
    caller = phone.Phone(visitor, visitor.facts.number, token=visitor.facts.twilio_token)
    rings = caller.rings()
    expect((rings.status, visitor.facts.greeting in rings.spoken), (200, True))
    pressed = caller.presses("2", rings)
    expect((pressed.status, pressed.spoken), (200, "Auf Wiederhören."))
    expect(caller.ends(7).status // 100, 2)


_event = itertools.count()


def payment(visitor: Visitor) -> None:
    """A signed event that is sent twice, and stored once."""
    name = f"evt_{random.getrandbits(64):016x}{next(_event)}"
    body = json.dumps({
        "id": name, "object": "event", "created": int(time.time()), "livemode": False,
        "type": "invoice.paid", "data": {"object": {"id": "in_1", "object": "invoice"}}})
    now = int(time.time())
    signature = stripe.WebhookSignature._compute_signature(
        f"{now}.{body}", visitor.facts.stripe_secret)
    for duplicate in (False, True):
        answer = visitor.http(
            "POST", "/api/billing/stripe/webhook", body.encode(),
            content_type="application/json", stripe_signature=f"t={now},v1={signature}")
        expect(answer.status, 200)
        expect((answer.json["received"], answer.json.get("duplicate", False)), (True, duplicate))


def question(name: str, door: Callable) -> Callable[[Visitor], None]:
    """A question at one door."""
    def ask(visitor: Visitor) -> None:
        method, request, route = asked(name, visitor.facts.tenant_id)
        outcome = door(visitor, method, request, route, visitor.facts.token)
        expect(outcome.same(), visitor.facts.expected[name])

    return ask


DOORS: dict[str, Callable] = {
    "grpc": lambda v, method, request, route, token: doors.call_grpc(v, method, request, token),
    "grpc-web": lambda v, method, request, route, token:
        doors.call_grpc_web(v, method, request, token),
    "grpc-web-text": lambda v, method, request, route, token:
        doors.call_grpc_web(v, method, request, token, text=True),
    "connect-json": lambda v, method, request, route, token:
        doors.call_connect(v, method, request, token),
    "connect-proto": lambda v, method, request, route, token:
        doors.call_connect(v, method, request, token, codec="proto"),
    "connect-get": lambda v, method, request, route, token:
        doors.call_connect(v, method, request, token, get=True),
    "rest": lambda v, method, request, route, token: doors.call_rest(v, method, route, token),
}

CALLS: dict[str, Callable[[Visitor], None]] = {
    "check": check, "watch": watch, "watch-connect": watch_by_connect, "reflection": reflection,
    "telephone": call_comes, "payment": payment,
    **{f"{name}-{door}": question(name, DOORS[door]) for name in QUESTIONS for door in DOORS},
}


# Load


@dataclasses.dataclass
class Tally:
    calls: collections.Counter = dataclasses.field(default_factory=collections.Counter)
    fresh: int = 0
    wrong: collections.Counter = dataclasses.field(default_factory=collections.Counter)

    def add(self, other: "Tally") -> None:
        self.calls += other.calls
        self.fresh += other.fresh
        self.wrong += other.wrong


def shuffled(chance: random.Random) -> Iterator[str]:
    """Every kind of call again and again, each time in another order."""
    while True:
        yield from chance.sample(list(CALLS), len(CALLS))


def visit(facts: Facts, rate: float, begun, end, seed: int, tally: Tally) -> None:
    """One thread's calls, at a rate while the server keeps up."""
    chance = random.Random(seed)
    staying = Visitor(facts)
    names = shuffled(chance)
    due = time.monotonic() + chance.random() / rate
    try:
        # The time of the load begins when every thread has got an answer.
        check(staying)
        begun.release()
        while not end.wait(max(0, due - time.monotonic())):
            # What cannot be kept up with is left out, or a pause of the machine would become a flood.
            due = max(due + 1 / rate, time.monotonic() - 1)
            name, is_fresh = next(names), chance.random() < FRESH_SHARE
            visitor = Visitor(facts) if is_fresh else staying
            try:
                CALLS[name](visitor)
            except Exception as error:  # noqa: BLE001, whatever it is, it is not the answer
                tally.wrong[f"{name}: {type(error).__name__}: {str(error)[:500]}"] += 1
                visitor.leave()
            tally.calls[name] += 1
            tally.fresh += is_fresh or name == "watch-connect"
            if is_fresh:
                visitor.leave()
    finally:
        staying.leave()


def load(facts: Facts, rate: float, begun, end, number: int, results) -> None:
    """One process's share."""
    tallies = [Tally() for _ in range(THREADS)]
    threads = [
        threading.Thread(
            target=visit,
            args=(facts, rate / THREADS, begun, end, number * THREADS + index, tally))
        for index, tally in enumerate(tallies)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    total = Tally()
    for tally in tallies:
        total.add(tally)
    results.put(total)


# What the server holds


def descriptors(process_id: int) -> int:
    """How many the server has open, but those to its database and Redis: a pool keeps those."""
    local = {
        line.split()[6] for line in pathlib.Path("/proc/net/unix").read_text().splitlines()[1:]}
    count = 0
    for entry in pathlib.Path(f"/proc/{process_id}/fd").iterdir():
        try:
            target = entry.readlink().name
        except FileNotFoundError:
            continue
        inode = target.removeprefix("socket:[").removesuffix("]")
        count += inode not in local
    return count


def slope(samples: list[tuple[float, int]]) -> float:
    """The rise of a line through samples, by least squares, in MiB for ten minutes."""
    times = [at for at, _ in samples]
    middle = sum(times) / len(times)
    spread = sum((at - middle) ** 2 for at in times)
    rise = sum((at - middle) * size for at, size in samples) / spread if spread else 0.0
    return rise * SLOPE_MINUTES * 60 / 1_048_576


@dataclasses.dataclass
class Outcomes:
    """What a soak has come to."""

    tally: Tally
    seconds: float
    samples: list[tuple[float, int]]
    descriptors: tuple[int, int]

    @property
    def slope_mib(self) -> float | None:
        """Nil when the time was too short to judge by."""
        return slope(self.samples) if len(self.samples) >= SLOPE_SAMPLES_MIN else None

    @property
    def problems(self) -> list[str]:
        found = [f"{count} × {text}" for text, count in self.tally.wrong.most_common(10)]
        missing = set(CALLS) - set(self.tally.calls)
        if missing:
            found.append(f"never called: {sorted(missing)}")
        before, after = self.descriptors
        if after > before:
            found.append(f"{after} descriptors at the end, {before} after the warm-up")
        if self.slope_mib is not None and self.slope_mib > SLOPE_MIB_MAX:
            found.append(f"the memory rises by {self.slope_mib:.2f} MiB in ten minutes")
        return found

    def figures(self) -> dict:
        before, after = self.descriptors
        sizes = [size for _, size in self.samples] or [0]
        return {
            "seconds": round(self.seconds),
            "calls": sum(self.tally.calls.values()),
            "calls_per_second": round(sum(self.tally.calls.values()) / self.seconds),
            "fresh_connections": self.tally.fresh,
            "wrong": sum(self.tally.wrong.values()),
            "rss_first_mib": round(sizes[0] / 1_048_576, 2),
            "rss_last_mib": round(sizes[-1] / 1_048_576, 2),
            "rss_most_mib": round(max(sizes) / 1_048_576, 2),
            "rss_mib_per_10_minutes":
                None if self.slope_mib is None else round(self.slope_mib, 3),
            "descriptors_before": before,
            "descriptors_after": after,
        }


def run_load(
    facts: Facts, rate: float, processes: int, seconds: float, sample: Callable[[], None]
) -> Tally:
    """Calls for so long, and returns when every client has gone."""
    # The load must not inherit threads and channels of this process.
    context = multiprocessing.get_context("spawn")
    begun, end, results = context.Semaphore(0), context.Event(), context.Queue()
    workers = [
        context.Process(target=load, args=(facts, rate / processes, begun, end, index, results))
        for index in range(processes)]
    try:
        for worker in workers:
            worker.start()
        for _ in range(processes * THREADS):
            if not begun.acquire(timeout=support.START_SECONDS):
                raise AssertionError("the load does not begin")
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            time.sleep(min(left, SAMPLE_SECONDS))
            sample()
        end.set()
        total = Tally()
        for _ in workers:
            total.add(results.get(timeout=support.CALL_SECONDS * 4))
        return total
    finally:
        end.set()
        for worker in workers:
            worker.join(timeout=support.CALL_SECONDS)
            worker.kill()


def settled(process_id: int, most: int | None = None) -> int:
    """The descriptors when the server has seen that the clients are gone: no more than `most`, or as
    many as a second later."""
    deadline = time.monotonic() + support.CALL_SECONDS
    before = descriptors(process_id)
    while time.monotonic() < deadline:
        if most is not None and before <= most:
            break
        time.sleep(1)
        now = descriptors(process_id)
        if most is None and now == before:
            break
        before = now
    return before


def run(server: support.Server, seconds: float, rate: float, processes: int = 1) -> Outcomes:
    """Soaks a server, a fifth of the time to warm it up."""
    facts = prepare(server)
    server_id = server.process.pid
    warmed = run_load(facts, rate, processes, seconds / 5, lambda: None)
    held = settled(server_id)
    samples: list[tuple[float, int]] = []
    began = time.monotonic()
    tally = run_load(
        facts, rate, processes, seconds * 4 / 5,
        lambda: samples.append((time.monotonic() - began, resident_bytes(server_id))))
    lasted = time.monotonic() - began
    tally.wrong += warmed.wrong
    return Outcomes(tally, lasted, samples, (held, settled(server_id, held)))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--rate", type=float, default=200)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--figures", type=pathlib.Path)
    options = parser.parse_args()
    # The tokens outlast the run.
    with support.Server(JWT_ACCESS_TTL_MIN="1440") as server:
        outcomes = run(server, options.minutes * 60, options.rate, options.processes)
    figures = outcomes.figures()
    print(json.dumps(figures))
    if options.figures:
        options.figures.write_text(json.dumps({
            **figures, "calls_by_kind": dict(sorted(outcomes.tally.calls.items())),
            "rss_samples": [(round(at), size) for at, size in outcomes.samples]}) + "\n")
    for problem in outcomes.problems:
        print(problem, file=sys.stderr)
    print("soak: " + ("failed" if outcomes.problems else "passed"))
    return 1 if outcomes.problems else 0


if __name__ == "__main__":
    sys.exit(main())
