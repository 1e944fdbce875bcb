"""Measures Klinke, beside a gRPC C++ server on the same payload in the same run.

usage: bench/bench.py [codec] [echo] [product]

`make bench` builds what this needs and runs all parts. docs/performance.md says how to read it.
"""

import contextlib
import json
import os
import pathlib
import secrets
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

import code_size
import codec_table
import load

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / ".build" / "bench"
RELEASE = ROOT / ".build" / "release"
ROUNDS = 3
TOKEN = "0123456789abcdef0123456789abcdef"


# What is built


def build_cpp_echo() -> pathlib.Path:
    program = BUILD / "echo-cpp"
    sources = [ROOT / "bench" / "cpp" / "echo.cc", ROOT / "bench" / "proto" / "echo.proto"]
    if program.exists() and program.stat().st_mtime > max(s.stat().st_mtime for s in sources):
        return program
    BUILD.mkdir(parents=True, exist_ok=True)
    plugin = subprocess.check_output(["which", "grpc_cpp_plugin"], text=True).strip()
    flags = subprocess.check_output(
        ["pkg-config", "--cflags", "--libs", "grpc++", "protobuf"], text=True
    ).split()
    subprocess.run(
        ["protoc", "-I", sources[1].parent, f"--cpp_out={BUILD}", f"--grpc_out={BUILD}",
         f"--plugin=protoc-gen-grpc={plugin}", sources[1]],
        check=True,
    )
    subprocess.run(
        ["g++", "-O2", "-DNDEBUG", "-std=c++17", f"-I{BUILD}", sources[0], BUILD / "echo.pb.cc",
         BUILD / "echo.grpc.pb.cc", "-o", program, *flags],
        check=True,
    )
    return program


def build_swift_echo() -> pathlib.Path:
    subprocess.run(
        [ROOT / "scripts" / "release", "bench-echo"],
        cwd=ROOT, check=True,
    )
    return RELEASE / "bench-echo"


# Servers


@contextlib.contextmanager
def echo_server(program: pathlib.Path, port: int):
    process = subprocess.Popen([program, str(port)], stdout=subprocess.PIPE, text=True)
    try:
        line = process.stdout.readline().strip()
        if line != "ready":
            raise RuntimeError(f"{program.name} did not start: {line}")
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


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
        [RELEASE / "klinked"], cwd=ROOT, env=environment, stdout=log, stderr=log
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
            [RELEASE / "klinke", *arguments], env=self.environment, capture_output=True, text=True
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


# Results


def median(runs: list[load.Figures]) -> load.Figures:
    """Of each figure by itself; failures are added up."""
    return load.Figures(
        *(statistics.median(values) for values in zip(*(
            (r.requests_per_second, r.p50_ms, r.p99_ms, r.server_microseconds) for r in runs
        ))),
        sum(run.failed for run in runs),
    )


def show(rows: list[tuple[str, str, load.Figures]]) -> None:
    print(f"\n| what | server | requests/s | p50 ms | p99 ms | server CPU µs/request | failed |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: |")
    for what, server, figures in rows:
        print(
            f"| {what} | {server} | {figures.requests_per_second:,.0f} | {figures.p50_ms:.2f} "
            f"| {figures.p99_ms:.2f} | {figures.server_microseconds:.1f} | {figures.failed} |"
        )
    print()


def echo() -> list[tuple[str, str, load.Figures]]:
    """Unary echo of 32 bytes, both servers by turns."""
    message = b"\x0a\x20" + b"0123456789abcdef" * 2
    path = "/klinke.bench.v1.EchoService/Echo"
    servers = {"Klinke": (build_swift_echo(), 18101), "gRPC C++": (build_cpp_echo(), 18102)}
    shapes = [(1, 1, 5_000), (8, 10, 60_000), (8, 100, 100_000)]
    rows = []
    with contextlib.ExitStack() as stack:
        running = {
            name: (stack.enter_context(echo_server(program, port)), port)
            for name, (program, port) in servers.items()
        }
        for _, port in running.values():
            load.check(f"127.0.0.1:{port}", path, message)
        for connections, streams, requests in shapes:
            runs: dict[str, list[load.Figures]] = {name: [] for name in running}
            for round_number in range(ROUNDS + 1):
                for name, (process, port) in running.items():
                    figures = load.h2load(
                        process, f"http://127.0.0.1:{port}{path}", message, connections, streams,
                        requests,
                    )
                    # The first round only warms up.
                    if round_number > 0:
                        runs[name].append(figures)
            for name in running:
                rows.append(
                    (f"unary echo 32 B, {connections} × {streams}", name, median(runs[name]))
                )
    return rows


def doors(
    process: int, url: str, path: str, message: bytes, number: str, headers: dict[str, str]
) -> list[tuple[str, str, load.Figures]]:
    """One read through each door by turns."""
    frame, query = load.grpc_frame(message), urllib.parse.urlencode({"number": number})
    ways: dict[str, tuple[str, bytes | None, str]] = {
        "gRPC": (path, frame, "application/grpc"),
        "gRPC-Web": (path, frame, "application/grpc-web+proto"),
        "Connect, protobuf": (path, message, "application/proto"),
        "Connect, JSON": (path, json.dumps({"number": number}).encode(), "application/json"),
        "REST": (f"/api/admin/phone-mappings:resolve?{query}", None, ""),
    }
    runs: dict[str, list[load.Figures]] = {name: [] for name in ways}
    for round_number in range(ROUNDS + 1):
        for name, (target, body, kind) in ways.items():
            fields = {**headers, **({"content-type": kind} if kind else {})}
            if kind == "application/grpc":
                fields["te"] = "trailers"
            figures = load.exchanges(process, url + target, body, 8, 10, 20_000, fields)
            # The first round only warms up.
            if round_number > 0:
                runs[name].append(figures)
    return [
        (f"ResolveNumber over {name}, 8 × 10", "Klinke", median(runs[name])) for name in ways
    ]


def product() -> list[tuple[str, str, load.Figures]]:
    """A read and a webhook of the whole server on its embedded database."""
    rows = []
    with tempfile.TemporaryDirectory(prefix="klinke-bench-") as name:
        folder = pathlib.Path(name)
        password = secrets.token_urlsafe(18)
        with klinked(folder, 18103, password) as (process, url):
            client = Client(url, folder, password)
            token = client.login()
            number = seed(client)
            message = encode(
                "klinke.mapping.v1.ResolveNumberRequest", f'number: "{number}"',
                "klinke/mapping/v1/mapping_service.proto",
            )
            path = "/klinke.mapping.v1.MappingService/ResolveNumber"
            headers = {"authorization": f"Bearer {token}"}
            load.check("127.0.0.1:18103", path, message, headers)
            rows += doors(process, url, path, message, number, headers)

            runs = []
            for round_number in range(ROUNDS + 1):
                requests = [
                    load.signed_call(
                        url + "/telephony/incoming", TOKEN,
                        f"CA{round_number:016x}{index:016x}", f"+491511{index:07d}", number,
                    )
                    for index in range(4_000)
                ]
                runs.append(load.webhooks(process, ("127.0.0.1", 18103), requests, 8))
            rows.append(("IncomingCall webhook, a new call each, 8 × 1", "Klinke", median(runs[1:])))
    return rows


def main() -> None:
    wanted = sys.argv[1:] or ["codec", "echo", "product"]
    parts = {"echo": echo, "product": product}
    rows = []
    for part in wanted:
        if part == "codec":
            codec_table.show(codec_table.run())
            code_size.show(codec_table.klinke())
        elif part in parts:
            rows += parts[part]()
        else:
            sys.exit(f"bench: no part {part}; there are codec, {', '.join(parts)}")
    if rows:
        show(rows)
    if any(figures.failed for _, _, figures in rows):
        sys.exit("bench: some requests failed; the figures above are not comparable")


if __name__ == "__main__":
    main()
