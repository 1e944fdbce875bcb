"""The servers of the echo benchmark: how each is built, started and observed."""

import contextlib
import dataclasses
import functools
import os
import pathlib
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator

import parts

ROOT = pathlib.Path(__file__).resolve().parent.parent
BENCH = ROOT / "bench"
BUILD = ROOT / ".build" / "bench"
PROTO = BENCH / "proto" / "echo.proto"
GO_LIBRARIES = "/usr/share/gocode"
# One for the servers and another for the load, where there are two.
CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, LOAD_CORE = CORES[0], CORES[-1]
# One that has not begun by then never will.
START_SECONDS = 120


def pinned(core: int, command: list) -> list[str]:
    return ["taskset", "-c", str(core), *map(str, command)]


# Building


def flags(*packages: str) -> list[str]:
    return subprocess.check_output(
        ["pkg-config", "--cflags", "--libs", *packages], text=True
    ).split()


def is_fresh(program: pathlib.Path, *sources: pathlib.Path) -> bool:
    BUILD.mkdir(parents=True, exist_ok=True)
    newest = max(source.stat().st_mtime for source in sources)
    return program.exists() and program.stat().st_mtime > newest


def protoc(*options: object) -> None:
    subprocess.run(["protoc", "-I", PROTO.parent, *map(str, options), PROTO], check=True)


@functools.cache
def build_swift() -> pathlib.Path:
    """KLINKE_BENCH_ECHO is a bench-echo that is built already."""
    if built := os.environ.get("KLINKE_BENCH_ECHO"):
        return pathlib.Path(built)
    subprocess.run([ROOT / "scripts" / "release", "bench-echo"], cwd=ROOT, check=True)
    return ROOT / ".build" / "release" / "bench-echo"


@functools.cache
def build_cpp() -> pathlib.Path:
    program, source = BUILD / "echo-cpp", BENCH / "cpp" / "echo.cc"
    if is_fresh(program, source, PROTO):
        return program
    protoc(f"--cpp_out={BUILD}", f"--grpc_out={BUILD}",
           "--plugin=protoc-gen-grpc=/usr/bin/grpc_cpp_plugin")
    subprocess.run(
        ["g++", "-O2", "-DNDEBUG", "-std=c++17", f"-I{BUILD}", source, BUILD / "echo.pb.cc",
         BUILD / "echo.grpc.pb.cc", "-o", program, *flags("grpc++", "protobuf")],
        check=True,
    )
    return program


@functools.cache
def build_go() -> pathlib.Path:
    program, source, folder = BUILD / "echo-go", BENCH / "go" / "echo.go", BUILD / "go"
    if is_fresh(program, source, PROTO):
        return program
    (folder / "src").mkdir(parents=True, exist_ok=True)
    protoc(f"--go_out=plugins=grpc:{folder / 'src'}")
    subprocess.run(
        ["go", "build", "-o", program, source], check=True,
        env={**os.environ, "GOPATH": f"{folder}:{GO_LIBRARIES}", "GO111MODULE": "off",
             "GOFLAGS": "", "GOCACHE": str(folder / "cache")},
    )
    return program


@functools.cache
def build_c(name: str = "echo") -> pathlib.Path:
    program = BUILD / f"{name}-c"
    sources = [BENCH / "c" / file for file in (f"{name}.c", "link.c")]
    if not is_fresh(program, *sources, *(BENCH / "c").glob("*.h")):
        subprocess.run(
            ["gcc", "-O2", "-DNDEBUG", "-std=gnu17", "-Wall", "-Wextra", *sources, "-o", program,
             *flags("libnghttp2", "openssl")],
            check=True,
        )
    return program


@dataclasses.dataclass(frozen=True)
class Server:
    """A program that serves EchoService: `PROGRAM PORT [ARGUMENTS] [CERTIFICATE KEY]`."""

    name: str
    build: Callable[[], pathlib.Path]
    arguments: tuple[str, ...] = ()


KLINKE, CPP, GO, C = "Klinke", "gRPC C++", "gRPC Go", "nghttp2 in C"
SERVERS = [
    # One loop; the others find out by themselves, or have one thread.
    Server(KLINKE, build_swift, ("1",)),
    Server(CPP, build_cpp),
    Server(GO, build_go),
    Server(C, build_c),
]


# Running


@dataclasses.dataclass(frozen=True)
class Identity:
    certificate: pathlib.Path
    key: pathlib.Path


def make_identity(folder: pathlib.Path) -> Identity:
    """A certificate for localhost that signs itself."""
    identity = Identity(folder / "certificate.pem", folder / "key.pem")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
         "subjectAltName=DNS:localhost,IP:127.0.0.1", "-out", identity.certificate, "-keyout",
         identity.key],
        check=True, capture_output=True,
    )
    return identity


@dataclasses.dataclass(frozen=True)
class Running:
    """A server that is up."""

    name: str
    process: int
    port: int
    identity: Identity | None = None

    @property
    def url(self) -> str:
        scheme = "http" if self.identity is None else "https"
        return f"{scheme}://127.0.0.1:{self.port}"

    def cpu_seconds(self) -> float:
        """User and system time of all threads so far, those that have ended included."""
        return cpu_seconds(self.process)

    def resident_bytes(self) -> int:
        return parts.resident_bytes(self.process)


def cpu_seconds(process: int) -> float:
    # The clock that clock_getcpuclockid(3) gives, in nanoseconds where /proc counts in hundredths
    # of a second.
    return time.clock_gettime((~process << 3) | 2)


@contextlib.contextmanager
def reserved_port() -> Iterator[int]:
    """A port that nobody else is given. A server that sets SO_REUSEADDR, as all of them do, may
    listen on it."""
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holder.bind(("127.0.0.1", 0))
        yield holder.getsockname()[1]


def first_line(process: subprocess.Popen) -> str:
    """What a program says first; one that says nothing for too long is killed, and has said ""."""
    patience = threading.Timer(START_SECONDS, process.kill)
    patience.start()
    line = process.stdout.readline().strip()
    patience.cancel()
    return line


@contextlib.contextmanager
def run(server: Server, identity: Identity | None = None) -> Iterator[Running]:
    """Runs a server on its core."""
    program = server.build()
    with reserved_port() as port:
        command = [program, port, *server.arguments]
        if identity is not None:
            command += [identity.certificate, identity.key]
        process = subprocess.Popen(pinned(SERVER_CORE, command), stdout=subprocess.PIPE, text=True)
        try:
            line = first_line(process)
            if line != "ready":
                raise RuntimeError(f"{server.name} did not start: {line}")
            yield Running(server.name, process.pid, port, identity)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)
            process.stdout.close()


@contextlib.contextmanager
def run_all(identity: Identity | None = None) -> Iterator[list[Running]]:
    with contextlib.ExitStack() as stack:
        yield [stack.enter_context(run(server, identity)) for server in SERVERS]
