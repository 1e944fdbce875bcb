"""Measures what the generator makes: machine code for each message of the codec benchmark, and lines
of Swift for each method of the contract.

usage: code_size.py PROGRAM, a bench-codec with its symbols.
"""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROTO = ROOT / "bench" / "proto" / "order.proto"


def functions(program: pathlib.Path) -> list[tuple[str, int]]:
    """Mangled name and size of each function."""
    output = subprocess.check_output(["nm", "-S", "--defined-only", program], text=True)
    lines = [line.split() for line in output.splitlines()]
    return [(line[3], int(line[1], 16)) for line in lines if len(line) == 4 and line[2] in "tT"]


def messages() -> dict[str, int]:
    """Name and number of fields."""
    text = re.sub(r"//.*", "", PROTO.read_text())
    return {
        name: body.count("=") for name, body in re.findall(r"message (\w+) \{(.*?)\n\}", text, re.S)
    }


def lines_per_method() -> float:
    """Server protocol, method table, registration and client together."""
    files = (ROOT / "Sources" / "API").glob("*/Generated/*Service.swift")
    lines = sum(len(file.read_text().splitlines()) for file in files)
    methods = sum(
        len(re.findall(r"^\s*rpc ", file.read_text(), re.M))
        for file in (ROOT / "proto" / "klinke").rglob("*_service.proto")
    )
    return lines / methods


def table(program: pathlib.Path) -> str:
    sizes = functions(program)
    lines = [
        "| message | fields | bytes to read and write | with all that Swift adds |",
        "| --- | ---: | ---: | ---: |",
    ]
    for name, fields in messages().items():
        # A type's name is mangled with its length in front; the first type is whose function it is.
        own = [
            (symbol, size) for symbol, size in sizes if f"bench_codec{len(name)}{name}V" in symbol
        ]
        codec = sum(size for symbol, size in own if re.search(r"merge|encode|append", symbol))
        lines.append(f"| {name} | {fields} | {codec:,} | {sum(size for _, size in own):,} |")
    return "\n".join(lines) + f"\n\nGenerated lines per method: {lines_per_method():.1f}\n"


if __name__ == "__main__":
    print(table(pathlib.Path(sys.argv[1])))
