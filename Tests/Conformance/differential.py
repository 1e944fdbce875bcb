#!/usr/bin/env python3
"""Compares our codec, JSON and text with PyPI protobuf on random messages.

usage: differential.py PROGRAM [COUNT] [SEED] [own]

PROGRAM is conformance-protobuf. For each of COUNT messages of TestAllTypesProto3, or with `own` of
all types of our own contract:

  binary to binary    ours has as many bytes, and read by protobuf it is the same message
  changed binary      a byte changed, a piece removed or doubled: both refuse, or both read the same
  binary to JSON      read by protobuf, it is the same message
  JSON to binary      of protobuf's JSON, ours is the same message

and, as protobuf's text format is slow, for one message in twenty:

  binary to text      read by protobuf, it is the same message
  text to binary      of protobuf's text, ours is the same message

Three things are not differences, are counted apart, and concern changed binary only:

  overflowing varint  more than 64 bits: refused by us, cut off by protobuf
  field 0             a tag of field 0 inside an unknown group: refused by us and by C++
  odd map entry       one with an unknown field: an entry for us and for C++, an unknown field
                      as a whole for protobuf's Python

Ends with a line of figures; every difference is printed, up to twenty.
"""

import base64
import pathlib
import re
import struct
import subprocess
import sys
import threading
import zlib

from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message
from google.protobuf import message_factory, text_format, unknown_fields

import random_messages

HERE = pathlib.Path(__file__).resolve().parent
PROTOS = HERE / "messages" / "Protos"
CONTRACT = HERE.parents[1] / "Sources" / "API" / "Contract" / "Generated" / "DescriptorSet.swift"
TYPE = "protobuf_test_messages.proto3.TestAllTypesProto3"
BATCH = 40
# The formats of conformance.proto.
BINARY, JSON, TEXT = 1, 2, 4
TEXT_EVERY = 20


def load_pool() -> descriptor_pool.DescriptorPool:
    """The messages of the conformance runner."""
    return pool_of(compiled())


def compiled() -> bytes:
    return subprocess.run(
        ["protoc", "--include_imports", "--descriptor_set_out=/dev/stdout", "-I", PROTOS,
         "-I", "/usr/include", "conformance.proto", "test_messages_proto3.proto"],
        check=True, capture_output=True,
    ).stdout


def contract() -> bytes:
    """The descriptor set of our own contract, as it is in the programs."""
    literal = re.search(r'"""\n(.*?)"""', CONTRACT.read_text(), re.DOTALL).group(1)
    return zlib.decompress(base64.b64decode(re.sub(r"[\s\\]", "", literal)))


def pool_of(encoded: bytes) -> descriptor_pool.DescriptorPool:
    pool = descriptor_pool.DescriptorPool()
    for file in descriptor_pb2.FileDescriptorSet.FromString(encoded).file:
        pool.Add(file)
    return pool


def own_types() -> list[str]:
    """The full names of all messages in proto/klinke that are generated."""
    names = []
    for file in descriptor_pb2.FileDescriptorSet.FromString(contract()).file:
        if file.package.startswith("klinke.") and not file.package.startswith("klinke.options."):
            waiting = [(file.package, each) for each in file.message_type]
            while waiting:
                scope, declared = waiting.pop()
                name = f"{scope}.{declared.name}"
                waiting += [(name, each) for each in declared.nested_type]
                if not declared.options.map_entry:
                    names.append(name)
    return sorted(names)


def has_odd_entry(parsed) -> bool:
    """Whether a map field stands among the unknown fields, at any depth."""
    known = parsed.DESCRIPTOR.fields_by_number
    for field in unknown_fields.UnknownFieldSet(parsed):
        declared = known.get(field.field_number)
        if declared is not None and declared.message_type is not None:
            if declared.message_type.GetOptions().map_entry:
                return True
    for declared, value in parsed.ListFields():
        if declared.message_type is None:
            continue
        if declared.message_type.GetOptions().map_entry:
            holds_messages = declared.message_type.fields_by_name["value"].message_type
            inner = value.values() if holds_messages else []
        else:
            inner = value if declared.is_repeated else [value]
        if any(has_odd_entry(each) for each in inner):
            return True
    return False


class Program:
    """Our codec, asked in the conformance runner's protocol."""

    def __init__(self, path: str, pool: descriptor_pool.DescriptorPool) -> None:
        find = pool.FindMessageTypeByName
        self.request = message_factory.GetMessageClass(find("conformance.ConformanceRequest"))
        self.response = message_factory.GetMessageClass(find("conformance.ConformanceResponse"))
        self.process = subprocess.Popen(
            [path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def ask(self, requests: list):
        """The responses, in order. Requests are written beside, so that no pipe fills up."""
        data = b"".join(
            struct.pack("<I", len(encoded)) + encoded
            for encoded in (request.SerializeToString() for request in requests))

        def send() -> None:
            self.process.stdin.write(data)
            self.process.stdin.flush()

        sender = threading.Thread(target=send)
        sender.start()
        responses = [self.read() for _ in requests]
        sender.join()
        return responses

    def read(self):
        prefix = self.process.stdout.read(4)
        if len(prefix) != 4:
            raise RuntimeError(f"the program ended with {self.process.wait()}")
        size = struct.unpack("<I", prefix)[0]
        return self.response.FromString(self.process.stdout.read(size))

    def close(self) -> str:
        """What it says at its end: the skipped tests."""
        self.process.stdin.close()
        told = self.process.stderr.read().decode()
        self.process.stdout.close()
        self.process.stderr.close()
        self.process.wait()
        return told


class Comparison:
    """Messages of these types, all of them in one pool, to both codecs."""

    def __init__(
        self, program: str, seed: int, types: list[str] | None = None, leave_out: str = "",
    ) -> None:
        tests = load_pool()
        self.pool = tests if types is None else pool_of(contract())
        self.types = types or [TYPE]
        self.source = random_messages.Source(
            seed, self.pool, [TYPE] if types is None else [], leave_out)
        self.program = Program(program, tests)
        self.compared = {"binary": 0, "changed": 0, "refused": 0, "to JSON": 0, "from JSON": 0}
        self.compared |= {"to text": 0, "from text": 0}
        self.compared |= {"overflowing varint": 0, "field 0": 0, "odd map entry": 0}
        self.differences = 0

    def differ(self, what: str, sample, *details) -> None:
        self.differences += 1
        if self.differences <= 20:
            name = sample.DESCRIPTOR.full_name
            print(f"difference: {what} of {name}", *(str(detail)[:600] for detail in details),
                  sep="\n  ")

    def canonical(self, parsed) -> bytes:
        return parsed.SerializeToString(deterministic=True)

    def same(self, kind, encoded: bytes, wanted: bytes) -> bool:
        """Whether ours is the message that `wanted` is the canonical form of."""
        if encoded == wanted:
            return True
        parsed = kind.FromString(encoded)
        if self.canonical(parsed) == wanted:
            return True
        # What an Any holds is compared as JSON, since map entries in its bytes have no order.
        texts = [
            json_format.MessageToJson(
                each, sort_keys=True, indent=None, descriptor_pool=self.pool)
            for each in (parsed, kind.FromString(wanted))
        ]
        return texts[0] == texts[1]

    def request(self, sample, output: int, **payload):
        return self.program.request(
            message_type=sample.DESCRIPTOR.full_name, requested_output_format=output, **payload)

    def changed(self, encoded: bytes) -> bytes:
        """The bytes after one or two of the things that happen to bytes."""
        data = bytearray(encoded)
        pick = self.source.random
        for _ in range(pick.randint(1, 2)):
            if not data:
                break
            place = pick.randrange(len(data))
            end = min(len(data), place + pick.randint(1, 8))
            kind = pick.randrange(5)
            if kind == 0:
                data[place] = pick.randrange(256)
            elif kind == 1:
                data[place] ^= 1 << pick.randrange(8)
            elif kind == 2:
                del data[place:end]
            elif kind == 3:
                data[place:place] = data[place:end]
            else:
                del data[place:]
        return bytes(data)

    def run(self, count: int) -> None:
        for start in range(0, count, BATCH):
            self.batch(min(BATCH, count - start))

    def batch(self, size: int) -> None:
        samples = [self.source.message(self.source.random.choice(self.types)) for _ in range(size)]
        requests, checks = [], []
        for index, sample in enumerate(samples):
            wanted = self.canonical(sample)
            changed = self.changed(wanted)
            text = json_format.MessageToJson(sample, indent=None, descriptor_pool=self.pool)
            requests += [
                self.request(sample, BINARY, protobuf_payload=wanted),
                self.request(sample, BINARY, protobuf_payload=changed),
                self.request(sample, JSON, protobuf_payload=wanted),
                self.request(sample, BINARY, json_payload=text),
            ]
            checks += [
                (self.check_binary, sample, wanted, wanted),
                (self.check_changed, sample, changed, wanted),
                (self.check_to_json, sample, wanted, wanted),
                (self.check_from, sample, text, wanted),
            ]
            if index % TEXT_EVERY == 0:
                text = text_format.MessageToString(
                    sample, as_utf8=index % 40 == 0, descriptor_pool=self.pool)
                requests += [
                    self.request(sample, TEXT, protobuf_payload=wanted),
                    self.request(sample, BINARY, text_payload=text),
                ]
                checks += [
                    (self.check_to_text, sample, wanted, wanted),
                    (self.check_from, sample, text, wanted),
                ]
        for (check, sample, given, wanted), response in zip(checks, self.program.ask(requests)):
            check(sample, given, wanted, response)

    def check_binary(self, sample, given: bytes, wanted: bytes, response) -> None:
        self.compared["binary"] += 1
        ours = response.protobuf_payload
        if len(ours) != len(wanted) or not self.same(type(sample), ours, wanted):
            self.differ("binary", sample, response, given.hex(), ours.hex())

    def check_changed(self, sample, given: bytes, wanted: bytes, response) -> None:
        self.compared["changed"] += 1
        kind = type(sample)
        try:
            theirs = self.canonical(kind.FromString(given))
        except message.DecodeError:
            theirs = None
        ours = None
        if response.WhichOneof("result") == "protobuf_payload":
            ours = response.protobuf_payload
        if ours is None:
            self.compared["refused"] += 1
        if ours is None and theirs is not None and "longer than 64 bits" in response.parse_error:
            self.compared["overflowing varint"] += 1
        elif ours is None and theirs is not None and "a tag is not valid" in response.parse_error:
            self.compared["field 0"] += 1
        elif (ours is None) != (theirs is None):
            self.differ("changed binary", sample, response, given.hex(), theirs)
        elif ours is not None and ours != theirs:
            # Unknown fields may stand elsewhere; then the order is the only difference.
            if self.canonical(kind.FromString(ours)) == theirs:
                return
            if has_odd_entry(kind.FromString(theirs)):
                self.compared["odd map entry"] += 1
            else:
                self.differ("changed binary", sample, given.hex(), ours.hex(), theirs.hex())

    def check_to_json(self, sample, given: bytes, wanted: bytes, response) -> None:
        self.compared["to JSON"] += 1
        try:
            parsed = json_format.Parse(
                response.json_payload, type(sample)(), descriptor_pool=self.pool)
        except json_format.ParseError as error:
            return self.differ("to JSON", sample, error, response)
        if not self.same(type(sample), self.canonical(parsed), wanted):
            self.differ("to JSON", sample, response.json_payload, given.hex())

    def check_to_text(self, sample, given: bytes, wanted: bytes, response) -> None:
        self.compared["to text"] += 1
        try:
            parsed = text_format.Parse(
                response.text_payload, type(sample)(), descriptor_pool=self.pool)
        except text_format.ParseError as error:
            return self.differ("to text", sample, error, response)
        if not self.same(type(sample), self.canonical(parsed), wanted):
            self.differ("to text", sample, response.text_payload, given.hex())

    def check_from(self, sample, given: str, wanted: bytes, response) -> None:
        """Of JSON, or of text, which no message begins with a brace."""
        format = "JSON" if given.startswith("{") else "text"
        self.compared[f"from {format}"] += 1
        if response.WhichOneof("result") != "protobuf_payload" or not self.same(
                type(sample), response.protobuf_payload, wanted):
            self.differ(f"from {format}", sample, given, response, wanted.hex())


def main() -> int:
    arguments = sys.argv[1:]
    types = own_types() if arguments[3:] == ["own"] else None
    if not 1 <= len(arguments) <= 3 + bool(types):
        print(__doc__, file=sys.stderr)
        return 2
    count = int(arguments[1]) if len(arguments) > 1 else 1000
    seed = int(arguments[2]) if len(arguments) > 2 else 1
    comparison = Comparison(arguments[0], seed, types)
    comparison.run(count)
    print(comparison.program.close(), end="")
    figures = ", ".join(f"{value:,} {name}" for name, value in comparison.compared.items())
    print(f"seed {seed}, {len(comparison.types)} types: {figures}; "
          f"{comparison.differences} differences")
    return 0 if comparison.differences == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
