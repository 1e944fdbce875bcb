#!/usr/bin/env python3
"""Every case of gRPC's interoperability tests that needs no cloud: which client plays which cases to
which server, and how.

usage: .deps/venv/bin/python Tests/Conformance/grpc/matrix.py [CLIENT SERVER TRANSPORT]

Prints the table that docs/interop.md has, a row for each client, server and transport.
"""

import concurrent.futures
import os
import pathlib
import re
import sys
import tempfile

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
# How often it is played again: on a busy machine its deadline may pass before the call is read.
AGAIN = {"timeout_on_sleeping_server": 5}
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
            again = AGAIN.get(case, 0)
            while results.get(case) == "ok" and not running.wait(
                    lambda lines: any(re.fullmatch(pattern, line) for line in lines)):
                if not again:
                    results[case] = "the server has seen nothing of it"
                    break
                again -= 1
                results |= peers.run_client(client, [case], *client_flags)
        return results
    finally:
        running.close()


class Matrix:
    """Plays combinations beside each other."""

    def __init__(self, wanted: list[tuple[str, str, str]]) -> None:
        peers.build()
        self.folder = tempfile.TemporaryDirectory()
        folder = pathlib.Path(self.folder.name)
        peers.make_certificates(folder)
        # Most of the time they wait: for deadlines, and as slow consumers.
        self.threads = concurrent.futures.ThreadPoolExecutor(max(4, os.cpu_count() or 1))
        self.played = {
            combination: self.threads.submit(play, *combination, folder)
            for combination in wanted}

    def results(self, *combination: str) -> dict[str, str]:
        return self.played[combination].result()

    def close(self) -> None:
        self.threads.shutdown()
        self.folder.cleanup()


def main(arguments: list[str]) -> int:
    wanted = [tuple(arguments)] if arguments else combinations()
    matrix = Matrix(wanted)
    failed = 0
    print("| client | server | transport | cases passed |\n| --- | --- | --- | --- |")
    for client, server, transport in wanted:
        results = matrix.results(client, server, transport)
        good = [case for case, result in results.items() if result == "ok"]
        failed += len(results) - len(good)
        print(f"| {client} | {server} | {transport} | {len(good)} of {len(results)} |", flush=True)
        for case, result in results.items():
            if result != "ok":
                print(f"  {case}: {result}", file=sys.stderr)
    matrix.close()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
