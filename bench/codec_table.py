"""Measures the codec beside C++ protobuf and libprotobuf-c, and JSON beside C++ and Python: one
order, and a list of 100.

All programs take turns in each round and tell the processor time of their own thread, so that
whatever else the machine does meets all of them alike. KLINKE_BENCH_CODEC is a bench-codec that is
built already.
"""

import functools
import json
import os
import pathlib
import statistics
import subprocess
import sys

from google.protobuf import json_format, text_format

import codec_json

ROOT = pathlib.Path(__file__).resolve().parent.parent
BENCH = ROOT / "bench"
BUILD = ROOT / ".build" / "bench"
ROUNDS = 7
CASES = [
    f"{verb} {what}"
    for what in ("order", "list", "order.json", "list.json")
    for verb in ("decode", "encode")
]
PEERS = ["Klinke", "C++", "C++ arena", "libprotobuf-c", "Python"]
INCLUDES = ["-I", BENCH / "proto", "-I", "/usr/include"]


def flags(package: str) -> list[str]:
    return subprocess.check_output(
        ["pkg-config", "--cflags", "--libs", package], text=True
    ).split()


@functools.cache
def klinke() -> pathlib.Path:
    if built := os.environ.get("KLINKE_BENCH_CODEC"):
        return pathlib.Path(built)
    subprocess.run(
        [ROOT / "scripts" / "release", "bench-codec"],
        cwd=ROOT, check=True,
    )
    return ROOT / ".build" / "release" / "bench-codec"


def build() -> dict[str, list[str | pathlib.Path]]:
    """The command of each program, by name."""
    BUILD.mkdir(parents=True, exist_ok=True)
    subprocess.run(["protoc", *INCLUDES, f"--cpp_out={BUILD}", "order.proto"], check=True)
    subprocess.run(
        ["protoc-c", *INCLUDES, f"--c_out={BUILD}", "order.proto",
         "google/protobuf/timestamp.proto"],
        check=True,
    )
    subprocess.run(
        ["g++", "-O2", "-DNDEBUG", "-std=c++17", f"-I{BUILD}", BENCH / "cpp" / "codec.cc",
         BUILD / "order.pb.cc", "-o", BUILD / "codec-cpp", *flags("protobuf")],
        check=True,
    )
    subprocess.run(
        ["gcc", "-O2", "-DNDEBUG", f"-I{BUILD}", BENCH / "cpp" / "codec.c", BUILD / "order.pb-c.c",
         BUILD / "google" / "protobuf" / "timestamp.pb-c.c", "-o", BUILD / "codec-c",
         *flags("libprotobuf-c")],
        check=True,
    )
    return {
        "Klinke": [klinke()], "C++": [BUILD / "codec-cpp"], "libprotobuf-c": [BUILD / "codec-c"],
        "Python": [sys.executable, BENCH / "codec_json.py"],
    }


def prepare() -> None:
    """Puts the messages into the build folder, as bytes and as JSON without white space, and the
    descriptors of both."""
    subprocess.run(
        ["protoc", *INCLUDES, "--include_imports", f"--descriptor_set_out={BUILD / 'order.set'}",
         "order.proto"],
        check=True,
    )
    types = codec_json.types(BUILD)
    order = text_format.Parse((BENCH / "proto" / "order.txtpb").read_text(), types["order"]())
    for name, message in (("order", order), ("list", types["list"](orders=[order] * 100))):
        (BUILD / f"{name}.bin").write_bytes(message.SerializeToString())
        fields = json_format.MessageToDict(message)
        (BUILD / f"{name}.json").write_text(
            json.dumps(fields, separators=(",", ":"), ensure_ascii=False)
        )


Row = tuple[str, str, int, float]


def run() -> list[Row]:
    """Case, who, bytes and nanoseconds, the median of all rounds."""
    programs = build()
    prepare()
    times: dict[tuple[str, str], list[float]] = {}
    for _ in range(ROUNDS):
        for name, program in programs.items():
            output = subprocess.run(
                [*program, BUILD], capture_output=True, text=True, check=True
            ).stdout
            for line in output.splitlines():
                verb, what, nanoseconds = line.split()
                verb, _, memory = verb.partition("-")
                who = f"{name} arena" if memory == "arena" else name
                times.setdefault((f"{verb} {what}", who), []).append(float(nanoseconds))
    return [
        (case, who, size(case), statistics.median(times[case, who]))
        for case in CASES
        for who in PEERS
        if (case, who) in times
    ]


def size(case: str) -> int:
    name = case.split()[1]
    return (BUILD / (name if name.endswith(".json") else f"{name}.bin")).stat().st_size


def table(rows: list[Row]) -> str:
    fresh = {case: nanoseconds for case, who, _, nanoseconds in rows if who == "C++"}
    lines = [
        "| codec | program | bytes | ns | MB/s | time, C++ = 1 |",
        "| --- | --- | ---: | ---: | ---: | ---: |",
    ]
    for case, who, length, nanoseconds in rows:
        lines.append(
            f"| {case.replace('.json', ', JSON')} | {who} | {length:,} | {nanoseconds:,.0f} "
            f"| {length / nanoseconds * 1e3:,.0f} | {nanoseconds / fresh[case]:.2f} |"
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(table(run()))
