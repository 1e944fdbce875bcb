"""The programs that are tested against ours: built when their sources have changed, and run."""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import threading
import time

FOLDER = pathlib.Path(__file__).resolve().parent
ROOT = FOLDER.parents[2]
PROGRAMS = pathlib.Path(os.environ.get("KLINKE_BIN", ROOT / ".build" / "debug"))
BUILD = ROOT / ".build" / "interop"
PROTOS = FOLDER / "messages" / "Protos"
SOURCES = FOLDER / "peers"
PROTO_FILES = [f"grpc/testing/{name}.proto" for name in ("empty", "messages", "test")]
GO_LIBRARIES = "/usr/share/gocode"
# Of a server that starts, and of a line that is due; far more than either takes.
PATIENCE_SECONDS = 30
NAMES = ("python", "cpp", "go")


def run(*command, folder: pathlib.Path = BUILD, **environment: str) -> None:
    done = subprocess.run(
        [str(word) for word in command], cwd=folder, env={**os.environ, **environment},
        capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")


def protoc(*options: str) -> None:
    run("protoc", "-I", PROTOS, *options, *PROTO_FILES)


def build_cpp() -> None:
    (BUILD / "cpp").mkdir(exist_ok=True)
    protoc("--cpp_out=cpp", "--grpc_out=cpp", "--plugin=protoc-gen-grpc=/usr/bin/grpc_cpp_plugin")
    sources = [f"cpp/grpc/testing/{name}.pb.cc" for name in ("empty", "messages", "test.grpc")]
    sources += [str(SOURCES / "cpp" / f"{name}.cc") for name in ("server", "client")]

    def compile_one(source: str) -> str:
        target = f"cpp/{pathlib.Path(source).name}.o"
        run("g++", "-std=c++17", "-O0", "-I", "cpp", "-c", source, "-o", target)
        return target

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as threads:
        *common, server, client = threads.map(compile_one, sources)
    libraries = subprocess.run(
        ["pkg-config", "--libs", "grpc++", "protobuf"], capture_output=True, text=True,
        check=True).stdout.split()
    for name, own in (("server", server), ("client", client)):
        run("g++", "-o", f"cpp/{name}", own, *common, *libraries)


def build_go() -> None:
    (BUILD / "go" / "src").mkdir(parents=True, exist_ok=True)
    protoc("--go_out=plugins=grpc:go/src")
    for name in ("server", "client"):
        run("go", "build", "-o", f"go/{name}", SOURCES / "go" / name / "main.go",
            GOPATH=f"{BUILD / 'go'}:{GO_LIBRARIES}", GO111MODULE="off", GOFLAGS="",
            GOCACHE=str(BUILD / "go" / "cache"))


def fingerprint(folder: pathlib.Path) -> str:
    """Of everything that a program is built from, the way to build it included."""
    sources = [pathlib.Path(__file__), *(PROTOS / name for name in PROTO_FILES)]
    sources += sorted(path for path in folder.rglob("*") if path.is_file())
    return hashlib.sha256(b"\0".join(source.read_bytes() for source in sources)).hexdigest()


def build() -> None:
    """Builds what is not up to date."""
    BUILD.mkdir(parents=True, exist_ok=True)
    for name, make in (("cpp", build_cpp), ("go", build_go)):
        stamp = BUILD / f"{name}.stamp"
        wanted = fingerprint(SOURCES / name)
        if stamp.exists() and stamp.read_text() == wanted:
            continue
        make()
        stamp.write_text(wanted)


def command(peer: str, role: str) -> list[str]:
    """How to start the `server` or the `client` of a peer; `klinke` is ours."""
    if peer == "klinke":
        return [str(PROGRAMS / f"interop-{role}")]
    if peer == "python":
        return [sys.executable, "-B", str(SOURCES / f"python_{role}.py")]
    return [str(BUILD / peer / role)]


def make_certificates(folder: pathlib.Path) -> None:
    """An authority of our own (ca.pem) and a server's identity (server.pem, server.key)."""
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    run("openssl", "req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem",
        "-subj", "/CN=Authority of a test", folder=folder)
    run("openssl", "req", "-x509", *key, "-keyout", "server.key", "-out", "server.pem",
        "-subj", "/CN=*.test.google.fr", "-CA", "ca.pem", "-CAkey", "ca.key",
        "-addext", "subjectAltName=DNS:*.test.google.fr",
        "-addext", "basicConstraints=critical,CA:FALSE", folder=folder)


class Server:
    """A server that runs, and the calls that it has told of."""

    def __init__(self, peer: str, *flags: str) -> None:
        self.lines: list[str] = []
        self.changed = threading.Condition()
        self.process = subprocess.Popen(
            command(peer, "server") + list(flags), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
        self.reader = threading.Thread(target=self.read)
        self.reader.start()
        if not self.wait(lambda lines: any(line.startswith("listening ") for line in lines)):
            self.close()
            raise RuntimeError(f"the server of {peer} does not start: {self.lines}")
        self.address = next(
            line.split(" ", 1)[1] for line in self.lines if line.startswith("listening "))

    def read(self) -> None:
        for line in self.process.stdout:
            with self.changed:
                self.lines.append(normal(line.strip()))
                self.changed.notify_all()

    def wait(self, condition) -> bool:
        """Whether the lines fulfil a condition, now or soon."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        with self.changed:
            while not condition(self.lines):
                if self.process.poll() is not None and not self.reader.is_alive():
                    return False
                if not self.changed.wait(min(1.0, deadline - time.monotonic())) and \
                        time.monotonic() >= deadline:
                    return False
        return True

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        self.reader.join()
        self.process.stdout.close()


def normal(line: str) -> str:
    """What our server logs about a call that no method takes, as the others say it."""
    if line.startswith("{"):
        event = json.loads(line)
        if event["event"] == "rpc.refused" and event["code"] == "UNIMPLEMENTED":
            return f"saw {event['path']} unimplemented"
    return line


def run_client(peer: str, cases: list[str], *flags: str, timeout: float = 180) -> dict[str, str]:
    """The result of each case: `ok`, or why not."""
    try:
        done = subprocess.run(
            command(peer, "client") + [f"--test_case={','.join(cases)}", *flags],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace",
            timeout=timeout)
        output, problem = done.stdout, f"no result: {done.stderr[-500:]}"
    except subprocess.TimeoutExpired as expired:
        output = (expired.stdout or b"").decode(errors="replace")
        problem = f"not finished after {timeout:.0f} s"
    results = dict.fromkeys(cases, problem)
    for line in output.splitlines():
        if line.startswith("ok "):
            # A case that is played twice must succeed twice.
            if results[line[3:]] == problem:
                results[line[3:]] = "ok"
        elif line.startswith("failed "):
            name, _, why = line[7:].partition(": ")
            results[name] = why
    return results
