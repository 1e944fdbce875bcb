"""Every case of gRPC's interoperability tests that needs no cloud, both ways: our client against
servers of Python, C++ and Go, their clients against our server; in the clear, by TLS and over Unix
sockets. Then our client against servers that break their connections."""

import concurrent.futures
import os
import pathlib
import re
import tempfile
import unittest

import negative
import peers

BASE = [
    "empty_unary", "large_unary", "client_streaming", "server_streaming", "ping_pong",
    "empty_stream", "custom_metadata", "status_code_and_message", "special_status_message",
    "unimplemented_method", "unimplemented_service", "cancel_after_begin",
    "cancel_after_first_response", "timeout_on_sleeping_server",
]
FURTHER = [
    "half_duplex", "slow_consumer", "concurrent_large_unary", "rpc_soak", "channel_soak",
    "compressed_large_unary",
]
COMPRESSED = [
    "client_compressed_unary", "server_compressed_unary", "client_compressed_streaming",
    "server_compressed_streaming",
]
# What a side can show. grpcio tells nobody whether a message came compressed, Go neither that nor
# lets an answer be compressed by itself.
CASES = {
    "klinke": BASE + FURTHER + COMPRESSED,
    "cpp": BASE + FURTHER + COMPRESSED,
    "python": BASE + FURTHER,
    "go": BASE + FURTHER,
}
EXTRA = {("klinke", "python"): ["server_compressed_unary", "server_compressed_streaming"]}
# These four would pass against a server that does nothing.
SEEN = {
    "cancel_after_begin": r"saw StreamingInputCall requests=0 responses=\d end=CANCELLED",
    "timeout_on_sleeping_server": r"saw FullDuplexCall requests=1 responses=0 end=CANCELLED",
    "unimplemented_method": r"saw /grpc.testing.TestService/UnimplementedCall unimplemented",
    "unimplemented_service":
        r"saw /grpc.testing.UnimplementedService/UnimplementedCall unimplemented",
}
TRANSPORTS = ("h2c", "tls", "unix")
SLOW_CONSUMER = "--slow_consumer_ms=1"


def cases(client: str, server: str) -> list[str]:
    both = [case for case in CASES[client] if case in CASES[server]]
    return both + [case for case in EXTRA.get((client, server), []) if case not in both]


def combinations() -> list[tuple[str, str, str]]:
    found = [("klinke", server, transport)
             for server in ("klinke", *peers.NAMES) for transport in ("h2c", "tls")]
    found += [(client, "klinke", transport)
              for client in peers.NAMES for transport in TRANSPORTS]
    return found + [("klinke", "klinke", "unix")]


def play(client: str, server: str, transport: str, folder: pathlib.Path) -> dict[str, str]:
    """Runs all cases of one client with one server."""
    wanted = cases(client, server)
    server_flags, client_flags = ["--port=0"], [SLOW_CONSUMER]
    if transport == "tls":
        server_flags += [
            "--use_tls=true", f"--tls_cert={folder / 'server.pem'}",
            f"--tls_key={folder / 'server.key'}"]
        client_flags += [
            "--use_tls=true", f"--ca_file={folder / 'ca.pem'}",
            "--server_host_override=foo.test.google.fr"]
    if transport == "unix":
        path = folder / f"{client}.sock"
        server_flags, client_flags = [f"--unix={path}"], [*client_flags, f"--unix={path}"]
    if (client, server) == ("klinke", "go"):
        client_flags.append("--codings=gzip")
    running = peers.Server(server, *server_flags)
    try:
        if transport != "unix":
            client_flags.append(f"--server_port={running.address}")
        results = peers.run_client(client, wanted, *client_flags)
        for case, pattern in SEEN.items():
            if results.get(case) == "ok" and not running.wait(
                    lambda lines: any(re.fullmatch(pattern, line) for line in lines)):
                results[case] = "the server has seen nothing of it"
        return results
    finally:
        running.close()


class InteropTest(unittest.TestCase):
    """One test for each client, server and transport; they run beside each other."""

    @classmethod
    def setUpClass(cls) -> None:
        peers.build()
        cls.folder = tempfile.TemporaryDirectory()
        folder = pathlib.Path(cls.folder.name)
        peers.make_certificates(folder)
        # Most of the time they wait: for deadlines, and as slow consumers.
        cls.threads = concurrent.futures.ThreadPoolExecutor(max(4, os.cpu_count() or 1))
        cls.played = {
            combination: cls.threads.submit(play, *combination, folder)
            for combination in combinations()}

    @classmethod
    def tearDownClass(cls) -> None:
        cls.threads.shutdown()
        cls.folder.cleanup()

    def check(self, client: str, server: str, transport: str) -> None:
        results = self.played[client, server, transport].result()
        self.assertEqual(set(results), set(cases(client, server)))
        failures = {case: why for case, why in results.items() if why != "ok"}
        self.assertEqual(failures, {})


def add_tests() -> None:
    for client, server, transport in combinations():
        def test(self, combination=(client, server, transport)) -> None:
            self.check(*combination)

        setattr(InteropTest, f"test_client_of_{client}_server_of_{server}_{transport}", test)


add_tests()


class NegativeTest(unittest.TestCase):
    """Our client against servers that break the connection or their own promises."""

    def play(self, case: str) -> negative.NegativeServer:
        server = negative.NegativeServer(case)
        try:
            results = peers.run_client("klinke", [case], f"--server_port={server.port}")
        finally:
            server.close()
        self.assertEqual(results, {case: "ok"})
        self.assertEqual(server.problems, [])
        return server

    def requests(self, server: negative.NegativeServer) -> list[int]:
        return [connection.requests for connection in server.connections]

    def test_after_goaway_the_next_call_has_another_connection(self) -> None:
        self.assertEqual(self.requests(self.play("goaway")), [1, 1])

    def test_calls_above_the_limit_of_streams_wait(self) -> None:
        server = self.play("max_streams")
        self.assertEqual(self.requests(server), [11])
        self.assertEqual(server.streams_at_once, 1)

    def test_each_ping_is_answered(self) -> None:
        server = self.play("ping")
        self.assertEqual(server.pings, 5)
        self.assertEqual(server.pings_answered, server.pings)

    def test_a_reset_at_any_point_fails_the_call_and_is_not_repeated(self) -> None:
        for case in ("rst_after_header", "rst_during_data", "rst_after_data"):
            with self.subTest(case):
                self.assertEqual(self.requests(self.play(case)), [1])

    def test_padding_counts_for_the_windows(self) -> None:
        for case in ("no_df_padding_sanity_test", "data_frame_padding"):
            with self.subTest(case):
                self.assertEqual(self.play(case).answered, 1)


if __name__ == "__main__":
    unittest.main()
