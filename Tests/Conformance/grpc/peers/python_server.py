"""grpc.testing.TestService by grpcio. The flags and the lines it prints are those of
interop-server."""

import concurrent.futures
import pathlib
import sys
import threading
import time

import grpc

from python_flags import SERVICE, ZEROS, messages, parse, say


class Call:
    """Tells how a call has ended, and sends the metadata back that asks for it."""

    def __init__(self, method: str, context: grpc.ServicerContext) -> None:
        self.method = method
        self.context = context
        self.requests = self.responses = 0
        self.ended = threading.Event()
        context.add_callback(self.ended.set)

    def __enter__(self) -> "Call":
        trailing = []
        for name, value in self.context.invocation_metadata():
            if name == "x-grpc-test-echo-initial":
                self.context.send_initial_metadata([(name, value)])
            elif name == "x-grpc-test-echo-trailing-bin":
                trailing.append((name, value))
        if trailing:
            self.context.set_trailing_metadata(trailing)
        return self

    def __exit__(self, kind, error, trace) -> None:
        if self.requests == 0:
            # grpcio may end the requests a moment before it knows that the call was cancelled.
            self.ended.wait(0.5)
        if not self.context.is_active():
            end = "CANCELLED"
        else:
            code = self.context.code()
            end = code.name if isinstance(code, grpc.StatusCode) else "OK" if error is None \
                else "UNKNOWN"
        say(f"saw {self.method} requests={self.requests} responses={self.responses} end={end}")

    def check(self, request) -> None:
        """Ends the call with the status that the request wants."""
        if request.HasField("response_status") and request.response_status.code != 0:
            code = next(
                code for code in grpc.StatusCode
                if code.value[0] == request.response_status.code)
            self.context.abort(code, request.response_status.message)

    def payload(self, kind: int, size: int) -> messages.Payload:
        if kind != 0 or not 0 <= size <= len(ZEROS):
            self.context.abort(grpc.StatusCode.INVALID_ARGUMENT, "no such payload")
        return messages.Payload(body=ZEROS[:size])

    def answers(self, request):
        self.check(request)
        for parameters in request.response_parameters:
            if parameters.interval_us > 0:
                time.sleep(parameters.interval_us / 1e6)
            if not parameters.compressed.value:
                self.context.disable_next_message_compression()
            yield messages.StreamingOutputCallResponse(
                payload=self.payload(request.response_type, parameters.size))
            self.responses += 1


def empty_call(request, context):
    with Call("EmptyCall", context) as call:
        call.requests = call.responses = 1
        return messages.Empty()


def unary_call(request, context):
    with Call("UnaryCall", context) as call:
        call.requests = 1
        call.check(request)
        if request.response_compressed.value:
            context.set_compression(grpc.Compression.Gzip)
        response = messages.SimpleResponse(
            payload=call.payload(request.response_type, request.response_size))
        call.responses = 1
        return response


def streaming_output_call(request, context):
    with Call("StreamingOutputCall", context) as call:
        call.requests = 1
        context.set_compression(grpc.Compression.Gzip)
        yield from call.answers(request)


def streaming_input_call(requests, context):
    with Call("StreamingInputCall", context) as call:
        total = 0
        for request in requests:
            call.requests += 1
            total += len(request.payload.body)
        call.responses = 1
        return messages.StreamingInputCallResponse(aggregated_payload_size=total)


def full_duplex_call(requests, context):
    with Call("FullDuplexCall", context) as call:
        for request in requests:
            call.requests += 1
            yield from call.answers(request)


def half_duplex_call(requests, context):
    with Call("HalfDuplexCall", context) as call:
        collected = []
        for request in requests:
            call.requests += 1
            collected.append(request)
        for request in collected:
            yield from call.answers(request)


def handler(make, function, request, response):
    return make(
        function, request_deserializer=request.FromString,
        response_serializer=response.SerializeToString)


# By hand and not by generated code, which would also register UnimplementedCall.
HANDLERS = {
    "EmptyCall": handler(
        grpc.unary_unary_rpc_method_handler, empty_call, messages.Empty, messages.Empty),
    "UnaryCall": handler(
        grpc.unary_unary_rpc_method_handler, unary_call, messages.SimpleRequest,
        messages.SimpleResponse),
    "StreamingOutputCall": handler(
        grpc.unary_stream_rpc_method_handler, streaming_output_call,
        messages.StreamingOutputCallRequest, messages.StreamingOutputCallResponse),
    "StreamingInputCall": handler(
        grpc.stream_unary_rpc_method_handler, streaming_input_call,
        messages.StreamingInputCallRequest, messages.StreamingInputCallResponse),
    "FullDuplexCall": handler(
        grpc.stream_stream_rpc_method_handler, full_duplex_call,
        messages.StreamingOutputCallRequest, messages.StreamingOutputCallResponse),
    "HalfDuplexCall": handler(
        grpc.stream_stream_rpc_method_handler, half_duplex_call,
        messages.StreamingOutputCallRequest, messages.StreamingOutputCallResponse),
}


class Unknown(grpc.ServerInterceptor):
    """Tells of calls that nobody handles."""

    def intercept_service(self, continuation, details):
        found = continuation(details)
        if found is None:
            say(f"saw {details.method} unimplemented")
        return found


def main(flags: dict[str, str]) -> None:
    # Handlers that wait hold a thread each.
    server = grpc.server(
        concurrent.futures.ThreadPoolExecutor(max_workers=64), interceptors=[Unknown()])
    server.add_generic_rpc_handlers(
        [grpc.method_handlers_generic_handler(SERVICE, HANDLERS)])
    address = f"127.0.0.1:{flags.get('port', '0')}"
    if flags.get("use_tls") == "true":
        credentials = grpc.ssl_server_credentials([(
            pathlib.Path(flags["tls_key"]).read_bytes(),
            pathlib.Path(flags["tls_cert"]).read_bytes())])
        port = server.add_secure_port(address, credentials)
    else:
        port = server.add_insecure_port(address)
    server.start()
    say(f"listening {port}")
    server.wait_for_termination()


if __name__ == "__main__":
    main(parse(sys.argv[1:]))
