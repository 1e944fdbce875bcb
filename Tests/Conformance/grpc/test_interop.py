"""Every case of gRPC's interoperability tests that needs no cloud, both ways: our client against
servers of Python, C++ and Go, their clients against our server; in the clear, by TLS and over Unix
sockets. Then our client against servers that break their connections."""

import unittest

import matrix
import negative
import peers


class InteropTest(unittest.TestCase):
    """One test for each client, server and transport; they run beside each other."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.matrix = matrix.Matrix(matrix.combinations())
        cls.addClassCleanup(cls.matrix.close)

    def check(self, client: str, server: str, transport: str) -> None:
        results = self.matrix.results(client, server, transport)
        self.assertEqual(set(results), set(matrix.cases(client, server)))
        self.assertGreaterEqual(len(results), len(matrix.BASE) + len(matrix.FURTHER))
        failures = {case: why for case, why in results.items() if why != "ok"}
        self.assertEqual(failures, {})


def _test(combination: tuple[str, str, str]):
    def test(self: InteropTest) -> None:
        self.check(*combination)

    return test


for _client, _server, _transport in matrix.combinations():
    setattr(
        InteropTest, f"test_client_of_{_client}_server_of_{_server}_{_transport}",
        _test((_client, _server, _transport)))


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

    def test_a_head_before_the_head_and_trailers_in_many_frames_are_read(self) -> None:
        for case in ("informational_first", "trailers_in_pieces"):
            with self.subTest(case):
                self.assertEqual(self.play(case).answered, 1)

    def test_an_end_without_trailers_is_no_success(self) -> None:
        self.assertEqual(self.requests(self.play("trailers_missing")), [1])

    def test_padding_counts_for_the_windows(self) -> None:
        for case in ("no_df_padding_sanity_test", "data_frame_padding"):
            with self.subTest(case):
                self.assertEqual(self.play(case).answered, 1)


if __name__ == "__main__":
    unittest.main()
