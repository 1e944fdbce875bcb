"""The product: a read through each door and a webhook, on the whole server with its embedded
database."""

import contextlib
import functools
import json
import os
import pathlib
import secrets
import signal
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable

import hooks
import host
import load
from load import Figures
from servers import ROOT, reserved_port

TOKEN = "0123456789abcdef0123456789abcdef"


@functools.cache
def programs() -> pathlib.Path:
    """Where klinked and klinke are. KLINKE_BENCH_PROGRAMS is a folder in which they are already."""
    if built := os.environ.get("KLINKE_BENCH_PROGRAMS"):
        return pathlib.Path(built)
    subprocess.run([ROOT / "scripts" / "release", "klinked", "klinke"], cwd=ROOT, check=True)
    return ROOT / ".build" / "release"


@contextlib.contextmanager
def klinked(folder: pathlib.Path, port: int, password: str):
    url = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "KLINKE_LISTEN": f"127.0.0.1:{port}", "KLINKE_DATA": str(folder / "data"),
        "KLINKE_PUBLIC_URL": url, "KLINKE_ADMIN_EMAIL": "admin@bench.example",
        "KLINKE_ADMIN_PASSWORD": password, "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    }
    for name in ("DATABASE_URL", "KLINKE_APP_DATABASE_URL", "REDIS_URL"):
        environment.pop(name, None)
    log = open(folder / "klinked.log", "wb")
    process = subprocess.Popen(
        [programs() / "klinked"], cwd=ROOT, env=environment, stdout=log, stderr=log
    )
    try:
        for _ in range(300):
            if process.poll() is not None:
                break
            with contextlib.suppress(OSError):
                urllib.request.urlopen(url + "/api/health", timeout=2).read()
                break
            time.sleep(0.1)
        else:
            raise RuntimeError("klinked did not become ready")
        if process.poll() is not None:
            raise RuntimeError((folder / "klinked.log").read_text())
        yield process.pid, url
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)
        log.close()


# Data


class Client:
    """The command line client, for seeding."""

    def __init__(self, url: str, home: pathlib.Path, password: str) -> None:
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(home), "KLINKE_SERVER": url,
            "KLINKE_PASSWORD": password,
        }
        self.home = home

    def __call__(self, *arguments: str) -> dict:
        done = subprocess.run(
            [programs() / "klinke", *arguments], env=self.environment, capture_output=True, text=True
        )
        if done.returncode != 0:
            raise RuntimeError(f"klinke {' '.join(arguments)}:\n{done.stderr}")
        return json.loads(done.stdout) if done.stdout.strip() else {}

    def login(self) -> str:
        self("login", "--email", "admin@bench.example")
        settings = json.loads((self.home / ".config" / "klinke" / "config.json").read_text())
        return settings["token"]


def seed(client: Client) -> str:
    """One tenant whose bot greets and hangs up; returns its number."""
    tenant = client("tenant", "create", "--display-name", "Bench")["tenantId"]
    client("tenant", "approve", tenant)
    scope = ["--tenant-id", tenant]
    bot = client(
        "bot", "create", *scope, "--display-name", "Bot", "--system-prompt", "Du bist freundlich."
    )["botId"]
    flow = client("flow", "create", *scope, "--bot-id", bot, "--display-name", "Gruss")["flowId"]
    graph = {
        "nodes": [
            {"nodeId": "hello", "say": {"text": "Guten Tag, hier ist die Messung."}},
            {"nodeId": "bye", "hangup": {"text": "Auf Wiederhören."}},
        ],
        "edges": [{"fromNodeId": "hello", "port": "next", "toNodeId": "bye"}],
        "entryNodeId": "hello",
    }
    draft = client("flow", "save-draft", flow, *scope, "--graph", json.dumps(graph))
    version = str(draft["version"])
    client("flow", "stage", flow, version, *scope)
    client("flow", "publish", flow, version, *scope)
    number = "+4930901820"
    client("mapping", "create", *scope, "--bot-id", bot, "--number", number)
    return number


def encode(message_type: str, text: str, file: str) -> bytes:
    """A message of the contract, written by protoc from its text form."""
    return subprocess.run(
        ["protoc", "-I", ROOT / "proto", "-I", ROOT / ".deps" / "protos", "-I", "/usr/include",
         f"--encode={message_type}", file],
        input=text.encode(), capture_output=True, check=True,
    ).stdout


# Measuring


def doors(
    process: int, url: str, path: str, message: bytes, number: str, headers: dict[str, str],
    rounds: int,
) -> dict[str, list[Figures]]:
    """One read through each door by turns."""
    frame, query = load.grpc_frame(message), urllib.parse.urlencode({"number": number})
    ways: dict[str, tuple[str, bytes | None, str]] = {
        "gRPC": (path, frame, "application/grpc"),
        "gRPC-Web": (path, frame, "application/grpc-web+proto"),
        "Connect, protobuf": (path, message, "application/proto"),
        "Connect, JSON": (path, json.dumps({"number": number}).encode(), "application/json"),
        "REST": (f"/api/admin/phone-mappings:resolve?{query}", None, ""),
    }
    runs: dict[str, list[Figures]] = {name: [] for name in ways}
    for round_number in range(rounds + 1):
        for name, (target, body, kind) in ways.items():
            fields = {**headers, **({"content-type": kind} if kind else {})}
            if kind == "application/grpc":
                fields["te"] = "trailers"
            exchange = load.Exchange(url + target, body, fields, 8, 10)
            figures = host.least_disturbed(lambda: exchange.measure(process, 20_000))
            # The first round only warms up.
            if round_number > 0:
                runs[name].append(figures)
    return runs


def webhooks(process: int, port: int, url: str, number: str, rounds: int) -> list[Figures]:
    """A new call in every request."""
    runs = []
    for round_number in range(rounds + 1):
        requests = [
            hooks.signed_call(
                url + "/telephony/incoming", TOKEN, f"CA{round_number:016x}{index:016x}",
                f"+491511{index:07d}", number,
            )
            for index in range(4_000)
        ]
        runs.append(hooks.webhooks(process, ("127.0.0.1", port), requests, 8))
    return runs[1:]


def measure(
    rounds: int, median: Callable[[list[Figures]], Figures]
) -> tuple[dict[str, Figures], Figures]:
    """Of the read by doors, and of the webhook."""
    with tempfile.TemporaryDirectory(prefix="klinke-bench-") as name, reserved_port() as port:
        folder = pathlib.Path(name)
        password = secrets.token_urlsafe(18)
        with klinked(folder, port, password) as (process, url):
            client = Client(url, folder, password)
            token = client.login()
            number = seed(client)
            message = encode(
                "klinke.mapping.v1.ResolveNumberRequest", f'number: "{number}"',
                "klinke/mapping/v1/mapping_service.proto",
            )
            path = "/klinke.mapping.v1.MappingService/ResolveNumber"
            headers = {"authorization": f"Bearer {token}"}
            load.check(f"127.0.0.1:{port}", path, message, headers)
            read = doors(process, url, path, message, number, headers, rounds)
            hook = webhooks(process, port, url, number, rounds)
    return {name: median(runs) for name, runs in read.items()}, median(hook)
