"""Ends and restarts: what runs is finished, and nobody is refused. `make restarts` is the long one."""

import os
import pathlib
import queue
import signal
import socket
import tempfile
import unittest

import grpc
import restarts
import stubs  # noqa: F401, the imports below are its work
import support


class RestartTest(unittest.TestCase):
    def test_restarts_under_load_fail_no_call(self) -> None:
        tally, _ = restarts.run(support.shared(), restarts=2, rate=100, streams=10, seconds=0.5)
        self.assertEqual(dict(tally.failures), {})
        self.assertEqual(dict(tally.stream_failures), {})
        self.assertGreater(tally.calls, 50)
        # Each stream was opened again when its server ended; the last may be on their way.
        self.assertGreaterEqual(tally.streams, 20)

    def test_a_server_that_cannot_start_changes_nothing(self) -> None:
        with tempfile.TemporaryDirectory(prefix="klinke-restarts-") as folder:
            chain = restarts.Restarts(support.shared(), pathlib.Path(folder))
            self.addCleanup(chain.end)
            server = chain.next()
            nothing = str(pathlib.Path(folder) / "nothing")
            here = f"{server.host}:{server.port}"
            for reason, settings in (
                ("does not answer", {
                    "KLINKE_LISTEN": here,
                    "KLINKE_APP_DATABASE_URL": "postgresql://nobody@/nowhere?host=/nowhere"}),
                ("listens on", {"KLINKE_LISTEN": "127.0.0.1:1"}),
                # Before the database is touched, where this finds another fault.
                ("KLINKE_TLS_CERT", {
                    "KLINKE_LISTEN": here, "KLINKE_TLS_CERT": nothing,
                    "KLINKE_TLS_KEY": nothing, "KLINKE_MIGRATIONS": nothing}),
            ):
                with self.subTest(reason):
                    failing = support.Server(**{**chain.settings, **settings})
                    self.addCleanup(failing.clean)
                    with self.assertRaisesRegex(AssertionError, reason):
                        failing.start()
            self.assertEqual(server.http("GET", "/health").status, 200)
            self.assertIsNot(chain.next(), server)
            self.assertEqual(chain.server.http("GET", "/health").status, 200)

    def test_a_successor_that_never_serves_makes_way_for_the_next(self) -> None:
        with tempfile.TemporaryDirectory(prefix="klinke-restarts-") as folder:
            chain = restarts.Restarts(support.shared(), pathlib.Path(folder))
            self.addCleanup(chain.end)
            # The one that follows in the end has so long as well, on a slow machine too.
            chain.settings["KLINKE_HANDOVER_SECONDS"] = "10"
            server = chain.next()
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as stuck:
                stuck.settimeout(support.CALL_SECONDS)
                stuck.connect(chain.settings["KLINKE_HANDOVER_SOCKET"])
                # The sockets, which it leaves as they are, and then that nobody waits for it.
                self.assertEqual(len(stuck.recv(1)), 1)
                self.assertEqual(stuck.recv(1), b"\0")
                line = server.wait_for_log(
                    lambda line: line["event"] == "server.successor_dropped")
                self.assertEqual(line["process"], os.getpid())
                chain.settings["KLINKE_HANDOVER_SECONDS"] = "300"
                self.assertIsNot(chain.next(), server)
            self.assertEqual(chain.server.http("GET", "/health").status, 200)

    def test_sigterm_tells_watchers_and_finishes_what_runs(self) -> None:
        server = support.Server(KLINKE_DRAIN_SECONDS="20", KLINKE_DRAIN_DELAY_SECONDS="5").start()
        self.addCleanup(server.clean)
        channel = grpc.insecure_channel(f"{server.host}:{server.port}")
        self.addCleanup(channel.close)
        watch = channel.unary_stream(restarts.WATCH)(b"", timeout=support.CALL_SECONDS)
        self.assertEqual(next(watch), restarts.SERVING)
        token = server.admin
        # A statement that waits for a lock is a call that runs.
        with server.session() as holder:
            holder.say("BEGIN; LOCK TABLE tenant; SELECT 'locked';")
            self.assertEqual(holder.hear(), "locked")
            listed: list[grpc.Future] = []
            slow = channel.unary_unary("/klinke.tenant.v1.TenantService/ListTenants").future(
                b"", timeout=support.CALL_SECONDS,
                metadata=[("authorization", f"Bearer {token}")])
            slow.add_done_callback(listed.append)
            waiting = (
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE usename = 'klinke_app' AND wait_event_type = 'Lock';")
            while server.sql(waiting) != "1":
                self.assertFalse(slow.done(), "the call does not wait for the lock")
            server.process.send_signal(signal.SIGTERM)
            self.assertEqual(next(watch), restarts.NOT_SERVING)
            # While the delay lasts it serves on.
            check = channel.unary_unary(restarts.UNARY)(b"", timeout=support.CALL_SECONDS)
            self.assertEqual(check, restarts.NOT_SERVING)
            # Then it is let go, while the call runs on.
            with self.assertRaises(grpc.RpcError) as raised:
                next(watch)
            self.assertEqual(raised.exception.code(), grpc.StatusCode.UNAVAILABLE)
            self.assertEqual(support.reason(raised.exception), "SHUTTING_DOWN")
            self.assertEqual(listed, [])
        # There are no tenants, which is the empty message.
        self.assertEqual(slow.result(timeout=support.CALL_SECONDS), b"")
        self.assertEqual(slow.code(), grpc.StatusCode.OK)
        server.wait_until_ended()

    def test_a_call_that_does_not_end_is_ended_at_the_drain_timeout_and_told_why(self) -> None:
        server = support.Server(KLINKE_DRAIN_SECONDS="1").start()
        self.addCleanup(server.clean)
        with grpc.insecure_channel(f"{server.host}:{server.port}") as channel:
            questions: queue.Queue[bytes] = queue.Queue()
            questions.put(restarts.LIST_SERVICES)
            conversation = channel.stream_stream(restarts.REFLECTION)(
                iter(questions.get, b""), timeout=support.CALL_SECONDS)
            self.addCleanup(questions.put, b"")
            self.assertIn(b"grpc.health.v1.Health", next(conversation))
            server.process.send_signal(signal.SIGTERM)
            with self.assertRaises(grpc.RpcError) as raised:
                next(conversation)
            self.assertEqual(raised.exception.code(), grpc.StatusCode.UNAVAILABLE)
            self.assertEqual(support.reason(raised.exception), "SHUTTING_DOWN")
        server.wait_until_ended()


if __name__ == "__main__":
    unittest.main()
