"""A browser at the doors: pages of an allowed and of another origin, in headless Chromium."""

import http.server
import json
import os
import pathlib
import queue
import shutil
import signal
import subprocess
import tempfile
import threading
import unittest
import urllib.parse

import support

WEB = support.ROOT / "clients" / "web"
PAGE = b'<!doctype html><script type="module" src="/page.mjs"></script>'


class Site:
    """Serves the page and the compiled client, and takes what the page saw."""

    def __init__(self, client: pathlib.Path) -> None:
        self.results: queue.Queue[dict] = queue.Queue()
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = urllib.parse.urlsplit(self.path).path
                kind = "text/javascript"
                if path == "/":
                    body, kind = PAGE, "text/html"
                elif path == "/page.mjs":
                    body = pathlib.Path(__file__).with_name("browser_page.mjs").read_bytes()
                elif path.startswith("/client/") and ".." not in path:
                    body = (client / path.removeprefix("/client/")).read_bytes()
                else:
                    self.send_error(404)
                    return
                self.answer(body, kind)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                site.results.put(json.loads(body))
                self.answer(b"", "text/plain")

            def answer(self, body: bytes, kind: str) -> None:
                self.send_response(200)
                self.send_header("content-type", kind)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def visit(self, host: str, **query: str) -> dict:
        """Opens the page in a browser and returns what it saw."""
        program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
        if program is None:
            raise AssertionError("no Chromium here; run: scripts/setup test")
        with tempfile.TemporaryDirectory(
            prefix="klinke-browser-", ignore_cleanup_errors=True
        ) as folder:
            said = pathlib.Path(folder, "stderr")
            with said.open("wb") as stderr:
                # In a session of its own, because the program is a script that starts the browser.
                browser = subprocess.Popen(
                    [program, "--headless", "--no-sandbox", "--disable-gpu",
                     "--disable-dev-shm-usage", f"--user-data-dir={folder}/profile",
                     "--remote-debugging-port=0",
                     f"http://{host}:{self.port}/?{urllib.parse.urlencode(query)}"],
                    stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=stderr,
                    env={"PATH": "/usr/bin:/bin", "HOME": folder}, start_new_session=True)
            try:
                return self.results.get(timeout=support.START_SECONDS)
            except queue.Empty:
                raise AssertionError("the page did not end:\n" + said.read_text()) from None
            finally:
                os.killpg(browser.pid, signal.SIGKILL)
                browser.wait()


class BrowserTest(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls) -> None:
        folder = tempfile.TemporaryDirectory(prefix="klinke-client-")
        cls.addClassCleanup(folder.cleanup)
        done = subprocess.run(
            ["tsc", "-p", str(WEB), "--outDir", folder.name], stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=120, check=False)
        if done.returncode != 0:
            raise AssertionError("tsc refuses clients/web:\n" + done.stdout)
        site = Site(pathlib.Path(folder.name))
        cls.addClassCleanup(site.stop)
        cls.server = support.Server(ALLOWED_ORIGINS=f"http://127.0.0.1:{site.port}").start()
        cls.addClassCleanup(cls.server.clean)
        token = cls.server.admin
        cls.saw = site.visit("127.0.0.1", server=cls.server.url, token=token)
        # The same page by another name is one of another origin.
        cls.stranger = site.visit("localhost", server=cls.server.url, token=token, work="none")

    def setUp(self) -> None:
        self.assertNotIn("failed", self.saw)

    def test_connect(self) -> None:
        self.assertEqual(self.saw["made"]["status"], 200)
        self.assertEqual(self.saw["made"]["body"]["displayName"], "Seite GmbH")
        self.assertIsNotNone(self.saw["made"]["requestID"])
        missing = self.saw["missing"]
        self.assertEqual((missing["status"], missing["body"]["code"]), (404, "not_found"))
        self.assertEqual(len(self.saw["read"]["body"]["tenants"]), 1)

    def test_connect_streams(self) -> None:
        stream = self.saw["stream"]
        self.assertEqual(stream["first"], [{"status": "SERVING"}])
        self.assertEqual([piece["flags"] for piece in stream["all"]], [0, 2])
        self.assertEqual(stream["all"][1]["message"]["error"]["code"], "deadline_exceeded")

    def test_grpc_web(self) -> None:
        for form in ("binary", "text"):
            saw = self.saw[form]
            self.assertEqual(saw["flags"], [0, 0x80], form)
            self.assertEqual(saw["names"], [True], form)
            self.assertEqual(saw["trailers"], ["grpc-status: 0\r\n"], form)
        for form in ("refused", "refusedText"):
            saw = self.saw[form]
            self.assertEqual((saw["status"], saw["flags"]), ("5", []), form)
            self.assertIn("no tenant", saw["message"])
            self.assertTrue(saw["hasDetails"], form)

    def test_the_generated_client(self) -> None:
        self.assertEqual(
            self.saw["generated"],
            {"tenants": 1, "made": "Klient GmbH", "watched": ["SERVING", "deadline_exceeded"],
             "code": "not_found", "reason": "TENANT_NOT_FOUND"})

    def test_a_page_of_another_origin_gets_nothing(self) -> None:
        self.assertEqual(set(self.stranger.values()), {"TypeError"}, self.stranger)
        self.assertEqual(len(self.stranger), 5)


if __name__ == "__main__":
    unittest.main()
