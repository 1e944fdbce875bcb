"""TLS and Unix sockets: certificates of clients, new certificates while calls run."""

import pathlib
import shutil
import signal
import ssl
import socket
import subprocess
import tempfile
import unittest

import grpc
import stubs  # noqa: F401, the imports below are its work
import support
from klinke.identity.v1 import auth_service_pb2, auth_service_pb2_grpc

HEALTH = "/klinke.ops.v1.OpsService/GetHealth"
WATCH = "/grpc.health.v1.Health/Watch"
KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]


def openssl(*arguments: str | pathlib.Path) -> None:
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)


class Certificates:
    """A folder of certificates: the server's, an authority for clients, and what it has signed."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="klinke-tls-")
        self.folder = pathlib.Path(self._folder.name)
        self.certificate, self.key = self.folder / "cert.pem", self.folder / "key.pem"
        self.renew("first")

    def renew(self, name: str) -> bytes:
        """Puts a new certificate into the place of the server's and returns it."""
        made, key = self.folder / f"{name}.pem", self.folder / f"{name}.key"
        openssl("req", "-x509", *KEY, "-subj", f"/CN={name}", "-addext",
                "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", made)
        shutil.copy(made, self.certificate)
        shutil.copy(key, self.key)
        return made.read_bytes()

    def add_client(self) -> None:
        self.authority = self.folder / "ca.pem"
        self.client, self.client_key = self.folder / "client.pem", self.folder / "client.key"
        request = self.folder / "client.csr"
        openssl("req", "-x509", *KEY, "-subj", "/CN=ca", "-keyout", self.folder / "ca.key",
                "-out", self.authority)
        openssl("req", *KEY, "-subj", "/O=Klinke/CN=worker-7", "-keyout", self.client_key,
                "-out", request)
        openssl("x509", "-req", "-in", request, "-CA", self.authority, "-CAkey",
                self.folder / "ca.key", "-CAcreateserial", "-out", self.client)

    def settings(self) -> dict[str, str]:
        return {"KLINKE_TLS_CERT": str(self.certificate), "KLINKE_TLS_KEY": str(self.key)}

    def remove(self) -> None:
        self._folder.cleanup()


class TLSTest(unittest.TestCase):
    def setUp(self) -> None:
        self.certificates = Certificates()
        self.addCleanup(self.certificates.remove)

    def start(self, **settings: str) -> support.Server:
        server = support.Server(**self.certificates.settings(), **settings)
        self.addCleanup(server.clean)
        return server.start()

    def channel(self, server: support.Server, root: bytes, **client: bytes) -> grpc.Channel:
        channel = grpc.secure_channel(
            f"{server.host}:{server.port}", grpc.ssl_channel_credentials(root, **client))
        self.addCleanup(channel.close)
        return channel

    def shown(self, server: support.Server) -> str:
        """The certificate that a new connection is shown."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        with socket.create_connection((server.host, int(server.port)), support.CALL_SECONDS) as raw:
            with context.wrap_socket(raw) as secured:
                return ssl.DER_cert_to_PEM_cert(secured.getpeercert(binary_form=True))

    def test_a_hangup_brings_a_new_certificate_and_costs_no_connection(self) -> None:
        first = self.certificates.certificate.read_bytes()
        server = self.start()
        self.assertEqual(self.shown(server), first.decode())
        old = self.channel(server, first)
        call = old.unary_unary(HEALTH)
        call(b"", timeout=support.CALL_SECONDS)
        watch = old.unary_stream(WATCH)(b"", timeout=support.CALL_SECONDS)
        self.assertNotEqual(next(watch), b"")

        second = self.certificates.renew("second")
        server.process.send_signal(signal.SIGHUP)
        server.wait_for_log(lambda line: line["event"] == "tls.reloaded")
        self.assertEqual(self.shown(server), second.decode())
        # It would not trust the new certificate, so this is still the old connection.
        call(b"", timeout=support.CALL_SECONDS)
        new = self.channel(server, second).unary_unary(HEALTH)
        new(b"", timeout=support.CALL_SECONDS)

        self.certificates.certificate.write_text("nonsense")
        server.process.send_signal(signal.SIGHUP)
        failed = server.wait_for_log(lambda line: line["event"] == "tls.reload_failed")
        self.assertIn("no start line", failed["reason"])
        self.assertEqual(self.shown(server), second.decode())
        call(b"", timeout=support.CALL_SECONDS)
        new(b"", timeout=support.CALL_SECONDS)
        self.assertTrue(watch.is_active())
        watch.cancel()

    def test_clients_show_certificates(self) -> None:
        self.certificates.add_client()
        server = self.start(KLINKE_TLS_CLIENT_CA=str(self.certificates.authority))
        root = self.certificates.certificate.read_bytes()
        known = self.channel(
            server, root, private_key=self.certificates.client_key.read_bytes(),
            certificate_chain=self.certificates.client.read_bytes())
        known.unary_unary(HEALTH)(b"", timeout=support.CALL_SECONDS)
        # The log says whose connection a refused call came by.
        start = len(server.log)
        with self.assertRaises(grpc.RpcError):
            auth_service_pb2_grpc.AuthServiceStub(known).Login(
                auth_service_pb2.LoginRequest(email="a@example.com", password="falsch"),
                timeout=support.CALL_SECONDS)
        line = server.wait_for_log(lambda line: line["event"] == "rpc.failed", start)
        self.assertEqual(line["certificate"], "CN=worker-7,O=Klinke")
        with self.assertRaises(grpc.RpcError) as raised:
            self.channel(server, root).unary_unary(HEALTH)(b"", timeout=support.CALL_SECONDS)
        self.assertEqual(raised.exception.code(), grpc.StatusCode.UNAVAILABLE)

    def test_protocols_older_than_tls_1_2_are_refused(self) -> None:
        server = self.start()
        for version, status in (("1.1", 35), ("1.2", 0), ("1.3", 0)):
            with self.subTest(version):
                done = subprocess.run(
                    ["curl", "--silent", "--output", "/dev/null", "--cacert",
                     self.certificates.certificate, "--tls-max", version, f"{server.url}/health"],
                    check=False, timeout=support.CALL_SECONDS)
                self.assertEqual(done.returncode, status)


class UnixSocketTest(unittest.TestCase):
    def test_a_path_serves_like_a_port(self) -> None:
        with tempfile.TemporaryDirectory(prefix="klinke-unix-") as folder:
            path = pathlib.Path(folder) / "klinke.sock"
            server = support.Server(KLINKE_LISTEN=f"unix:{path}")
            self.addCleanup(server.clean)
            server.start()
            self.calls(path)
            # The path of a server that was killed is in nobody's way.
            server.kill()
            self.assertTrue(path.exists())
            server.start()
            self.calls(path)
            self.assertEqual(server.stop(), 0)
            self.assertFalse(path.exists())

    def calls(self, path: pathlib.Path) -> None:
        with grpc.insecure_channel(f"unix:{path}") as channel:
            answer = channel.unary_unary(HEALTH)(b"", timeout=support.CALL_SECONDS)
        self.assertNotEqual(answer, b"")
        for flag in ("--http1.1", "--http2-prior-knowledge"):
            done = subprocess.run(
                ["curl", "--silent", flag, "--unix-socket", path, "--write-out", "%{http_code}",
                 "--output", "/dev/null", "http://localhost/health"],
                check=False, capture_output=True, text=True, timeout=support.CALL_SECONDS)
            self.assertEqual(done.stdout, "200")


if __name__ == "__main__":
    unittest.main()
