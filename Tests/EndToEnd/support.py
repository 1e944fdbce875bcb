"""What the tests here need: servers, with clients of every door and SQL.

A test that changes nothing but its own tenants uses `shared()`; one that stops, kills or
configures a server starts its own.
"""

import atexit
import collections
import contextlib
import http.client
import json
import os
import pathlib
import queue
import signal
import subprocess
import tempfile
import threading
import unittest

import grpc
import stubs  # noqa: F401, the imports below are its work
from answer import Answer
from google.rpc import error_details_pb2, status_pb2
from klinke.identity.v1 import auth_service_pb2, auth_service_pb2_grpc

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARIES = pathlib.Path(os.environ.get("KLINKE_BIN", ROOT / ".build" / "debug")).resolve()
KLINKED = BINARIES / "klinked"
KLINKE = BINARIES / "klinke"
POSTGRES = ROOT / ".deps" / "postgres" / "bin"

# No test takes longer than a fraction of these; they turn a hang into a failure.
START_SECONDS = 60
STOP_SECONDS = 40
CALL_SECONDS = 30


# Servers


def environment(**settings: str) -> dict[str, str]:
    """A clean environment: nothing of the caller's shell configures a server."""
    return {
        "PATH": os.environ["PATH"],
        "KLINKE_POSTGRES_BIN": str(POSTGRES),
        "KLINKE_MIGRATIONS": str(ROOT / "migrations"),
        "KLINKE_DRAIN_SECONDS": "5",
        **settings,
    }


class Server:
    """A `klinked` on a free port, on a data folder of its own unless one is given."""

    _running: set["Server"] = set()

    def __init__(
        self, data: pathlib.Path | None = None, fresh: bool = False, **settings: str
    ) -> None:
        """Unless `fresh`, a data folder begins as a copy of one that was started once: making a
        database anew costs more than most tests."""
        self._temporary = None
        if data is None:
            self._temporary = tempfile.TemporaryDirectory(
                prefix="klinke-", ignore_cleanup_errors=True)
            data = pathlib.Path(self._temporary.name) / "data"
            if not fresh:
                subprocess.run(["cp", "-a", str(_template()), str(data)], check=True)
        self.data = data
        self.settings = {"KLINKE_DATA": str(data), "KLINKE_LISTEN": "127.0.0.1:0", **settings}
        self.process: subprocess.Popen | None = None
        self._token = ""
        self._channels: dict[str, grpc.Channel] = {}

    def start(self) -> "Server":
        self.output: list[str] = []
        self.log: list[str] = []
        self._said = threading.Condition()
        lines: queue.Queue[str | None] = queue.Queue()
        # The kernel ends the server when we end, however that happens.
        self.process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", "--", str(KLINKED)],
            env=environment(**self.settings), cwd=self.data.parent,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, errors="replace")
        Server._running.add(self)
        threading.Thread(target=self._read_output, args=(lines,), daemon=True).start()
        threading.Thread(target=self._read_log, daemon=True).start()
        self.url = ""
        while not self.url:
            try:
                line = lines.get(timeout=START_SECONDS)
            except queue.Empty:
                self.kill()
                raise AssertionError(f"klinked is not ready after {START_SECONDS} s") from None
            if line is None:
                self.process.wait(timeout=STOP_SECONDS)
                Server._running.discard(self)
                raise AssertionError("klinked ended: " + "".join(self.log)[-2000:])
            if "klinke is ready at " in line:
                self.url = line.split("klinke is ready at ")[1].split()[0].rstrip("/")
        if not self.url.startswith("unix:"):
            self.host, self.port = self.url.split("//")[1].split(":")
        return self

    def _read_output(self, lines: "queue.Queue[str | None]") -> None:
        for line in self.process.stdout:
            with self._said:
                self.output.append(line)
                self._said.notify_all()
            lines.put(line)
        lines.put(None)

    def _read_log(self) -> None:
        for line in self.process.stderr:
            with self._said:
                self.log.append(line)
                self._said.notify_all()

    def wait_for_output(self, beginning: str) -> str:
        """Returns the line of standard output that begins so."""
        def find() -> str:
            return next((line for line in self.output if line.startswith(beginning)), "")

        with self._said:
            self._said.wait_for(find, timeout=CALL_SECONDS)
            found = find()
        if not found:
            raise AssertionError(f"no line `{beginning}…` in\n" + "".join(self.output))
        return found

    def wait_for_log(self, wanted, start: int = 0) -> dict:
        """Returns the first log line from `start` on that `wanted` accepts."""
        def find() -> dict | None:
            for line in self.log[start:]:
                with contextlib.suppress(ValueError):
                    entry = json.loads(line)
                    if wanted(entry):
                        return entry
            return None

        with self._said:
            self._said.wait_for(find, timeout=CALL_SECONDS)
            found = find()
        if found is None:
            raise AssertionError("no such line in the log:\n" + "".join(self.log[start:]))
        return found

    def stop(self, how: int = signal.SIGTERM) -> int:
        """Ends the server and returns its exit status."""
        for channel in self._channels.values():
            channel.close()
        self._channels.clear()
        self._token = ""
        self.process.send_signal(how)
        try:
            status = self.process.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"klinked does not end after {STOP_SECONDS} s") from None
        finally:
            Server._running.discard(self)
        return status

    def wait_until_ended(self) -> None:
        """Waits for a server that ends by itself, and well."""
        status = self.process.wait(timeout=STOP_SECONDS)
        Server._running.discard(self)
        if status != 0:
            raise AssertionError(f"klinked ended with {status}: " + "".join(self.log)[-2000:])

    def kill(self) -> None:
        self.stop(signal.SIGKILL)

    def clean(self) -> None:
        """Ends the server if it runs and removes its data."""
        if self in Server._running:
            self.stop()
        if self._temporary:
            self._temporary.cleanup()

    def __enter__(self) -> "Server":
        return self.start()

    def __exit__(self, *_) -> None:
        self.clean()

    def secret(self, name: str) -> str:
        return (self.data / name).read_text().strip()

    # Doors

    def channel(self, token: str = "") -> grpc.Channel:
        if "" not in self._channels:
            self._channels[""] = grpc.insecure_channel(f"{self.host}:{self.port}")
        return grpc.intercept_channel(self._channels[""], _Credentials(token))

    def login(self, email: str, password: str) -> str:
        stub = auth_service_pb2_grpc.AuthServiceStub(self.channel())
        return stub.Login(
            auth_service_pb2.LoginRequest(email=email, password=password)).access_token

    @property
    def admin(self) -> str:
        """A token of the first administrator."""
        if not self._token:
            self._token = self.login("admin@klinke.local", self.secret("admin-password"))
        return self._token

    def http(self, method: str, target: str, body: bytes | None = None, **fields: str) -> "Answer":
        connection = http.client.HTTPConnection(self.host, int(self.port), timeout=CALL_SECONDS)
        try:
            connection.request(
                method, target, body, {name.replace("_", "-"): v for name, v in fields.items()})
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def rest(self, token: str, method: str, target: str, body=None) -> "Answer":
        """A REST call; `body` is what json.dumps takes, or bytes as they are."""
        fields = {"authorization": f"Bearer {token}"} if token else {}
        if body is not None:
            fields["content_type"] = "application/json"
            body = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.http(method, target, body, **fields)

    def cli(self, *arguments: str, token: str = "", **settings: str) -> subprocess.CompletedProcess:
        variables = {
            "PATH": os.environ["PATH"], "HOME": str(self.data), "KLINKE_SERVER": self.url,
            **settings}
        if token:
            variables["KLINKE_TOKEN"] = token
        return subprocess.run(
            [str(KLINKE), *arguments], env=variables, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=CALL_SECONDS, check=False)

    # Database

    def sql(self, statements: str, role: str = "postgres", database: str = "klinke") -> str:
        """Runs SQL as a role and returns what the last statement printed. As `postgres`, row-level
        security does not hold."""
        done = subprocess.run(
            [str(POSTGRES / "psql"), "-XAtq", "-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=verbose",
             "-h", str(self.sockets), "-U", role, "-d", database, "-f", "-"],
            input=statements, env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
            capture_output=True, text=True, timeout=CALL_SECONDS, check=False)
        if done.returncode != 0:
            raise SQLError(done.stderr.strip())
        return done.stdout.strip()

    def rows(self, query: str, role: str = "postgres") -> list[dict]:
        return json.loads(
            self.sql(f"SELECT coalesce(json_agg(q), '[]') FROM ({query}) q;", role) or "[]")

    @contextlib.contextmanager
    def session(self):
        """A session of the superuser that stays open, to hold locks."""
        process = subprocess.Popen(
            [str(POSTGRES / "psql"), "-XAtq", "-h", str(self.sockets), "-U", "postgres", "-d",
             "klinke"], env={"PATH": os.environ["PATH"]}, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True)
        try:
            yield Session(process)
        finally:
            process.communicate(timeout=CALL_SECONDS)

    @property
    def sockets(self) -> pathlib.Path:
        return self.data / "run"

    def snapshot(self) -> dict[str, str]:
        """Every table with the number of its rows and a hash over them."""
        tables = [row["name"] for row in self.rows(
            "SELECT c.oid::regclass::text AS name FROM pg_class c"
            " WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace")]
        union = " UNION ALL ".join(
            f"SELECT '{t}' AS name, count(*) || ' '"
            f" || md5(coalesce(string_agg(r::text, '' ORDER BY r::text), '')) AS state FROM {t} r"
            for t in tables)
        return {row["name"]: row["state"] for row in self.rows(union)}

    def processes(self) -> list[str]:
        """Every process that works in, or was told of, the data folder."""
        found = []
        for folder in pathlib.Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                where = os.readlink(folder / "cwd")
                if str(self.data) in command or where.startswith(str(self.data)):
                    found.append(f"{folder.name} {command or where}")
        return found

    @classmethod
    def end_all(cls) -> None:
        for server in list(cls._running):
            server.clean()


class Session:
    """An open psql."""

    def __init__(self, process: subprocess.Popen) -> None:
        self._process = process

    def say(self, statements: str) -> None:
        self._process.stdin.write(statements + "\n")
        self._process.stdin.flush()

    def hear(self) -> str:
        # A session that hangs is killed, which ends the line.
        patience = threading.Timer(CALL_SECONDS, self._process.kill)
        patience.start()
        line = self._process.stdout.readline().strip()
        patience.cancel()
        return line


class SQLError(Exception):
    """What the database said."""


class _Credentials(grpc.UnaryUnaryClientInterceptor, grpc.UnaryStreamClientInterceptor):
    """Adds a token and a deadline to every call."""

    def __init__(self, token: str) -> None:
        self._token = token

    def intercept_unary_unary(self, continuation, details, request):
        return continuation(self._filled(details), request)

    def intercept_unary_stream(self, continuation, details, request):
        return continuation(self._filled(details), request)

    def _filled(self, details):
        metadata = list(details.metadata or [])
        if self._token:
            metadata.append(("authorization", f"Bearer {self._token}"))
        filled = _Details(details.method, details.timeout or CALL_SECONDS, metadata)
        return filled


class _Details(
    collections.namedtuple("_Details", ("method", "timeout", "metadata")), grpc.ClientCallDetails
):
    credentials = None
    wait_for_ready = None
    compression = None


_made: Server | None = None


def _template() -> pathlib.Path:
    """A data folder as a first start leaves it."""
    global _made
    if _made is None:
        _made = Server(fresh=True).start()
        if _made.stop() != 0:
            raise AssertionError("klinked did not end well: " + "".join(_made.log)[-2000:])
    return _made.data


_shared: Server | None = None


def shared() -> Server:
    """The server of all tests that need none of their own."""
    global _shared
    if _shared is None:
        _shared = Server(fresh=True).start()
    return _shared


atexit.register(Server.end_all)


# Errors


def error_details(error: grpc.RpcError) -> list:
    """The unpacked details of a refused call."""
    found = []
    for key, value in error.trailing_metadata() or ():
        if key == "grpc-status-details-bin":
            for packed in status_pb2.Status.FromString(value).details:
                name = packed.type_url.rsplit("/", 1)[1].rsplit(".", 1)[1]
                message = getattr(error_details_pb2, name)()
                packed.Unpack(message)
                found.append(message)
    return found


def reason(error: grpc.RpcError) -> str:
    for detail in error_details(error):
        if isinstance(detail, error_details_pb2.ErrorInfo):
            return detail.reason
    return ""


def violations(error: grpc.RpcError) -> dict[str, str]:
    """What is wrong with each field of a refused request."""
    return {
        violation.field: violation.description
        for detail in error_details(error) if isinstance(detail, error_details_pb2.BadRequest)
        for violation in detail.field_violations}


class Case(unittest.TestCase):
    """A test on the shared server."""

    maxDiff = None

    @classmethod
    def setUpClass(cls) -> None:
        cls.server = shared()

    def refused(self, code: grpc.StatusCode, call, request) -> grpc.RpcError:
        """Makes a call that must be refused with a code, and returns the error."""
        with self.assertRaises(grpc.RpcError) as raised:
            call(request)
        self.assertEqual(raised.exception.code(), code, raised.exception.details())
        self.assertNotEqual(raised.exception.details(), "")
        return raised.exception
