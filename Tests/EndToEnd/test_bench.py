"""The benchmark: that its loads see wrong answers, and where its figures go."""

import contextlib
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import threading
import unittest
import unittest.mock

import h2.config
import h2.connection
import h2.events

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAMS = pathlib.Path(os.environ.get("KLINKE_BIN", ROOT / ".build" / "debug"))
sys.path += [str(ROOT / "bench"), str(ROOT / "bench" / "attack")]

import attack  # noqa: E402
import bench  # noqa: E402
import host  # noqa: E402
import load  # noqa: E402
import servers  # noqa: E402
import tables  # noqa: E402

ANSWER = load.grpc_frame(load.echo_message(32))
OK = [("grpc-status", "0")]
# Status, bytes and trailers in place of 200, ANSWER and OK.
LIES = {
    "another byte": ("200", ANSWER[:-1] + b"K", OK),
    "a byte too few": ("200", ANSWER[:-1], OK),
    "a byte too many": ("200", ANSWER + b"\0", OK),
    "no message": ("200", b"", OK),
    "two messages": ("200", ANSWER * 2, OK),
    "an error": ("200", ANSWER, [("grpc-status", "13")]),
    "no status": ("200", ANSWER, [("x", "y")]),
    "another status of HTTP": ("500", ANSWER, OK),
}


class Liar:
    """A server that answers one connection after the other, and always the same."""

    def __init__(self, status: str, body: bytes, trailers: list[tuple[str, str]]) -> None:
        self.answer = status, body, trailers
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self) -> None:
        while True:
            peer, _ = self.listener.accept()
            with peer:
                if not self.serve(peer):
                    return

    def serve(self, peer: socket.socket) -> bool:
        """Answers until the peer closes; false if it has said nothing, which is the end."""
        connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        connection.initiate_connection()
        peer.sendall(connection.data_to_send())
        said = False
        # h2load closes with acknowledgements in its socket, which resets the connection.
        with contextlib.suppress(ConnectionResetError, BrokenPipeError):
            while data := peer.recv(65536):
                said = True
                for event in connection.receive_data(data):
                    if isinstance(event, h2.events.StreamEnded):
                        status, body, trailers = self.answer
                        connection.send_headers(event.stream_id, [(":status", status)])
                        connection.send_data(event.stream_id, body)
                        connection.send_headers(event.stream_id, trailers, end_stream=True)
                peer.sendall(connection.data_to_send())
        return said

    def close(self) -> None:
        socket.create_connection(("127.0.0.1", self.port)).close()
        self.thread.join()
        self.listener.close()


class LoadTest(unittest.TestCase):
    def load(self, port: int, method: str, *numbers: int) -> int:
        """Calls that failed."""
        command = [servers.build_c("load"), str(port), method, *map(str, numbers)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
        return int(done.stdout.split()[0])

    def test_every_kind_of_call_is_answered(self) -> None:
        echo = servers.Server("Klinke", lambda: PROGRAMS / "bench-echo", ("1",))
        for server in (echo, servers.Server("C", servers.build_c)):
            with servers.run(server) as running:
                for method, messages in (
                    ("Echo", 1), ("Repeat", 300), ("Collect", 300), ("Converse", 30),
                ):
                    with self.subTest(server=server.name, method=method):
                        failed = self.load(running.port, method, 2, 3, 12, messages, 1000)
                        self.assertEqual(failed, 0)
                self.assertEqual(self.load(running.port, "Unheard", 1, 1, 2, 1, 32), 2)

    def test_a_wrong_answer_is_a_failed_call(self) -> None:
        for name, answer in {"the truth": ("200", ANSWER, OK), **LIES}.items():
            with self.subTest(name):
                liar = Liar(*answer)
                try:
                    failed = self.load(liar.port, "Echo", 1, 2, 5, 1, 32)
                finally:
                    liar.close()
                self.assertEqual(failed, 0 if name == "the truth" else 5)

    def test_h2load_counts_bytes(self) -> None:
        for name, failures in (("a byte too few", 1), ("another status of HTTP", 40)):
            with self.subTest(name):
                liar = Liar(*LIES[name])
                try:
                    exchange = load.grpc_exchange(
                        f"http://127.0.0.1:{liar.port}/", load.echo_message(32), 1, 4,
                        answer_bytes=len(ANSWER))
                    _, failed = exchange.run(40)
                finally:
                    liar.close()
                self.assertEqual(failed, failures)

    def test_a_failed_request_has_no_duration(self) -> None:
        def durations(answer: tuple) -> list[float]:
            liar = Liar(*answer)
            try:
                return load.grpc_exchange(
                    f"http://127.0.0.1:{liar.port}/", load.echo_message(32), 1, 4).durations(40)
            finally:
                liar.close()

        self.assertEqual(len(durations(("200", ANSWER, OK))), 40)
        with self.assertRaisesRegex(RuntimeError, "40 requests failed"):
            durations(LIES["another status of HTTP"])


class HostTest(unittest.TestCase):
    """What is left of a measurement from which the host of the machine has taken time."""

    def measured(self, *stolen: int) -> tuple[int, int]:
        """Which of so many measurements is taken, and how many were made. Each takes 1,000 ticks,
        and so many of them are stolen."""
        clock = [0] * 8
        made = 0

        def measure() -> int:
            nonlocal made
            clock[0] += 1_000 - stolen[made]
            clock[-1] += stolen[made]
            made += 1
            return made

        with unittest.mock.patch.object(host, "processor_ticks", lambda: list(clock)):
            return host.least_disturbed(measure), made

    def test_the_first_that_is_hardly_disturbed_is_taken(self) -> None:
        self.assertEqual(self.measured(5), (1, 1))
        self.assertEqual(self.measured(6, 5), (2, 2))
        self.assertEqual(self.measured(300, 6, 0), (3, 3))

    def test_of_disturbed_ones_the_least_is_taken(self) -> None:
        self.assertEqual(self.measured(9, 7, 8), (2, 3))

    def test_seconds_in_which_the_host_took_time_are_left_out(self) -> None:
        def seconds(*stolen: int) -> list[dict]:
            # In a second without the host a call takes 1 ms, and as many more as it took.
            return [{"stolen": ticks, "latencies": [1.0 + ticks] * 10} for ticks in stolen]

        found = attack.Undisturbed(seconds(0, 9, 0, 0, 8, 0, 0))
        self.assertEqual((found.count, found.p99, found.is_enough), (5, 1.0, True))
        found = attack.Undisturbed(seconds(0, 9, 2, 0, 8, 0, 0))
        self.assertEqual((found.count, found.p99, found.is_enough), (4, 3.0, False))

    def test_the_attacked_server_has_a_core_that_nobody_else_has(self) -> None:
        program = (
            "import attack, os, subprocess\n"
            "os.sched_setaffinity(0, attack.OTHER_CORES)\n"
            "with subprocess.Popen(['cat'], stdin=subprocess.PIPE) as server:\n"
            "    attack.bind(server.pid)\n"
            "    print(len(os.sched_getaffinity(server.pid) & os.sched_getaffinity(0)))\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT / "bench" / "attack", check=True,
            capture_output=True, text=True)
        # Of one core there is no choice.
        self.assertEqual(int(done.stdout), 0 if len(attack.ALL_CORES) > 1 else 1)


class TablesTest(unittest.TestCase):
    def test_a_failed_request_leaves_no_figures(self) -> None:
        good = load.Figures(1, 1, 1, 1, 0)
        self.assertEqual(bench.median([good, load.Figures(9, 9, 9, 9, 0), good]), good)
        with self.assertRaises(bench.Failure):
            bench.median([good, good, load.Figures(1, 1, 1, 1, 1)])

    def test_a_goal_is_met_up_to_its_bound(self) -> None:
        self.assertTrue(tables.Goal("", 4, at_most=4).is_met)
        self.assertFalse(tables.Goal("", 4.01, at_most=4).is_met)
        self.assertTrue(tables.Goal("", 3, at_least=3).is_met)
        self.assertFalse(tables.Goal("", 2.99, at_least=3).is_met)

    def test_the_pages_have_a_place_for_every_part(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            page = pathlib.Path(folder, "page.md")
            page.write_text(bench.DOCUMENT.read_text())
            for part in bench.PARTS:
                tables.write(page, part, f"figures of {part}\n")
            for part in bench.PARTS:
                self.assertIn(f"-->\n\nfigures of {part}\n\n<!--", page.read_text())
            with self.assertRaises(RuntimeError):
                tables.write(page, "nothing", "")
            page.write_text((ROOT / "docs" / "security.md").read_text())
            tables.write(page, "attacks", "all repelled\n")
            self.assertIn("-->\n\nall repelled\n\n<!--", page.read_text())


if __name__ == "__main__":
    unittest.main()
