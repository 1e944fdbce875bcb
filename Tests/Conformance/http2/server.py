"""The server that the list and the attacks are played against."""

import os
import pathlib
import subprocess
import threading

ROOT = pathlib.Path(__file__).resolve().parents[3]
START_SECONDS = 60
PROGRAMS = pathlib.Path(os.environ.get("KLINKE_BIN", ROOT / ".build" / "debug")).resolve()


class Target:
    """`http2-target` on a free port; `limits` are settings of klinked's `KLINKE_HTTP_LIMITS`.

    With the files of a certificate and its key it speaks TLS on another port.
    """

    def __init__(
        self, loops: int = 1, limits: str = "", message_bytes: int = 4 << 20,
        log=subprocess.DEVNULL, tls: tuple[pathlib.Path, pathlib.Path] | None = None,
    ) -> None:
        # The kernel ends the server when we end, however that happens.
        self.process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", "--", str(PROGRAMS / "http2-target"),
             "127.0.0.1:0", str(loops), limits, str(message_bytes), *map(str, tls or ())],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True)
        # One that says nothing is ended, which ends the line.
        patience = threading.Timer(START_SECONDS, self.process.kill)
        patience.start()
        said = self.process.stdout.readline()
        patience.cancel()
        if not said.startswith("ready at "):
            raise AssertionError(f"http2-target did not start: {said!r}")
        words = said.split()
        self.address = self._address(words[2])
        # The same without a certificate.
        self.tls_address = self._address(words[-1])

    @staticmethod
    def _address(text: str) -> tuple[str, int]:
        host, port = text.rsplit(":", 1)
        return (host, int(port))

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)
        self.process.stdout.close()
