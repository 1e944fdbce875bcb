#!/usr/bin/env python3
"""Plays the list of HTTP/2 cases to a server and prints one line for each.

usage: Tests/Conformance/http2/run.py HOST:PORT [PART OF A NAME ...]

The server is `http2-target`: some cases call its methods.
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from http2 import cases, compression, connection, frames, messages  # noqa: E402, F401
from http2.peer import Failed  # noqa: E402


def main(address: str, wanted: list[str]) -> int:
    host, port = address.rsplit(":", 1)
    failed = 0
    chosen = [
        one for one in cases.CASES if not wanted or any(part in one.name for part in wanted)]
    for one in chosen:
        try:
            cases.run(one, (host, int(port)))
        except (Failed, OSError, EOFError, AssertionError) as problem:
            failed += 1
            print(f"FAILED RFC {one.rfc} {one.section} {one.rule}: {problem!r}")
        else:
            print(f"passed RFC {one.rfc} {one.section} {one.rule}")
    print(f"{len(chosen) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
