"""Measures the codec beside C++ protobuf and libprotobuf-c: one order, and a list of 100.

All programs take turns in each round and tell the processor time of their own thread, so that
whatever else the machine does meets all of them alike. KLINKE_BENCH_CODEC is a bench-codec that is
built already.
"""

import os
import pathlib
import statistics
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
BENCH = ROOT / "bench"
BUILD = ROOT / ".build" / "bench"
ROUNDS = 5
PEERS = ["Klinke", "C++", "C++ arena", "libprotobuf-c"]


def flags(package: str) -> list[str]:
    return subprocess.check_output(
        ["pkg-config", "--cflags", "--libs", package], text=True
    ).split()


def build() -> dict[str, pathlib.Path]:
    """The three programs, by name."""
    BUILD.mkdir(parents=True, exist_ok=True)
    protos = ["-I", BENCH / "proto", "-I", "/usr/include"]
    subprocess.run(["protoc", *protos, f"--cpp_out={BUILD}", "order.proto"], check=True)
    subprocess.run(
        ["protoc-c", *protos, f"--c_out={BUILD}", "order.proto", "google/protobuf/timestamp.proto"],
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
    swift = os.environ.get("KLINKE_BENCH_CODEC")
    if swift is None:
        subprocess.run(
            ["swift", "build", "-c", "release", "--static-swift-stdlib", "--product", "bench-codec"],
            cwd=ROOT, check=True,
        )
        swift = ROOT / ".build" / "release" / "bench-codec"
    return {
        "Klinke": pathlib.Path(swift), "C++": BUILD / "codec-cpp", "C": BUILD / "codec-c",
    }


def encode(message_type: str, text: bytes, name: str) -> pathlib.Path:
    """A file with the message that protoc writes from its text form."""
    file = BUILD / name
    file.write_bytes(subprocess.run(
        ["protoc", "-I", BENCH / "proto", "-I", "/usr/include", f"--encode={message_type}",
         "order.proto"],
        input=text, capture_output=True, check=True,
    ).stdout)
    return file


Row = tuple[str, str, int, float]


def run() -> list[Row]:
    """Case, who, bytes and nanoseconds, the median of all rounds."""
    programs = build()
    text = (BENCH / "proto" / "order.txtpb").read_bytes()
    files = {
        "order": encode("klinke.bench.v1.Order", text, "order.bin"),
        "list": encode(
            "klinke.bench.v1.OrderList", b"".join(b"orders {\n%s}\n" % text for _ in range(100)),
            "list.bin",
        ),
    }
    times: dict[tuple[str, str], list[float]] = {}
    for _ in range(ROUNDS):
        for name, program in programs.items():
            output = subprocess.run(
                [program, *files.values()], capture_output=True, text=True, check=True
            ).stdout
            for line in output.splitlines():
                verb, what, nanoseconds = line.split()
                verb, _, memory = verb.partition("-")
                who = {"C": "libprotobuf-c"}.get(name, name)
                who += " arena" if memory == "arena" else ""
                times.setdefault((f"{verb} {what}", who), []).append(float(nanoseconds))
    return [
        (case, who, files[case.split()[1]].stat().st_size, statistics.median(times[case, who]))
        for case in ("decode order", "encode order", "decode list", "encode list")
        for who in PEERS
        if (case, who) in times
    ]


def show(rows: list[Row]) -> None:
    fresh = {case: nanoseconds for case, who, _, nanoseconds in rows if who == "C++"}
    print("\n| codec | program | bytes | ns | MB/s | time, C++ = 1 |")
    print("| --- | --- | ---: | ---: | ---: | ---: |")
    for case, who, size, nanoseconds in rows:
        print(
            f"| {case} | {who} | {size:,} | {nanoseconds:,.0f} | {size / nanoseconds * 1e3:,.0f} "
            f"| {nanoseconds / fresh[case]:.2f} |"
        )
    print()


if __name__ == "__main__":
    show(run())
