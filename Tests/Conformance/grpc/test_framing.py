"""What gRPC's framing allows and forbids, frame by frame, on a connection to our server."""

import gzip
import re
import sys
import unittest

import peers
from http2.peer import (
    CONTINUATION, DATA, END_HEADERS, END_STREAM, HEADERS, INITIAL_WINDOW_SIZE, NO_ERROR,
    PADDED, Peer, Response, frame, request, settings, window_update)
from hyperframe.frame import RstStreamFrame

sys.path.insert(0, str(peers.SOURCES))
from python_flags import messages  # noqa: E402

TEST_SERVICE = "/grpc.testing.TestService/"


def call(method: str, **more: str) -> list[tuple[str, str]]:
    fields = {"content_type": "application/grpc", "te": "trailers", **more}
    return request("POST", TEST_SERVICE + method, **fields)


def framed(message=b"", flag: int = 0) -> bytes:
    content = message if isinstance(message, bytes) else message.SerializeToString()
    return bytes([flag]) + len(content).to_bytes(4, "big") + content


def deframed(body: bytes) -> list[bytes]:
    found = []
    while body:
        end = 5 + int.from_bytes(body[1:5], "big")
        found.append(body[5:end])
        body = body[end:]
    return found


def in_frames(content: bytes) -> list[bytes]:
    """Pieces that are not too large for a frame."""
    return [content[at:at + 16_384] for at in range(0, len(content), 16_384)]


def output(*sizes: int, **fields):
    return messages.StreamingOutputCallRequest(
        response_parameters=[messages.ResponseParameters(size=size) for size in sizes], **fields)


def status(response: Response) -> tuple[str | None, str]:
    fields = response.trailers or response.fields
    return fields.get("grpc-status"), fields.get("grpc-message", "")


class FramingTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.server = peers.Server("klinke", "--port=0")
        cls.addClassCleanup(cls.server.close)

    def setUp(self) -> None:
        self.peer = self.connect()

    def connect(self, *pairs: tuple[int, int]) -> Peer:
        peer = Peer(("127.0.0.1", int(self.server.address)), *pairs)
        self.addCleanup(peer.close)
        return peer

    def ask(self, method: str, *data: bytes, stream: int = 1, **more: str) -> Response:
        """A call with these DATA frames, the last of which ends it."""
        self.peer.send(
            self.peer.headers(stream, call(method, **more), END_HEADERS),
            *(frame(DATA, 0, stream, piece) for piece in data[:-1]),
            frame(DATA, END_STREAM, stream, data[-1]))
        return self.peer.expect_response(stream)

    def check_sizes(self, response: Response, *sizes: int) -> None:
        self.assertEqual(status(response), ("0", ""), response)
        found = [
            len(messages.StreamingOutputCallResponse.FromString(one).payload.body)
            for one in deframed(response.body)]
        self.assertEqual(found, list(sizes))

    def check_refused(self, response: Response, code: str, words: str) -> None:
        """An error before any message: one block of headers."""
        self.assertEqual(response.body, b"")
        self.assertEqual(response.fields[":status"], "200")
        self.assertEqual(response.trailers, {})
        self.assertEqual(status(response)[0], code)
        self.assertIn(words, status(response)[1])

    # Messages and frames

    def test_a_prefix_may_be_split_over_five_frames(self) -> None:
        message = framed(output(7))
        pieces = [message[at:at + 1] for at in range(5)] + [message[5:]]
        self.check_sizes(self.ask("StreamingOutputCall", *pieces), 7)

    def test_a_frame_may_have_two_messages_and_half_a_prefix(self) -> None:
        bytes_ = framed(output(1)) + framed(output(2)) + framed(output(3))
        cut = len(framed(output(1)) + framed(output(2))) + 2
        self.check_sizes(self.ask("FullDuplexCall", bytes_[:cut], bytes_[cut:]), 1, 2, 3)

    def test_a_message_of_no_bytes_may_end_the_stream(self) -> None:
        response = self.ask("EmptyCall", framed())
        self.assertEqual((status(response)[0], response.body), ("0", framed()))
        self.assertEqual(status(self.ask("UnaryCall", framed(), stream=3))[0], "0")
        self.check_sizes(self.ask("HalfDuplexCall", framed(output(1)), framed(), stream=5), 1)

    def test_an_empty_frame_may_end_the_stream(self) -> None:
        self.assertEqual(status(self.ask("EmptyCall", framed(), b"", b""))[0], "0")

    def test_an_end_within_a_prefix_or_a_message_is_internal(self) -> None:
        for stream, data in enumerate([b"\0\0\0\0", b"\0", b"\0\0\0\0\2x", b"\0\0\0\0\1"]):
            for method in ("UnaryCall", "FullDuplexCall", "StreamingInputCall"):
                with self.subTest(data=data, method=method):
                    self.peer = self.connect()
                    self.check_refused(
                        self.ask(method, data), "13", "the stream ended within a message")

    def test_padding_is_no_part_of_a_message_and_counts_for_the_window(self) -> None:
        message = framed(messages.StreamingInputCallRequest(
            payload=messages.Payload(body=bytes(40_000))))
        pieces = [message[at:at + 100] for at in range(0, len(message), 100)]
        self.peer.send(self.peer.headers(1, call("StreamingInputCall"), END_HEADERS))
        sent = 0
        for piece in pieces:
            self.peer.send(frame(DATA, PADDED, 1, b"\xff" + piece + bytes(255)))
            sent += 256 + len(piece)
        self.peer.send(frame(DATA, END_STREAM, 1))
        response = self.peer.expect_response(1)
        answer = messages.StreamingInputCallResponse.FromString(deframed(response.body)[0])
        self.assertEqual(answer.aggregated_payload_size, 40_000)
        self.assertGreater(self.peer.granted[1], sent // 4)

    def test_a_flag_other_than_0_and_1_is_internal(self) -> None:
        for stream, flag in ((1, 2), (3, 0x80), (5, 255)):
            self.check_refused(
                self.ask("UnaryCall", framed(flag=flag), stream=stream), "13", str(flag))

    def test_a_length_that_nobody_sends_is_refused_at_once(self) -> None:
        self.peer.send(
            self.peer.headers(1, call("UnaryCall"), END_HEADERS),
            frame(DATA, 0, 1, b"\0\xff\xff\xff\xff"))
        self.check_refused(self.peer.expect_response(1), "8", "4294967295")

    def test_a_unary_call_has_one_message(self) -> None:
        for method in ("UnaryCall", "StreamingOutputCall"):
            with self.subTest(method):
                self.peer = self.connect()
                self.check_refused(self.ask(method, b""), "13", "without a request message")
                self.check_refused(
                    self.ask(method, framed() + framed(), stream=3), "12", "several")
                self.check_refused(self.ask(method, framed(), framed(), stream=5), "12", "several")

    def test_bytes_behind_a_message_that_was_refused_harm_nobody(self) -> None:
        self.peer.send(
            self.peer.headers(1, call("UnaryCall"), END_HEADERS),
            frame(DATA, 0, 1, b"\2\0\0\0\0"), frame(DATA, 0, 1, bytes(10_000)),
            frame(DATA, END_STREAM, 1, bytes(10_000)))
        self.check_refused(self.peer.expect_response(1), "13", "2")
        self.assertEqual(status(self.ask("EmptyCall", framed(), stream=3))[0], "0")

    # Ends

    def test_an_early_end_is_followed_by_a_reset_without_error(self) -> None:
        echo = messages.StreamingOutputCallRequest(
            response_status=messages.EchoStatus(code=9, message="enough"))
        self.peer.send(
            self.peer.headers(1, call("FullDuplexCall"), END_HEADERS),
            frame(DATA, 0, 1, framed(output(5))), frame(DATA, 0, 1, framed(echo)))
        response = self.peer.expect_response(1)
        self.assertEqual(status(response), ("9", "enough"))
        self.assertEqual(len(deframed(response.body)), 1)
        reset = self.peer.until(lambda got: isinstance(got, RstStreamFrame))
        self.assertEqual((reset.stream_id, reset.error_code), (1, NO_ERROR))

    def test_an_error_after_messages_is_in_the_trailers(self) -> None:
        echo = messages.StreamingOutputCallRequest(response_status=messages.EchoStatus(code=15))
        response = self.ask("FullDuplexCall", framed(output(5)), framed(echo))
        self.assertEqual(response.fields[":status"], "200")
        self.assertNotIn("grpc-status", response.fields)
        self.assertEqual(response.trailers["grpc-status"], "15")

    def test_a_message_of_any_length_arrives_in_trailers_that_clients_take(self) -> None:
        for words in ("x" * 100_000, "ä" * 50_000, "\u2603\n" * 20_000):
            self.peer = self.connect()
            echo = messages.SimpleRequest(
                response_status=messages.EchoStatus(code=2, message=words))
            response = self.ask("UnaryCall", *in_frames(framed(echo)))
            size = sum(len(name) + len(value) + 32 for name, value in response.fields.items())
            self.assertLess(size, 8_192)
            self.assertEqual(status(response)[0], "2")
            self.assertTrue(status(response)[1].endswith("%E2%80%A6"), status(response)[1])

    def test_trailers_of_the_client_mean_nothing_and_may_be_in_pieces(self) -> None:
        self.peer.send(
            self.peer.headers(1, call("EmptyCall"), END_HEADERS), frame(DATA, 0, 1, framed()),
            self.peer.headers(1, [("x-trailer", "value")], END_STREAM),
            frame(CONTINUATION, END_HEADERS, 1))
        self.assertEqual(status(self.peer.expect_response(1))[0], "0")

    # Heads

    def test_timeouts_of_up_to_8_digits_in_every_unit(self) -> None:
        stream = 1
        for text in ["1H", "99999999H", "99999999M", "99999999S", "99999999m", "99999999u",
                     "99999999n", "00000001S"]:
            response = self.ask("EmptyCall", framed(), stream=stream, grpc_timeout=text)
            self.assertEqual(status(response)[0], "0", text)
            stream += 2
        for text in ["999999999n", "1", "S", "-1S", "1s", "1 S", "+1S", "1.5S", "", "1SS"]:
            response = self.ask("EmptyCall", framed(), stream=stream, grpc_timeout=text)
            self.check_refused(response, "13", "malformed grpc-timeout")
            stream += 2

    def test_a_timeout_that_is_over_ends_the_call(self) -> None:
        for stream, text in ((1, "0S"), (3, "1n")):
            self.peer.send(
                self.peer.headers(stream, call("FullDuplexCall", grpc_timeout=text), END_HEADERS))
            self.check_refused(self.peer.expect_response(stream), "4", "the deadline passed")
            reset = self.peer.until(lambda got: isinstance(got, RstStreamFrame))
            self.assertEqual((reset.stream_id, reset.error_code), (stream, NO_ERROR))

    def test_binary_metadata_padded_or_not_joined_or_empty(self) -> None:
        name = "x-grpc-test-echo-trailing-bin"
        stream = 1
        for sent, expected in (
            ("q6s=", "q6s"), ("q6s", "q6s"), ("q6s=,/w", "/w"), ("", ""), ("/+8=", "/+8"),
        ):
            response = self.ask(
                "EmptyCall", framed(), stream=stream, x_grpc_test_echo_trailing_bin=sent)
            self.assertEqual(response.trailers["grpc-status"], "0")
            # Of several values of a name this client keeps the last.
            self.assertEqual(response.trailers[name], expected, sent)
            stream += 2
        for sent in ("!", "q", "q6s,?", "q6s=="):
            response = self.ask(
                "EmptyCall", framed(), stream=stream, x_grpc_test_echo_trailing_bin=sent)
            self.check_refused(response, "13", f"{name} is not base64")
            stream += 2

    def test_the_content_type_says_whether_it_is_grpc(self) -> None:
        stream = 1
        for text, answer in (
            ("application/grpc", "200"), ("application/grpc;charset=utf-8", "200"),
            ("application/grpc+proto", "200"), ("application/grpcfoo", "415"),
            ("application/grpc+json", "415"), ("text/plain", "415"),
        ):
            response = self.ask("EmptyCall", framed(), stream=stream, content_type=text)
            self.assertEqual(response.fields[":status"], answer, text)
            self.assertEqual(status(response)[0], "0" if answer == "200" else None, text)
            stream += 2

    def test_grpc_is_a_post(self) -> None:
        fields = [(name, "GET" if name == ":method" else value)
                  for name, value in call("EmptyCall")]
        self.peer.send(self.peer.headers(1, fields))
        response = self.peer.expect_response(1, "405")
        self.assertEqual(response.fields["allow"], "POST")
        self.assertIsNone(status(response)[0])

    def test_te_may_be_missing(self) -> None:
        fields = [field for field in call("EmptyCall") if field[0] != "te"]
        self.peer.send(
            self.peer.headers(1, fields, END_HEADERS), frame(DATA, END_STREAM, 1, framed()))
        self.assertEqual(status(self.peer.expect_response(1))[0], "0")

    def test_metadata_over_the_limit_is_told_in_both_languages(self) -> None:
        for stream, fields in (
            (1, [("x-large", "x" * 17_000)]), (3, [(f"x-{n}", "x") for n in range(200)]),
        ):
            first, *rest = in_frames(self.peer.encode(call("EmptyCall") + fields))
            self.peer.send(
                frame(HEADERS, 0, stream, first),
                *(frame(CONTINUATION, 0, stream, piece) for piece in rest),
                frame(CONTINUATION, END_HEADERS, stream),
                frame(DATA, END_STREAM, stream, framed()))
            response = self.peer.expect_response(stream, "431")
            self.assertEqual(response.fields["content-type"], "application/grpc")
            self.assertEqual(status(response)[0], "8")
            self.assertRegex(status(response)[1], "more than [0-9]+ bytes or [0-9]+ fields")

    # Compression

    def test_a_coding_that_nobody_knows_is_unimplemented(self) -> None:
        response = self.ask("EmptyCall", framed(), grpc_encoding="snappy")
        self.check_refused(response, "12", "snappy")
        self.assertEqual(response.fields["grpc-accept-encoding"], "identity,gzip,deflate")

    def test_compressed_bytes_must_be_announced_and_sound(self) -> None:
        packed = gzip.compress(messages.SimpleRequest(response_size=3).SerializeToString())
        response = self.ask("UnaryCall", framed(packed, 1), grpc_encoding="gzip")
        self.assertEqual(status(response)[0], "0")
        self.check_refused(
            self.ask("UnaryCall", framed(packed, 1), stream=3), "13", "names no coding")
        self.check_refused(
            self.ask("UnaryCall", framed(packed, 1), stream=5, grpc_encoding="identity"), "13",
            "names no coding")
        self.check_refused(
            self.ask("UnaryCall", framed(packed[:-1], 1), stream=7, grpc_encoding="gzip"), "13",
            "not valid gzip")

    def test_a_bomb_is_refused(self) -> None:
        bomb = gzip.compress(bytes(50 << 20))
        self.assertLess(len(bomb), 60_000)
        self.check_refused(
            self.ask("UnaryCall", *in_frames(framed(bomb, 1)), grpc_encoding="gzip"), "8",
            "4194304")

    # Windows

    def test_a_window_of_nothing_holds_messages_back_and_nothing_else(self) -> None:
        self.peer = self.connect((INITIAL_WINDOW_SIZE, 0))
        self.peer.send(
            self.peer.headers(1, call("StreamingOutputCall"), END_HEADERS),
            frame(DATA, END_STREAM, 1, framed(output(100))))
        # The head needs no window.
        self.peer.until(lambda got: got.stream_id == 1)
        self.peer.barrier()
        response = self.peer.responses[1]
        self.assertEqual((response.fields[":status"], response.body), ("200", b""))
        # One byte at a time, and then all.
        for count in range(1, 8):
            self.peer.send(window_update(1, 1))
            self.peer.until(lambda got: got.stream_id == 1)
            self.assertEqual(len(response.body), count)
        self.peer.send(window_update(1, 1_000))
        self.check_sizes(self.peer.expect_response(1), 100)

    def test_a_window_may_shrink_below_what_was_sent(self) -> None:
        self.peer.send(
            self.peer.headers(1, call("StreamingOutputCall"), END_HEADERS),
            frame(DATA, END_STREAM, 1, framed(output(60_000, 60_000))))
        response = self.peer.responses.setdefault(1, Response())
        while len(response.body) < 65_535:
            self.peer.next()
        self.peer.send(settings((INITIAL_WINDOW_SIZE, 1_000)))
        self.peer.send(window_update(0, 200_000), window_update(1, 64_000))
        self.peer.barrier()
        # 1 000 - 65 535 + 64 000 is still below zero.
        self.assertEqual(len(response.body), 65_535)
        self.peer.send(window_update(1, 200_000))
        self.check_sizes(self.peer.expect_response(1), 60_000, 60_000)

    def test_a_window_above_its_maximum_ends_the_stream_only(self) -> None:
        self.peer.send(self.peer.headers(1, call("FullDuplexCall"), END_HEADERS))
        self.peer.send(window_update(1, (1 << 31) - 1))
        reset = self.peer.until(lambda got: isinstance(got, RstStreamFrame))
        self.assertEqual((reset.stream_id, reset.error_code), (1, 3))
        self.assertTrue(self.server.wait(lambda lines: any(
            re.fullmatch(r"saw FullDuplexCall requests=0 responses=0 end=CANCELLED", line)
            for line in lines)))
        self.assertEqual(status(self.ask("EmptyCall", framed(), stream=3))[0], "0")


if __name__ == "__main__":
    sys.path.insert(0, str(peers.FOLDER.parent))
    unittest.main()
