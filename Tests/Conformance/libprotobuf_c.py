#!/usr/bin/env python3
"""Passes random messages through our codec and libprotobuf-c, one after the other.

usage: libprotobuf_c.py PROGRAM [COUNT] [SEED]

PROGRAM is conformance-protobuf. libprotobuf-c must read what we wrote, and we what it writes; PyPI
protobuf says whether it is still the same message. What libprotobuf-c cannot hold is not sent: a
NUL in a text. What it leaves out is counted apart: negative zero, which it takes for the default,
and an empty text or bytes in a oneof.
"""

import pathlib
import struct
import subprocess
import sys
import tempfile
import threading

import differential

HERE = pathlib.Path(__file__).resolve().parent
REFUSED = 0xFFFFFFFF


def build(folder: pathlib.Path) -> pathlib.Path:
    google = [
        f"google/protobuf/{name}.proto"
        for name in ("any", "duration", "field_mask", "struct", "timestamp", "wrappers")]
    subprocess.run(
        ["protoc-c", "-I", differential.PROTOS, "-I", "/usr/include", f"--c_out={folder}",
         "test_messages_proto3.proto", *google],
        check=True, capture_output=True)
    subprocess.run(
        ["gcc", "-O1", "-w", f"-I{folder}", HERE / "libprotobuf_c.c", *folder.rglob("*.pb-c.c"),
         "-o", folder / "peer", "-lprotobuf-c"],
        check=True)
    return folder / "peer"


class Peer:
    def __init__(self, program: pathlib.Path) -> None:
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def repack(self, messages: list[bytes]) -> list[bytes | None]:
        data = b"".join(struct.pack("<I", len(each)) + each for each in messages)

        def send() -> None:
            self.process.stdin.write(data)
            self.process.stdin.flush()

        sender = threading.Thread(target=send)
        sender.start()
        results = [self.read() for _ in messages]
        sender.join()
        return results

    def read(self) -> bytes | None:
        size = struct.unpack("<I", self.process.stdout.read(4))[0]
        return None if size == REFUSED else self.process.stdout.read(size)

    def close(self) -> None:
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()


def without_what_it_leaves_out(message) -> None:
    """Takes negative zeros and empty members of oneofs out, at any depth."""
    for field, value in message.ListFields():
        entry = field.message_type
        if entry is not None and entry.GetOptions().map_entry:
            if entry.fields_by_name["value"].message_type is None:
                for key in list(value):
                    value[key] = value[key] or type(value[key])()
                continue
            inner = value.values()
        elif entry is not None:
            inner = value if field.is_repeated else [value]
        else:
            inner = []
            if not field.is_repeated and value in (0, "", b""):
                message.ClearField(field.name)
        for each in inner:
            without_what_it_leaves_out(each)


class Passage:
    """Messages on their way through both."""

    def __init__(self, program: str, seed: int, folder: pathlib.Path) -> None:
        self.comparison = differential.Comparison(program, seed, leave_out="\x00")
        self.peer = Peer(build(folder))
        self.compared = self.left_out = 0

    def run(self, count: int) -> None:
        for start in range(0, count, differential.BATCH):
            self.batch(min(differential.BATCH, count - start))
        self.peer.close()
        self.comparison.program.close()

    def batch(self, size: int) -> None:
        samples = [self.comparison.source.message(differential.TYPE) for _ in range(size)]
        ours = self.recode(samples, [self.comparison.canonical(sample) for sample in samples])
        theirs = self.peer.repack(ours)
        back = self.recode(samples, [each or b"" for each in theirs])
        for sample, middle, last in zip(samples, theirs, back):
            self.compared += 1
            self.check(sample, middle, last)

    def recode(self, samples: list, messages: list[bytes]) -> list[bytes]:
        requests = [
            self.comparison.request(sample, differential.BINARY, protobuf_payload=message)
            for sample, message in zip(samples, messages)]
        return [answer.protobuf_payload for answer in self.comparison.program.ask(requests)]

    def check(self, sample, middle: bytes | None, last: bytes) -> None:
        comparison = self.comparison
        kind = type(sample)
        wanted = comparison.canonical(sample)
        if middle is None:
            return comparison.differ("libprotobuf-c refuses what we wrote", sample, wanted.hex())
        parsed = kind.FromString(middle)
        if not comparison.same(kind, last, comparison.canonical(parsed)):
            return comparison.differ("we read something else", sample, middle.hex(), last.hex())
        if comparison.same(kind, middle, wanted):
            return
        self.left_out += 1
        without_what_it_leaves_out(parsed)
        without_what_it_leaves_out(sample)
        if not comparison.same(kind, comparison.canonical(parsed), comparison.canonical(sample)):
            comparison.differ("it read something else", sample, wanted.hex(), middle.hex())


def main() -> int:
    if not 2 <= len(sys.argv) <= 4:
        print(__doc__, file=sys.stderr)
        return 2
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    with tempfile.TemporaryDirectory() as folder:
        passage = Passage(sys.argv[1], seed, pathlib.Path(folder))
        passage.run(count)
    differences = passage.comparison.differences
    print(f"seed {seed}: {passage.compared:,} through libprotobuf-c, {passage.left_out:,} where "
          f"it left something out; {differences} differences")
    return 0 if differences == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
