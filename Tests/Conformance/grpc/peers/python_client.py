"""The cases of grpc.testing.TestService by grpcio. The flags and the lines it prints are those of
interop-client."""

import concurrent.futures
import pathlib
import queue
import sys
import time

import grpc

from python_flags import SERVICE, ZEROS, messages, parse, say

REQUEST_SIZES = [27182, 8, 1828, 45904]
RESPONSE_SIZES = [31415, 9, 2653, 58979]
# Far more than a call takes on a busy machine.
SOAK_SECONDS = 10


class Requests:
    """Requests that are sent one by one while the call runs."""

    def __init__(self) -> None:
        self.queue: queue.Queue = queue.Queue()

    def send(self, request) -> None:
        self.queue.put(request)

    def finish(self) -> None:
        self.queue.put(None)

    def __iter__(self):
        return iter(self.queue.get, None)


class Peer:
    def __init__(self, flags: dict[str, str]) -> None:
        self.flags = flags
        target = f"unix:{flags['unix']}" if "unix" in flags else \
            f"{flags.get('server_host', '127.0.0.1')}:{flags['server_port']}"
        # A connection of its own for each channel, which grpcio would share otherwise.
        options = [("grpc.use_local_subchannel_pool", 1)]
        if flags.get("use_tls") == "true":
            credentials = grpc.ssl_channel_credentials(
                pathlib.Path(flags["ca_file"]).read_bytes())
            options.append(("grpc.ssl_target_name_override", flags["server_host_override"]))
            self.channel = grpc.secure_channel(target, credentials, options)
        else:
            self.channel = grpc.insecure_channel(target, options)
        self.empty = self.method(self.channel.unary_unary, "EmptyCall", messages.Empty)
        self.unary = self.method(
            self.channel.unary_unary, "UnaryCall", messages.SimpleResponse)
        self.output = self.method(
            self.channel.unary_stream, "StreamingOutputCall",
            messages.StreamingOutputCallResponse)
        self.input = self.method(
            self.channel.stream_unary, "StreamingInputCall",
            messages.StreamingInputCallResponse)
        self.full_duplex = self.method(
            self.channel.stream_stream, "FullDuplexCall",
            messages.StreamingOutputCallResponse)
        self.half_duplex = self.method(
            self.channel.stream_stream, "HalfDuplexCall",
            messages.StreamingOutputCallResponse)

    def method(self, kind, name: str, response, service: str = SERVICE):
        return kind(
            f"/{service}/{name}", request_serializer=lambda message: message.SerializeToString(),
            response_deserializer=response.FromString)


def payload(size: int) -> messages.Payload:
    return messages.Payload(body=ZEROS[:size])


def output_request(*sizes: int, **fields) -> messages.StreamingOutputCallRequest:
    return messages.StreamingOutputCallRequest(
        response_parameters=[messages.ResponseParameters(size=size) for size in sizes],
        **fields)


def check(condition: bool, words: str) -> None:
    if not condition:
        raise AssertionError(words)


def expect(code: grpc.StatusCode, call) -> grpc.RpcError:
    """The error of a call that must end with this code."""
    try:
        call()
    except grpc.RpcError as error:
        check(error.code() == code, f"{error.code()} {error.details()} in place of {code}")
        return error
    except grpc.FutureCancelledError as error:
        check(code == grpc.StatusCode.CANCELLED, f"cancelled in place of {code}")
        return error
    raise AssertionError(f"success in place of {code}")


def empty_unary(peer: Peer) -> None:
    check(peer.empty(messages.Empty()) == messages.Empty(), "the answer is not empty")


def large_unary(peer: Peer, **options):
    response, call = peer.unary.with_call(
        messages.SimpleRequest(response_size=314159, payload=payload(271828)), **options)
    check(response.payload.body == ZEROS[:314159], "the answer is not 314159 bytes of zero")
    return call


def compressed_large_unary(peer: Peer) -> None:
    for compression in (grpc.Compression.Gzip, grpc.Compression.Deflate):
        large_unary(peer, compression=compression)


def client_streaming(peer: Peer) -> None:
    response = peer.input(
        messages.StreamingInputCallRequest(payload=payload(size)) for size in REQUEST_SIZES)
    check(response.aggregated_payload_size == 74922, f"the sum is {response}")


def server_streaming(peer: Peer) -> None:
    responses = peer.output(output_request(*RESPONSE_SIZES))
    sizes = [len(response.payload.body) for response in responses]
    check(sizes == RESPONSE_SIZES, f"the answers have {sizes} bytes")


def ping_pong(peer: Peer) -> None:
    requests = Requests()
    call = peer.full_duplex(iter(requests))
    for request_size, response_size in zip(REQUEST_SIZES, RESPONSE_SIZES):
        requests.send(output_request(response_size, payload=payload(request_size)))
        size = len(next(call).payload.body)
        check(size == response_size, f"an answer of {response_size} bytes has {size}")
    requests.finish()
    check(next(call, None) is None, "more answers than questions")


def empty_stream(peer: Peer) -> None:
    check(next(peer.full_duplex(iter([])), None) is None, "an answer to nothing")


def half_duplex(peer: Peer) -> None:
    responses = peer.half_duplex(iter([output_request(size) for size in RESPONSE_SIZES]))
    sizes = [len(response.payload.body) for response in responses]
    check(sizes == RESPONSE_SIZES, f"the answers have {sizes} bytes")


def custom_metadata(peer: Peer) -> None:
    metadata = (
        ("x-grpc-test-echo-initial", "test_initial_metadata_value"),
        ("x-grpc-test-echo-trailing-bin", b"\xab\xab\xab"),
    )

    def check_call(call) -> None:
        check(metadata[0] in call.initial_metadata(), f"{call.initial_metadata()}")
        check(metadata[1] in call.trailing_metadata(), f"{call.trailing_metadata()}")

    check_call(large_unary(peer, metadata=metadata))
    stream = peer.full_duplex(iter([output_request(314159)]), metadata=metadata)
    check(len(next(stream).payload.body) == 314159, "the answer has another size")
    check(next(stream, None) is None, "more answers than questions")
    check_call(stream)


def status_code_and_message(peer: Peer) -> None:
    status = messages.EchoStatus(code=2, message="test status message")
    for call in (
        lambda: peer.unary(messages.SimpleRequest(response_status=status)),
        lambda: list(peer.full_duplex(iter([output_request(response_status=status)]))),
    ):
        error = expect(grpc.StatusCode.UNKNOWN, call)
        check(error.details() == status.message, f"the message is {error.details()}")


def special_status_message(peer: Peer) -> None:
    words = "\t\ntest with whitespace\r\nand Unicode BMP \u263a and non-BMP \U0001f608\t\n"
    status = messages.EchoStatus(code=2, message=words)
    error = expect(
        grpc.StatusCode.UNKNOWN,
        lambda: peer.unary(messages.SimpleRequest(response_status=status)))
    check(error.details() == words, f"the message is {error.details()!r}")


def unimplemented_method(peer: Peer) -> None:
    method = peer.method(peer.channel.unary_unary, "UnimplementedCall", messages.Empty)
    expect(grpc.StatusCode.UNIMPLEMENTED, lambda: method(messages.Empty()))


def unimplemented_service(peer: Peer) -> None:
    method = peer.method(
        peer.channel.unary_unary, "UnimplementedCall", messages.Empty,
        "grpc.testing.UnimplementedService")
    expect(grpc.StatusCode.UNIMPLEMENTED, lambda: method(messages.Empty()))


def cancel_after_begin(peer: Peer) -> None:
    empty_unary(peer)
    requests = Requests()
    call = peer.input.future(iter(requests))
    # What comes later on the same connection is answered, so the server has seen the call.
    empty_unary(peer)
    call.cancel()
    expect(grpc.StatusCode.CANCELLED, call.result)
    check(call.code() == grpc.StatusCode.CANCELLED, f"the code is {call.code()}")
    requests.finish()


def cancel_after_first_response(peer: Peer) -> None:
    requests = Requests()
    call = peer.full_duplex(iter(requests))
    requests.send(output_request(31415, payload=payload(27182)))
    next(call)
    call.cancel()
    expect(grpc.StatusCode.CANCELLED, lambda: next(call))
    requests.finish()


def timeout_on_sleeping_server(peer: Peer) -> None:
    # The first may expire before it leaves; the second the server has certainly seen.
    for seconds in (0.001, 0.5):
        requests = Requests()
        call = peer.full_duplex(iter(requests), timeout=seconds)
        requests.send(output_request(payload=payload(27182)))
        expect(grpc.StatusCode.DEADLINE_EXCEEDED, lambda: next(call))
        requests.finish()


def slow_consumer(peer: Peer) -> None:
    count = 0
    for response in peer.output(output_request(*[1030] * 2000)):
        check(len(response.payload.body) == 1030, "an answer of another size")
        count += 1
        time.sleep(int(peer.flags.get("slow_consumer_ms", "20")) / 1000)
    check(count == 2000, f"{count} answers")


def concurrent_large_unary(peer: Peer) -> None:
    with concurrent.futures.ThreadPoolExecutor(max_workers=50) as threads:
        list(threads.map(lambda _: large_unary(peer), range(50)))


def rpc_soak(peer: Peer) -> None:
    for _ in range(int(peer.flags.get("soak_iterations", "10"))):
        large_unary(peer, timeout=SOAK_SECONDS)


def channel_soak(peer: Peer) -> None:
    for _ in range(int(peer.flags.get("soak_iterations", "10"))):
        other = Peer(peer.flags)
        large_unary(other, timeout=SOAK_SECONDS)
        other.channel.close()


def main(flags: dict[str, str]) -> int:
    failures = 0
    for name in flags["test_case"].split(","):
        peer = Peer(flags)
        try:
            globals()[name](peer)
            say(f"ok {name}")
        except Exception as error:  # Whatever it is, the case has failed and the next one runs.
            say(f"failed {name}: {error!r}")
            failures += 1
        peer.channel.close()
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(parse(sys.argv[1:])))
