"""What the Python server and the Python client have in common."""

import pathlib
import subprocess
import sys
import types

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

ZEROS = bytes(1 << 20)
SERVICE = "grpc.testing.TestService"
PROTOS = pathlib.Path(__file__).resolve().parents[1] / "messages" / "Protos"


def parse(arguments: list[str]) -> dict[str, str]:
    """`--name=value` as a dictionary."""
    flags = {}
    for argument in arguments:
        name, separator, value = argument.partition("=")
        if not separator or not name.startswith("--"):
            sys.exit(f"not a flag: {argument}")
        flags[name[2:]] = value
    return flags


def say(line: str) -> None:
    # One write, so that lines of several threads do not mix.
    print(line + "\n", end="", flush=True)


def load_messages() -> types.SimpleNamespace:
    """The message classes. Generated modules would have to lie in grpcio's own package."""
    described = subprocess.run(
        ["protoc", "--descriptor_set_out=/dev/stdout", "-I", PROTOS,
         "grpc/testing/empty.proto", "grpc/testing/messages.proto"],
        capture_output=True, check=True).stdout
    pool = descriptor_pool.DescriptorPool()
    names = []
    for file in descriptor_pb2.FileDescriptorSet.FromString(described).file:
        pool.Add(file)
        names += [message.name for message in file.message_type]
    return types.SimpleNamespace(**{
        name: message_factory.GetMessageClass(pool.FindMessageTypeByName(f"grpc.testing.{name}"))
        for name in names})


messages = load_messages()
